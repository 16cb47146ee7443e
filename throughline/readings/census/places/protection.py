"""Section 47 enquiries with their conference, and child protection plans with their reviews."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from throughline.readings.census.holdings import Holdings
from throughline.readings.census.places.place import CannotHold, Desk, Element, Place, a_day, move, retell
from throughline.readings.census.values import Held
from throughline.record.in_need import actions as in_need
from throughline.record.protection import actions
from throughline.record.protection.models import Enquiry, Plan


class EnquiryPlace(Place):
    """Section47."""

    table = "Section47"
    model = Enquiry
    key = "S47ActualStartDate"
    elements: ClassVar[tuple[Element, ...]] = (
        Element("S47ActualStartDate", "date"),
        Element("InitialCPCtarget", "date"),
        Element("DateOfInitialCPC", "date"),
        Element("ICPCnotRequired", "yesno"),
    )

    def current(self, row: Enquiry, holdings: Holdings) -> dict[str, Held]:
        """See Place."""
        conference = holdings.conference_of_enquiry.get(row.pk)
        return {
            "S47ActualStartDate": row.entry.happened_on,
            "InitialCPCtarget": row.conference_due_on,
            "DateOfInitialCPC": conference.entry.happened_on if conference else None,
            "ICPCnotRequired": row.conference_not_required,
        }

    def make(self, desk: Desk, held: Mapping[str, Held], parent: Any, day: date) -> Enquiry:
        """See Place."""
        due, not_required = held["InitialCPCtarget"], held["ICPCnotRequired"]
        row = actions.write_enquiry(
            by=None,
            person=desk.person,
            started_on=day,
            conference_due_on=due if isinstance(due, date) else None,
            conference_not_required=not_required if isinstance(not_required, bool) else None,
            follows=parent.entry,
            author_name=desk.author,
        )
        if held["DateOfInitialCPC"] is not None:
            try:
                self.put(desk, row, "DateOfInitialCPC", held["DateOfInitialCPC"])
            except CannotHold as refused:
                desk.refused["DateOfInitialCPC"] = refused
        desk.holdings.enquiries.append(row)
        return row

    def put(self, desk: Desk, row: Enquiry, element: str, held: Held) -> None:
        """See Place."""
        known = desk.holdings.conference_of_enquiry.get(row.pk)
        if element == "S47ActualStartDate":
            move(row.entry, held)
        elif element == "DateOfInitialCPC" and known is not None:
            move(known.entry, held)
        elif element == "DateOfInitialCPC":
            made = actions.write_conference(
                by=None,
                person=desk.person,
                held_on=a_day(held),
                enquiry=row,
                follows=row.entry,
                author_name=desk.author,
            )
            desk.holdings.add_conference(made)
        elif element == "InitialCPCtarget":
            row.conference_due_on = held if isinstance(held, date) else None
            row.save(update_fields=["conference_due_on"])
        else:
            row.conference_not_required = held if isinstance(held, bool) else None
            row.save(update_fields=["conference_not_required"])
            retell(row.entry, actions.enquiry_words(row.conference_not_required))


class ProtectionPlanPlace(Place):
    """ChildProtectionPlans, with the dates of their reviews."""

    table = "ChildProtectionPlans"
    model = Plan
    key = "CPPstartDate"
    elements: ClassVar[tuple[Element, ...]] = (
        Element("CPPstartDate", "date"),
        Element("CPPendDate", "date"),
        Element("InitialCategoryOfAbuse", "code", "category_of_abuse"),
        Element("LatestCategoryOfAbuse", "code", "category_of_abuse"),
        Element("NumberOfPreviousCPP", "integer"),
        Element("Reviews", "dates"),
    )

    def current(self, row: Plan, holdings: Holdings) -> dict[str, Held]:
        """See Place."""
        return {
            "CPPstartDate": row.episode.started_on,
            "CPPendDate": row.episode.ended_on,
            "InitialCategoryOfAbuse": row.initial_category,
            "LatestCategoryOfAbuse": row.latest_category,
            "NumberOfPreviousCPP": row.previous_plans,
            "Reviews": tuple(sorted(one.entry.happened_on for one in holdings.reviews[row.pk])),
        }

    def make(self, desk: Desk, held: Mapping[str, Held], parent: Any, day: date) -> Plan:
        """See Place."""
        ended, previous = held["CPPendDate"], held["NumberOfPreviousCPP"]
        row = actions.write_plan(
            by=None,
            person=desk.person,
            started_on=day,
            ended_on=ended if isinstance(ended, date) else None,
            initial_category=str(held["InitialCategoryOfAbuse"] or ""),
            latest_category=str(held["LatestCategoryOfAbuse"] or ""),
            previous_plans=previous if isinstance(previous, int) else None,
            follows=parent.entry,
            author_name=desk.author,
        )
        try:
            self._review(desk, row, held["Reviews"])
        except CannotHold as refused:
            desk.refused["Reviews"] = refused
        desk.holdings.protection_plans.append(row)
        return row

    def put(self, desk: Desk, row: Plan, element: str, held: Held) -> None:
        """See Place."""
        if element == "CPPstartDate":
            move(row.entry, held)
            in_need.start(row.episode, row.entry.happened_on)
        elif element == "CPPendDate":
            in_need.end(row.episode, held if isinstance(held, date) else None, row.episode.why_ended, None)
        elif element == "Reviews":
            self._review(desk, row, held)
        elif element == "NumberOfPreviousCPP":
            row.previous_plans = held if isinstance(held, int) else None
            row.save(update_fields=["previous_plans"])
        else:
            field = "initial_category" if element == "InitialCategoryOfAbuse" else "latest_category"
            setattr(row, field, held or "")
            row.save(update_fields=[field])
            retell(row.entry, actions.plan_words(row.latest_category or row.initial_category))

    def _review(self, desk: Desk, row: Plan, held: Held) -> None:
        wanted: tuple[Any, ...] = held if isinstance(held, tuple) else ()
        known = {one.entry.happened_on for one in desk.holdings.reviews[row.pk]}
        early = [day for day in wanted if _too_early(day)]
        for day in wanted:
            if day not in known and day not in early:
                made = actions.write_conference(
                    by=None,
                    person=desk.person,
                    held_on=day,
                    reviewed=row,
                    follows=row.entry,
                    author_name=desk.author,
                )
                desk.holdings.add_conference(made)
        for day in early:
            a_day(day)
        if known - set(wanted):
            raise CannotHold(
                "The newer return leaves out a review that the record has.",
                "Ask the team whether it was held. The record keeps it until somebody says that it was not.",
            )


def _too_early(day: date) -> bool:
    try:
        a_day(day)
    except CannotHold:
        return True
    return False
