"""Bringing a return into the record: what stands where, what is said, and that the same again changes nothing."""

from datetime import date
from typing import Any

import pghistory.models
import pytest
from django.db import connection

from tests.cast import Cast
from tests.readings.returns import a_case, a_child, a_return, bring_in
from throughline.core.audit.models import Event
from throughline.core.audit.sentences import tell
from throughline.core.errors import Refused
from throughline.readings.models import ImportRun, Remark, Source, State
from throughline.record.court.models import PreProceedings
from throughline.record.in_need.models import AssessmentOutline, Case, PlanPeriod
from throughline.record.journey.models import Entry, Episode, EpisodeKind
from throughline.record.people.models import Identifier, Person
from throughline.record.protection.models import Conference, Enquiry, Plan, Stage
from throughline.returns.common.errors import UnreadableReturn

pytestmark = pytest.mark.django_db

EVERY_MODULE = (
    "<DateOfInitialCPC>2025-07-01</DateOfInitialCPC>"
    "<Assessments><AssessmentActualStartDate>2025-05-07</AssessmentActualStartDate>"
    "<AssessmentInternalReviewDate>2025-05-20</AssessmentInternalReviewDate>"
    "<AssessmentAuthorisationDate>2025-06-20</AssessmentAuthorisationDate>"
    "<FactorsIdentifiedAtAssessment><AssessmentFactors>3B</AssessmentFactors><AssessmentFactors>4B</AssessmentFactors>"
    "</FactorsIdentifiedAtAssessment></Assessments>"
    "<CINPlanDates><CINPlanStartDate>2025-06-21</CINPlanStartDate><CINPlanEndDate>2025-07-01</CINPlanEndDate>"
    "</CINPlanDates><Section47><S47ActualStartDate>2025-06-10</S47ActualStartDate>"
    "<InitialCPCtarget>2025-07-01</InitialCPCtarget><DateOfInitialCPC>2025-06-30</DateOfInitialCPC>"
    "<ICPCnotRequired>0</ICPCnotRequired></Section47>"
    "<ChildProtectionPlans><CPPstartDate>2025-07-01</CPPstartDate><CPPendDate>2025-10-01</CPPendDate>"
    "<InitialCategoryOfAbuse>NEG</InitialCategoryOfAbuse><LatestCategoryOfAbuse>EMO</LatestCategoryOfAbuse>"
    "<NumberOfPreviousCPP>2</NumberOfPreviousCPP><Reviews><CPPreviewDate>2025-09-20</CPPreviewDate></Reviews>"
    "</ChildProtectionPlans>"
    "<PreProceedingsandFGDM><PPStartDate>2025-09-09</PPStartDate><LBPSentDate>2025-09-20</LBPSentDate>"
    "<FGDMMeetingOffer>1</FGDMMeetingOffer><FGDMMeetingFac>0</FGDMMeetingFac><PPOutcome>A</PPOutcome>"
    "<ReviewMeetingsCount>3</ReviewMeetingsCount></PreProceedingsandFGDM>"
)


def remarks(run: ImportRun, kind: str = "") -> list[Remark]:
    found = run.remarks.order_by("pk")
    return list(found.filter(kind=kind) if kind else found)


def child(number: str = "A1") -> Person:
    return Identifier.objects.get(type="local", value=number).person


def counts() -> dict[str, int]:
    """Rows of the record, and versions of rows in its history."""
    models: list[Any] = [Person, Identifier, Entry, Episode, Case, AssessmentOutline, PlanPeriod, Enquiry, Plan]
    models += [Conference, PreProceedings, Source, *(m.pgh_event_model for m in (Person, Case, Entry, Source))]
    return {model.__name__: model.objects.count() for model in models}


