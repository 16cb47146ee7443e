"""The case: CINdetails with its closure and first conference, assessments, child in need plans."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from throughline.core.codes import code_set
from throughline.readings.census.holdings import Holdings
from throughline.readings.census.places.place import CannotHold, Desk, Element, Place, a_day, move, retell
from throughline.readings.census.values import Held
from throughline.record.in_need import actions
from throughline.record.in_need.models import AssessmentOutline, Case, PlanPeriod
from throughline.record.journey.models import EpisodeKind
from throughline.record.protection.actions import write_conference

_FIELDS = {
    "ReferralSource": "source",
    "PrimaryNeedCode": "primary_need",
    "ReasonForClosure": "closure_reason",
    "ReferralNFA": "no_further_action",
}


class CasePlace(Place):
    """CINdetails: the referral, the episode of need that it opened, its closure."""

    table = "CINdetails"
    model = Case
    key = "CINreferralDate"
    elements: ClassVar[tuple[Element, ...]] = (
        Element("CINreferralDate", "date"),
        Element("ReferralSource", "code", "referral_source"),
        Element("PrimaryNeedCode", "code", "primary_need"),
        Element("CINclosureDate", "date"),
        Element("ReasonForClosure", "code", "reason_for_closure"),
        Element("DateOfInitialCPC", "date"),
        Element("ReferralNFA", "yesno"),
    )

    def current(self, row: Case, holdings: Holdings) -> dict[str, Held]:
        """See Place. A closure that only the episode knows of is a closure too."""
        conference = holdings.conference_of_case.get((row.entry_id, row.person_id))
        found: dict[str, Held] = {element: getattr(row, field) for element, field in _FIELDS.items()}
        return {
            **found,
            "CINreferralDate": row.entry.happened_on,
            "CINclosureDate": closed_on(row),
            "DateOfInitialCPC": conference.entry.happened_on if conference else None,
        }

    def make(self, desk: Desk, held: Mapping[str, Held], parent: Any, day: date) -> Case:
        """See Place."""
        row = actions.write_case(
            by=None,
            person=desk.person,
            referred_on=day,
            source=str(held["ReferralSource"] or ""),
            primary_need=str(held["PrimaryNeedCode"] or ""),
            no_further_action=held["ReferralNFA"] if isinstance(held["ReferralNFA"], bool) else None,
            author_name=desk.author,
        )
        # The closure is told, and saved, with its reason; a reason without a closure is saved alone.
        row.closure_reason = str(held["ReasonForClosure"] or "")
        if row.closure_reason and held["CINclosureDate"] is None:
            row.save(update_fields=["closure_reason"])
        for element in ("CINclosureDate", "DateOfInitialCPC"):
            if held[element] not in (None, ""):
                try:
                    self.put(desk, row, element, held[element])
                except CannotHold as refused:
                    desk.refused[element] = refused
                    row.save(update_fields=["closure_reason"])
        desk.holdings.cases.append(row)
        return row

    def put(self, desk: Desk, row: Case, element: str, held: Held) -> None:
        """See Place."""
        if element == "CINreferralDate":
            move(row.entry, held)
            if row.episode is not None:
                actions.start(row.episode, row.entry.happened_on)
        elif element == "CINclosureDate":
            self._close(desk, row, held)
        elif element == "DateOfInitialCPC":
            self._confer(desk, row, held)
        else:
            setattr(row, _FIELDS[element], held)
            row.save(update_fields=[_FIELDS[element]])
            self._tell(row)
            if element == "ReferralNFA" and held is False and row.episode is None:
                row.episode = actions.lasting(
                    row.person,
                    EpisodeKind.IN_NEED,
                    row.entry.happened_on,
                    closed_on(row),
                    opened_by=row.entry,
                    closed_by=row.closed_by,
                )
                row.save(update_fields=["episode"])

    def _close(self, desk: Desk, row: Case, held: Held) -> None:
        if held is None:
            if row.closed_by is not None:
                retell(row.closed_by, "Case closed; a later return says that it is open")
                row.closed_by = None
                row.save(update_fields=["closed_by"])
            if row.episode is not None:
                actions.end(row.episode, None, "", None)
            return
        day = a_day(held)
        if row.closed_by is None:
            actions.close_case(by=None, case=row, closed_on=day, reason=row.closure_reason, author_name=desk.author)
            return
        move(row.closed_by, day)
        if row.episode is not None:
            actions.end(row.episode, day, row.episode.why_ended, row.closed_by)

    def _confer(self, desk: Desk, row: Case, held: Held) -> None:
        known = desk.holdings.conference_of_case.get((row.entry_id, row.person_id))
        if known is not None:
            move(known.entry, held)
        elif held is not None:
            made = write_conference(
                by=None, person=row.person, held_on=a_day(held), follows=row.entry, author_name=desk.author
            )
            desk.holdings.add_conference(made)

    def _tell(self, row: Case) -> None:
        retell(row.entry, actions.referral_words(row.source, row.no_further_action))
        if row.closed_by is not None and row.closure_reason:
            label = code_set("closure_reason").label(row.closure_reason)
            retell(row.closed_by, f"Case closed: {label.lower()}")


def closed_on(case: Case) -> date | None:
    """Return the day on which the case closed, None while it is open."""
    if case.closed_by is not None:
        return case.closed_by.happened_on
    return case.episode.ended_on if case.episode is not None else None


class AssessmentPlace(Place):
    """Assessments, with the factors found."""

    table = "Assessments"
    model = AssessmentOutline
    key = "AssessmentActualStartDate"
    elements: ClassVar[tuple[Element, ...]] = (
        Element("AssessmentActualStartDate", "date"),
        Element("AssessmentInternalReviewDate", "date"),
        Element("AssessmentAuthorisationDate", "date"),
        Element("AssessmentFactors", "codes", "assessment_factor"),
    )

    def current(self, row: AssessmentOutline, holdings: Holdings) -> dict[str, Held]:
        """See Place."""
        return {
            "AssessmentActualStartDate": row.entry.happened_on,
            "AssessmentInternalReviewDate": row.reviewed_on,
            "AssessmentAuthorisationDate": row.authorised_on,
            "AssessmentFactors": None if row.factors is None else tuple(row.factors),
        }

    def make(self, desk: Desk, held: Mapping[str, Held], parent: Any, day: date) -> AssessmentOutline:
        """See Place."""
        factors: Any = held["AssessmentFactors"]
        made = actions.write_assessment(
            by=None,
            case=parent,
            started_on=day,
            reviewed_on=_date(held["AssessmentInternalReviewDate"]),
            authorised_on=_date(held["AssessmentAuthorisationDate"]),
            factors=factors,
            author_name=desk.author,
        )
        desk.holdings.assessments.append(made)
        return made

    def put(self, desk: Desk, row: AssessmentOutline, element: str, held: Held) -> None:
        """See Place."""
        if element == "AssessmentActualStartDate":
            move(row.entry, held)
            return
        if element == "AssessmentFactors":
            row.factors = [str(code) for code in held] if isinstance(held, tuple) else None
        elif element == "AssessmentInternalReviewDate":
            row.reviewed_on = _date(held)
        else:
            row.authorised_on = _date(held)
            retell(row.entry, actions.assessment_words(row.authorised_on))
        row.save()


class PlanPeriodPlace(Place):
    """CINPlanDates: for how long a child in need plan held."""

    table = "CINPlanDates"
    model = PlanPeriod
    key = "CINPlanStartDate"
    elements: ClassVar[tuple[Element, ...]] = (
        Element("CINPlanStartDate", "date"),
        Element("CINPlanEndDate", "date"),
    )

    def current(self, row: PlanPeriod, holdings: Holdings) -> dict[str, Held]:
        """See Place."""
        return {"CINPlanStartDate": row.entry.happened_on, "CINPlanEndDate": row.ended_on}

    def make(self, desk: Desk, held: Mapping[str, Held], parent: Any, day: date) -> PlanPeriod:
        """See Place."""
        made = actions.write_plan_period(
            by=None, case=parent, started_on=day, ended_on=_date(held["CINPlanEndDate"]), author_name=desk.author
        )
        desk.holdings.plan_periods.append(made)
        return made

    def put(self, desk: Desk, row: PlanPeriod, element: str, held: Held) -> None:
        """See Place."""
        if element == "CINPlanStartDate":
            move(row.entry, held)
            return
        row.ended_on = _date(held)
        row.save(update_fields=["ended_on"])
        retell(row.entry, actions.plan_words(row.ended_on))


def _date(held: Held) -> date | None:
    return held if isinstance(held, date) else None
