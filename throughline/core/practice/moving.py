"""Moving a record from one wording of a practice model to another without losing a word."""

from collections.abc import Iterable
from dataclasses import dataclass

from throughline.core.practice.completeness import Place
from throughline.core.practice.model import PracticeModel, Section


@dataclass(frozen=True)
class Move:
    """Where each place that holds something goes.

    ``to`` maps a place to its new section's code (often the same). ``left`` are places that the new wording has no
    room for: their words stay as they are and are shown under what they came from.
    """

    to: dict[Place, str]
    left: tuple[Place, ...]


def plan(old: PracticeModel, new: PracticeModel, held: Iterable[Place]) -> Move:
    """Return where each of the ``held`` places goes.

    A section goes to the one with the same code, or to the one that names it in ``was``, when that one holds the
    same kind of thing for the same people. No two places are ever put into one: the second is left as it is.
    """
    to: dict[Place, str] = {}
    taken: set[Place] = set()
    left: list[Place] = []
    # Same code first, so that a section that kept its name is not displaced by one that was merged into it.
    for code, person_id in sorted(held, key=lambda place: not new.has(place[0])):
        target = _target(old, new, code)
        if target is None or (target.code, person_id) in taken:
            left.append((code, person_id))
            continue
        to[(code, person_id)] = target.code
        taken.add((target.code, person_id))
    return Move(to, tuple(left))


def _target(old: PracticeModel, new: PracticeModel, code: str) -> Section | None:
    if not old.has(code):
        # Left over from an earlier move; it may find its place again.
        return new.section(code) if new.has(code) else None
    source = old.section(code)
    candidates = [one for one in new.sections if one.code == code] or [one for one in new.sections if code in one.was]
    return next((one for one in candidates if _alike(source, one)), None)


def _alike(one: Section, other: Section) -> bool:
    if one.per != other.per or one.kind != other.kind:
        return False
    # Rows keep every column they had; a table that dropped one would show less than was written.
    return {column.code for column in one.columns} <= {column.code for column in other.columns}
