"""Writing pre-proceedings, as a return has them (see in_need.actions)."""

from datetime import date

from throughline.core.access.models import User
from throughline.record.court.models import PreProceedings
from throughline.record.in_need.actions import one_act
from throughline.record.journey.actions import Part, write_entry
from throughline.record.journey.models import Entry
from throughline.record.people.models import Person


@one_act
def write_pre_proceedings(
    *,
    by: User | None,
    person: Person,
    started_on: date,
    letter_sent_on: date | None = None,
    family_meeting_offered: bool | None = None,
    family_meeting_held: bool | None = None,
    first_meeting_on: date | None = None,
    review_meetings: int | None = None,
    decided_on: date | None = None,
    outcome: str = "",
    applied_to_court_on: date | None = None,
    letter_of_issue_on: date | None = None,
    follows: Entry | None = None,
    author_name: str = "",
) -> PreProceedings:
    """Record that pre-proceedings began on ``started_on``, and what is known of their course."""
    entry = write_entry(
        by=by,
        kind="pre_proceedings",
        happened_on=started_on,
        summary="Pre-proceedings",
        parts=[Part(person)],
        family=follows.family if follows else None,
        follows=follows,
        author_name=author_name,
        ahead=by is None,
    )
    return PreProceedings.objects.create(
        entry=entry,
        person=person,
        letter_sent_on=letter_sent_on,
        family_meeting_offered=family_meeting_offered,
        family_meeting_held=family_meeting_held,
        first_meeting_on=first_meeting_on,
        review_meetings=review_meetings,
        decided_on=decided_on,
        outcome=outcome,
        applied_to_court_on=applied_to_court_on,
        letter_of_issue_on=letter_of_issue_on,
    )
