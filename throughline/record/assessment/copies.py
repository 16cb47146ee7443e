"""The copies that a family and each child are given: plain, warm, and nothing in one child's that is another's.

A child's copy is built from what is that child's own, and never by taking things out of the family's.
"""

from collections.abc import Callable

from django.utils import timezone

from throughline.core import authority
from throughline.core.clocks import queries as clocks
from throughline.core.clocks.models import Basis
from throughline.core.practice.model import Section
from throughline.core.printing import Block, Bullets, Document, Facts, Heading, Quote, Table, Words
from throughline.record.assessment import readings
from throughline.record.assessment.contents import called, titled
from throughline.record.assessment.models import Signing, Status
from throughline.record.assessment.queries import Whole
from throughline.record.people.models import Person

Blocks = list[Block]


def family_copy(whole: Whole) -> Document:
    """Return the family's copy of everything that the template gives to the family."""
    names = " and ".join(called(child) for child in whole.children)
    document = _document(f"Understanding your family: {names}", whole)
    for section in whole.model.sections:
        if not section.family_title or section.copies == "child":
            continue
        for person in _whose(section, whole):
            blocks = _blocks(section, person, whole, _FAMILY_READINGS)
            if blocks:
                document.add(Heading(titled(section.family_title, person)), *blocks)
    document.add(*_closing(whole))
    return document


def child_copy(whole: Whole, child: Person, fit: dict[str, int]) -> Document:
    """Return one child's own copy.

    ``fit`` (queries.fit_for) names the shared sections that someone read for this child, with the version that was
    read. What has changed since is left out.
    """
    document = _document(f"About you, {called(child)}", whole)
    document.large = True
    for section in whole.model.sections:
        if not section.family_title or section.copies == "family":
            continue
        blocks: Blocks = []
        if section.kind == "reading":
            blocks = _CHILD_READINGS[section.reads](whole, child) if section.reads in _CHILD_READINGS else []
        elif section.per == "child":
            blocks = _written(section, child, whole)
        elif section.per == "family" and _is_fit(section, whole, fit):
            blocks = _written(section, None, whole)
        if blocks:
            document.add(Heading(titled(section.family_title, child)), *blocks)
    document.add(*_closing(whole))
    return document


def not_in_child_copy(whole: Whole, fit: dict[str, int]) -> list[tuple[Section, int, str]]:
    """Return the shared sections with words that are not in a child's copy: section, version, words."""
    found = []
    for section in whole.model.sections:
        answer = whole.contents.answers.get((section.code, None))
        offered = section.per == "family" and section.family_title and section.copies != "family"
        if offered and answer and (answer.words or answer.rows) and not _is_fit(section, whole, fit):
            found.append((section, answer.version, answer.words or _rows_as_text(section, answer.rows)))
    return found


def put_in(whole: Whole, fit: dict[str, int]) -> list[Section]:
    """Return the shared sections that are in a child's copy because someone read them for it."""
    return [one for one in whole.model.sections if one.per == "family" and _is_fit(one, whole, fit)]


def _rows_as_text(section: Section, rows: list[dict[str, str]]) -> str:
    return "\n".join(". ".join(row.get(one.code, "") for one in section.columns if row.get(one.code)) for row in rows)


def _is_fit(section: Section, whole: Whole, fit: dict[str, int]) -> bool:
    answer = whole.contents.answers.get((section.code, None))
    return answer is not None and fit.get(section.code) == answer.version


def _document(title: str, whole: Whole) -> Document:
    state = "" if whole.assessment.status == Status.SIGNED_OFF else " It is still being written."
    return Document(
        title,
        about=f"{whole.model.title}, begun on {_day(whole.assessment.entry.happened_on)}.{state}",
        made_by=authority.current().name,
        made_on=timezone.localdate(),
    )


def _whose(section: Section, whole: Whole) -> list[Person | None]:
    if section.per == "child":
        return list(whole.children)
    return list(whole.contents.adults) if section.per == "adult" else [None]


def _blocks(section: Section, person: Person | None, whole: Whole, reading: dict[str, "Reading"]) -> Blocks:
    if section.kind == "reading":
        return reading[section.reads](whole) if section.reads in reading else []
    return _written(section, person, whole)


def _written(section: Section, person: Person | None, whole: Whole) -> Blocks:
    """Return what stands in one place: words or rows, quotations with their sources, additions after sign-off."""
    place = (section.code, person.pk if person else None)
    blocks: Blocks = []
    answer = whole.contents.answers.get(place)
    if answer and answer.rows and section.kind == "table":
        columns = [one.title for one in section.columns]
        rows = [[shown(row.get(one.code, "")) for one in section.columns] for row in answer.rows]
        blocks.append(Table(columns, rows))
    elif answer and answer.words:
        blocks.append(Words(said_as_words(section, answer.words)))
    for quoted in whole.contents.quotations.get(place, []):
        how = f", {quoted.how}" if quoted.how else ""
        blocks.append(Quote(quoted.words, f"{quoted.source}{how}", said=quoted.said))
    for added in whole.addenda.get(place, []):
        asked = f", asked for by {added.asked_by}" if added.asked_by else ""
        blocks.append(Quote(added.words, f"Added on {_day(added.written_at.date())} by {added.written_by}{asked}"))
    return blocks


