"""Writing a child's case. ``by`` is None for the system, which brings what a return says; its caller keeps the account.

Dates that cannot be are a return's own fault and are kept as they came: these actions refuse only what no record can
hold. What workers type is checked by their forms' own actions.
"""

from collections.abc import Callable, Sequence
from datetime import date
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import transaction
from django.db.models import Q

from throughline.core.access import door
from throughline.core.access.models import User
from throughline.core.access.roles import Action
from throughline.core.audit import account
from throughline.core.codes import code_set
from throughline.core.errors import Refused
from throughline.record.families.models import Family
from throughline.record.in_need import told  # noqa: F401  (registers audit sentences)
from throughline.record.in_need.models import AssessmentOutline, Case, PlanPeriod
from throughline.record.journey.actions import Part, write_entry
from throughline.record.journey.models import Entry, Episode, EpisodeKind
from throughline.record.people.models import Person

P = ParamSpec("P")
T = TypeVar("T")


def one_act(act: Callable[P, T]) -> Callable[P, T]:
    """Make an action one transaction, and part of the caller's where there is one.

    A return brings thousands of acts (``by`` is None) inside a child's own savepoint: one for each of them would be
    most of its time. A worker's act has its own, so that a refusal undoes it and nothing else.
    """

    @wraps(act)
    def acting(*args: P.args, **kwargs: P.kwargs) -> T:
        with transaction.atomic(savepoint=kwargs.get("by") is not None):
            return act(*args, **kwargs)

    return acting


@one_act
def record_referral(
    *,
    by: User | None,
    person: Person,
    entry: Entry,
    source: str = "",
    primary_need: str = "",
    no_further_action: bool | None = None,
    episode: Episode | None = None,
) -> Case:
    """Make of a referral that is already an entry (the front door's) this child's case, so that returns find it.

    Raises Refused for a code that the census does not know, and when the child has this case already.
    """
    if by is not None:
        door.require(by, Action.RECORD, person.pk)
    faults = {
        field: f"{value} is not a code of the census. Choose from the list."
        for field, value, codes in (
            ("source", source, "referral_source"),
            ("primary_need", primary_need, "primary_need"),
        )
        if value and value not in code_set(codes).codes
    }
    if by is not None and Case.objects.filter(entry=entry, person=person).exists():
        faults[""] = "This referral is recorded as this child's case already."
    if faults:
        raise Refused(faults)
    made = Case.objects.create(
        entry=entry,
        person=person,
        source=source,
        primary_need=primary_need,
        no_further_action=no_further_action,
        episode=episode,
    )
    if by is not None:
        account.record("in_need.referred", by=by, person_id=person.pk, subject=made, on=entry.happened_on.isoformat())
    return made


@one_act
def write_case(
    *,
    by: User | None,
    person: Person,
    referred_on: date,
    source: str = "",
    primary_need: str = "",
    no_further_action: bool | None = None,
    family: Family | None = None,
    author_name: str = "",
) -> Case:
    """Record a referral and, unless it led to nothing, the episode of need that it opened."""
    entry = write_entry(
        by=by,
        kind="referral",
        happened_on=referred_on,
        summary=referral_words(source, no_further_action),
        parts=[Part(person)],
        family=family,
        author_name=author_name,
        ahead=by is None,
    )
    episode = None
    if not no_further_action:
        episode = lasting(person, EpisodeKind.IN_NEED, referred_on, None, opened_by=entry)
    return record_referral(
        by=by,
        person=person,
        entry=entry,
        source=source,
        primary_need=primary_need,
        no_further_action=no_further_action,
        episode=episode,
    )


def referral_words(source: str, no_further_action: bool | None) -> str:
    """Return the line that a timeline shows for a referral."""
    whence = f" from: {code_set('referral_source').label(source).lower()}" if source else ""
    return f"Referral{whence}{'; no further action' if no_further_action else ''}"


