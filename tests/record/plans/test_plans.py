"""A plan: one for each child, in the family's words, with every version kept."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests.cast import Cast
from throughline.core.access.door import NotFound
from throughline.core.audit import sentences
from throughline.core.audit.models import Event
from throughline.core.clocks import queries as clocks
from throughline.core.errors import EditConflict, Refused
from throughline.record.journey.models import Entry
from throughline.record.people.models import Person
from throughline.record.plans import actions, content, queries
from throughline.record.plans.models import Plan

TODAY = timezone.localdate
WORDS = {
    "needs_to_change": "Ada sleeps in her own bed, and nobody shouts at night",
    "safe_enough": "Three quiet months, and Ada says so herself",
    "strengths": "Nan is there every day",
    "family_does": "Grace takes both to school",
    "family_ideas": "Ada rings Nan when she is afraid",
    "goals": "A home of our own\nGrace back at college",
}


def begun(cast: Cast, person: Person | None = None, words: Mapping[str, str] = WORDS, **more: Any) -> Plan:
    return actions.begin(
        by=cast.social_worker,
        person=person or cast.ada,
        kind="in_need",
        started_on=TODAY() - timedelta(days=30),
        words=words,
        family=cast.family,
        **more,
    )


def test_the_content_of_a_plan_covers_the_rules_of_the_record_for_understanding_families() -> None:
    assert {part.rule for part in content.parts()} == {1, 2, 3, 4, 5}
    # 6, 7 and 8 are lists: who acts, progress, supervision.
    for model in ("actions", "progress", "discussions"):
        assert hasattr(Plan, model)


def test_a_plan_begins_an_entry_in_the_childs_story_and_agrees_its_review(cast: Cast) -> None:
    plan = begun(cast, review_on=TODAY() + timedelta(days=30), agreed_with="Grace and Ada")
    entry = Entry.objects.get(pk=plan.pk)
    assert (entry.kind, entry.summary, entry.family) == ("plan", "Child in need plan begun", cast.family)
    (frame,) = clocks.of_entry(cast.social_worker, plan.pk)
    assert (frame.label, frame.due_on) == ("Review of the plan", TODAY() + timedelta(days=30))
    assert "with Grace and Ada" in clocks.explain(frame)
    told = sentences.tell(Event.objects.get(verb="plans.begun"))
    assert told.startswith("Ruth Bell began a plan (child in need plan) on ")


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"words": {"needs_to_change": " "}}, "needs_to_change"),
        ({"words": {"needs_to_change": "x" * 200_001}}, "needs_to_change"),
        ({"review_on": date(2001, 1, 1), "agreed_with": "Grace"}, "review_on"),
        ({"review_on": date(2101, 1, 1)}, "agreed_with"),
    ],
)
def test_a_plan_that_cannot_stand_is_refused_and_nothing_is_written(
    cast: Cast, more: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        begun(cast, **more)
    assert set(refused.value.messages) == {field}
    assert not Entry.objects.exists()


def test_a_child_has_one_open_plan_and_the_database_keeps_it_so(cast: Cast) -> None:
    plan = begun(cast)
    with pytest.raises(Refused, match="There is an open plan already, begun on"):
        begun(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Plan.objects.create(
            entry=Entry.objects.create(kind="plan", happened_on=TODAY(), summary="x"),
            person=cast.ada,
            kind="care",
            started_on=TODAY(),
        )
    actions.close(by=cast.social_worker, plan=plan, on=TODAY(), how_safe="Three quiet months")
    assert begun(cast).pk != plan.pk


def test_plans_of_a_family_begin_together_and_only_chosen_parts_are_copied_and_marked(cast: Cast) -> None:
    plans = actions.begin_together(
        by=cast.social_worker,
        person=cast.ada,
        siblings=[cast.ben],
        shared=["needs_to_change", "strengths"],
        kind="in_need",
        started_on=TODAY(),
        words=WORDS,
        family=cast.family,
    )
    assert [plan.person for plan in plans] == [cast.ada, cast.ben]
    bens = plans[1]
    assert (bens.strengths, bens.family_ideas) == (WORDS["strengths"], "")
    assert bens.copied == {"needs_to_change": TODAY().isoformat(), "strengths": TODAY().isoformat()}
    assert plans[0].copied == {}
    # Made his own, it is no longer marked; what is left as it was still is.
    changed = actions.revise(
        by=cast.social_worker,
        plan=bens,
        version=1,
        words={"strengths": "Ben's teacher", "needs_to_change": bens.needs_to_change},
    )
    assert set(changed.copied) == {"needs_to_change"}
    marked = {one.part.name: one.copied_on for one in queries.written(changed)}
    assert marked["needs_to_change"] == TODAY()
    assert marked["strengths"] is None


def test_nothing_is_copied_that_was_not_chosen_and_a_sibling_needs_what_must_change(cast: Cast) -> None:
    together = {
        "by": cast.social_worker,
        "person": cast.ada,
        "siblings": [cast.ben],
        "kind": "in_need",
        "started_on": TODAY(),
        "words": WORDS,
    }
    with pytest.raises(Refused, match="Copy at least what needs to change"):
        actions.begin_together(shared=["strengths"], **together)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="Choose from the parts"):
        actions.begin_together(shared=["secrets"], **together)  # type: ignore[arg-type]
    assert not Plan.objects.exists()


def test_every_version_can_be_read_with_the_actions_of_its_time(cast: Cast) -> None:
    plan = begun(cast)
    nan = actions.add_action(by=cast.social_worker, plan=plan, what="Ring each night", who="Nan")
    plan = actions.revise(
        by=cast.team_manager,
        plan=plan,
        version=1,
        words={"goals": "A home of our own"},
        why="College starts next year",
        kind="protection",
    )
    actions.complete_action(by=cast.social_worker, action=nan, done_on=TODAY(), how_it_went="Ada likes it")
    second, first = queries.versions(cast.social_worker, plan)
    assert [(second.number, second.made_by), (first.number, first.made_by)] == [(2, "Maya Clarke"), (1, "Ruth Bell")]
    goals = [{one.part.name: one.words for one in version.parts}["goals"] for version in (first, second)]
    assert goals == [WORDS["goals"], "A home of our own"]
    assert [one.done_on for one in first.actions] == [None]
    assert [one.done_on for one in second.actions] == [TODAY()]
    entry = Entry.objects.get(summary="Plan revised")
    assert (entry.words, entry.follows_id) == ("College starts next year", plan.pk)
    assert queries.versions(cast.other_worker, plan) == []


def test_a_small_correction_is_not_told_in_the_story(cast: Cast) -> None:
    actions.revise(by=cast.social_worker, plan=begun(cast), version=1, words={"goals": "A home"})
    assert Entry.objects.count() == 1


def test_a_change_over_someone_elses_shows_both(cast: Cast) -> None:
    plan = begun(cast)
    actions.revise(by=cast.team_manager, plan=plan, version=1, words={"goals": "Hers"})
    with pytest.raises(EditConflict) as conflict:
        actions.revise(by=cast.social_worker, plan=plan, version=1, words={"goals": "Mine"})
    assert conflict.value.theirs == {"goals": "Hers", "version": 2}
    with pytest.raises(Refused, match="without it there is no plan"):
        actions.revise(by=cast.social_worker, plan=plan, version=2, words={"needs_to_change": ""})
    with pytest.raises(Refused, match="what kind"):
        actions.revise(by=cast.social_worker, plan=plan, version=2, words={}, kind="wish")


def test_actions_are_due_until_they_are_done(cast: Cast) -> None:
    plan = begun(cast)
    soon = actions.add_action(
        by=cast.social_worker, plan=plan, what="Visit the school", who="Ruth", by_when=TODAY() + timedelta(days=3)
    )
    actions.add_action(by=cast.social_worker, plan=plan, what="Ring", who="Nan")
    due = queries.due_actions(cast.social_worker, [cast.ada.pk], TODAY() + timedelta(days=7))
    assert list(due) == [soon]
    assert not queries.due_actions(cast.other_worker, [cast.ada.pk], TODAY() + timedelta(days=7)).exists()
    actions.complete_action(by=cast.social_worker, action=soon, done_on=TODAY())
    assert not due.all().exists()
    for wrong in (TODAY() + timedelta(days=1), plan.started_on - timedelta(days=1)):
        with pytest.raises(Refused) as refused:
            actions.complete_action(by=cast.social_worker, action=soon, done_on=wrong)
        assert set(refused.value.messages) == {"done_on"}


def test_an_action_names_what_and_who_and_a_day_within_the_plan(cast: Cast) -> None:
    plan = begun(cast)
    with pytest.raises(Refused) as refused:
        actions.add_action(by=cast.social_worker, plan=plan, what=" ", who="", by_when=date(2001, 1, 1))
    assert set(refused.value.messages) == {"what", "who", "by_when"}


def test_what_is_not_written_yet_is_listed_and_stops_nobody(cast: Cast) -> None:
    plan = begun(cast, words={"needs_to_change": "Sleep"})
    assert queries.to_be_written(plan) == [
        "When it will be safe enough",
        "What is strong in this family",
        "What the family already does",
        "The family's ideas for safety",
        "What the family wants to reach",
        "Who will do what by when",
    ]


def test_a_review_ends_the_date_that_was_due_and_agrees_the_next(cast: Cast) -> None:
    plan = begun(cast, review_on=TODAY() - timedelta(days=1), agreed_with="Grace")
    review = actions.review(
        by=cast.social_worker,
        plan=plan,
        held_on=TODAY(),
        outcome="changes",
        words="Quieter nights",
        said="I am not afraid now",
        family_view="It helps",
        next_on=TODAY() + timedelta(days=60),
        agreed_with="Grace and Ada",
        review_reason="After the holidays",
    )
    ended, running = sorted(clocks.of_entry(cast.social_worker, plan.pk), key=lambda one: one.pk)
    assert ended.stopped_on == TODAY()
    assert running.due_on == TODAY() + timedelta(days=60)
    entry = Entry.objects.get(pk=review.pk)
    assert entry.summary == "Review: the plan goes on, and changes"
    assert entry.subjects.get().said == "I am not afraid now"
    with pytest.raises(Refused) as refused:
        actions.review(
            by=cast.social_worker,
            plan=plan,
            held_on=date(2001, 1, 1),
            outcome="",
            words="",
            next_on=date(2000, 1, 1),
        )
    assert set(refused.value.messages) == {"held_on", "outcome", "words", "next_on", "agreed_with"}


def test_progress_and_supervision_are_noted(cast: Cast) -> None:
    plan = begun(cast)
    actions.note_progress(by=cast.social_worker, plan=plan, happened_on=TODAY(), words="", said="I slept")
    actions.discuss(by=cast.team_manager, plan=plan, discussed_on=TODAY(), with_whom="Maya Clarke", follows="See Nan")
    read = queries.current(cast.social_worker, cast.ada.pk)
    assert read is not None
    assert [note.entry.summary for note in read.progress.all()] == ["Progress with the plan"]
    assert [one.follows for one in read.discussions.all()] == ["See Nan"]
    with pytest.raises(Refused, match="what has changed, or what the child says"):
        actions.note_progress(by=cast.social_worker, plan=plan, happened_on=TODAY(), words=" ")
    with pytest.raises(Refused) as refused:
        actions.discuss(by=cast.social_worker, plan=plan, discussed_on=TODAY() + timedelta(days=1), with_whom=" ")
    assert set(refused.value.messages) == {"discussed_on", "with_whom"}


def test_a_plan_closes_only_with_the_answer_to_what_is_safe_enough(cast: Cast) -> None:
    plan = begun(cast, review_on=TODAY() + timedelta(days=9), agreed_with="Grace")
    for on, how_safe, field in (
        (TODAY(), " ", "how_safe"),
        (TODAY() + timedelta(days=1), "Quiet", "on"),
        (plan.started_on - timedelta(days=1), "Quiet", "on"),
    ):
        with pytest.raises(Refused) as refused:
            actions.close(by=cast.social_worker, plan=plan, on=on, how_safe=how_safe)
        assert set(refused.value.messages) == {field}
    closed = actions.close(by=cast.social_worker, plan=plan, on=TODAY(), how_safe="Three quiet months; Ada says so")
    assert queries.current(cast.social_worker, cast.ada.pk) is None
    assert Entry.objects.get(kind="closure").reason == "Three quiet months; Ada says so"
    assert not clocks.running(cast.social_worker, [cast.ada.pk]).exists()
    for late in (
        lambda: actions.add_action(by=cast.social_worker, plan=closed, what="x", who="y"),
        lambda: actions.revise(by=cast.social_worker, plan=closed, version=closed.version, words={}),
        lambda: actions.close(by=cast.social_worker, plan=closed, on=TODAY(), how_safe="again"),
    ):
        with pytest.raises(Refused, match="This plan was closed on"):
            late()


def test_nobody_else_begins_changes_or_reads_a_plan(cast: Cast) -> None:
    plan = begun(cast)
    for stranger in (cast.other_worker, cast.outsider):
        for act in (
            lambda by=stranger: actions.begin(by=by, person=cast.ben, kind="care", started_on=TODAY(), words=WORDS),
            lambda by=stranger: actions.revise(by=by, plan=plan, version=1, words={}),
            lambda by=stranger: actions.close(by=by, plan=plan, on=TODAY(), how_safe="x"),
        ):
            with pytest.raises(NotFound):
                act()
        assert queries.current(stranger, cast.ada.pk) is None
    with pytest.raises(PermissionDenied):
        actions.revise(by=cast.auditor, plan=plan, version=1, words={})
