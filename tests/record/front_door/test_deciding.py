"""Deciding what follows, telling whoever told us, and counting."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from tests.cast import Cast, person
from tests.record.front_door.conftest import SCHOOL, deciding, taking
from throughline.core.access import actions as access
from throughline.core.access import door, reach
from throughline.core.access.models import Allocation
from throughline.core.access.roles import Action
from throughline.core.clocks import working_days
from throughline.core.clocks.models import TimeFrame
from throughline.core.errors import Refused
from throughline.record.front_door import actions, queries
from throughline.record.front_door.actions import Decided, Named, Source
from throughline.record.front_door.models import Contact, Decision, Outcome, Passage, Referral
from throughline.record.in_need.models import Case
from throughline.record.journey.actions import open_episode
from throughline.record.journey.models import Entry, Episode


def test_assessment_makes_a_referral_that_follows_its_contact(cast: Cast, contact: Contact) -> None:
    decision = deciding(cast, contact)
    referral = Referral.objects.get(contact=contact)
    assert referral.entry.follows == contact.entry
    assert decision.entry.follows == referral.entry
    assert queries.latest_referral(cast.front_door, cast.ada.pk) == referral.entry
    assert (decision.entry.decision, decision.entry.author) == (
        "Assessment by a social worker",
        cast.front_door_manager,
    )
    assert decision.entry.reason == "Hungry for days, and nobody at home answers."


def test_assessment_opens_the_time_in_need_and_the_case_that_the_census_reads(cast: Cast, contact: Contact) -> None:
    deciding(cast, contact)
    episode = Episode.objects.get(person=cast.ada)
    assert (episode.kind, episode.started_on, episode.opened_by.kind) == (
        "in_need",
        timezone.localdate(),
        "referral",
    )
    case = Case.objects.get(person=cast.ada)
    assert (case.episode, case.source, case.no_further_action) == (episode, "2A", False)


def test_the_referrals_clock_starts_when_we_were_told_and_stops_at_the_decision(cast: Cast) -> None:
    told = timezone.localdate() - timedelta(days=1)
    contact = taking(cast, happened_on=told)
    referral = actions.make_referral(by=cast.front_door, contact=contact)
    frame = TimeFrame.objects.get(person=cast.ada, rule="referral_decision")
    assert (frame.started_on, frame.due_on, frame.stopped_on) == (told, working_days.add(told, 1), None)
    assert frame.entry == referral.entry
    deciding(cast, contact)
    frame.refresh_from_db()
    assert frame.stopped_on == timezone.localdate()


def test_the_child_goes_to_the_team_that_was_chosen_and_its_manager_names_the_worker(
    cast: Cast, contact: Contact
) -> None:
    deciding(cast, contact)
    now = Allocation.objects.get(person=cast.ada, ended_on__isnull=True)
    assert (now.team, now.worker) == (cast.other_team, None)


def test_a_child_who_is_worked_with_already_may_stay_where_they_are(cast: Cast, contact: Contact) -> None:
    deciding(cast, contact, outcomes=[Decided(cast.ada, "assessment")])
    assert Allocation.objects.get(person=cast.ada, ended_on__isnull=True).worker == cast.social_worker


def test_a_child_whom_nobody_works_with_needs_a_team(cast: Cast) -> None:
    child = person("New", "Child")
    contact = taking(cast, named=[Named(child, "child", "yes")])
    with pytest.raises(Refused) as refused:
        deciding(cast, contact, outcomes=[Decided(child, "assessment")])
    assert "Choose the team" in refused.value.messages["team"]
    assert not Referral.objects.exists()


def test_a_child_in_need_already_is_not_opened_twice(cast: Cast, contact: Contact) -> None:
    open_episode(person=cast.ada, kind="in_need", started_on=timezone.localdate() - timedelta(days=40), by=None)
    deciding(cast, contact)
    assert Episode.objects.filter(person=cast.ada).count() == 1
    assert Case.objects.get(person=cast.ada).episode is None


@pytest.mark.parametrize("outcome", ["advice", "signpost", "early_help", "no_further_action"])
def test_what_is_not_a_referral_opens_nothing(cast: Cast, contact: Contact, outcome: str) -> None:
    decision = deciding(cast, contact, outcome)
    assert not Referral.objects.exists()
    assert not Episode.objects.exists()
    assert not Case.objects.exists()
    assert decision.entry.follows == contact.entry
    assert Outcome.objects.get(decision=decision).means == outcome


def test_a_referral_that_leads_to_nothing_is_one_for_the_census_and_stops_its_clock(
    cast: Cast, contact: Contact
) -> None:
    actions.make_referral(by=cast.front_door, contact=contact)
    deciding(cast, contact, "no_further_action")
    assert Case.objects.get(person=cast.ada).no_further_action is True
    assert not Episode.objects.exists()
    assert TimeFrame.objects.get(rule="referral_decision").stopped_on == timezone.localdate()


def test_each_child_has_their_own_outcome_and_a_siblings_is_not_in_theirs(cast: Cast) -> None:
    contact = taking(cast, named=[Named(cast.ada, "child", "yes"), Named(cast.ben, "child", "yes")])
    decision = deciding(
        cast,
        contact,
        outcomes=[
            Decided(cast.ada, "assessment", team=cast.other_team),
            Decided(cast.ben, "early_help", destination="Family hub"),
        ],
    )
    assert dict(decision.outcomes.values_list("person_id", "means")) == {
        cast.ada.pk: "assessment",
        cast.ben.pk: "early_help",
    }
    assert [one.person for one in Episode.objects.all()] == [cast.ada]
    bens = decision.entry.subjects.get(person=cast.ben)
    assert bens.part == "Early help: Family hub"
    assert "ssessment" not in decision.entry.decision + decision.entry.summary


def test_s2_the_emergency_is_decided_with_its_time(cast: Cast) -> None:
    contact = taking(cast, named=[Named(cast.ada, "child", "no")], sharing=None)
    before = timezone.now()
    decision = deciding(cast, contact, "strategy_discussion")
    assert before <= decision.decided_at <= timezone.now()
    assert decision.entry.happened_at is not None
    assert Episode.objects.filter(person=cast.ada, kind="in_need").exists()
    assert not Passage.objects.exists()


def test_options_and_who_saw_it_differently_are_part_of_the_decision(cast: Cast, contact: Contact) -> None:
    decision = deciding(cast, contact, options="Early help: slower, and kinder.", disagreed="The school wanted more.")
    assert (decision.options, decision.disagreed) == ("Early help: slower, and kinder.", "The school wanted more.")


def test_only_those_who_may_decide_decide(cast: Cast, contact: Contact) -> None:
    with pytest.raises(PermissionDenied):
        deciding(cast, contact, by=cast.front_door)
    with pytest.raises(door.NotFound):
        deciding(cast, contact, by=cast.other_worker)
    deciding(cast, contact, by=cast.team_manager, outcomes=[Decided(cast.ada, "assessment")])


def test_a_contact_is_decided_once(cast: Cast, contact: Contact) -> None:
    deciding(cast, contact, "advice")
    with pytest.raises(Refused, match=r"decided already, on .* by Frank Moss"):
        deciding(cast, contact)
    with pytest.raises(Refused, match="decided already"):
        actions.make_referral(by=cast.front_door, contact=contact)
    assert Decision.objects.count() == 1


def test_bad_decisions_are_refused_each_with_its_sentence(cast: Cast, contact: Contact) -> None:
    for changes, field in (
        ({"reasons": " "}, "reasons"),
        ({"outcomes": []}, "outcome"),
        ({"outcomes": [Decided(cast.ben, "advice")]}, "outcome"),
        ({"outcomes": [Decided(cast.ada, "tea")]}, "outcome"),
        ({"outcomes": [Decided(cast.ada, "signpost")]}, "destination"),
        ({"outcomes": [Decided(cast.ada, "assessment", team=cast.team, primary_need="N77")]}, "primary_need"),
        ({"at": timezone.now() + timedelta(hours=1)}, "at"),
        ({"at": timezone.now() - timedelta(days=3)}, "at"),
    ):
        with pytest.raises(Refused) as refused:
            deciding(cast, contact, **changes)
        assert set(refused.value.messages) == {field}
    assert not Decision.objects.exists()


def test_a_step_decides_only_what_is_its_own_and_passes_on_the_rest(cast: Cast, door_of: Callable[[str], None]) -> None:
    door_of('door = "triage"\n')
    contact = taking(cast, nature="unclear")
    with pytest.raises(Refused, match="Initial triage does not decide that"):
        deciding(cast, contact)
    with pytest.raises(Refused) as refused:
        actions.pass_on(by=cast.front_door, contact=contact, to="attic", reason=" ")
    assert set(refused.value.messages) == {"to", "reason"}
    actions.pass_on(by=cast.front_door, contact=contact, to="hub", reason="A bruise was mentioned.")
    contact.refresh_from_db()
    assert contact.step == "hub"
    assert Passage.objects.filter(contact=contact).count() == 1
    deciding(cast, contact)


def test_v2_an_advice_team_hands_a_family_over_less_often_than_triage(
    cast: Cast, door_of: Callable[[str], None]
) -> None:
    handed = {}
    for door_, way in (("triage", ["early_help_triage", "advice_line"]), ("advice_team", [])):
        door_of(f'door = "{door_}"\n')
        contact = taking(cast, nature="unclear")
        for step in way:
            actions.pass_on(by=cast.front_door, contact=contact, to=step, reason="They know this.")
        deciding(cast, contact, "signpost")
        handed[door_] = contact.passages.count()
    assert handed["advice_team"] < handed["triage"]


def test_a_re_referral_within_twelve_months_is_found_from_the_record(cast: Cast) -> None:
    today = timezone.localdate()
    earlier = actions.make_referral(
        by=cast.front_door, contact=taking(cast, happened_on=today - timedelta(days=300))
    ).entry
    actions.make_referral(by=cast.front_door, contact=taking(cast, happened_on=today - timedelta(days=400)))
    now = actions.make_referral(by=cast.front_door, contact=taking(cast)).entry
    found = queries.earlier_referrals(cast.front_door, [cast.ada.pk, cast.ben.pk], today, but=now)
    assert found == {cast.ada.pk: [earlier]}


@pytest.mark.parametrize(
    ("day", "before"),
    [
        (date(2026, 3, 31), date(2025, 3, 31)),
        (date(2024, 2, 29), date(2023, 2, 28)),
        (date(2026, 12, 1), date(2025, 12, 1)),
    ],
)
def test_twelve_months_before_a_day(day: date, before: date) -> None:
    assert queries.months_before(day, 12) == before


def test_that_nobody_told_the_school_is_seen_until_somebody_did(cast: Cast, contact: Contact) -> None:
    assert queries.untold(cast.front_door) == []
    deciding(cast, contact, "advice")
    assert queries.untold(cast.front_door) == [contact]
    actions.feed_back(
        by=cast.front_door, contact=contact, told_on=timezone.localdate(), told_whom="Mr Ali", method="telephone",
        words="We advised the family; ring again if it goes on.", answer="Glad to know.",
    )  # fmt: skip
    assert queries.untold(cast.front_door) == []
    assert list(queries.listed(cast.front_door, "untold")) == []


def test_feedback_that_cannot_be_right_is_refused(cast: Cast, contact: Contact) -> None:
    with pytest.raises(Refused) as refused:
        actions.feed_back(
            by=cast.front_door, contact=contact, told_on=timezone.localdate() - timedelta(days=2), told_whom="",
            method="pigeon", words="",
        )  # fmt: skip
    assert set(refused.value.messages) == {"told_on", "told_whom", "method", "words"}
    nameless = taking(cast, source=Source("9", anonymous=True))
    with pytest.raises(Refused, match="nobody to tell"):
        actions.feed_back(
            by=cast.front_door, contact=nameless, told_on=timezone.localdate(), told_whom="X", method="telephone",
            words="Y",
        )  # fmt: skip
    with pytest.raises(door.NotFound):
        actions.feed_back(
            by=cast.other_worker, contact=contact, told_on=timezone.localdate(), told_whom="X", method="telephone",
            words="Y",
        )  # fmt: skip


def test_the_list_has_what_waits_first_urgent_before_the_rest_and_the_oldest_before_the_new(cast: Cast) -> None:
    first, second = taking(cast), taking(cast)
    urgent = taking(cast, named=[Named(cast.ada, "child", "no")], sharing=None)
    decided = taking(cast)
    deciding(cast, decided, "advice")
    assert list(queries.listed(cast.front_door)) == [urgent, first, second, decided]
    assert list(queries.listed(cast.front_door, "waiting")) == [urgent, first, second]
    assert queries.waiting(cast.front_door) == 3


def test_where_a_contact_stands_is_said_in_words(cast: Cast) -> None:
    today = date(2026, 3, 4)
    contact = taking(cast, happened_on=today)
    assert queries.where_it_stands(contact, today) == "Decision looked for by 5 March"
    assert queries.where_it_stands(contact, date(2026, 3, 5)) == "Decision looked for today"
    assert queries.where_it_stands(contact, date(2026, 3, 9)) == "Decision was looked for 4 days ago"
    actions.make_referral(by=cast.front_door, contact=contact)
    fresh = queries.contact(cast.front_door, contact.pk)
    assert queries.where_it_stands(fresh, today) == "Referral decision due tomorrow"


def test_the_team_sees_the_contact_about_their_child_and_no_other(cast: Cast, contact: Contact) -> None:
    about_theirs = taking(cast, named=[Named(cast.theirs, "child", "yes")])
    assert list(queries.listed(cast.social_worker)) == [contact]
    assert list(queries.listed(cast.other_worker)) == [about_theirs]
    for someone in (cast.outsider, cast.partner, cast.administrator):
        assert list(queries.listed(someone)) == []
        with pytest.raises(door.NotFound):
            queries.contact(someone, contact.pk)


def test_a_restricted_sister_is_not_named_in_the_list(cast: Cast) -> None:
    contact = taking(cast, named=[Named(cast.ada, "child", "yes"), Named(cast.ben, "child", "yes")])
    access.restrict(by=cast.team_manager, person=cast.ada, reason="A relative works here.", permitted=[])
    [row] = queries.listed(cast.front_door)
    assert row == contact
    assert [one.person for one in row.shown] == [cast.ben]
    with pytest.raises(door.NotFound):
        deciding(cast, contact, "advice")
    assert cast.ada not in reach.people(cast.front_door_manager, Action.DECIDE)


def test_s6_conversion_falls_as_contacts_rise_and_nobody_calls_it_good_or_bad(cast: Cast) -> None:
    """Three in eight, then one in seven: the shape of 32.5% then 15.9%, small enough to read."""
    this_year, last_year = date(2026, 3, 2), date(2025, 3, 3)
    for day, contacts, referrals in ((last_year, 8, 3), (this_year, 14, 2)):
        for number in range(contacts):
            made = taking(cast, happened_on=day, source=SCHOOL if number % 2 else Source("6", agency="Police"))
            if number < referrals:
                actions.make_referral(by=cast.front_door, contact=made)
            else:
                deciding(cast, made, "signpost")
    before = queries.funnel(cast.front_door, date(2025, 1, 1), date(2025, 12, 31))
    after = queries.funnel(cast.front_door, date(2026, 1, 1), date(2026, 12, 31))
    assert (before.contacts, before.referrals, before.sentence) == (
        8, 3, "3 of 8 contacts became referrals (37.5%).",
    )  # fmt: skip
    assert (after.contacts, after.referrals, after.undecided) == (14, 2, 2)
    assert after.contacts - before.contacts == 6
    assert after.outcomes == {"Signposted to another service": 12}
    assert after.by_source == {"6": (7, 1), "2A": (7, 1)}
    listed = queries.signposted(cast.front_door, date(2026, 1, 1), date(2026, 12, 31))
    assert {one.destination for one in listed} == {"Family hub"}
    assert not any(word in after.sentence for word in ("good", "bad", "better", "worse"))


def test_an_empty_period_has_no_rate(cast: Cast) -> None:
    nothing = queries.funnel(cast.front_door, date(2026, 1, 1), date(2026, 1, 31))
    assert (nothing.conversion, nothing.sentence) == (None, "No contacts in this period.")


def test_the_list_asks_as_many_questions_for_twenty_contacts_as_for_one(
    cast: Cast, django_assert_num_queries: Callable[..., object]
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    taking(cast)
    deciding(cast, taking(cast))
    with CaptureQueriesContext(connection) as few:
        list(queries.listed(cast.front_door))
    for _ in range(18):
        taking(cast)
    with CaptureQueriesContext(connection) as many:
        list(queries.listed(cast.front_door))
    assert len(few) == len(many) <= 8
    assert Entry.objects.filter(kind="contact").count() == 20