def test_every_module_of_a_child_stands_in_the_record() -> None:
    about = (
        "<UPN>A123456789123</UPN><FormerUPN>X98765432123B</FormerUPN><UPNunknown>UN3</UPNunknown>"
        "<PersonBirthDate>2015-03-27</PersonBirthDate><ExpectedPersonBirthDate>2015-03-20</ExpectedPersonBirthDate>"
        "<Sex>M</Sex><PersonDeathDate>2025-12-01</PersonDeathDate>"
    )
    ethnicity = (
        "<Ethnicity>MWBC</Ethnicity><Disabilities><Disability>HEAR</Disability><Disability>AUT</Disability>"
        "</Disabilities>"
    )
    run = bring_in(
        a_return(a_child(about=about, ethnicity=ethnicity, cases=a_case(closed="2025-12-01", more=EVERY_MODULE)))
    )
    person = child()
    assert (person.date_of_birth, person.expected_date, person.date_of_death) == (
        date(2015, 3, 27),
        date(2015, 3, 20),
        date(2025, 12, 1),
    )
    assert (person.sex, person.ethnicity, person.upn_unknown) == ("M", "MWBC", "UN3")
    assert dict(person.identifiers.values_list("type", "value")) == {
        "local": "A1",
        "upn": "A123456789123",
        "former_upn": "X98765432123B",
    }
    assert [one.code for one in person.disabilities.all()] == ["HEAR", "AUT"]
    case = Case.objects.get()
    assert (case.source, case.primary_need, case.no_further_action, case.closure_reason) == ("1A", "N1", False, "RC7")
    assert case.episode is not None
    assert case.closed_by is not None
    assert (case.episode.started_on, case.episode.ended_on) == (date(2025, 5, 6), date(2025, 12, 1))
    assert (case.entry.happened_on, case.closed_by.happened_on) == (date(2025, 5, 6), date(2025, 12, 1))
    assert case.entry.author_name == "Children in Need census return of 2026"
    outline = AssessmentOutline.objects.get()
    assert (outline.entry.happened_on, outline.authorised_on, outline.factors) == (
        date(2025, 5, 7),
        date(2025, 6, 20),
        ["3B", "4B"],
    )
    period = PlanPeriod.objects.get()
    assert (period.entry.happened_on, period.ended_on) == (date(2025, 6, 21), date(2025, 7, 1))
    enquiry = Enquiry.objects.get()
    assert (enquiry.conference_due_on, enquiry.conference_not_required) == (date(2025, 7, 1), False)
    plan = Plan.objects.get()
    assert (plan.episode.kind, plan.episode.ended_on) == (EpisodeKind.PROTECTION, date(2025, 10, 1))
    assert (plan.initial_category, plan.latest_category, plan.previous_plans) == ("NEG", "EMO", 2)
    held = {(one.stage, one.entry.happened_on, one.enquiry, one.plan) for one in Conference.objects.all()}
    assert held == {
        (Stage.INITIAL, date(2025, 7, 1), None, None),
        (Stage.INITIAL, date(2025, 6, 30), enquiry, None),
        (Stage.REVIEW, date(2025, 9, 20), None, plan),
    }
    pre = PreProceedings.objects.get()
    assert (pre.letter_sent_on, pre.family_meeting_offered, pre.family_meeting_held, pre.review_meetings) == (
        date(2025, 9, 20),
        True,
        False,
        3,
    )
    assert set(Entry.objects.values_list("subjects__person", flat=True)) == {person.pk}
    assert [one.kind for one in remarks(run)] == ["file"]  # items of 2027 in a return of 2026


def test_the_same_file_again_changes_nothing_and_says_so() -> None:
    content = a_return(
        a_child("A1", cases=a_case(closed="2025-12-01", more=EVERY_MODULE)),
        a_child("A2", about="<Sex>1</Sex>"),
    )
    first = bring_in(content)
    before = counts()
    again = bring_in(content)
    assert counts() == before
    assert (first.added, again.added, again.changed, again.unchanged) == (2, 0, 0, 2)
    # What there was to be said still is: nobody has mended it.
    assert [(one.child, one.element, one.why) for one in remarks(again)] == [
        (one.child, one.element, one.why) for one in remarks(first)
    ]


