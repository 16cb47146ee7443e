"""What workers record room by room is in the census without being typed again."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from lxml import etree

from tests.cast import Cast
from tests.record.front_door.conftest import deciding, taking
from throughline.core.practice.models import KeptModel
from throughline.readings.census.exporting import Export, export_cin
from throughline.record.assessment.models import Assessment, Stage, Status
from throughline.record.front_door.actions import Decided, Named, make_referral
from throughline.record.journey.actions import Part, write_entry
from throughline.record.journey.models import Entry
from throughline.record.plans import actions as plans

pytestmark = pytest.mark.django_db


def this_year() -> int:
    """The collection year in which today falls."""
    today = timezone.localdate()
    return today.year + ((today.month, today.day) > (3, 31))


def cases(made: Export) -> list[etree._Element]:
    return list(etree.fromstring(made.content).iter("CINdetails"))


def test_a_referral_of_the_front_door_reaches_the_census_and_passes_its_schema(shared: Path, cast: Cast) -> None:
    today = timezone.localdate()
    contact = taking(cast)
    deciding(cast, contact, outcomes=[Decided(cast.ada, "assessment", team=cast.other_team, primary_need="N1")])
    made = export_cin(by=None, year=this_year())
    (case,) = cases(made)
    assert {node.tag: node.text for node in case} == {
        "CINreferralDate": today.isoformat(),
        "ReferralSource": "2A",
        "PrimaryNeedCode": "N1",
        "ReferralNFA": "0",
    }
    schema = shared / "cin" / "schema" / "CIN_schema_2026.xsd"
    etree.XMLSchema(etree.parse(schema)).assertValid(
        etree.fromstring(export_cin(by=None, year=2026, everything=True).content)
    )


def test_a_referral_that_led_to_nothing_is_in_the_census_as_that(cast: Cast) -> None:
    contact = taking(cast)
    make_referral(by=cast.front_door, contact=contact)
    deciding(cast, contact, "no_further_action")
    (case,) = cases(export_cin(by=None, year=this_year()))
    assert case.findtext("ReferralNFA") == "1"


def test_a_contact_that_became_no_referral_is_not_in_the_census(cast: Cast) -> None:
    deciding(cast, taking(cast), "advice")
    assert export_cin(by=None, year=this_year()).children == 0


def test_brothers_and_sisters_referred_together_have_a_case_each(cast: Cast) -> None:
    contact = taking(cast, named=[Named(cast.ada, "child", "yes"), Named(cast.ben, "child", "yes")])
    deciding(
        cast,
        contact,
        outcomes=[
            Decided(cast.ada, "assessment", team=cast.other_team),
            Decided(cast.ben, "no_further_action"),
        ],
    )
    assert sorted(case.findtext("ReferralNFA") or "" for case in cases(export_cin(by=None, year=this_year()))) == [
        "0",
        "1",
    ]


def test_a_statutory_assessment_and_a_child_in_need_plan_stand_in_the_case(cast: Cast) -> None:
    today = timezone.localdate()
    deciding(cast, taking(cast))
    referral = Entry.objects.get(kind="referral")
    entry = write_entry(
        by=cast.social_worker,
        kind="assessment",
        happened_on=today - timedelta(days=30),
        summary="Assessment",
        parts=[Part(cast.ada), Part(cast.mother)],
    )
    practice = KeptModel.objects.create(code="short", version="1", title="Short", digest="0" * 64, content={})
    Assessment.objects.create(
        entry=entry,
        practice=practice,
        stage=Stage.STATUTORY,
        status=Status.SIGNED_OFF,
        became_statutory_on=today,
        signed_off_on=today,
        referral=referral,
    )
    plans.begin(
        by=cast.social_worker,
        person=cast.ada,
        kind="in_need",
        started_on=today,
        words={"needs_to_change": "She needs breakfast every day."},
    )
    (case,) = cases(export_cin(by=None, year=this_year()))
    assert case.findtext("Assessments/AssessmentActualStartDate") == today.isoformat()
    assert case.findtext("Assessments/AssessmentAuthorisationDate") == today.isoformat()
    assert case.findtext("CINPlanDates/CINPlanStartDate") == today.isoformat()
    assert case.find("CINPlanDates/CINPlanEndDate") is None
