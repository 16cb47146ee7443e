"""What acts on plans read as in the account."""

from throughline.core.audit import sentences

sentences.register("plans.begun", "began a plan ({kind}) on {on}")
sentences.register("plans.revised", "revised a plan (version {number})")
sentences.register("plans.action_added", "added an action to a plan")
sentences.register("plans.action_completed", "noted an action of a plan as done on {on}")
sentences.register("plans.progress_noted", "noted progress with a plan")
sentences.register("plans.reviewed", "reviewed a plan on {on}")
sentences.register("plans.discussed", "noted that a plan was discussed in supervision on {on}")
sentences.register("plans.closed", "closed a plan on {on}")
