"""The pages of time frames, and who may open them."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast
from throughline.core.audit.models import Event
from throughline.core.clocks import actions
from throughline.core.clocks.models import Move, TimeFrame

Frame = Callable[[], TimeFrame]


@pytest.fixture
def frame(cast: Cast) -> TimeFrame:
    """A frame that was agreed twelve days ago, moved once and reviewed once."""
    today = timezone.localdate()
    made = actions.start_agreed(
        by=cast.social_worker,
        person=cast.ada,
        label="Assessment",
        started_on=today - timedelta(days=12),
        due_on=today - timedelta(days=2),
        reason="Ada changes school",
        agreed_with="Grace and Maya",
    )
    actions.move(
        by=cast.social_worker, frame=made, due_on=today - timedelta(days=1), reason="Illness", told=["Grace <b>"]
    )
    actions.review(
        by=cast.team_manager, frame=made, held_on=today, outcome="It stands", quality="Thin on her father's side"
    )
    made.refresh_from_db()
    return made


def pages(frame: TimeFrame) -> list[str]:
    of_frame = [reverse(f"clocks:{name}", args=[frame.pk]) for name in ("frame", "move", "review", "explain")]
    told = reverse("clocks:tell", args=[Move.objects.get(frame=frame).pk])
    return [*of_frame, told, reverse("clocks:agree", args=[frame.person_id])]


def test_a_frame_shows_each_date_with_its_reason_and_who_was_told_and_logs_the_look(
    client: Client, cast: Cast, frame: TimeFrame, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(cast.social_worker)
    with django_assert_max_num_queries(20):
        page = client.get(pages(frame)[0]).content.decode()
    for words in (
        "Agreed on",
        "Ada changes school",
        "Illness",
        "Grace &lt;b&gt;",
        "It stands",
        "Thin on her father&#x27;s side",
        "Date passed 1 day ago, no explanation recorded",
        "Explain the delay",
    ):
        assert words in page
    look = Event.objects.filter(verb="access.viewed", person_id=cast.ada.pk).latest("pk")
    assert (look.data["page"], look.actor_id) == ("a time frame", cast.social_worker.pk)


def test_an_outsider_and_another_teams_worker_get_what_a_missing_frame_gets(
    client: Client, cast: Cast, frame: TimeFrame
) -> None:
    missing = reverse("clocks:frame", args=[frame.pk + 999])
    for stranger in (cast.other_worker, cast.outsider):
        client.force_login(stranger)
        nothing = client.get(missing)
        assert nothing.status_code == 404
        for address in pages(frame):
            answer = client.get(address)
            assert (answer.status_code, len(answer.content)) == (404, len(nothing.content)), address
            assert client.post(address, {}).status_code == 404


def test_who_may_read_but_not_record_reads_without_buttons(client: Client, cast: Cast, frame: TimeFrame) -> None:
    client.force_login(cast.auditor)
    page = client.get(pages(frame)[0])
    assert page.status_code == 200
    assert "Move the date" not in page.content.decode()
    assert client.get(pages(frame)[1]).status_code in (403, 404)


def day(field: str, when: object) -> dict[str, str]:
    return {field: f"{when:%d/%m/%Y}"}


def test_the_forms_move_tell_review_explain_and_agree(client: Client, cast: Cast, frame: TimeFrame) -> None:
    client.force_login(cast.social_worker)
    _, move, review, explain, tell, agree = pages(frame)
    today = timezone.localdate()
    later = today + timedelta(days=9)
    back = reverse("clocks:frame", args=[frame.pk])
    said = {"version": frame.version, "reason": "The clinic is full", "told": "Ada\n\nGrace, her mother"}
    assert client.post(move, {**said, **day("due_on", later)}).headers["Location"] == back
    latest = Move.objects.filter(frame=frame).latest("pk")
    assert (latest.due_after, latest.told) == (later, ["Ada", "Grace, her mother"])
    assert client.post(tell, {"told": "school"}).status_code == 302
    assert client.post(review, {"outcome": "It stands", **day("held_on", today)}).status_code == 302
    assert client.post(explain, {"explanation": "We were one short"}).status_code == 302
    new = {"label": "See the school", "reason": "Term ends", "agreed_with": "Grace", "due_at": "15:30"}
    assert client.post(agree, {**new, **day("due_on", later)}).status_code == 302
    frame.refresh_from_db()
    assert frame.explanation == "We were one short"
    assert TimeFrame.objects.filter(label="See the school", due_on=later).count() == 1


def test_a_refusal_keeps_every_word_and_says_what_to_do(client: Client, cast: Cast, frame: TimeFrame) -> None:
    client.force_login(cast.social_worker)
    move = pages(frame)[1]
    early = frame.started_on - timedelta(days=1)
    page = client.post(move, {"version": frame.version, "reason": "Because <i>", **day("due_on", early)})
    text = page.content.decode()
    assert "choose that day or later" in text
    assert "Because &lt;i&gt;" in text
    assert f'value="{early.year}"' in text or early.strftime("%d/%m/%Y") in text


def test_two_who_move_at_once_see_each_others_date(client: Client, cast: Cast, frame: TimeFrame) -> None:
    actions.move(by=cast.team_manager, frame=frame, due_on=frame.due_on + timedelta(days=30), reason="Half term")
    client.force_login(cast.social_worker)
    mine = {"version": frame.version, "reason": "Sooner", **day("due_on", timezone.localdate() + timedelta(days=1))}
    page = client.post(reverse("clocks:move", args=[frame.pk]), mine)
    assert page.status_code == 409
    assert Move.objects.filter(frame=frame).count() == 2
