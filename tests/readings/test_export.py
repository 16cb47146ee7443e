"""The return of a year from the record: who belongs in it, what workers recorded, what its maker is told."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tests.cast import Cast
from tests.readings.returns import a_case, a_child, a_return, bring_in
from tests.readings.test_import import EVERY_MODULE
from throughline.core.access.models import Restriction
from throughline.core.audit.models import Event
from throughline.core.audit.sentences import tell
from throughline.core.errors import Refused
from throughline.readings.census.belonging import belongs, period
from throughline.readings.census.exporting import Export, export_cin
from throughline.record.in_need.actions import write_case
from throughline.record.in_need.models import Case
from throughline.record.journey.actions import close_episode, open_episode
from throughline.record.journey.models import Entry, Episode
from throughline.record.people.models import Identifier, Person

VALID = a_child(
    about="<UPN>A123456789123</UPN><PersonBirthDate>2015-03-27</PersonBirthDate><Sex>F</Sex>",
    cases=a_case(closed="2025-12-01", more=EVERY_MODULE.split("<PreProceedings")[0]),
)


def tree(made: Export) -> etree._Element:
    return etree.fromstring(made.content)


def value(made: Export, path: str) -> str | None:
    found: str | None = tree(made).findtext(f"Children/Child/{path}")
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("year", [2022, 2023, 2024, 2025, 2026])
def test_the_return_passes_the_schema_of_its_year(shared: Path, cast: Cast, year: int) -> None:
    bring_in(a_return(VALID))
    write_case(by=cast.social_worker, person=cast.ada, referred_on=date(2025, 9, 1), source="2A", primary_need="N1")
    write_case(by=cast.social_worker, person=cast.unborn, referred_on=date(2025, 9, 1))
    made = export_cin(by=None, year=year, everything=True)
    assert made.children == 3
    etree.XMLSchema(etree.parse(shared / "cin" / "schema" / f"CIN_schema_{year}.xsd")).assertValid(tree(made))


@pytest.mark.django_db
@pytest.mark.parametrize("year", [2022, 2023, 2024])
def test_the_published_return_of_332_children_passes_the_schema_when_it_comes_out(shared: Path, year: int) -> None:
    bring_in(shared / "cin" / "fake_CIN_data.xml")
    made = export_cin(by=None, year=year, everything=True)
    assert made.children == 332
    etree.XMLSchema(etree.parse(shared / "cin" / "schema" / f"CIN_schema_{year}.xsd")).assertValid(tree(made))


@pytest.mark.django_db
def test_what_a_worker_put_right_goes_out_and_what_nobody_touched_goes_out_as_it_came() -> None:
    bring_in(a_return(a_child("A1", about="<Sex>1</Sex>"), a_child("A2", about="<Sex>1</Sex>")))
    Person.objects.filter(identifiers__value="A2").update(sex="M")
    made = export_cin(by=None, year=2026)
    assert [one.text for one in tree(made).iter("Sex")] == ["1", "M"]
    assert made.remarks()[0].startswith("1 of ChildIdentifiers: Sex goes out as a return brought it")


@pytest.mark.django_db
def test_the_header_is_the_authority_s_own() -> None:
    bring_in(a_return(VALID))
    header = tree(export_cin(by=None, year=2026)).find("Header")
    assert header is not None
    told = {one.tag: one.text for one in header.iter() if not len(one)}
    assert (told["Collection"], told["Year"], told["ReferenceDate"], told["LEA"]) == (
        "CIN",
        "2026",
        "2026-03-31",
        "201",
    )
    assert told["SoftwareCode"] == "Throughline"


@pytest.mark.django_db
def test_a_child_recorded_by_workers_is_in_the_return_with_their_referral_and_closure(cast: Cast) -> None:
    case = write_case(
        by=cast.social_worker, person=cast.ada, referred_on=date(2025, 9, 1), source="2A", primary_need="N1"
    )
    assert case.episode is not None
    close_episode(
        episode=case.episode, ended_on=date(2025, 11, 3), by=cast.social_worker, why="Adopted", entry=case.entry
    )
    made = export_cin(by=None, year=2026)
    assert made.children == 1
    assert value(made, "ChildIdentifiers/LAchildID") == f"TL{cast.ada.pk}"
    assert value(made, "ChildIdentifiers/PersonBirthDate") == str(cast.ada.date_of_birth)
    assert value(made, "CINdetails/CINreferralDate") == "2025-09-01"
    assert value(made, "CINdetails/ReferralSource") == "2A"
    assert value(made, "CINdetails/CINclosureDate") == "2025-11-03"
    assert value(made, "CINdetails/ReferralNFA") == "0"
    assert value(made, "ChildCharacteristics/Ethnicity") == "NOBT"
    assert "1 of ChildCharacteristics: Ethnicity not recorded, and returned with the code for that." in made.remarks()
    assert "1 of CINdetails: ReferralSource not recorded" not in " ".join(made.remarks())


@pytest.mark.django_db
def test_our_own_number_comes_back_to_the_same_child(cast: Cast) -> None:
    write_case(by=cast.social_worker, person=cast.ada, referred_on=date(2025, 9, 1), source="2A", primary_need="N1")
    made = export_cin(by=None, year=2026)
    before = Person.objects.count()
    run = bring_in(made.content)
    assert (run.added, Person.objects.count(), Case.objects.count()) == (0, before, 1)
    assert not Identifier.objects.filter(person=cast.ada, type="local").exists()


@pytest.mark.django_db
def test_a_time_in_need_that_was_opened_without_a_case_is_in_the_return(cast: Cast) -> None:
    episode = open_episode(
        person=cast.ada, kind="in_need", started_on=date(2025, 9, 1), by=cast.social_worker, entry=None
    )
    protected = open_episode(person=cast.ada, kind="protection", started_on=date(2025, 10, 1), by=cast.social_worker)
    close_episode(
        episode=episode, ended_on=date(2026, 1, 5), by=cast.social_worker, why="Transferred to adult social care"
    )
    made = export_cin(by=None, year=2026)
    assert value(made, "CINdetails/CINreferralDate") == "2025-09-01"
    assert value(made, "CINdetails/ReasonForClosure") == "RC6"
    assert value(made, "CINdetails/ChildProtectionPlans/CPPstartDate") == str(protected.started_on)
    assert (
        "1 of ChildProtectionPlans: InitialCategoryOfAbuse missing: the layout asks for it and the record has nothing."
        in (made.remarks())
    )


@pytest.mark.django_db
def test_new_information_about_a_child_in_need_is_no_second_case(cast: Cast) -> None:
    from throughline.record.in_need.actions import record_referral
    from throughline.record.journey.actions import Part, write_entry

    write_case(by=cast.social_worker, person=cast.ada, referred_on=date(2025, 9, 1), source="2A")
    entry = write_entry(
        by=cast.social_worker,
        kind="referral",
        happened_on=date(2025, 10, 1),
        summary="Referral",
        parts=[Part(cast.ada)],
    )
    record_referral(by=cast.social_worker, person=cast.ada, entry=entry, source="6", no_further_action=False)
    made = export_cin(by=None, year=2026)
    assert [one.text for one in tree(made).iter("CINreferralDate")] == ["2025-09-01"]


@pytest.mark.django_db
def test_an_analyst_exports_who_they_may_see_and_the_account_tells_it(cast: Cast) -> None:
    bring_in(a_return(a_child("A1"), a_child("A2")))
    closed = Identifier.objects.get(value="A2").person
    Restriction.objects.create(person=closed, reason="A relative works here", made_by=cast.team_manager)
    assert export_cin(by=cast.analyst, year=2026).children == 1
    assert export_cin(by=cast.outsider, year=2026).children == 0
    assert export_cin(by=None, year=2026).children == 2
    told = [tell(one) for one in Event.objects.filter(verb="readings.exported").order_by("pk")]
    assert told == [
        "Ann Lister exported the census of 2026, 1 children.",
        "Otto Out exported the census of 2026, 0 children.",
        "Throughline exported the census of 2026, 2 children.",
    ]


@pytest.mark.django_db
def test_the_queries_of_an_export_do_not_grow_with_the_children(
    cast: Cast, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    bring_in(a_return(*(a_child(f"A{n}", cases=a_case(more=EVERY_MODULE)) for n in range(30))))
    with django_assert_max_num_queries(24):  # type: ignore[attr-defined]
        assert export_cin(by=None, year=2026).children == 30


@pytest.mark.django_db
def test_a_year_without_a_layout_is_refused_with_the_years_that_there_are() -> None:
    with pytest.raises(Refused, match="from 2017 to 2027"):
        export_cin(by=None, year=2012)


@pytest.mark.django_db
def test_what_the_layout_of_the_year_does_not_have_is_left_out_and_said() -> None:
    more = "<PreProceedingsandFGDM><PPStartDate>2026-05-09</PPStartDate></PreProceedingsandFGDM>"
    bring_in(a_return(a_child(cases=a_case(more=more)), year=2027))
    made = export_cin(by=None, year=2026)
    assert value(made, "CINdetails/PreProceedingsandFGDM/PPStartDate") is None
    assert "1 of PreProceedingsandFGDM left out: the layout of 2026 does not have it." in made.remarks()
    assert value(export_cin(by=None, year=2027), "CINdetails/PreProceedingsandFGDM/PPStartDate") == "2026-05-09"


@pytest.mark.django_db
def test_a_case_of_another_year_is_left_out_unless_everything_is_asked_for() -> None:
    bring_in(a_return(a_child("A1", cases=a_case(referred="2020-05-06", closed="2020-09-01")), year=2021))
    made = export_cin(by=None, year=2026)
    assert (made.children, made.others) == (0, 1)
    assert export_cin(by=None, year=2026, everything=True).children == 1
    assert export_cin(by=None, year=2021).children == 1


def a_time_in_need(started: date, ended: date | None, *, nfa: bool = False) -> Case:
    episode = None if nfa else Episode(started_on=started, ended_on=ended)
    return Case(entry=Entry(happened_on=started), episode=episode, no_further_action=nfa)


DAYS = st.dates(date(2015, 1, 1), date(2030, 12, 31))


@given(DAYS, st.none() | DAYS, st.integers(2017, 2027))
def test_a_case_belongs_to_every_year_in_which_a_day_of_it_fell(start: date, end: date | None, year: int) -> None:
    end = max(start, end) if end else None
    first, last = period(year)
    overlap = start <= last and (end is None or end >= first)
    assert belongs(a_time_in_need(start, end), year) is overlap


@given(DAYS, st.integers(2017, 2027))
def test_a_referral_that_led_to_nothing_belongs_to_its_own_year_alone(start: date, year: int) -> None:
    first, last = period(year)
    assert belongs(a_time_in_need(start, None, nfa=True), year) is (first <= start <= last)


def test_the_first_and_the_last_day_of_the_period_count() -> None:
    assert period(2026) == (date(2025, 4, 1), date(2026, 3, 31))
    assert belongs(a_time_in_need(date(2024, 1, 1), date(2025, 4, 1)), 2026)
    assert not belongs(a_time_in_need(date(2024, 1, 1), date(2025, 3, 31)), 2026)
    assert belongs(a_time_in_need(date(2026, 3, 31), None), 2026)
    assert not belongs(a_time_in_need(date(2026, 4, 1), None), 2026)
