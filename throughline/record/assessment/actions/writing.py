"""Writing under a heading. Two people in different sections never collide; in the same one, both versions are shown."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from throughline.core.access.models import User
from throughline.core.codes import code_set
from throughline.core.errors import EditConflict, Refused
from throughline.core.practice.model import Section
from throughline.record.assessment.actions.held import (
    LONGEST,
    hold,
    may_write,
    model_of,
    require_open,
    tell,
    tidy,
    too_long,
)
from throughline.record.assessment.models import Answer, Assessment
from throughline.record.people.models import Person

WRITABLE = ("words", "table", "choice", "yes_no", "date", "codes")
_MOST_ROWS = 500
# Someone who stops and goes on within this time is still at the same sitting: one line in the account, not fifty.
_SITTING = timedelta(minutes=30)


@transaction.atomic
def write_section(
    *,
    by: User,
    assessment: Assessment,
    section: str,
    version: int,
    person: Person | None = None,
    words: str = "",
    rows: Sequence[Mapping[str, str]] = (),
) -> Answer:
    """Save what stands under one heading, for the family or for ``person``, that was read at ``version`` (0: nothing).

    ``words`` for words, a choice's code, "yes"/"no", or a day as ISO text; ``rows`` for a table (column to text) and
    for codes ([{"code": "1A"}]). Every earlier wording stays in the history.
    Raises EditConflict with what is saved now, Refused with a sentence, NotFound.
    """
    held = hold(by, assessment)
    children = may_write(by, held, person)
    require_open(held)
    described = _section(held, section, person)
    text, table = _fit(described, words, rows)
    now = timezone.now()
    found = Answer.objects.filter(assessment=held, section=section, person=person).first()
    if found is None and version == 0:
        made = Answer.objects.create(
            assessment=held, section=section, person=person, words=text, rows=table, written_by=by, written_at=now
        )
        tell("assessment.written", by, held, children, section=section)
        return made
    if found is None or found.version != version:
        raise EditConflict({"words": found.words if found else "", "rows": found.rows if found else []})
    if (found.words, found.rows) == (text, table):
        return found
    same_sitting = _same_sitting(found, by, now)
    found.words, found.rows, found.written_by, found.written_at = text, table, by, now
    found.version += 1
    found.save()
    if not same_sitting:
        tell("assessment.written", by, held, children, section=section)
    return found


def _same_sitting(answer: Answer, by: User, now: datetime) -> bool:
    return answer.written_by_id == by.pk and now - answer.written_at < _SITTING


def _section(assessment: Assessment, code: str, person: Person | None) -> Section:
    try:
        section = model_of(assessment).section(code)
    except LookupError:
        raise Refused("This heading is not in the record any more. Copy your words to another section.") from None
    if (section.per == "family") != (person is None):
        raise ValueError(f"{code} is written for the {section.per}")
    if section.kind not in WRITABLE:
        raise ValueError(f"{code} is a {section.kind}, which is not written here")
    return section


def _fit(section: Section, words: str, rows: Sequence[Mapping[str, str]]) -> tuple[str, list[dict[str, Any]]]:
    if section.kind == "table":
        return "", _table(section, rows)
    if section.kind == "codes":
        return "", _codes(section, rows)
    text = tidy(words)
    if len(text) > LONGEST:
        raise Refused({"words": too_long(text)})
    if section.kind == "yes_no" and text not in ("", "yes", "no"):
        raise Refused({"words": "Choose yes or no."})
    if section.kind == "choice" and text and text not in dict(section.choices):
        raise Refused({"words": "Choose one of the answers that are offered."})
    if section.kind == "date" and text:
        try:
            date.fromisoformat(text)
        except ValueError as problem:
            raise Refused({"words": "Enter a day, such as 3 4 2026."}) from problem
    return text, []


def _table(section: Section, rows: Sequence[Mapping[str, str]]) -> list[dict[str, Any]]:
    if len(rows) > _MOST_ROWS:
        raise Refused({"rows": f"{_MOST_ROWS} rows are the most that one table holds. Attach a longer list instead."})
    columns = [column.code for column in section.columns]
    kept = [{code: tidy(str(row.get(code, ""))) for code in columns} for row in rows]
    kept = [row for row in kept if any(row.values())]
    longest = max((len(text) for row in kept for text in row.values()), default=0)
    if longest > LONGEST // 10:
        raise Refused({"rows": f"One cell has {longest:,} characters. Say it shorter, or write it as words above."})
    return kept


def _codes(section: Section, rows: Sequence[Mapping[str, str]]) -> list[dict[str, Any]]:
    known = code_set(section.code_set).codes
    chosen = [str(row.get("code", "")) for row in rows]
    unknown = [code for code in chosen if code not in known]
    if unknown:
        raise Refused({"rows": f"{', '.join(unknown)} is not in the national list. Choose from the list."})
    return [{"code": code} for code in dict.fromkeys(chosen)]
