"""Deciding what follows a contact: passing it on, accepting it as a referral, deciding for each child."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from throughline.core.access import actions as access
from throughline.core.access import door
from throughline.core.access.models import Allocation, AllocationKind, Team, User
from throughline.core.access.roles import Action
from throughline.core.audit import account
from throughline.core.clocks import actions as clocks
from throughline.core.clocks.models import TimeFrame
from throughline.core.codes import code_set
from throughline.core.errors import Refused
from throughline.record.front_door import pathway, told  # noqa: F401  (registers audit sentences)
from throughline.record.front_door.models import Contact, Decision, Outcome, Part, Passage, Referral
from throughline.record.in_need import actions as in_need
from throughline.record.journey import actions as journey
from throughline.record.journey.models import Episode, EpisodeKind
from throughline.record.people.models import Person

CLOCK = "referral_decision"


@dataclass(frozen=True)
class Decided:
    """What is decided for one child: an outcome of the authority's front door, where to, or to which team."""

    person: Person
    outcome: str
    destination: str = ""
    team: Team | None = None
    # The census's reason, where it becomes a referral: code set "primary_need".
    primary_need: str = ""


@transaction.atomic
def pass_on(*, by: User, contact: Contact, to: str, reason: str) -> Passage:
    """Pass a contact on to another step of the front door, with why. Raises Refused, NotFound, PermissionDenied."""
    current = _waiting(by, contact, Action.RECORD)
    door_ = pathway.current()
    faults: dict[str, str] = {}
    if to not in door_.step(current.step).passes_to:
        faults["to"] = f"{door_.step(current.step).label} does not pass contacts on to there. Choose from the list."
    if not reason.strip():
        faults["reason"] = "Say why it goes there: the family may have to tell its story again."
    if faults:
        raise Refused(faults)
    made = Passage.objects.create(contact=current, came_from=current.step, went_to=to, reason=reason.strip(), by=by)
    current.step = to
    current.save(update_fields=["step"])
    for person_id in _everyone(current):
        account.record("front_door.passed_on", by=by, person_id=person_id, subject=made, step=door_.step(to).label)
    return made


@transaction.atomic
def make_referral(*, by: User, contact: Contact) -> Referral:
    """Accept a contact as a referral: its entry follows the contact's, and each child's clock starts.

    The clock runs from the day on which the contact was received. Raises Refused when it is a referral already or
    has been decided, NotFound, PermissionDenied.
    """
    current = _waiting(by, contact, Action.RECORD)
    if Referral.objects.filter(contact=current).exists():
        raise Refused("This contact is a referral already.")
    return _refer(by, current)


def _refer(by: User, contact: Contact) -> Referral:
    entry, children = contact.entry, _children(contact)
    made_entry = journey.write_entry(
        by=by,
        kind="referral",
        happened_on=entry.happened_on,
        happened_at=entry.happened_at,
        summary=in_need.referral_words(contact.source, None),
        parts=[journey.Part(child) for child in children],
        family=entry.family,
        follows=entry,
    )
    made = Referral.objects.create(entry=made_entry, contact=contact)
    for child in children:
        clocks.start_statutory(by=by, person=child, rule=CLOCK, started_on=entry.happened_on, entry=made_entry)
        account.record("front_door.referred", by=by, person_id=child.pk, subject=made, on=entry.happened_on.isoformat())
    return made


@transaction.atomic
def decide(
    *,
    by: User,
    contact: Contact,
    outcomes: Sequence[Decided],
    reasons: str,
    options: str = "",
    disagreed: str = "",
    at: datetime | None = None,
) -> Decision:
    """Decide for each child of a contact what follows, with the reasons and what else was considered.

    Assessment and strategy discussion make the contact a referral, open the time in need, and give the child to a
    team. A referral that leads to nothing is recorded so. Whatever is decided stops the referral's clock.
    Raises Refused with a sentence a field, NotFound, PermissionDenied for someone who may not decide.
    """
    current = _waiting(by, contact, Action.DECIDE)
    moment = at or timezone.now()
    day = timezone.localtime(moment).date()
    children = _children(current)
    door_ = pathway.current()
    _check(current, children, outcomes, reasons, moment, door_)
    chosen = {one.person.pk: (one, door_.outcomes[one.outcome]) for one in outcomes}
    referral = Referral.objects.filter(contact=current).select_related("entry").first()
    if referral is None and any(kind.opens_in_need for _, kind in chosen.values()):
        referral = _refer(by, current)
    entry = journey.write_entry(
        by=by,
        kind="decision",
        happened_on=day,
        happened_at=timezone.localtime(moment).time().replace(microsecond=0),
        summary=_said(chosen),
        parts=[journey.Part(child, words=_own(chosen[child.pk])) for child in children],
        family=current.entry.family,
        follows=referral.entry if referral else current.entry,
        decision=_said(chosen),
        reason=reasons,
        action=Action.DECIDE,
    )
    decision = Decision.objects.create(
        entry=entry, contact=current, decided_at=moment, options=options.strip(), disagreed=disagreed.strip()
    )
    for child in children:
        one, kind = chosen[child.pk]
        Outcome.objects.create(
            decision=decision, person=child, outcome=kind.code, label=kind.label, means=kind.means,
            destination=one.destination.strip()[:200], team=one.team,
        )  # fmt: skip
        if referral is not None:
            _carry_out(by, referral, one, kind, day)
        account.record("front_door.decided", by=by, person_id=child.pk, subject=decision, outcome=kind.label.lower())
    return decision


