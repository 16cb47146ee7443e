"""Which person of the record a child of a return is."""

import re
from collections import defaultdict
from collections.abc import Sequence
from copy import copy

from throughline.readings.census.children import ROOTS, Child
from throughline.readings.census.places.person import filled
from throughline.readings.census.remarks import Remarks
from throughline.readings.census.values import Raw, read, text
from throughline.readings.models import ImportedChild, Remark, RemarkKind
from throughline.record.people.models import Identifier, IdentifierType, Person

OWN_NUMBER = "TL{pk}"
"""The local number under which a child without one is returned."""

_OWN = re.compile(r"TL(\d{1,18})")


class People:
    """The people of the record whom a return may speak of, looked up once for the whole file."""

    def __init__(self, year: int, children: Sequence[Child]) -> None:
        self.year = year
        ids = {child.id for child in children if child.id}
        upns = {_upn(child) for child in children} - {""}
        self.by_id: dict[str, int] = dict(
            Identifier.objects.filter(type=IdentifierType.LOCAL, value__in=ids).values_list("value", "person_id")
        )
        self.upns: dict[str, int] = dict(
            Identifier.objects.filter(type=IdentifierType.UPN, value__in=upns).values_list("value", "person_id")
        )
        self.imported: dict[int, ImportedChild] = {
            one.person_id: one for one in ImportedChild.objects.filter(year=year, person__in=self.by_id.values())
        }
        self._said: dict[tuple[int, str], list[Remark]] | None = None

    def known(self, child: Child | None) -> Person | None:
        """Return the person who has the child's local number, if the record knows one."""
        found = self.by_id.get(child.id) if child is not None and child.id else None
        return Person.objects.get(pk=found) if found is not None else None

    def before(self, child: Child) -> ImportedChild | None:
        """Return what the return of this year last said of the child, None for the first time."""
        known = self.by_id.get(child.id)
        return self.imported.get(known) if known else None

    def remarks_of(self, before: ImportedChild, child: Child) -> list[Remark]:
        """Return copies of the remarks that the run before made about this child."""
        if self._said is None:
            self._said = defaultdict(list)
            for remark in Remark.objects.filter(run__in={one.run_id for one in self.imported.values()}):
                self._said[remark.run_id, remark.child].append(remark)
        return [copy(one) for one in self._said.get((before.run_id, child.id), ())]

    def find_or_make(self, child: Child, remarks: Remarks) -> tuple[Person, bool]:
        """Return the person and whether they are new: by local number, by our own, by pupil number and birth."""
        known = self.by_id.get(child.id)
        if known is not None:
            return Person.objects.get(pk=known), False
        person = self._ours(child) or self._by_upn(child, remarks)
        new = person is None
        if person is None:
            # A return has no names. Until somebody gives one, the child is called by their number.
            person = filled(Person(shown_name=f"Child {child.id}"), *(_values(child, table) for table in ROOTS[:2]))
            person.save()
        if new or not _OWN.fullmatch(child.id):
            Identifier.objects.create(person=person, type=IdentifierType.LOCAL, value=child.id)
        self.by_id[child.id] = person.pk
        return person, new

    def forget(self, child: Child) -> None:
        """Undo what was noted of a child who could not be placed."""
        lost = self.by_id.pop(child.id, None)
        kept = Identifier.objects.filter(type=IdentifierType.LOCAL, value=child.id).values_list("person_id", flat=True)
        if kept:
            self.by_id[child.id] = kept[0]
        else:
            self.upns = {upn: person for upn, person in self.upns.items() if person != lost}

    def _ours(self, child: Child) -> Person | None:
        """A child whom we returned under our own number, having no other."""
        own = _OWN.fullmatch(child.id)
        if own is None:
            return None
        person = Person.objects.filter(pk=int(own[1])).exclude(identifiers__type=IdentifierType.LOCAL).first()
        return person if person is not None and text(person.date_of_birth) == _birth(child) else None

    def _by_upn(self, child: Child, remarks: Remarks) -> Person | None:
        """A child whom a worker recorded with the same pupil number and birth, and without a local number."""
        owner = self.upns.get(_upn(child))
        if owner is None or not _birth(child):
            return None
        person = Person.objects.filter(pk=owner).exclude(identifiers__type=IdentifierType.LOCAL).first()
        if person is None or text(person.date_of_birth) != _birth(child):
            return None
        remarks.note(
            RemarkKind.MATCH,
            "A child of the record without a local number has this unique pupil number and this date of birth.",
            "They were taken to be the same child, and the record now has the local number. Check that they are.",
            table="ChildIdentifiers",
            element="UPN",
            value=_upn(child),
        )
        return person


def _values(child: Child, table: str) -> dict[str, Raw]:
    found = child.of(table)
    return found[0].values if found else {}


def _value(child: Child, element: str) -> str:
    for module in child.of("ChildIdentifiers"):
        value = module.values.get(element)
        if isinstance(value, str):
            return value.strip()
    return ""


def _upn(child: Child) -> str:
    return text(read("upn", _value(child, "UPN"))[0])


def _birth(child: Child) -> str:
    return text(read("date", _value(child, "PersonBirthDate"))[0])
