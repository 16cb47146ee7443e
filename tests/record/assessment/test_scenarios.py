"""The journeys that this room serves: S4, S7 and S14 of requirements/002-munro-interim.md."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from tests.cast import Cast
from throughline.core.access import actions as access
from throughline.core.access.models import Allocation
from throughline.core.clocks import actions as clocks
from throughline.core.clocks.models import TimeFrame
from throughline.core.errors import Refused
from throughline.record.assessment import actions
from throughline.record.assessment.models import Answer, Assessment, Challenge, Copy, Distribution, Quotation, Session
from throughline.record.assessment.permission import permission
from throughline.record.assessment.whole import whole
from throughline.record.families.models import Involvement, Professional
from throughline.record.journey.actions import Part, write_entry


def test_s4_early_help_with_consent_goes_on_after_referral_without_rekeying(cast: Cast) -> None:
    """The family agrees to sharing with health but not with housing; the child's views are kept; one record."""
    worker, today = cast.social_worker, timezone.localdate()
    begun = today - timedelta(days=20)
    record = actions.begin(
        by=worker,
        family=cast.family,
        children=[cast.ada],
        model="proportionate",
        stage="early_help",
        started_on=begun,
        agreed_by="Grace Okafor",
    )
    assert not TimeFrame.objects.filter(entry=record.entry).exists(), "no statutory clock runs in early help"
    actions.write_section(by=worker, assessment=record, section="reason", version=0, words="Ada is often late.")
    actions.write_section(
        by=worker, assessment=record, section="story", person=cast.ada, version=0, words="Ada gets Ben up and dressed."
    )
    actions.record_voice(by=worker, assessment=record, child=cast.ada, said="I am tired in the morning", on=begun)
    actions.allow(by=worker, assessment=record, agency="Health", permitted=True, given_by="Grace Okafor")
    actions.allow(by=worker, assessment=record, agency="Housing", permitted=False, given_by="Grace Okafor")

    # The scope is respected before the referral ...
    actions.give(by=worker, assessment=record, to="School nurse", copy=Copy.WHOLE, agency="health", given_on=today)
    with pytest.raises(Refused, match=r"did not agree .* to sharing with Housing"):
        actions.give(by=worker, assessment=record, to="Housing", copy=Copy.WHOLE, agency="housing", given_on=today)

    # ... then a referral comes, and the same record goes on as a statutory one.
    referral = write_entry(
        by=worker, kind="referral", happened_on=today, summary="Referral from school", parts=[Part(cast.ada)]
    )
    actions.continue_after_referral(
        by=worker, assessment=record, on=today, referral=referral, model="understanding-families"
    )

    after = Assessment.objects.get(pk=record.pk)
    assert after.stage == "statutory"
    assert after.practice.code == "understanding-families"
    assert Assessment.objects.count() == 1, "continued, not restarted"
    contents = whole(after)
    assert contents.words("reason") == "Ada is often late."
    assert contents.words("story", cast.ada.pk) == "Ada gets Ben up and dressed."
    assert [one.words for one in contents.quotations[("voice", cast.ada.pk)]] == ["I am tired in the morning"]
    assert contents.left_over() == []
    clock = TimeFrame.objects.get(entry=record.entry, rule="assessment")
    assert clock.started_on == today, "the clock counts from the referral, not from early help"

    # ... and the scope of consent is still what the family said.
    assert permission(after.consents.all(), "health").agreed
    assert not permission(after.consents.all(), "housing").agreed
    with pytest.raises(Refused, match="did not agree"):
        actions.give(by=worker, assessment=after, to="Housing", copy=Copy.WHOLE, agency="housing", given_on=today)


def test_s4_beyond_what_was_agreed_it_takes_a_manager_and_a_reason(cast: Cast, assessment: Assessment) -> None:
    today = timezone.localdate()
    actions.allow(by=cast.social_worker, assessment=assessment, agency="Police", permitted=False, given_by="Grace")
    share = {"assessment": assessment, "to": "Police", "copy": Copy.WHOLE, "agency": "Police", "given_on": today}

    with pytest.raises(PermissionDenied):
        actions.give(by=cast.social_worker, without_consent_because="Serious harm", **share)  # type: ignore[arg-type]
    actions.give(by=cast.team_manager, without_consent_because="Working Together: serious harm", **share)  # type: ignore[arg-type]

    assert Distribution.objects.get().without_consent_because == "Working Together: serious harm"


def test_s4_what_was_not_asked_is_not_agreed_and_what_is_withdrawn_no_longer_is(
    cast: Cast, assessment: Assessment
) -> None:
    assert not permission(assessment.consents.all(), "education").agreed
    given = actions.allow(
        by=cast.social_worker, assessment=assessment, agency="Education", permitted=True, given_by="Grace"
    )
    assert permission(assessment.consents.all(), " education ").agreed
    actions.withdraw(by=cast.social_worker, consent=given)
    assert not permission(assessment.consents.all(), "education").agreed


