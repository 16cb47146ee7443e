"""People, their names, numbers and homes; families, ties, professionals, allocations."""

from throughline.core.access.models import Allocation
from throughline.record.families.models import (
    Family,
    Household,
    HouseholdMember,
    Involvement,
    Membership,
    Professional,
    Relationship,
)
from throughline.record.people import addresses, names, numbers
from throughline.record.people.models import (
    Address,
    ContactDetail,
    Disability,
    Identifier,
    Name,
    Person,
    Residence,
)
from throughline.synthetic.plan import AFamily, APerson
from throughline.synthetic.write.laying import Ids, Laid, lay, moment


def write(ids: Ids) -> None:
    """Write them, family by family in the order in which they became known."""
    authority = ids.authority
    known = {key: family.first_known for family in authority.families for key in family.members}
    # A made-up father who is in no family was thought of and left out.
    people = [one for one in authority.people if one.key in known]
    saved = lay([Laid(_person(one), moment(known[one.key], 9)) for one in people])
    ids.people = {one.key: row for one, row in zip(people, saved, strict=True)}
    lay(
        [
            Laid(
                names.keyed(Name(person=ids.people[one.key], given=one.given, family=one.family, shown=True)),
                moment(known[one.key], 9),
            )
            for one in people
        ]
    )
    lay([Laid(row, moment(known[one.key], 9)) for one in people for row in _numbers(ids, one)])
    lay(
        [
            Laid(Disability(person=ids.people[one.key], code=one.disability), moment(known[one.key], 10))
            for one in people
            if one.disability
        ]
    )
    lay(
        [
            Laid(
                ContactDetail(
                    person=ids.people[one.key], kind="mobile", value=one.phone, digits=numbers.phone_digits(one.phone)
                ),
                moment(known[one.key], 9),
            )
            for one in people
            if one.phone
        ]
    )
    _families(ids)
    _homes(ids)
    _around(ids)
    _allocations(ids)


def _person(one: APerson) -> Person:
    return Person(
        date_of_birth=one.born,
        expected_date=one.expected,
        sex=one.sex,
        ethnicity=one.ethnicity,
        languages=one.languages,
        interpreter_needed=one.interpreter,
        religion=one.religion,
        communication_needs=one.communication,
        shown_name=f"{one.given} {one.family}",
    )


def _numbers(ids: Ids, one: APerson) -> list[Identifier]:
    person = ids.people[one.key]
    found = [Identifier(person=person, type="local", value=f"{one.key + 10_000}")]
    if one.nhs:
        found.append(Identifier(person=person, type="nhs", value=one.nhs))
    if one.upn:
        found.append(Identifier(person=person, type="upn", value=one.upn))
    return found


def _families(ids: Ids) -> None:
    families = ids.authority.families
    saved = lay(
        [Laid(Family(label=one.label, made_on=one.first_known), moment(one.first_known, 9)) for one in families]
    )
    ids.families = {one.key: row for one, row in zip(families, saved, strict=True)}
    lay(
        [
            Laid(
                Membership(
                    family=ids.families[one.key],
                    person=ids.people[key],
                    subject_child=key in one.children,
                    started_on=one.first_known,
                ),
                moment(one.first_known, 9),
            )
            for one in families
            for key in one.members
        ]
    )
    lay([Laid(row, moment(one.first_known, 10)) for one in families for row in _ties(ids, one)])


def _ties(ids: Ids, one: AFamily) -> list[Relationship]:
    return [
        Relationship(
            person=ids.people[tie.person],
            other=ids.people[tie.other],
            type=tie.type,
            parental_responsibility=tie.responsibility,
            main_carer=tie.main_carer,
            responsibility_basis=tie.basis,
        )
        for tie in one.ties
    ]


def _homes(ids: Ids) -> None:
    homes = [(one, *home) for one in ids.authority.families for home in one.homes]
    placed = lay(
        [
            Laid(addresses.keyed(Address(lines=lines, postcode=postcode)), moment(one.first_known, 9))
            for one, lines, postcode, _members in homes
        ]
    )
    households = lay(
        [
            Laid(Household(family=ids.families[one.key], address=address), moment(one.first_known, 9))
            for (one, *_rest), address in zip(homes, placed, strict=True)
        ]
    )
    together = list(zip(homes, placed, households, strict=True))
    lay(
        [
            Laid(
                Residence(person=ids.people[key], address=address, started_on=one.first_known),
                moment(one.first_known, 9),
            )
            for (one, _lines, _code, members), address, _household in together
            for key in members
        ]
    )
    lay(
        [
            Laid(
                HouseholdMember(household=household, person=ids.people[key], started_on=one.first_known),
                moment(one.first_known, 9),
            )
            for (one, _lines, _code, members), _address, household in together
            for key in members
        ]
    )


def _around(ids: Ids) -> None:
    around = [(one, *who) for one in ids.authority.families for who in one.professionals]
    saved = lay(
        [
            Laid(Professional(name=name, role=role, agency=agency), moment(one.first_known, 11))
            for one, name, role, agency in around
        ]
    )
    lay(
        [
            Laid(
                Involvement(person=ids.people[child], professional=professional, started_on=one.first_known),
                moment(one.first_known, 11),
            )
            for (one, *_who), professional in zip(around, saved, strict=True)
            for child in one.children
        ]
    )


def _allocations(ids: Ids) -> None:
    lay(
        [
            Laid(
                Allocation(
                    person=ids.people[one.person],
                    worker=ids.users[one.worker] if one.worker is not None else None,
                    team=ids.teams[one.team],
                    kind=one.kind,
                    started_on=one.started,
                    ended_on=one.ended,
                    reason_ended=one.why,
                ),
                moment(one.started),
                before={"ended_on": None, "reason_ended": ""} if one.ended else {},
                changed_at=moment(one.ended) if one.ended else None,
            )
            for one in ids.authority.allocations
        ]
    )
