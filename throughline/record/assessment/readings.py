"""What the document reads from elsewhere in the record, as plain rows: nothing here is typed again.

Each row names in ``people`` whom it tells of, so that a reader is shown only rows about people whom they may see,
also when the rows are a snapshot taken at sign-off.
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.db.models import Model, QuerySet

from throughline.core.codes import code_set
from throughline.record.assessment.around import open_now
from throughline.record.families.models import Involvement, Membership, Relationship
from throughline.record.families.relations import relation, relations
from throughline.record.people.models import ContactDetail, Disability, Person, Residence

# Returns the rows of a model that the reader may see.
Rows = Callable[[type[Model]], QuerySet[Any]]
Row = dict[str, Any]
KINDS = ("children", "household", "addresses", "professionals", "relationships")


def read(rows: Rows, family_id: int | None, children: list[Person]) -> dict[str, list[Row]]:
    """Return every reading by its kind, in seven queries."""
    ids = [child.pk for child in children]
    members = [
        one.person
        for one in rows(Membership)
        .filter(open_now(), family=family_id)
        .select_related("person")
        .order_by("-subject_child", "person__date_of_birth", "pk")
        if one.person_id not in ids
    ]
    everyone = [*ids, *(one.pk for one in members)]
    ties = list(rows(Relationship).filter(open_now(), person__in=everyone, other__in=everyone).order_by("pk"))
    return {
        "children": _children(rows, children),
        "household": [_member(one, children, ties) for one in members],
        "addresses": _addresses(rows, everyone, [*children, *members]),
        "professionals": _professionals(rows, children),
        "relationships": [_tie(one, [*children, *members]) for one in ties],
    }


def _word(code: str, sex: str, *, inverse: bool = False) -> str:
    """Return what someone of this sex is called in a relationship; a code that nobody wrote, as it is."""
    if code not in relations():
        return code.replace("_", " ")
    found = relation(relation(code).inverse) if inverse else relation(code)
    return found.words(sex)


def _person(person: Person) -> Row:
    return {
        "people": [person.pk],
        "person": person.pk,
        "name": person.shown_name,
        "born": person.date_of_birth.isoformat() if person.date_of_birth else "",
        "expected": person.expected_date.isoformat() if person.unborn and person.expected_date else "",
        "sex": code_set("sex").label(person.sex) if person.sex else "",
        "ethnicity": code_set("ethnicity").label(person.ethnicity) if person.ethnicity else "",
        "religion": person.religion,
    }


def _children(rows: Rows, children: list[Person]) -> list[Row]:
    codes = code_set("disability")
    disabilities: dict[int, list[str]] = {}
    for one in rows(Disability).filter(person__in=children):
        disabilities.setdefault(one.person_id, []).append(one.words or codes.label(one.code))
    return [{**_person(one), "disability": ", ".join(disabilities.get(one.pk, []))} for one in children]


def _member(person: Person, children: list[Person], ties: Iterable[Relationship]) -> Row:
    ids = {child.pk: child for child in children}
    said: dict[str, list[Person]] = {}
    responsible, told = [], {person.pk}
    for tie in ties:
        if tie.person_id == person.pk and tie.other_id in ids:
            child, words = ids[tie.other_id], _word(tie.type, person.sex)
            if tie.parental_responsibility:
                responsible.append(child.shown_name)
        elif tie.other_id == person.pk and tie.person_id in ids:
            child, words = ids[tie.person_id], _word(tie.type, person.sex, inverse=True)
        else:
            continue
        said.setdefault(words, []).append(child)
        told.add(child.pk)
    relationship = "; ".join(
        f"{words} of {', '.join(one.shown_name for one in whose)}" for words, whose in said.items()
    )
    return {
        **_person(person),
        "people": sorted(told),
        "relationship": relationship,
        "responsibility": ", ".join(responsible),
        # To each child, for a copy that is theirs alone.
        "to": {str(child.pk): [words for words, whose in said.items() if child in whose] for child in children},
    }


def _addresses(rows: Rows, everyone: list[int], people: list[Person]) -> list[Row]:
    names = {one.pk: one.shown_name for one in people}
    phones: dict[int, list[str]] = {}
    for contact in rows(ContactDetail).filter(person__in=everyone, safe=True).exclude(kind="email").order_by("pk"):
        phones.setdefault(contact.person_id, []).append(contact.value)
    places: dict[str, Row] = {}
    homes = rows(Residence).filter(open_now(), person__in=everyone, confidential=False).exclude(kind="post")
    for home in homes.select_related("address").order_by("pk"):
        text = ", ".join(part for part in (*home.address.lines.splitlines(), home.address.postcode) if part)
        place = places.setdefault(text, {"people": [], "address": text, "who": [], "telephone": []})
        place["people"].append(home.person_id)
        place["who"].append(names.get(home.person_id, ""))
        place["telephone"] += phones.pop(home.person_id, [])
    found = [
        {**place, "who": ", ".join(place["who"]), "telephone": ", ".join(place["telephone"])}
        for place in places.values()
    ]
    found += [
        {"people": [one], "address": "", "who": names.get(one, ""), "telephone": ", ".join(numbers)}
        for one, numbers in phones.items()
    ]
    return found


def _professionals(rows: Rows, children: list[Person]) -> list[Row]:
    names = {one.pk: one.shown_name for one in children}
    found: dict[int, Row] = {}
    involved = rows(Involvement).filter(open_now(), person__in=children).select_related("professional").order_by("pk")
    for one in involved:
        them = one.professional
        row = found.setdefault(
            them.pk,
            {
                "people": [],
                "name": them.name,
                "role": them.role,
                "agency": them.agency,
                "telephone": them.telephone,
                "with": [],
            },
        )
        row["people"].append(one.person_id)
        row["with"].append(names[one.person_id])
    return [{**row, "with": ", ".join(row["with"])} for row in found.values()]


def _tie(tie: Relationship, people: list[Person]) -> Row:
    names = {one.pk: one.shown_name for one in people}
    sexes = {one.pk: one.sex for one in people}
    return {
        "people": [tie.person_id, tie.other_id],
        "who": names.get(tie.person_id, ""),
        "is": _word(tie.type, sexes.get(tie.person_id, "")),
        "of": names.get(tie.other_id, ""),
    }


def for_reader(readings: dict[str, list[Row]], visible: set[int]) -> dict[str, list[Row]]:
    """Return only the rows that tell of people whom the reader may see."""
    return {kind: [row for row in rows if set(row["people"]) <= visible] for kind, rows in readings.items()}


def day(text: str) -> date | None:
    """Return a day of a row."""
    return date.fromisoformat(text) if text else None