def test_s4_early_help_without_agreement_is_not_begun(cast: Cast) -> None:
    with pytest.raises(Refused, match="rests on agreement"):
        actions.begin(by=cast.social_worker, family=cast.family, children=[cast.ada], stage="early_help")


def test_s7_the_full_record_from_beginning_to_distribution(cast: Cast) -> None:
    """Annex B, the happy path: subject child and unborn sibling, plan and frame, three sections, sign-off, copies."""
    worker, manager, today = cast.social_worker, cast.team_manager, timezone.localdate()
    for name, role, agency in (("Ann Reed", "Class teacher", "Elm School"), ("Joy Hall", "Midwife", "NHS")):
        professional = Professional.objects.create(name=name, role=role, agency=agency)
        Involvement.objects.create(person=cast.ada, professional=professional)
    record = actions.begin(by=worker, family=cast.family, children=[cast.ada, cast.unborn])

    # The reason with its threshold; the initial plan; a time frame agreed with the manager; section 47: no.
    shared = {
        "reason": "School is worried that Ada comes hungry and is often the one who takes Ben home.",
        "threshold": "Section 17: without help Ada's development is likely to be impaired.",
        "initial_plan": "See Ada at school and at home, Grace alone, and the midwife with Grace.",
        "family_history": "Grace brought up two children after their father left in 2021.",
        "professional_history": "Early help in 2023 brought a breakfast club, which worked.",
        "now_in_context": "Since the pregnancy Grace is ill in the mornings, and Ada has stepped in.",
        "family_understanding": "Grace thinks that we are worried about the flat; Ada knows that it is about her.",
        "change": "Grace's sister comes on school days since last week.",
        "harm": "Ada carries what an adult should. Without change she will fall further behind.",
        "working_well": "Ada is loved, and says so.",
        "working_together": "Grace let us in and said hard things.",
        "resilience": "The aunt, the choir, a good school.",
        "capacity": "Grace has changed things before, with help that came to the house.",
        "analysis": "Need in the family has outgrown one parent for now; it is not neglect of heart.",
        "theory": "Attachment; young carers research.",
        "evidence_for_plan": "The plan takes mornings off Ada, which is what the findings say.",
        "recommendations": "Support as children in need, with mornings first.",
        "section_47": "no",
    }
    for section, words in shared.items():
        actions.write_section(by=worker, assessment=record, section=section, version=0, words=words)
    for child, story in ((cast.ada, "Ada wakes first."), (cast.unborn, "This baby will be born in winter.")):
        for section in ("story", "meaning"):
            actions.write_section(
                by=worker, assessment=record, section=section, person=child, version=0, words=f"{story} {section}"
            )
    actions.write_section(
        by=worker, assessment=record, section="parents_story", person=cast.mother, version=0, words="Grace was a carer."
    )
    actions.write_section(
        by=worker,
        assessment=record,
        section="options",
        version=0,
        rows=[{"option": "Morning help", "benefits": "Sleep", "harms": "A stranger in the flat", "likelihood": "High"}],
    )
    actions.record_voice(by=worker, assessment=record, child=cast.ada, said="Breakfast is my job", how="while cooking")
    for frame in TimeFrame.objects.filter(entry=record.entry):
        clocks.review(by=worker, frame=frame, held_on=today, outcome="On course; see the aunt too.")
    for child in (cast.ada, cast.unborn):
        clocks.start_agreed(
            by=worker,
            person=child,
            label="Understanding the family",
            started_on=today,
            due_on=today + timedelta(days=28),
            reason="Two visits, the midwife, and time to write it with Grace.",
            agreed_with="Grace and Maya Clarke",
            entry=record.entry,
        )

    # Completeness is a reminder list: it has something to say, and does not block.
    reminders = whole(record).thin()
    assert reminders
    assert not [one for one in reminders if one.blocks]

    # Signed; discussed with the child: no, with a day planned; with the parents: yes; copies given.
    actions.sign_worker(by=worker, assessment=record)
    planned = today + timedelta(days=3)
    actions.discuss(by=worker, assessment=record, person=cast.ada, discussed=False, on=planned)
    actions.discuss(by=worker, assessment=record, discussed=True, on=today, comments="Grace wants the aunt named.")
    actions.sign_manager(by=manager, assessment=record, comments="Clear, and fair to Grace.")
    actions.give(by=worker, assessment=record, to="Grace Okafor", copy=Copy.FAMILY, given_on=today)

    after = Assessment.objects.get(pk=record.pk)
    assert after.status == "signed_off"
    assert after.signed_off_on == today
    assert [one.comments for one in after.signoffs.filter(role="manager")] == ["Clear, and fair to Grace."]
    assert after.discussions.get(person=cast.ada).on == planned
    assert {row["name"] for row in after.readings["professionals"]} == {"Ann Reed", "Joy Hall"}
    baby = next(row for row in after.readings["children"] if row["person"] == cast.unborn.pk)
    assert baby["expected"] == cast.unborn.expected_date.isoformat() if cast.unborn.expected_date else ""
    mother = next(row for row in after.readings["household"] if row["person"] == cast.mother.pk)
    assert "mother of Ada Okafor" in mother["relationship"]
    assert "Ada Okafor" in mother["responsibility"]
    assert after.distributions.get().to == "Grace Okafor"