@one_act
def close_case(*, by: User | None, case: Case, closed_on: date, reason: str = "", author_name: str = "") -> Case:
    """Close a case, with the census's reason for closure; its episode ends with it.

    A case without an episode (no further action) that closes on a later day was in need meanwhile, and gets one.
    """
    label = code_set("closure_reason").label(reason) if reason else ""
    entry = write_entry(
        by=by,
        kind="closure",
        happened_on=closed_on,
        summary=f"Case closed: {label.lower()}" if label else "Case closed",
        parts=[Part(case.person)],
        family=case.entry.family,
        follows=case.entry,
        decision="Case closed",
        reason=label,
        author_name=author_name,
        ahead=by is None,
    )
    case.closed_by, case.closure_reason = entry, reason
    if case.episode is not None:
        end(case.episode, closed_on, label, entry)
    elif closed_on > case.entry.happened_on:
        case.episode = lasting(
            case.person,
            EpisodeKind.IN_NEED,
            case.entry.happened_on,
            closed_on,
            opened_by=case.entry,
            closed_by=entry,
            why=label,
        )
    case.save(update_fields=["closed_by", "closure_reason", "episode"])
    if by is not None:
        account.record("in_need.closed", by=by, person_id=case.person_id, subject=case, on=closed_on.isoformat())
    return case


@one_act
def write_assessment(
    *,
    by: User | None,
    case: Case,
    started_on: date,
    reviewed_on: date | None = None,
    authorised_on: date | None = None,
    factors: Sequence[str] | None = None,
    author_name: str = "",
) -> AssessmentOutline:
    """Record that an assessment was made, from a return that holds its dates and factors and not its words."""
    entry = write_entry(
        by=by,
        kind="assessment",
        happened_on=started_on,
        summary=assessment_words(authorised_on),
        parts=[Part(case.person)],
        family=case.entry.family,
        follows=case.entry,
        author_name=author_name,
        ahead=by is None,
    )
    return AssessmentOutline.objects.create(
        entry=entry,
        person=case.person,
        reviewed_on=reviewed_on,
        authorised_on=authorised_on,
        factors=None if factors is None else list(factors),
    )


def assessment_words(authorised_on: date | None) -> str:
    """Return the line that a timeline shows for an assessment."""
    return f"Assessment, authorised on {authorised_on:%-d %B %Y}" if authorised_on else "Assessment"


@one_act
def write_plan_period(
    *, by: User | None, case: Case, started_on: date, ended_on: date | None = None, author_name: str = ""
) -> PlanPeriod:
    """Record that a child in need plan held for a time."""
    entry = write_entry(
        by=by,
        kind="plan",
        happened_on=started_on,
        summary=plan_words(ended_on),
        parts=[Part(case.person)],
        family=case.entry.family,
        follows=case.entry,
        author_name=author_name,
        ahead=by is None,
    )
    return PlanPeriod.objects.create(entry=entry, person=case.person, ended_on=ended_on)


def plan_words(ended_on: date | None) -> str:
    """Return the line that a timeline shows for a child in need plan."""
    return f"Child in need plan, until {ended_on:%-d %B %Y}" if ended_on else "Child in need plan"


def lasting(
    person: Person,
    kind: str,
    started_on: date,
    ended_on: date | None,
    *,
    opened_by: Entry,
    closed_by: Entry | None = None,
    why: str = "",
) -> Episode:
    """Open an episode as a return has it: one that overlaps another of its kind, or ends before it starts, is kept
    and marked as disputed, where journey.actions.open_episode refuses what a worker could put right.
    """
    episode = Episode(
        person=person,
        kind=kind,
        started_on=started_on,
        ended_on=ended_on,
        opened_by=opened_by,
        closed_by=closed_by,
        why_ended=why[:300],
    )
    episode.disputed = _cannot_stand(episode)
    episode.save()
    return episode


def end(episode: Episode, ended_on: date | None, why: str, entry: Entry | None) -> None:
    """End an episode, or change its end, as a return has it; see ``lasting``."""
    episode.ended_on, episode.why_ended, episode.closed_by = ended_on, why[:300], entry
    episode.disputed = _cannot_stand(episode)
    episode.save(update_fields=["ended_on", "why_ended", "closed_by", "disputed"])


def start(episode: Episode, started_on: date) -> None:
    """Change the start of an episode, as a return has it; see ``lasting``."""
    episode.started_on = started_on
    episode.disputed = _cannot_stand(episode)
    episode.save(update_fields=["started_on", "disputed"])


def _cannot_stand(episode: Episode) -> bool:
    """Whether the database would refuse the episode beside those that the child has."""
    first, last = episode.started_on, episode.ended_on
    if last is not None and last < first:
        return True
    if last == first:
        return False
    others = Episode.objects.filter(person_id=episode.person_id, kind=episode.kind, disputed=False)
    others = others.exclude(pk=episode.pk).filter(Q(ended_on__isnull=True) | Q(ended_on__gt=first))
    return (others if last is None else others.filter(started_on__lt=last)).exists()
