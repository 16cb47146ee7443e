"""What acts on a child's case read as in the account."""

from throughline.core.audit import sentences

sentences.register("in_need.referred", "recorded a referral of {on} as a case")
sentences.register("in_need.closed", "closed the case on {on}")