def test_s14_hypothesis_challenge_and_revision_are_stored_with_who_and_in_what_session(
    cast: Cast, assessment: Assessment
) -> None:
    """The worker is confident that the mother copes; the supervisor questions it; the worker thinks again."""
    held = actions.challenge(
        by=cast.social_worker,
        assessment=assessment,
        hypothesis="Grace copes well with the two of them.",
        held_by="Ruth Bell",
        question="Who gets the children up? When did you last see a morning?",
        challenged_by="Maya Clarke",
        session=Session.PROFESSIONAL,
        happened_on=date(2026, 3, 2),
    )
    actions.revise_view(
        by=cast.social_worker,
        questioned=held,
        version=held.version,
        revised="Grace copes in the afternoons. In the mornings Ada does.",
        what_changed="I visited at seven.",
        revised_on=date(2026, 3, 6),
    )
    actions.challenge(
        by=cast.team_manager,
        assessment=assessment,
        hypothesis="It can be done in ten days.",
        held_by="Ruth Bell",
        question="You have nine families this month.",
        challenged_by="Maya Clarke",
        session=Session.MANAGEMENT,
        happened_on=date(2026, 3, 9),
    )

    kept = Challenge.objects.get(pk=held.pk)
    assert kept.hypothesis == "Grace copes well with the two of them.", "the first view is kept beside the second"
    assert kept.revised == "Grace copes in the afternoons. In the mornings Ada does."
    assert (kept.held_by, kept.challenged_by) == ("Ruth Bell", "Maya Clarke")
    assert set(Challenge.objects.values_list("session", flat=True)) == {"professional", "management"}


def test_a_record_moved_to_a_newer_version_loses_no_words(
    cast: Cast, assessment: Assessment, settings: object, tmp_path: object
) -> None:
    from pathlib import Path

    from throughline.core.practice import library

    for section in ("harm", "working_well"):
        actions.write_section(by=cast.social_worker, assessment=assessment, section=section, version=0, words=section)
    shipped = (library.SHIPPED / "understanding-families.toml").read_text(encoding="utf-8")
    newer = shipped.replace('code = "harm"', 'code = "worries"\nwas = ["harm"]').replace(
        'code = "working_well"', 'code = "goes_well"'
    )
    folder = Path(str(tmp_path)) / "practice"
    folder.mkdir()
    (folder / "ours.toml").write_text(newer.replace('version = "1"', 'version = "2"', 1), encoding="utf-8")
    settings.AUTHORITY = Path(str(tmp_path))  # type: ignore[attr-defined]

    assert whole(assessment).words("harm") == "harm", "it reads as it was begun until someone moves it"
    moved = actions.move_to(by=cast.social_worker, assessment=assessment)

    contents = whole(moved)
    assert contents.model.version == "2"
    assert contents.words("worries") == "harm", "a renamed heading keeps its words"
    assert contents.left_over() == [("working_well", None)], "a heading that is gone keeps its words too"
    assert Answer.objects.filter(assessment=assessment).count() == 2


def test_a_new_worker_after_referral_writes_on_in_the_same_record(cast: Cast) -> None:
    record = actions.begin(
        by=cast.social_worker, family=cast.family, children=[cast.ada], stage="early_help", agreed_by="Grace Okafor"
    )
    access.allocate(by=cast.team_manager, person=cast.ada, team=cast.other_team, worker=cast.other_worker)
    Allocation.objects.filter(person=cast.ada, worker=cast.social_worker).update(
        ended_on=timezone.localdate() - timedelta(days=1)
    )

    actions.continue_after_referral(by=cast.other_worker, assessment=record, on=timezone.localdate())
    actions.write_section(by=cast.other_worker, assessment=record, section="reason", version=0, words="From here")

    assert Answer.objects.get(assessment=record).written_by == cast.other_worker
    assert not Quotation.objects.exists()
