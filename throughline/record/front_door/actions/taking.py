"""Taking what someone tells us: a contact, or a question (consultation)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time

from django.db import transaction
from django.utils import timezone

from throughline.core.access import door, reach
from throughline.core.access.models import User
from throughline.core.access.roles import Action
from throughline.core.audit import account
from throughline.core.codes import code_set
from throughline.core.errors import EditConflict, Refused
from throughline.record.families import actions as families
from throughline.record.families.models import Family, Membership
from throughline.record.front_door import lawful, pathway, told  # noqa: F401  (registers audit sentences)
from throughline.record.front_door.models import (
    Concerned,
    Consent,
    Consultation,
    Contact,
    Method,
    Nature,
    Part,
    Recalled,
    Safe,
)
from throughline.record.journey import actions as journey
from throughline.record.journey.models import Entry
from throughline.record.people.models import Person


@dataclass(frozen=True)
class Source:
    """Who told us or asked us. ``code`` is of the national set "referral_source"."""

    code: str
    name: str = ""
    role: str = ""
    agency: str = ""
    contact: str = ""
    anonymous: bool = False
    keep_from_family: bool = False


@dataclass(frozen=True)
class Named:
    """Someone named in a contact: what they are in it (models.Part), whether safe (models.Safe), their own part."""

    person: Person
    part: str = Part.CHILD
    safe: str = ""
    words: str = ""
    said: str = ""


@dataclass(frozen=True)
class Sharing:
    """How it came to be shared with us: consent (models.Consent), basis (lawful_bases.toml), whether parents know."""

    consent: str = ""
    why: str = ""
    basis: str = ""
    parents_told: bool | None = None
    told_words: str = ""


@transaction.atomic
def take_contact(
    *,
    by: User,
    source: Source,
    method: str,
    nature: str,
    happened_on: date,
    worry: str,
    named: Sequence[Named],
    sharing: Sharing | None = None,
    happened_at: time | None = None,
    known: str = "",
    known_entries: Iterable[Entry] = (),
    urgent: bool = False,
    done_now: str = "",
) -> Contact:
    """Record that someone told us of a worry, for each person whom they named.

    A child who is not safe makes the contact urgent: it goes straight to the step that decides at once, and how it
    was shared may be recorded afterwards. People of one family are placed in it together.
    Raises Refused with a sentence a field, NotFound for someone (or an entry) that ``by`` may not reach.
    """
    urgent = urgent or any(one.safe == Safe.NO for one in named)
    sharing = sharing or Sharing()
    _refuse(
        _faults_of_source(source, method)
        | _faults_of_worry(nature, worry, named)
        | ({} if urgent and sharing == Sharing() else _faults_of_sharing(sharing))
    )
    # Those who are only named must be known to ``by`` as well; their own record says nothing of this.
    if bystanders := [one.person.pk for one in named if one.part == Part.OTHER]:
        door.require(by, Action.RECORD, *bystanders)
    about = [one for one in named if one.part != Part.OTHER]
    chosen = [door.one(by, Entry, one.pk) for one in known_entries]
    family = _family_of(by, named)
    door_ = pathway.current()
    step = door_.first_step(nature, urgent=urgent)
    entry = journey.write_entry(
        by=by,
        kind="contact",
        happened_on=happened_on,
        happened_at=happened_at,
        summary=_summary(source, urgent=urgent),
        words=worry,
        parts=[journey.Part(one.person, words=one.words, said=one.said) for one in about],
        family=family,
    )
    contact = Contact.objects.create(
        entry=entry,
        **_source_fields(source),
        anonymous=source.anonymous,
        keep_from_family=source.keep_from_family,
        method=method,
        nature=nature,
        known=known.strip(),
        urgent=urgent,
        done_now=done_now.strip(),
        step=step,
        **_sharing_fields(sharing),
    )
    Recalled.objects.bulk_create([Recalled(contact=contact, recalled=one) for one in chosen])
    Concerned.objects.bulk_create(
        [Concerned(contact=contact, person=one.person, part=one.part, safe=one.safe) for one in named]
    )
    for one in about:
        account.record(
            "front_door.contact_taken", by=by, person_id=one.person.pk, subject=contact, on=happened_on.isoformat()
        )
    return contact


@transaction.atomic
def complete_sharing(*, by: User, contact: Contact, sharing: Sharing) -> Contact:
    """Record how an urgent contact came to be shared, once there is time. Recorded once; EditConflict after that."""
    door.one(by, Contact, contact.pk, Action.RECORD)
    current = Contact.objects.select_for_update().get(pk=contact.pk)
    if current.consent:
        raise EditConflict({"consent": current.consent, "basis": current.lawful_basis})
    _refuse(_faults_of_sharing(sharing))
    for name, value in _sharing_fields(sharing).items():
        setattr(current, name, value)
    current.save(update_fields=list(_sharing_fields(sharing)))
    for person_id in current.concerned.exclude(part=Part.OTHER).values_list("person_id", flat=True):
        account.record("front_door.completed", by=by, person_id=person_id, subject=current)
    return current


@transaction.atomic
def consult(
    *,
    by: User,
    source: Source,
    method: str,
    asked_on: date,
    question: str,
    checked: str,
    advice: str,
    next_step: str,
    next_by: str,
    named: Sequence[Person] = (),
    asked_at: time | None = None,
) -> Consultation:
    """Record advice given to someone who asked before deciding. It opens nothing and is no referral (S5).

    With a child named it stands in the child's record. Raises Refused with a sentence a field, NotFound.
    """
    door.require_somewhere(by, Action.RECORD)
    faults = _faults_of_source(source, method)
    for field, value, sentence in (
        ("question", question, "Write what they asked, in their words."),
        ("checked", checked, "Say what you looked up and what it showed, or why you looked nothing up."),
        ("advice", advice, "Write what you advised."),
        ("next_step", next_step, "Write the next step that you agreed, even if it is to wait and see."),
        ("next_by", next_by, "Say who does it."),
    ):
        if not value.strip():
            faults[field] = sentence
    faults |= _long(question=question, checked=checked, advice=advice, next_step=next_step, next_by=(next_by, 200))
    _refuse(faults | _day_faults("asked_on", asked_on))
    entry = None
    if named:
        entry = journey.write_entry(
            by=by,
            kind="consultation",
            happened_on=asked_on,
            happened_at=asked_at,
            summary=f"Consultation: {_whence(source)}",
            words=question,
            parts=[journey.Part(one) for one in named],
            decision=f"Agreed: {next_step.strip()}"[:300],
        )
    made = Consultation.objects.create(
        entry=entry,
        asked_on=asked_on,
        **_source_fields(source),
        method=method,
        question=question.strip(),
        checked=checked.strip(),
        advice=advice.strip(),
        next_step=next_step.strip(),
        next_by=next_by.strip(),
        taken_by=by,
    )
    about: list[int | None] = [one.pk for one in named]
    for person_id in about or [None]:
        account.record("front_door.consulted", by=by, person_id=person_id, subject=made, on=asked_on.isoformat())
    return made


def _family_of(by: User, named: Sequence[Named]) -> Family | None:
    """Return the one family of those named, made or added to as the worker said; None where they are of several.

    Someone else (a neighbour, a teacher) is never placed in it; someone of another family is not moved.
    """
    people = {one.person.pk: one.person for one in named if one.part != Part.OTHER}
    children = [one.person for one in named if one.part == Part.CHILD]
    held = Membership.objects.filter(person__in=people, ended_on__isnull=True).values_list("family", "person")
    ids = {family for family, _ in held}
    if not ids:
        return families.make_family(by=by, people=list(people.values()), subject_children=children)
    if len(ids) > 1:
        return None
    family: Family | None = reach.visible(by, Family).filter(pk=ids.pop()).first()
    if family is None:
        return None
    placed = {person for _, person in held}
    for pk, person in people.items():
        if pk not in placed:
            families.add_member(by=by, family=family, person=person, subject_child=person in children)
    return family


def _summary(source: Source, *, urgent: bool) -> str:
    return f"{'Urgent contact' if urgent else 'Contact'} from {_whence(source)}"


def _whence(source: Source) -> str:
    # Where from, never who: a summary is read in lists.
    label = code_set("referral_source").label(source.code)
    return label[0].lower() + label[1:]


def _source_fields(source: Source) -> dict[str, str]:
    return {
        "source": source.code,
        "source_name": "" if source.anonymous else source.name.strip(),
        "source_role": source.role.strip(),
        "source_agency": source.agency.strip(),
        "source_contact": "" if source.anonymous else source.contact.strip(),
    }


def _sharing_fields(sharing: Sharing) -> dict[str, object]:
    return {
        "consent": sharing.consent,
        "consent_why": sharing.why.strip(),
        "lawful_basis": sharing.basis,
        "parents_told": sharing.parents_told,
        "told_words": sharing.told_words.strip(),
    }


def _faults_of_source(source: Source, method: str) -> dict[str, str]:
    faults: dict[str, str] = {}
    if source.code not in code_set("referral_source").codes:
        faults["source"] = "Choose who this comes from. “Not known” is an answer."
    elif not source.anonymous and not any((source.name.strip(), source.role.strip(), source.agency.strip())):
        faults["source_name"] = "Write who it is, or tick that they did not give their name."
    if source.anonymous and (source.name.strip() or source.contact.strip()):
        faults["source_name"] = "Someone who did not give their name has none here. Clear the name, or the tick."
    if method not in Method.values:
        faults["method"] = "Say how they reached us."
    return faults | _long(
        source_name=(source.name, 200), source_role=(source.role, 120), source_agency=(source.agency, 200),
        source_contact=(source.contact, 200),
    )  # fmt: skip


def _faults_of_worry(nature: str, worry: str, named: Sequence[Named]) -> dict[str, str]:
    faults: dict[str, str] = {}
    if nature not in Nature.values:
        faults["nature"] = "Say what it is about, as you understand it now."
    if not worry.strip():
        faults["worry"] = "Write what they are worried about, in their words."
    children = [one for one in named if one.part == Part.CHILD]
    if not children:
        faults["people"] = "Say which child this is about. A child who is not born yet counts."
    if len({one.person.pk for one in named}) < len(named):
        faults["people"] = "The same person is named twice. Take one of them out."
    for one in children:
        if one.safe not in Safe.values:
            faults[f"safe-{one.person.pk}"] = "Say whether the child is safe now. “Not known” is an answer."
    return faults


def _faults_of_sharing(sharing: Sharing) -> dict[str, str]:
    faults: dict[str, str] = {}
    if sharing.consent not in Consent.values:
        faults["consent"] = "Say whether the family was asked before we were told."
    elif sharing.consent != Consent.GIVEN and not sharing.why.strip():
        faults["consent_why"] = "Say why it was shared without their agreement."
    if sharing.basis not in lawful.bases():
        faults["basis"] = "Choose on what it was shared."
    elif sharing.basis == "consent" and sharing.consent != Consent.GIVEN:
        faults["basis"] = "Nobody agreed, so this cannot rest on their agreement. Choose another basis."
    if sharing.parents_told is None:
        faults["parents_told"] = "Say whether the parents know that we were told."
    elif not sharing.told_words.strip():
        faults["told_words"] = "Say who was told and when." if sharing.parents_told else "Say why nobody was told."
    return faults | _long(consent_why=sharing.why, told_words=sharing.told_words)


def _day_faults(field: str, day: date) -> dict[str, str]:
    if day > timezone.localdate():
        return {field: "The date is in the future. Enter the day on which it happened."}
    return {}


def _long(**given: str | tuple[str, int]) -> dict[str, str]:
    found = {}
    for name, value in given.items():
        text, most = value if isinstance(value, tuple) else (value, journey.LONGEST)
        if len(text) > most:
            found[name] = f"This is {len(text):,} characters long; {most:,} is the most."
    return found


def _refuse(faults: Mapping[str, str]) -> None:
    if faults:
        raise Refused(faults)
