"""Recording what has no room of its own: a call, a meeting, direct work, a note, a decision, a child's words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from django.db import transaction

from throughline.core.access.models import User
from throughline.core.audit import account
from throughline.core.errors import Refused
from throughline.record.families.models import Family
from throughline.record.journey.actions import Part, write_entry
from throughline.record.journey.kinds import kind as known_kind
from throughline.record.journey.models import Entry


@dataclass(frozen=True)
class Recordable:
    """Something that can be recorded freely: what it asks for beyond who, when and what."""

    code: str
    ask: str
    why: str
    # The person may be seen in the course of it.
    seen: bool = False
    said: bool = False
    decision: bool = False
    words_label: str = "What happened"


RECORDABLE: dict[str, Recordable] = {
    one.code: one
    for one in (
        Recordable("call", "A telephone call or message", "Calls show how help was kept up between visits.", said=True),
        Recordable("meeting", "A meeting", "What was agreed, and who heard it.", seen=True, said=True),
        Recordable(
            "direct_work", "Direct work with a child", "Time spent with the child, in the way that suited them.",
            seen=True, said=True,
        ),
        Recordable(
            "child_said", "Something the child said", "Their own words, kept apart from ours, with when and how.",
            said=True, words_label="What was happening at the time",
        ),
        Recordable(
            "decision", "A decision", "The child may ask one day what was decided, and why.",
            decision=True, words_label="What was known, and who saw it differently",
        ),
        Recordable("note", "A note", "Anything else that the record would be poorer without."),
    )
}  # fmt: skip


@transaction.atomic
def record(
    *,
    by: User,
    kind: str,
    happened_on: date,
    parts: Sequence[Part],
    words: str,
    happened_at: time | None = None,
    family: Family | None = None,
    author: User | None = None,
    author_name: str = "",
    decision: str = "",
    reason: str = "",
    restricted: bool = False,
    readers: Sequence[User] = (),
    follows: Entry | None = None,
) -> Entry:
    """Record one entry of a free kind.

    Raises Refused: no words at all, a child's words without words, a decision without its reason.
    """
    if kind not in RECORDABLE:
        raise LookupError(f"{kind!r} has a room of its own or is not a kind")
    faults: dict[str, str] = {}
    anything = words.strip() or any(part.words.strip() or part.said.strip() for part in parts)
    if kind == "decision":
        if not decision.strip():
            faults["decision"] = "Say in a line what was decided."
        if not reason.strip():
            faults["reason"] = "Give the reason: it is part of the decision."
    elif kind == "child_said":
        if not any(part.said.strip() for part in parts):
            faults["said"] = "Write the child's own words, as near as you can."
    elif not anything:
        faults["words"] = "Write what happened. A line is enough."
    if faults:
        raise Refused(faults)
    entry = write_entry(
        by=by,
        kind=kind,
        happened_on=happened_on,
        happened_at=happened_at,
        summary=_summary(kind, words, decision),
        words=words,
        parts=parts,
        family=family,
        author=author,
        author_name=author_name,
        decision=decision,
        reason=reason,
        restricted=restricted,
        readers=readers,
        follows=follows,
    )
    for part in parts:
        account.record(
            "journey.recorded",
            by=by,
            person_id=part.person.pk,
            subject=entry,
            kind=known_kind(kind).label.lower(),
            on=happened_on.isoformat(),
        )
    return entry


def _summary(kind: str, words: str, decision: str) -> str:
    """Return the line that a timeline shows: the decision, or the first line of the words."""
    first = next((line.strip() for line in (decision or words).splitlines() if line.strip()), "")
    if not first:
        return known_kind(kind).label
    return first if len(first) <= 140 else first[:139].rsplit(" ", 1)[0] + "…"