def test_an_updated_file_changes_only_what_changed_and_the_history_keeps_what_was() -> None:
    same = a_child("A2")
    bring_in(a_return(a_child("A1", cases=a_case(more=EVERY_MODULE)), same))
    before = counts()
    updated = EVERY_MODULE.replace("2025-10-01", "2025-11-05")
    run = bring_in(a_return(a_child("A1", cases=a_case(closed="2025-12-01", more=updated)), same))
    assert (run.added, run.changed, run.unchanged) == (0, 1, 1)
    assert Plan.objects.get().episode.ended_on == date(2025, 11, 5)
    case = Case.objects.get(person=child("A1"))
    assert case.episode is not None
    assert (case.closure_reason, case.episode.ended_on) == ("RC7", date(2025, 12, 1))
    after = counts()
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {"Entry", "EntryEvent", "CaseEvent", "SourceEvent"}  # the closure, and versions of what changed
    episode_history = pghistory.models.Events.objects.tracks(Plan.objects.get().episode)
    assert [one.pgh_data["ended_on"] for one in episode_history.order_by("pgh_id")] == ["2025-10-01", "2025-11-05"]
    assert remarks(run, "conflict") == []


def test_what_a_worker_recorded_is_never_overwritten_and_the_difference_is_listed() -> None:
    bring_in(a_return(a_child(ethnicity="<Ethnicity>WBRI</Ethnicity>")))
    person = child()
    person.ethnicity = "MWBC"
    person.save()
    run = bring_in(a_return(a_child(ethnicity="<Ethnicity>WOTH</Ethnicity>")))
    person.refresh_from_db()
    assert person.ethnicity == "MWBC"
    (conflict,) = remarks(run, "conflict")
    assert (conflict.element, conflict.value) == ("Ethnicity", "WOTH")
    assert "“MWBC”" in conflict.why
    assert "left as it is" in conflict.action


def test_a_worker_s_correction_stays_when_the_return_says_the_same_as_before() -> None:
    bring_in(a_return(a_child(ethnicity="<Ethnicity>WBRI</Ethnicity>")))
    Person.objects.update(ethnicity="MWBC")
    run = bring_in(a_return(a_child(ethnicity="<Ethnicity>WBRI</Ethnicity>", cases=a_case(source="2A"))))
    assert child().ethnicity == "MWBC"
    assert Case.objects.get().source == "2A"
    assert remarks(run) == []


def test_an_older_return_changes_nothing_that_a_newer_one_said() -> None:
    bring_in(a_return(a_child(cases=a_case(closed="2025-12-01")), year=2026))
    run = bring_in(
        a_return(
            a_child(
                about="<PersonBirthDate>2015-03-27</PersonBirthDate><Sex>F</Sex>",
                cases=a_case(referred="2023-02-01", closed="2023-06-01") + a_case(),
            ),
            year=2025,
        )
    )
    assert Case.objects.count() == 2
    assert Case.objects.get(entry__happened_on=date(2025, 5, 6)).closed_by is not None
    assert [one.kind for one in remarks(run)] == ["match"]


def test_a_corrected_referral_date_moves_the_case_and_makes_no_second() -> None:
    bring_in(a_return(a_child(cases=a_case(referred="2025-05-06"))))
    bring_in(a_return(a_child(cases=a_case(referred="2025-05-09"))))
    case = Case.objects.get()
    assert case.episode is not None
    assert (case.entry.happened_on, case.episode.started_on) == (date(2025, 5, 9), date(2025, 5, 9))


