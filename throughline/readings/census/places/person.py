"""The child: numbers, dates, sex, ethnicity, disabilities."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from throughline.readings.census.holdings import Holdings
from throughline.readings.census.places.place import CannotHold, Desk, Element, Place
from throughline.readings.census.values import Held, Raw, read
from throughline.record.people.models import Disability, Identifier, IdentifierType, Person

_NUMBERS = {"UPN": IdentifierType.UPN, "FormerUPN": IdentifierType.FORMER_UPN}
_FIELDS = {
    "UPNunknown": "upn_unknown",
    "PersonBirthDate": "date_of_birth",
    "ExpectedPersonBirthDate": "expected_date",
    "GenderCurrent": "sex",
    "Sex": "sex",
    "PersonDeathDate": "date_of_death",
}


def filled(person: Person, identifiers: Mapping[str, Raw], characteristics: Mapping[str, Raw]) -> Person:
    """Fill an unsaved person with what a return says and nothing contradicts, so that they are written once."""
    for element in IdentifiersPlace.elements:
        if element.name in _FIELDS and element.name != "PersonDeathDate":
            held, _why = read(element.kind, identifiers.get(element.name), element.codes)
            if held not in (None, ""):
                setattr(person, _FIELDS[element.name], held)
    person.ethnicity = str(read("code", characteristics.get("Ethnicity"), "ethnicity")[0] or "")
    return person


class IdentifiersPlace(Place):
    """ChildIdentifiers: the person and their numbers."""

    table = "ChildIdentifiers"
    model = Person
    elements: ClassVar[tuple[Element, ...]] = (
        Element("UPN", "upn"),
        Element("FormerUPN", "upn"),
        Element("UPNunknown", "code", "upn_unknown"),
        Element("PersonBirthDate", "date"),
        Element("ExpectedPersonBirthDate", "date"),
        Element("GenderCurrent", "gender"),
        Element("Sex", "sex", "sex"),
        Element("PersonDeathDate", "date"),
    )

    def current(self, row: Person, holdings: Holdings) -> dict[str, Held]:
        """See Place."""
        found: dict[str, Held] = {element: getattr(row, field) for element, field in _FIELDS.items()}
        for element, type_ in _NUMBERS.items():
            number = holdings.number(row.pk, type_)
            found[element] = number.value if number else ""
        return found

    def make(self, desk: Desk, held: Mapping[str, Held], parent: Any, day: date) -> Person:
        """Fill the person, whom the desk has made or found blank."""
        before = {field: getattr(desk.person, field) for field in _FIELDS.values()}
        # Sex after gender, so that where a return gives both, the newer item stands.
        for element in self.elements:
            if held.get(element.name) not in (None, ""):
                try:
                    self._set(desk, desk.person, element.name, held[element.name])
                except CannotHold as refused:
                    desk.refused[element.name] = refused
        if before != {field: getattr(desk.person, field) for field in _FIELDS.values()}:
            desk.person.save()
        return desk.person

    def put(self, desk: Desk, row: Person, element: str, held: Held) -> None:
        """See Place."""
        self._set(desk, row, element, held)
        row.version += 1
        row.save()

    def _set(self, desk: Desk, person: Person, element: str, held: Held) -> None:
        if element in _NUMBERS:
            self._number(desk, person, _NUMBERS[element], str(held or ""))
            return
        if element in ("PersonBirthDate", "PersonDeathDate"):
            self._life(person, element, held)
        setattr(person, _FIELDS[element], held)

    def _life(self, person: Person, element: str, held: Held) -> None:
        born = held if element == "PersonBirthDate" else person.date_of_birth
        died = held if element == "PersonDeathDate" else person.date_of_death
        if isinstance(born, date) and isinstance(died, date) and died < born:
            raise CannotHold(
                "The death would be before the birth.",
                "Ask the team for the right dates, enter them on the child's details, and mend them at the source.",
            )

    def _number(self, desk: Desk, person: Person, type_: IdentifierType, value: str) -> None:
        numbers = desk.holdings.numbers[person.pk]
        known = desk.holdings.number(person.pk, type_)
        if type_ is IdentifierType.UPN and value:
            owner = desk.upns.setdefault(value, person.pk)
            if owner != person.pk:
                raise CannotHold(
                    "Another child of the record has this unique pupil number.",
                    "Find out whose it is: are they one child, recorded twice? Correct the other at the source.",
                )
        if known is None and value:
            numbers.append(Identifier.objects.create(person=person, type=type_, value=value))
        elif known is not None and value:
            known.value = value
            known.save(update_fields=["value"])
        elif known is not None:
            numbers.remove(known)
            known.delete()


class CharacteristicsPlace(Place):
    """ChildCharacteristics: ethnicity and disabilities."""

    table = "ChildCharacteristics"
    model = Person
    elements: ClassVar[tuple[Element, ...]] = (
        Element("Ethnicity", "code", "ethnicity"),
        Element("Disabilities", "codes", "disability"),
    )

    def current(self, row: Person, holdings: Holdings) -> dict[str, Held]:
        """See Place."""
        codes = tuple(one.code for one in holdings.disabilities[row.pk])
        return {"Ethnicity": row.ethnicity, "Disabilities": codes or None}

    def make(self, desk: Desk, held: Mapping[str, Held], parent: Any, day: date) -> Person:
        """Fill the person, whom the desk has made or found blank."""
        if held.get("Ethnicity") and held["Ethnicity"] != desk.person.ethnicity:
            desk.person.ethnicity = str(held["Ethnicity"])
            desk.person.save(update_fields=["ethnicity"])
        codes = held.get("Disabilities")
        if isinstance(codes, tuple) and codes:
            self._disabilities(desk, desk.person, codes)
        return desk.person

    def put(self, desk: Desk, row: Person, element: str, held: Held) -> None:
        """See Place."""
        if element == "Disabilities":
            self._disabilities(desk, row, held if isinstance(held, tuple) else ())
        else:
            row.ethnicity = str(held or "")
            row.version += 1
            row.save(update_fields=["ethnicity", "version"])

    def _disabilities(self, desk: Desk, person: Person, codes: tuple[Any, ...]) -> None:
        kept: dict[str, Disability] = {}
        for one in desk.holdings.disabilities[person.pk]:
            if one.code in codes:
                kept[one.code] = one
            else:
                one.delete()
        for position, code in enumerate(codes):
            if code in kept and kept[code].position != position:
                kept[code].position = position
                kept[code].save(update_fields=["position"])
        made = Disability.objects.bulk_create(
            Disability(person=person, code=code, position=position)
            for position, code in enumerate(codes)
            if code not in kept
        )
        kept |= {one.code: one for one in made}
        desk.holdings.disabilities[person.pk] = [kept[code] for code in codes]