def said_as_words(section: Section, words: str) -> str:
    """Return an answer as people read it: a choice's label, yes or no, a day; words as they are."""
    if section.kind == "yes_no":
        return words.capitalize()
    if section.kind == "choice":
        return dict(section.choices).get(words, words)
    return shown(words) if section.kind == "date" else words


def shown(text: str) -> str:
    """Return a cell as people read it: a day that was kept as ISO text in words."""
    try:
        day = readings.day(text) if len(text) == 10 else None
    except ValueError:
        return text
    return _day(day) if day else text


def _day(day: object) -> str:
    return f"{day.day} {day:%B %Y}"  # type: ignore[attr-defined]


Reading = Callable[[Whole], Blocks]


def _born(row: readings.Row) -> str:
    if row.get("expected"):
        return f"expected {shown(row['expected'])}"
    return f"born {shown(row['born'])}" if row.get("born") else ""


def _about_children(whole: Whole) -> Blocks:
    return [Facts([(row["name"], _born(row)) for row in whole.read["children"]])]


def _household(whole: Whole) -> Blocks:
    items = [
        f"{row['name']}: {row['relationship']}" if row["relationship"] else row["name"]
        for row in whole.read["household"]
    ]
    return [Bullets(items)] if items else []


def _professionals(whole: Whole) -> Blocks:
    items = [_helper(row) + (f", with {row['with']}" if row["with"] else "") for row in whole.read["professionals"]]
    return [Bullets(items)] if items else []


def _helper(row: readings.Row) -> str:
    return ", ".join(part for part in (row["name"], row["role"], row["agency"], row["telephone"]) if part)


def _tree(whole: Whole) -> Blocks:
    items = [f"{row['who']}, {row['is']} of {row['of']}" for row in whole.read["relationships"]]
    return [Bullets(items)] if items else []


def _frames(whole: Whole) -> Blocks:
    told = list(dict.fromkeys(clocks.explain(frame) for frame in whole.frames))
    return [Bullets(told)] if told else []


def _plans(whole: Whole) -> Blocks:
    return [block for plan in whole.plans for block in _plan(plan, f"{called(plan.person)}'s plan")]


def _plan(plan: object, title: str) -> Blocks:
    rows = [
        [one.what, one.who, _day(one.by_when) if one.by_when else ""]
        for one in plan.actions.all()  # type: ignore[attr-defined]
    ]
    return [Table(["What", "Who", "By when"], rows, title)] if rows else []


_FAMILY_READINGS: dict[str, Reading] = {
    "children": _about_children,
    "household": _household,
    "professionals": _professionals,
    "relationships": _tree,
    "time_frame": _frames,
    "plans": _plans,
}


def _about_child(whole: Whole, child: Person) -> Blocks:
    rows = [row for row in whole.read["children"] if row["person"] == child.pk]
    return [Facts([(row["name"], _born(row)) for row in rows])] if rows else []


def _people_of(whole: Whole, child: Person) -> Blocks:
    # Who they are to this child, and no more of them than that.
    items = [
        f"{row['name']}, your {' and '.join(row['to'][str(child.pk)])}"
        for row in whole.read["household"]
        if row["to"].get(str(child.pk))
    ]
    return [Bullets(items)] if items else []


def _helpers_of(whole: Whole, child: Person) -> Blocks:
    items = [_helper(row) for row in whole.read["professionals"] if child.pk in row["people"]]
    return [Bullets(items)] if items else []


def _frames_of(whole: Whole, child: Person) -> Blocks:
    # The day, and not the reason: that is written once for all the children.
    theirs = [frame for frame in whole.frames if frame.person_id == child.pk]
    agreed = [frame for frame in theirs if frame.basis == Basis.AGREED]
    told = [f"To be finished by {_day(frame.due_on)}" for frame in agreed or theirs]
    return [Bullets(list(dict.fromkeys(told)))] if told else []


def _plan_of(whole: Whole, child: Person) -> Blocks:
    return [block for plan in whole.plans if plan.person_id == child.pk for block in _plan(plan, "Your plan")]


_CHILD_READINGS: dict[str, Callable[[Whole, Person], Blocks]] = {
    "children": _about_child,
    "household": _people_of,
    "professionals": _helpers_of,
    "time_frame": _frames_of,
    "plans": _plan_of,
}


def _closing(whole: Whole) -> Blocks:
    signed = [one for one in whole.signings if one.role != Signing.RETURNED]
    if whole.assessment.status != Status.SIGNED_OFF or not signed:
        return []
    words = {Signing.WORKER.value: "Written by", Signing.MANAGER.value: "Agreed by"}
    latest = {one.role: one for one in signed}
    pairs = [(words[role], f"{one.signed_by}, {_day(one.signed_on)}") for role, one in latest.items()]
    return [
        Heading("Who wrote this"),
        Facts(pairs),
        Words("If something here is wrong, say so. What you say is added beside it and stays with it."),
    ]
