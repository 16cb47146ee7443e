"""Pre-proceedings and family group decision-making, in the census from 2026 to 2027."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from throughline.readings.census.holdings import Holdings
from throughline.readings.census.places.place import Desk, Element, Place, move
from throughline.readings.census.values import Held
from throughline.record.court import actions
from throughline.record.court.models import PreProceedings

_FIELDS = {
    "LBPSentDate": "letter_sent_on",
    "FGDMMeetingOffer": "family_meeting_offered",
    "FGDMMeetingFac": "family_meeting_held",
    "InitialPPMeetingDate": "first_meeting_on",
    "ReviewMeetingsCount": "review_meetings",
    "StepDecisionDate": "decided_on",
    "PPOutcome": "outcome",
    "CourtAppDate": "applied_to_court_on",
    "LetterInitCPDate": "letter_of_issue_on",
}


class PreProceedingsPlace(Place):
    """PreProceedingsandFGDM."""

    table = "PreProceedingsandFGDM"
    model = PreProceedings
    key = "PPStartDate"
    elements: ClassVar[tuple[Element, ...]] = (
        Element("PPStartDate", "date"),
        Element("LBPSentDate", "date"),
        Element("FGDMMeetingOffer", "yesno"),
        Element("FGDMMeetingFac", "yesno"),
        Element("InitialPPMeetingDate", "date"),
        Element("ReviewMeetingsCount", "integer"),
        Element("StepDecisionDate", "date"),
        Element("PPOutcome", "short"),
        Element("CourtAppDate", "date"),
        Element("LetterInitCPDate", "date"),
    )

    def current(self, row: PreProceedings, holdings: Holdings) -> dict[str, Held]:
        """See Place."""
        found: dict[str, Held] = {element: getattr(row, field) for element, field in _FIELDS.items()}
        return {"PPStartDate": row.entry.happened_on, **found}

    def make(self, desk: Desk, held: Mapping[str, Held], parent: Any, day: date) -> PreProceedings:
        """See Place."""
        fields: dict[str, Any] = {field: held[element] for element, field in _FIELDS.items()}
        made = actions.write_pre_proceedings(
            by=None,
            person=desk.person,
            started_on=day,
            follows=parent.entry,
            author_name=desk.author,
            **fields,
        )
        desk.holdings.pre_proceedings.append(made)
        return made

    def put(self, desk: Desk, row: PreProceedings, element: str, held: Held) -> None:
        """See Place."""
        if element == "PPStartDate":
            move(row.entry, held)
            return
        setattr(row, _FIELDS[element], held)
        row.save(update_fields=[_FIELDS[element]])