def test_a_case_reopened_by_a_later_return_is_open_again() -> None:
    bring_in(a_return(a_child(cases=a_case(closed="2025-12-01"))))
    bring_in(a_return(a_child(cases=a_case())))
    case = Case.objects.get()
    assert case.episode is not None
    assert (case.closed_by, case.closure_reason, case.episode.ended_on) == (None, "", None)
    assert Entry.objects.filter(summary="Case closed; a later return says that it is open").exists()


def test_overlapping_cases_are_both_kept_and_one_is_marked() -> None:
    run = bring_in(
        a_return(a_child(cases=a_case(closed="2025-12-01") + a_case(referred="2025-08-01", closed="2026-01-10")))
    )
    assert list(Episode.objects.order_by("started_on").values_list("disputed", flat=True)) == [False, True]
    assert [one.kind for one in remarks(run)] == ["overlap"]


def test_a_bad_child_in_the_middle_costs_no_other_child_and_is_kept_in_full(monkeypatch: pytest.MonkeyPatch) -> None:
    from throughline.readings.census.placing import Placing

    plain = Placing.place

    def place(self: Placing) -> bool:
        done = plain(self)
        if self.child.id == "A2":
            raise ValueError("something that nobody thought of")
        return done

    monkeypatch.setattr(Placing, "place", place)
    content = a_return(a_child("A1"), a_child("A2", about="<UPN>A123456789123</UPN><Sex>M</Sex>"), a_child("A3"))
    run = bring_in(content)
    assert (run.state, run.added, run.aside) == (State.FINISHED, 2, 1)
    assert set(Identifier.objects.filter(type="local").values_list("value", flat=True)) == {"A1", "A3"}
    (aside,) = remarks(run)
    assert aside.kept is not None
    assert (aside.kind, aside.child, aside.line) == ("aside", "A2", 6)
    assert aside.kept["modules"][0]["values"]["UPN"] == "A123456789123"
    monkeypatch.undo()
    again = bring_in(content)
    assert (again.added, again.unchanged, again.aside) == (1, 2, 0)


@pytest.mark.parametrize(
    ("number", "why"),
    [("", "no local number"), ("9" * 61, "61 characters")],
    ids=["without a number", "a number too long"],
)
def test_a_child_whom_no_number_tells_apart_is_set_aside(number: str, why: str) -> None:
    run = bring_in(a_return(a_child("A1"), a_child(number), a_child("A3")))
    assert (run.added, run.aside) == (2, 1)
    (aside,) = remarks(run)
    assert why in aside.why
    assert aside.kept is not None


def test_two_children_with_one_number_who_agree_are_one_child_with_the_cases_of_both() -> None:
    run = bring_in(a_return(a_child("A1", cases=a_case()), a_child("A1", cases=a_case(referred="2026-01-05"))))
    assert (run.added, run.aside) == (1, 0)
    assert Case.objects.filter(person=child()).count() == 2


def test_two_children_with_one_number_who_differ_are_not_mixed() -> None:
    run = bring_in(a_return(a_child("A1"), a_child("A1", about="<PersonBirthDate>2009-01-01</PersonBirthDate>")))
    assert (run.added, run.aside) == (1, 1)
    assert child().date_of_birth == date(2015, 3, 27)
    (aside,) = remarks(run)
    assert "same local number" in aside.why


def test_one_pupil_number_on_two_children_is_said_and_kept() -> None:
    upn = "<UPN>A123456789123</UPN><PersonBirthDate>{}</PersonBirthDate><Sex>F</Sex>"
    run = bring_in(
        a_return(a_child("A1", about=upn.format("2015-03-27")), a_child("A2", about=upn.format("2016-01-01")))
    )
    assert Identifier.objects.filter(type="upn").count() == 1
    (said,) = remarks(run)
    assert (said.kind, said.child, said.element, said.value) == ("conflict", "A2", "UPN", "A123456789123")


