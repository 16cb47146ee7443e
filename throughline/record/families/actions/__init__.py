"""Writes about families. One verb each; see the modules for what each raises."""

from throughline.record.families.actions.joining import add_member, end_membership, make_family, newcomer
from throughline.record.families.actions.living import (
    add_professional,
    end_involvement,
    make_household,
    move_in,
    move_out,
)
from throughline.record.families.actions.relating import end_relationship, questions, relate, set_responsibility

__all__ = [
    "add_member",
    "add_professional",
    "end_involvement",
    "end_membership",
    "end_relationship",
    "make_family",
    "make_household",
    "move_in",
    "move_out",
    "newcomer",
    "questions",
    "relate",
    "set_responsibility",
]
