"""Recording a new person: after a search, and not otherwise."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from throughline.core.access import door
from throughline.core.access.models import User
from throughline.core.access.roles import Action
from throughline.core.audit import account
from throughline.core.errors import Refused
from throughline.record.people import checks, names, receipts, search
from throughline.record.people.actions.details import faults_of
from throughline.record.people.likeness import word_likeness
from throughline.record.people.models import Name, NameType, Person
from throughline.record.people.numbers_held import give_number, number_faults
from throughline.record.people.receipts import Receipt
from throughline.record.people.search import Match, Sought


@transaction.atomic
def create_person(
    *,
    by: User,
    receipt: str,
    given: str,
    family: str,
    date_of_birth: date | None = None,
    date_of_birth_estimated: bool = False,
    expected_date: date | None = None,
    sex: str = "",
    ethnicity: str = "",
    religion: str = "",
    languages: Sequence[str] = (),
    pronouns: str = "",
    gender_identity: str = "",
    interpreter_needed: bool = False,
    communication_needs: str = "",
    name_type: str = NameType.LEGAL,
    identifiers: Sequence[tuple[str, str]] = (),
    despite: str = "",
) -> Person:
    """Record a person who was searched for and not found.

    ``receipt`` proves the search (people.search.receipt): by this user, in the last hour, for this name. The search is
    made again with what is now known; when anyone strongly like them is found, ``despite`` must say why it is not
    that person. ``identifiers`` are (IdentifierType, value).
    Raises Refused with a sentence for each fault, PermissionDenied for a role that records nobody.
    """
    door.require_somewhere(by, Action.RECORD)
    proof = receipts.read(by, receipt)
    given, family = " ".join(given.split()), " ".join(family.split())
    person = Person(
        date_of_birth=date_of_birth,
        date_of_birth_estimated=date_of_birth_estimated and date_of_birth is not None,
        expected_date=expected_date,
        sex=sex,
        ethnicity=ethnicity,
        religion=religion.strip(),
        languages=list(languages),
        pronouns=pronouns.strip(),
        gender_identity=gender_identity.strip(),
        interpreter_needed=interpreter_needed,
        communication_needs=communication_needs.strip(),
        recorded_by=by,
    )
    faults = checks.names(given, family) | faults_of(person)
    faults |= number_faults(identifiers)
    if not faults:
        faults |= _unsought(proof, given, family)
    if faults:
        raise Refused(faults)
    strong = [one for one in _alike(by, given, family, person, identifiers) if one.strong]
    if strong and not despite.strip():
        raise Refused({"despite": _look_again(strong, proof)})
    person.save()
    names.show(person, Name(person=person, given=given, family=family, type=name_type))
    for type_, value in identifiers:
        give_number(by=by, person=person, type_=type_, value=value)
    _account_for_creation(by, person, proof, strong, despite)
    return person


def _alike(by: User, given: str, family: str, person: Person, identifiers: Sequence[tuple[str, str]]) -> list[Match]:
    sought = Sought(
        given=given,
        family=family,
        date_of_birth=person.date_of_birth,
        expected_date=person.expected_date,
        identifier=identifiers[0][1] if identifiers else "",
        estimated=person.date_of_birth_estimated,
    )
    return search.find(by, sought)


def _unsought(proof: Receipt, given: str, family: str) -> dict[str, str]:
    """Return the fault of a search that was for someone else: a receipt for Ada does not do for Ben."""
    asked, _ = search.understood(proof.sought)
    if not asked.by_name:
        return {"": "You have not searched by name yet. Search for the name, then record the person."}
    sought = names.words(f"{asked.given} {asked.family} {asked.text}")
    recorded = names.words(f"{given} {family}")
    # Every spelling that a search would have brought together counts as having been sought.
    if any(word_likeness(one, other)[0] >= 0.7 for one in sought for other in recorded):
        return {}
    return {"": "You searched for another name. Search for this one, so that nobody is recorded twice."}


def _look_again(strong: Sequence[Match], proof: Receipt) -> str:
    new = [one for one in strong if one.person_id not in proof.shown]
    how_many = "one person" if len(strong) == 1 else f"{len(strong)} people"
    since = " With what you have added since you searched, look again." if new else ""
    return f"The record holds {how_many} very like this one. Say why it is none of them, or open theirs instead.{since}"


def _account_for_creation(by: User, person: Person, proof: Receipt, strong: Sequence[Match], despite: str) -> None:
    shown = f"{len(proof.shown)} people" if len(proof.shown) != 1 else "1 person"
    if strong:
        like = "1 person" if len(strong) == 1 else f"{len(strong)} people"
        account.record(
            "people.created_despite",
            by=by,
            person_id=person.pk,
            subject=person,
            strong=like,
            despite=despite.strip(),
            like=[one.person_id for one in strong],
        )
    else:
        account.record("people.created", by=by, person_id=person.pk, subject=person, shown=shown)
