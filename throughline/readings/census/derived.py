"""What workers recorded in other rooms, as the rows that a return asks for. Nothing here is saved.

A referral of the front door is a case already (in_need.actions.record_referral). What other rooms keep in a shape of
their own is read here: a time in need or under a protection plan that was opened without more, an assessment, a plan.
"""

from collections import defaultdict
from datetime import date

from throughline.core.codes import code_set
from throughline.readings.census.holdings import Holdings
from throughline.readings.census.places.case import closed_on
from throughline.readings.sight import Sight
from throughline.record.assessment.models import Assessment, Stage
from throughline.record.front_door.models import Outcome, Referral
from throughline.record.front_door.pathway import OPENS_IN_NEED
from throughline.record.in_need.models import AssessmentOutline, Case, PlanPeriod
from throughline.record.journey.models import Entry, EntrySubject, Episode, EpisodeKind
from throughline.record.plans.models import Kind
from throughline.record.plans.models import Plan as HelpPlan
from throughline.record.protection.models import Plan


def derive(sight: Sight, holdings: Holdings) -> None:
    """Add to the holdings what no row of in_need, protection or court says and another room does."""
    _cases(sight, holdings)
    _merge_new_information(holdings)
    known = {case.person_id for case in holdings.cases}
    _protection(sight, holdings, known)
    _assessments(sight, holdings, known)
    _plans(sight, holdings, known)


def _cases(sight: Sight, holdings: Holdings) -> None:
    told = {(case.entry_id, case.person_id) for case in holdings.cases}
    held = {case.episode_id for case in holdings.cases}
    referrals = {one.entry_id: one for one in sight.rows(Referral).select_related("contact", "entry")}
    episodes = sight.rows(Episode).filter(kind=EpisodeKind.IN_NEED).exclude(pk__in=held - {None})
    for episode in episodes.select_related("opened_by", "closed_by", "person").order_by("started_on", "pk"):
        opened = episode.opened_by
        if opened is not None and (opened.pk, episode.person_id) in told:
            continue
        referral = referrals.get(opened.pk) if opened is not None else None
        entry = opened or _on(episode.started_on)
        told.add((entry.pk, episode.person_id))
        holdings.cases.append(
            Case(
                entry=entry,
                person=episode.person,
                source=referral.contact.source if referral else "",
                no_further_action=False,
                episode=episode,
                closure_reason=_reason(episode.why_ended),
            )
        )
    # A referral that led to nothing, where no case says so.
    outcomes = sight.rows(Outcome).exclude(means__in=OPENS_IN_NEED).filter(decision__contact__referral__isnull=False)
    for outcome in outcomes.select_related("person", "decision__contact__referral__entry"):
        contact = outcome.decision.contact
        entry = contact.referral.entry
        if (entry.pk, outcome.person_id) not in told:
            told.add((entry.pk, outcome.person_id))
            holdings.cases.append(
                Case(entry=entry, person=outcome.person, source=contact.source, no_further_action=True)
            )
    holdings.cases.sort(key=lambda case: (case.entry.happened_on, case.pk or 0))


def _merge_new_information(holdings: Holdings) -> None:
    """Leave out a referral about a child who was in need already: it is part of the case that was open."""
    by_person: dict[int, list[Case]] = defaultdict(list)
    for case in holdings.cases:
        by_person[case.person_id].append(case)

    def part_of_another(case: Case) -> bool:
        if case.episode is not None or case.no_further_action is not False or case.closed_by is not None:
            return False
        return any(_open_on(other, case.entry.happened_on) for other in by_person[case.person_id])

    holdings.cases = [case for case in holdings.cases if not part_of_another(case)]


def _open_on(case: Case, day: date) -> bool:
    if case.episode is None or case.entry.happened_on > day:
        return False
    closed = closed_on(case)
    return closed is None or closed >= day


def _reason(why: str) -> str:
    """Return the census code for why an episode ended, where its words are those of a code."""
    said = why.strip().casefold()
    return next((code for code, label in code_set("closure_reason").codes.items() if label.casefold() == said), "")


def _protection(sight: Sight, holdings: Holdings, known: set[int]) -> None:
    held = {plan.episode_id for plan in holdings.protection_plans}
    episodes = sight.rows(Episode).filter(kind=EpisodeKind.PROTECTION, person__in=known).exclude(pk__in=held)
    for episode in episodes.select_related("opened_by", "person").order_by("started_on", "pk"):
        entry = _on(episode.started_on, episode.opened_by)
        holdings.protection_plans.append(Plan(entry=entry, person=episode.person, episode=episode))


def _assessments(sight: Sight, holdings: Holdings, known: set[int]) -> None:
    held = {(one.entry_id, one.person_id) for one in holdings.assessments}
    made = {one.entry_id: one for one in sight.rows(Assessment).filter(stage=Stage.STATUTORY).select_related("entry")}
    parts = sight.rows(EntrySubject).filter(entry__assessment__stage=Stage.STATUTORY, person__in=known)
    for part in parts.select_related("person").order_by("entry__happened_on", "pk"):
        assessment = made.get(part.entry_id)
        if assessment is None or (part.entry_id, part.person_id) in held:
            continue
        began = assessment.became_statutory_on or assessment.entry.happened_on
        entry = _on(began)
        entry.follows_id = assessment.referral_id or assessment.entry.follows_id
        holdings.assessments.append(
            AssessmentOutline(entry=entry, person=part.person, authorised_on=assessment.signed_off_on)
        )


def _plans(sight: Sight, holdings: Holdings, known: set[int]) -> None:
    held = {(one.entry_id, one.person_id) for one in holdings.plan_periods}
    plans = sight.rows(HelpPlan).filter(kind=Kind.IN_NEED, person__in=known).select_related("person")
    for plan in plans.order_by("started_on", "pk"):
        if (plan.entry_id, plan.person_id) not in held:
            holdings.plan_periods.append(
                PlanPeriod(entry=_on(plan.started_on), person=plan.person, ended_on=plan.ended_on)
            )


def _on(day: date, entry: Entry | None = None) -> Entry:
    """Return an entry that says only when, and what it followed; never saved."""
    return Entry(happened_on=day, follows_id=(entry.follows_id or entry.pk) if entry is not None else None)
