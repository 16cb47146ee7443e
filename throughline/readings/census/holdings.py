"""What the record holds of some children that a return asks for: loaded at once, whatever their number."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from throughline.readings.sight import Sight
from throughline.record.court.models import PreProceedings
from throughline.record.in_need.models import AssessmentOutline, Case, PlanPeriod
from throughline.record.people.models import Disability, Identifier, IdentifierType
from throughline.record.protection.models import Conference, Enquiry, Plan, Stage


class Holdings:
    """Rows of the rooms that a return asks about, by what one looks for them with."""

    def __init__(self) -> None:
        # A person's numbers and disabilities that hold today, in the order in which they were recorded.
        self.numbers: dict[int, list[Identifier]] = defaultdict(list)
        self.disabilities: dict[int, list[Disability]] = defaultdict(list)
        self.cases: list[Case] = []
        self.assessments: list[AssessmentOutline] = []
        self.plan_periods: list[PlanPeriod] = []
        self.enquiries: list[Enquiry] = []
        self.protection_plans: list[Plan] = []
        self.pre_proceedings: list[PreProceedings] = []
        # Initial conferences that follow a referral directly, by that referral's entry and the child.
        self.conference_of_case: dict[tuple[int, int], Conference] = {}
        self.conference_of_enquiry: dict[int, Conference] = {}
        self.reviews: dict[int, list[Conference]] = defaultdict(list)

    @classmethod
    def of(cls, sight: Sight, person_ids: Collection[int] | None) -> "Holdings":
        """Load what this sight reaches of these people; of everyone for None. Nine queries."""
        made = cls()
        made._about(sight, person_ids)
        made.cases = _rows(sight, Case, person_ids, "entry", "episode", "closed_by", "person")
        made.assessments = _rows(sight, AssessmentOutline, person_ids, "entry")
        made.plan_periods = _rows(sight, PlanPeriod, person_ids, "entry")
        made.enquiries = _rows(sight, Enquiry, person_ids, "entry")
        made.protection_plans = _rows(sight, Plan, person_ids, "entry", "episode")
        made.pre_proceedings = _rows(sight, PreProceedings, person_ids, "entry")
        for conference in _rows(sight, Conference, person_ids, "entry"):
            made.add_conference(conference)
        return made

    def _about(self, sight: Sight, person_ids: Collection[int] | None) -> None:
        for model, found in ((Identifier, self.numbers), (Disability, self.disabilities)):
            rows = sight.rows(model)
            for one in rows if person_ids is None else rows.filter(person__in=person_ids):
                if getattr(one, "ended_on", None) is None:
                    found[one.person_id].append(one)
        for numbers in self.numbers.values():
            numbers.sort(key=lambda one: one.pk)

    def number(self, person_id: int, type_: str) -> Identifier | None:
        """Return the person's number of this type: the last recorded, and of local numbers the first."""
        found = [one for one in self.numbers[person_id] if one.type == type_]
        if not found:
            return None
        return found[0] if type_ == IdentifierType.LOCAL else found[-1]

    def add_conference(self, conference: Conference) -> None:
        """Put a conference where it is looked for."""
        if conference.plan_id is not None:
            self.reviews[conference.plan_id].append(conference)
        elif conference.enquiry_id is not None:
            self.conference_of_enquiry[conference.enquiry_id] = conference
        elif conference.stage == Stage.INITIAL and conference.entry.follows_id is not None:
            # Of two after one referral the first is the one that the census asks for.
            self.conference_of_case.setdefault((conference.entry.follows_id, conference.person_id), conference)

    def rows(self, table: str) -> list[Any]:
        """Return the rows that stand for a repeated table of the census."""
        return {
            "CINdetails": self.cases,
            "Assessments": self.assessments,
            "CINPlanDates": self.plan_periods,
            "Section47": self.enquiries,
            "ChildProtectionPlans": self.protection_plans,
            "PreProceedingsandFGDM": self.pre_proceedings,
        }[table]  # type: ignore[return-value]


def _rows(sight: Sight, model: type[Any], person_ids: Collection[int] | None, *related: str) -> list[Any]:
    rows = sight.rows(model).select_related(*related).order_by("entry__happened_on", "pk")
    return list(rows if person_ids is None else rows.filter(person__in=person_ids))