def _carry_out(by: User, referral: Referral, one: Decided, kind: pathway.Outcome, day: date) -> None:
    """Do for one child what a decided referral means: stop the clock, open the time in need, choose the team."""
    for frame in TimeFrame.objects.filter(entry=referral.entry, person=one.person, rule=CLOCK, stopped_on__isnull=True):
        clocks.stop(by=by, frame=frame, on=max(day, frame.started_on), entry=referral.entry)
    episode = None
    if kind.opens_in_need:
        open_now = Episode.objects.filter(person=one.person, kind=EpisodeKind.IN_NEED, ended_on__isnull=True)
        # A child who is in need already stays so: this is new information on open work, not a second opening.
        if not open_now.exists():
            episode = journey.open_episode(
                person=one.person,
                kind=EpisodeKind.IN_NEED,
                started_on=referral.entry.happened_on,
                by=by,
                entry=referral.entry,
            )
        if one.team is not None:
            _give_to(by, one.person, one.team)
    in_need.record_referral(
        by=by,
        person=one.person,
        entry=referral.entry,
        source=referral.contact.source,
        primary_need=one.primary_need,
        no_further_action=not kind.opens_in_need,
        episode=episode,
    )


def _give_to(by: User, person: Person, team: Team) -> None:
    lead = Allocation.objects.filter(
        person=person, kind=AllocationKind.KEY_WORKER, ended_on__isnull=True, team=team
    ).exists()
    if not lead:
        access.allocate(by=by, person=person, team=team)


def _check(
    contact: Contact,
    children: Sequence[Person],
    outcomes: Sequence[Decided],
    reasons: str,
    moment: datetime,
    door_: pathway.Pathway,
) -> None:
    faults: dict[str, str] = {}
    allowed = {one.code for one in door_.may_be_decided(contact.step, urgent=contact.urgent)}
    if {one.person.pk for one in outcomes} != {child.pk for child in children}:
        faults["outcome"] = "Decide for each child of the contact."
    for one in outcomes:
        kind = door_.outcomes.get(one.outcome)
        if kind is None or kind.code not in allowed:
            faults["outcome"] = (
                f"{door_.step(contact.step).label} does not decide that. Choose from the list, or pass it on."
            )
            continue
        if kind.destination and not one.destination.strip():
            faults["destination"] = "Say where to: which service, team or lead professional."
        if kind.team and one.team is None and not _worked_with(one.person):
            faults["team"] = "Choose the team that works with the child from now on."
        if one.primary_need and one.primary_need not in code_set("primary_need").codes:
            faults["primary_need"] = "Choose from the list."
    if not reasons.strip():
        faults["reasons"] = "Give the reasons: they are part of the decision, and the family may read them."
    if moment > timezone.now():
        faults["at"] = "The time is in the future. Enter when it was decided."
    elif timezone.localtime(moment).date() < contact.entry.happened_on:
        faults["at"] = "It was decided before we were told. Check the day."
    if faults:
        raise Refused(faults)


def _worked_with(person: Person) -> bool:
    return Allocation.objects.filter(person=person, kind=AllocationKind.KEY_WORKER, ended_on__isnull=True).exists()


def _waiting(by: User, contact: Contact, action: Action) -> Contact:
    """Return the contact, held until the end of the act; Refused when it has been decided."""
    door.one(by, Contact, contact.pk)
    current = Contact.objects.select_for_update(of=("self",)).select_related("entry__family").get(pk=contact.pk)
    # Children whose record has been closed to this user since are decided about by those who may see them.
    door.require(by, action, *(child.pk for child in _children(current)))
    decided = Decision.objects.filter(contact=current).select_related("entry__author").first()
    if decided is not None:
        when = timezone.localtime(decided.decided_at)
        raise Refused(f"This was decided already, on {when:%-d %B %Y} at {when:%H:%M}, by {decided.entry.author}.")
    return current


def _children(contact: Contact) -> list[Person]:
    rows = contact.concerned.filter(part=Part.CHILD).select_related("person").order_by("pk")
    return [row.person for row in rows]


def _everyone(contact: Contact) -> list[int]:
    return list(contact.concerned.exclude(part=Part.OTHER).values_list("person_id", flat=True))


def _said(chosen: dict[int, tuple[Decided, pathway.Outcome]]) -> str:
    labels = list(dict.fromkeys(kind.label for _, kind in chosen.values()))
    if len(labels) == 1:
        return labels[0]
    # What was decided for a sibling is in the sibling's own part, not in the line that all share.
    return "Decided for each child after a contact"


def _own(one: tuple[Decided, pathway.Outcome]) -> str:
    decided, kind = one
    where = decided.destination.strip() or (decided.team.name if decided.team else "")
    return f"{kind.label}: {where}" if where else kind.label