def test_a_child_whom_a_worker_recorded_is_found_by_number_and_only_what_is_blank_is_filled(cast: Cast) -> None:
    Identifier.objects.create(person=cast.ada, type="local", value="A1")
    born = cast.ada.date_of_birth
    run = bring_in(a_return(a_child("A1", about="<PersonBirthDate>2001-01-01</PersonBirthDate><Sex>F</Sex>")))
    cast.ada.refresh_from_db()
    assert (cast.ada.date_of_birth, cast.ada.ethnicity, cast.ada.shown_name) == (born, "WBRI", "Ada Okafor")
    assert [(one.kind, one.element) for one in remarks(run)] == [("conflict", "PersonBirthDate")]
    assert run.added == 0


def test_a_child_is_found_by_pupil_number_and_birth_and_it_is_said(cast: Cast) -> None:
    Identifier.objects.create(person=cast.ada, type="upn", value="A123456789123")
    about = f"<UPN>A123456789123</UPN><PersonBirthDate>{cast.ada.date_of_birth}</PersonBirthDate><Sex>F</Sex>"
    run = bring_in(a_return(a_child("A1", about=about)))
    assert child("A1") == cast.ada
    assert [one.kind for one in remarks(run)] == ["match"]


def test_a_referral_that_a_worker_recorded_is_not_recorded_twice(cast: Cast) -> None:
    from throughline.record.in_need.actions import write_case

    Identifier.objects.create(person=cast.ada, type="local", value="A1")
    case = write_case(by=cast.social_worker, person=cast.ada, referred_on=date(2025, 5, 6), source="2A")
    run = bring_in(a_return(a_child("A1", cases=a_case(referred="2025-05-06", source="1A"))))
    assert Case.objects.get() == case
    case.refresh_from_db()
    assert (case.source, case.primary_need) == ("2A", "N1")
    assert ("conflict", "ReferralSource") in [(one.kind, one.element) for one in remarks(run)]


@pytest.mark.parametrize(
    ("about", "element", "kind", "said"),
    [
        ("<Sex>1</Sex>", "Sex", "unreadable", "not a code"),
        ("<UPN>12345</UPN>", "UPN", "unreadable", "not a pupil number"),
        ("<PersonBirthDate>27/03/2015</PersonBirthDate>", "PersonBirthDate", "unreadable", "not a date"),
        ("<PersonBirthDate>2015-02-30</PersonBirthDate>", "PersonBirthDate", "unreadable", "not a date"),
        ("<PersonBirthDate>1066-04-13</PersonBirthDate>", "PersonBirthDate", "date", "1066"),
        ("<PersonBirthDate>2090-04-13</PersonBirthDate>", "PersonBirthDate", "date", "still to come"),
        ("<PersonBirthDate/>", "PersonBirthDate", "unreadable", "empty"),
        (
            "<PersonBirthDate>2015-03-27</PersonBirthDate><PersonDeathDate>2010-01-01</PersonDeathDate>",
            "PersonDeathDate",
            "conflict",
            "before the birth",
        ),
        ("<ShoeSize>36</ShoeSize>", "ShoeSize", "unplaced", "No layout"),
        ('<UPN kind="old">A123456789123</UPN>', "UPN/@kind", "unplaced", "attributes"),
    ],
)
def test_what_cannot_be_right_is_said_with_its_line_and_what_to_do(
    about: str, element: str, kind: str, said: str
) -> None:
    run = bring_in(a_return(a_child("A1", about=f"\n{about}")))
    (remark,) = remarks(run)
    assert (remark.child, remark.child_number, remark.line) == ("A1", 1, 4)
    assert (remark.element, remark.kind) == (element, kind)
    assert said in remark.why
    assert remark.action
    assert remark.person == child()


