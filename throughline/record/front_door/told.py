"""What acts at the front door read as in the account."""

from throughline.core.audit import sentences

sentences.register("front_door.contact_taken", "took a contact on {on}")
sentences.register("front_door.consulted", "advised someone who asked, on {on}")
sentences.register("front_door.passed_on", "passed a contact on to: {step}")
sentences.register("front_door.referred", "accepted a contact as a referral of {on}")
sentences.register("front_door.decided", "decided after a contact: {outcome}")
sentences.register("front_door.fed_back", "told whoever made the contact what came of it, on {on}")
sentences.register("front_door.completed", "recorded how a contact was shared")
