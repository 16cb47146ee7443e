"""Pre-proceedings, with what the census asks from 2026 to 2027 on."""

from datetime import date

import pytest

from tests.cast import Cast
from throughline.core.access import reach
from throughline.core.access.door import NotFound
from throughline.record.court.actions import write_pre_proceedings
from throughline.record.court.models import PreProceedings

pytestmark = pytest.mark.django_db


def test_pre_proceedings_are_on_the_journey_and_seen_by_those_who_see_the_child(cast: Cast) -> None:
    made = write_pre_proceedings(
        by=cast.social_worker, person=cast.ada, started_on=date(2025, 9, 9), family_meeting_offered=True, outcome="A"
    )
    assert (made.entry.kind, made.entry.happened_on) == ("pre_proceedings", date(2025, 9, 9))
    assert (made.family_meeting_offered, made.family_meeting_held) == (True, None)
    assert list(reach.visible(cast.social_worker, PreProceedings)) == [made]
    for user in (cast.other_worker, cast.outsider):
        assert list(reach.visible(user, PreProceedings)) == []


def test_nobody_records_them_of_a_child_whom_they_do_not_work_with(cast: Cast) -> None:
    with pytest.raises(NotFound):
        write_pre_proceedings(by=cast.other_worker, person=cast.ada, started_on=date(2025, 9, 9))
    assert not PreProceedings.objects.exists()
