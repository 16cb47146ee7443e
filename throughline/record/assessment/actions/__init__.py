"""Writes of this room, one subject a file."""

from throughline.record.assessment import told  # noqa: F401  (registers audit sentences)
from throughline.record.assessment.actions.beginning import begin, continue_after_referral, include_child, move_to
from throughline.record.assessment.actions.challenging import challenge, revise_view
from throughline.record.assessment.actions.quoting import quote, record_voice, unquote
from throughline.record.assessment.actions.sharing import allow, discuss, give, share_words, withdraw
from throughline.record.assessment.actions.signing import add_addendum, return_to_writer, sign_manager, sign_worker
from throughline.record.assessment.actions.writing import write_section

__all__ = [
    "add_addendum",
    "allow",
    "begin",
    "challenge",
    "continue_after_referral",
    "discuss",
    "give",
    "include_child",
    "move_to",
    "quote",
    "record_voice",
    "return_to_writer",
    "revise_view",
    "share_words",
    "sign_manager",
    "sign_worker",
    "unquote",
    "withdraw",
    "write_section",
]
