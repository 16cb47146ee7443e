"""Writes at the front door. One verb each; see the modules for what each raises."""

from throughline.record.front_door.actions.deciding import Decided, decide, make_referral, pass_on
from throughline.record.front_door.actions.taking import Named, Sharing, Source, complete_sharing, consult, take_contact
from throughline.record.front_door.actions.telling import feed_back

__all__ = [
    "Decided",
    "Named",
    "Sharing",
    "Source",
    "complete_sharing",
    "consult",
    "decide",
    "feed_back",
    "make_referral",
    "pass_on",
    "take_contact",
]
