"""What acts on visits read as in the account."""

from throughline.core.audit import sentences

sentences.register("visits.recorded", "recorded a visit of {on} ({seen})")
sentences.register("visits.unseen_answered", "wrote down why a child was not seen")