def test_something_without_a_readable_day_is_recorded_at_its_referral_and_said() -> None:
    more = (
        "<ChildProtectionPlans><CPPstartDate>soon</CPPstartDate><InitialCategoryOfAbuse>NEG</InitialCategoryOfAbuse>"
        "<LatestCategoryOfAbuse>NEG</LatestCategoryOfAbuse><NumberOfPreviousCPP>0</NumberOfPreviousCPP>"
        "</ChildProtectionPlans>"
    )
    run = bring_in(a_return(a_child(cases=a_case(more=more))))
    assert Plan.objects.get().entry.happened_on == date(2025, 5, 6)
    assert "It is shown at 6 May 2025" in remarks(run, "date")[0].why


def test_a_case_without_any_readable_day_is_kept_aside_in_full() -> None:
    run = bring_in(a_return(a_child(cases=a_case(referred="2025-99-99"))))
    assert run.added == 1
    (aside,) = remarks(run, "aside")
    assert aside.kept is not None
    assert aside.kept["values"]["CINreferralDate"] == "2025-99-99"


def test_a_referral_with_no_further_action_opens_no_episode_unless_it_lasted() -> None:
    bring_in(
        a_return(
            a_child("A1", cases=a_case(nfa="1")),
            a_child("A2", cases=a_case(nfa="true", closed="2025-06-30")),
        )
    )
    assert not Episode.objects.filter(person=child("A1")).exists()
    assert Episode.objects.get(person=child("A2")).ended_on == date(2025, 6, 30)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"not xml", "not XML"),
        (b"<Message><Children><Child>", "ends before it is complete"),
        (b"<Return></Return>", "outermost element is Return"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><Message/>', "document type"),
        (a_return(a_child(), year=2099), "return of 2099"),
        (a_return(a_child()).replace(b">CIN<", b">CLA<"), "not CIN"),
    ],
    ids=["empty", "not XML", "truncated", "wrong root", "hostile", "wrong year", "wrong collection"],
)
def test_a_file_that_cannot_be_read_brings_in_nothing_and_says_why(content: bytes, said: str) -> None:
    with pytest.raises(UnreadableReturn, match=said):
        bring_in(content)
    run = ImportRun.objects.get()
    assert run.state == State.UNREADABLE
    assert said in run.problem
    assert not Person.objects.exists()


def test_a_file_that_breaks_off_after_some_children_brings_in_none_of_them() -> None:
    whole = a_return(a_child("A1"), a_child("A2"))
    with pytest.raises(UnreadableReturn):
        bring_in(whole[: whole.index(b"A2")])
    assert not Person.objects.exists()


def test_the_year_and_the_reference_date_that_differ_are_said() -> None:
    run = bring_in(a_return(a_child()).replace(b"2026-03-31", b"2025-03-31"))
    assert (run.year, run.years) == (2026, [2025, 2026])
    assert "reference date 31 March 2025" in remarks(run, "file")[0].why


def test_two_imports_do_not_run_at_once(cast: Cast) -> None:
    from throughline.readings.census.importing import _LOCK

    with connection.copy().cursor() as other:
        other.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        with pytest.raises(Refused, match="Another import is under way"):
            bring_in(a_return(a_child()))
        other.connection.close()


def test_the_account_tells_the_import_and_each_child_without_a_name_or_a_number(cast: Cast) -> None:
    bring_in(a_return(a_child("A1"), a_child("A2")), by=cast.analyst)
    told = [tell(one) for one in Event.objects.filter(verb__startswith="readings.").order_by("pk")]
    assert told == [
        "Ann Lister began to bring in the Children in Need return return.xml (2 children).",
        "Ann Lister brought this child's part of the census of 2026 into the record.",
        "Ann Lister brought this child's part of the census of 2026 into the record.",
        "Ann Lister brought in the Children in Need return return.xml: 2 new children, 0 changed, 0 as before, "
        "0 set aside.",
    ]


def test_emoji_and_other_scripts_in_a_local_number_come_through() -> None:
    bring_in(a_return(a_child("Zoë-张-🙂")))
    assert child("Zoë-张-🙂").shown_name == "Child Zoë-张-🙂"
