"""The pages: who sees them, how many questions they ask the database, and what happens to what is sent."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.cast import Cast
from tests.record.assessment.conftest import Write
from throughline.core.access.models import Restriction
from throughline.core.audit.models import Event
from throughline.core.clocks.models import TimeFrame
from throughline.record.assessment import actions
from throughline.record.assessment.models import Addendum, Answer, Assessment, Consent, Quotation, Status
from throughline.record.journey import recording
from throughline.record.journey.actions import Part
from throughline.record.journey.models import EntrySubject


@pytest.fixture
def worker(cast: Cast, client: Client) -> Client:
    """The social worker's browser."""
    client.force_login(cast.social_worker, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def manager(cast: Cast) -> Client:
    """The team manager's browser."""
    made = Client()
    made.force_login(cast.team_manager, backend="django.contrib.auth.backends.ModelBackend")
    return made


def page(name: str, *args: object) -> str:
    return reverse(f"assessment:{name}", args=args)


def every_page(cast: Cast, assessment: Assessment) -> list[str]:
    pk, child = assessment.pk, cast.ada.pk
    return [
        page("begin", child),
        page("story", child),
        page("story_pdf", child),
        page("write", pk),
        page("section", pk, "reason", 0),
        page("section", pk, "story", child),
        page("quote", pk, "reason", 0),
        page("voice", pk, child),
        page("question", pk),
        page("frame", pk),
        page("review", pk),
        page("continue", pk),
        page("include", pk),
        page("sign", pk),
        page("return", pk),
        page("add", pk),
        page("sharing", pk),
        page("allow", pk),
        page("give", pk),
        page("discuss", pk),
        page("read", pk),
        page("family_copy", pk),
        page("family_copy_pdf", pk),
        page("child_copy", pk, child),
        page("child_copy_pdf", pk, child),
    ]


def without_token(answer: Any) -> str:
    return re.sub(r'(name="csrfmiddlewaretoken" value=")[^"]+', r"\1", answer.content.decode())


@pytest.mark.parametrize("who", ["other_worker", "outsider", "parent", "young_person", "partner", "administrator"])
def test_from_outside_every_page_is_as_if_it_were_not_there(
    cast: Cast, assessment: Assessment, client: Client, who: str
) -> None:
    client.force_login(getattr(cast, who), backend="django.contrib.auth.backends.ModelBackend")
    missing = client.get(page("read", 999_999))

    for address in every_page(cast, assessment):
        answer = client.get(address)
        assert answer.status_code == 404, address
        assert without_token(answer) == without_token(missing), address


def test_to_the_worker_every_page_opens(cast: Cast, assessment: Assessment, worker: Client) -> None:
    for address in every_page(cast, assessment):
        assert worker.get(address).status_code == 200, address


@pytest.mark.parametrize("name", ["move", "fit", "unquote"])
def test_what_changes_something_is_not_done_by_looking(
    cast: Cast, assessment: Assessment, worker: Client, name: str
) -> None:
    args = {"fit": (assessment.pk, cast.ada.pk)}.get(name, (assessment.pk,))

    assert worker.get(page(name, *args)).status_code == 405


@pytest.mark.parametrize("who", ["other_worker", "outsider"])
def test_from_outside_nothing_can_be_sent(cast: Cast, assessment: Assessment, client: Client, who: str) -> None:
    client.force_login(getattr(cast, who), backend="django.contrib.auth.backends.ModelBackend")

    for name, args in (("section", ("reason", 0)), ("fit", (cast.ada.pk,)), ("move", ()), ("sign", ())):
        sent = client.post(page(name, assessment.pk, *args), {"words": "x", "version": 0})
        assert sent.status_code == 404
    assert not Answer.objects.exists()


def test_who_reads_only_is_led_to_the_reading_page(cast: Cast, assessment: Assessment, client: Client) -> None:
    client.force_login(cast.auditor, backend="django.contrib.auth.backends.ModelBackend")

    assert client.get(page("write", assessment.pk)).headers["Location"] == page("read", assessment.pk)
    assert client.get(page("read", assessment.pk)).status_code == 200


def test_each_look_is_written_down_for_each_child(cast: Cast, assessment: Assessment, worker: Client) -> None:
    worker.get(page("read", assessment.pk))

    looked = Event.objects.filter(verb="access.viewed").values_list("person_id", flat=True)
    assert set(looked) == {cast.ada.pk, cast.ben.pk}


@pytest.mark.parametrize(
    ("name", "most"), [("write", 40), ("read", 40), ("family_copy", 40), ("sharing", 40), ("sign", 40)]
)
def test_a_page_asks_the_database_a_bounded_number_of_questions(
    cast: Cast,
    assessment: Assessment,
    essentials: None,
    worker: Client,
    django_assert_max_num_queries: Any,
    name: str,
    most: int,
) -> None:
    with django_assert_max_num_queries(most):
        assert worker.get(page(name, assessment.pk)).status_code == 200


def test_more_children_and_more_words_ask_no_more_questions(
    cast: Cast, assessment: Assessment, worker: Client, write: Write, django_assert_max_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as before:
        worker.get(page("write", assessment.pk))
    for section in ("reason", "analysis", "harm", "change", "theory"):
        write(section, "Some words")
        actions.record_voice(by=cast.social_worker, assessment=assessment, child=cast.ada, said=section)
    with django_assert_max_num_queries(len(before)):
        worker.get(page("write", assessment.pk))


def test_the_story_asks_no_more_when_there_is_more_of_it(
    cast: Cast, worker: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        recording.record(
            by=cast.social_worker,
            kind="note",
            happened_on=timezone.localdate(),
            parts=[Part(cast.ada, words=f"Part {number}"), Part(cast.ben)],
            words="Shared",
        )
    with django_assert_max_num_queries(25):
        worker.get(page("story", cast.ada.pk))


def test_it_is_begun_from_the_childs_page(cast: Cast, worker: Client) -> None:
    today = timezone.localdate()
    sent = worker.post(
        page("begin", cast.ada.pk),
        {
            "children": [cast.ada.pk, cast.unborn.pk],
            "model": "understanding-families",
            "stage": "statutory",
            "started_on_0": today.day,
            "started_on_1": today.month,
            "started_on_2": today.year,
        },
    )

    made = Assessment.objects.get()
    assert sent.headers["Location"] == page("write", made.pk)
    assert set(made.entry.subjects.values_list("person_id", flat=True)) == {cast.ada.pk, cast.unborn.pk}


def test_early_help_without_agreement_is_asked_for_on_the_page(cast: Cast, worker: Client) -> None:
    sent = worker.post(
        page("begin", cast.ada.pk),
        {"children": [cast.ada.pk], "model": "proportionate", "stage": "early_help", "started_on": "1 June 2026"},
    )

    assert sent.status_code == 200
    assert "say who of the family agreed" in sent.content.decode()


def save(client: Client, address: str, **sent: object) -> Any:
    return client.post(address, sent, headers={"X-Requested-With": "fetch"})


def test_a_section_is_saved_as_one_types(assessment: Assessment, worker: Client) -> None:
    address = page("section", assessment.pk, "reason", 0)
    first = save(worker, address, version=0, words="A worry").json()
    second = save(worker, address, version=first["version"], words="A worry at night").json()

    assert second["version"] == 2
    assert Answer.objects.get().words == "A worry at night"


def test_a_conflict_is_told_and_both_versions_are_shown(
    cast: Cast, assessment: Assessment, worker: Client, write: Write
) -> None:
    write("reason", "As it stood")
    actions.write_section(
        by=cast.team_manager, assessment=assessment, section="reason", version=1, words="The manager's"
    )
    address = page("section", assessment.pk, "reason", 0)

    assert save(worker, address, version=1, words="The worker's").status_code == 409
    shown = worker.post(address, {"version": 1, "words": "The worker's"})
    assert shown.status_code == 409
    assert "The manager&#x27;s" in shown.content.decode()
    assert "The worker&#x27;s" in shown.content.decode()
    assert Answer.objects.get().words == "The manager's"


def test_too_many_words_are_answered_in_a_sentence_and_lose_nothing(assessment: Assessment, worker: Client) -> None:
    answer = save(worker, page("section", assessment.pk, "reason", 0), version=0, words="x" * 200_001)

    assert answer.status_code == 422
    assert "200,001 characters" in answer.json()["message"]


@pytest.mark.parametrize("version", ["", "-1", "x", "99999999999999999999"])
def test_a_version_that_makes_no_sense_is_refused(assessment: Assessment, worker: Client, version: str) -> None:
    assert save(worker, page("section", assessment.pk, "reason", 0), version=version, words="x").status_code in (
        409,
        422,
    )
    assert not Answer.objects.exists()


def test_a_table_is_saved_row_by_row(assessment: Assessment, worker: Client) -> None:
    answer = save(
        worker,
        page("section", assessment.pk, "timeline", 0),
        **{
            "version": 0,
            "cell-0-when": "spring 2019",
            "cell-0-event": "They moved",
            "cell-7-when": "",
            "cell-7-event": "School began",
        },
    )

    assert answer.status_code == 200
    assert Answer.objects.get().rows == [
        {"when": "spring 2019", "event": "They moved"},
        {"when": "", "event": "School began"},
    ]


@pytest.mark.parametrize("section", ["voice", "household", "nothing", "reason"])
def test_what_is_not_written_there_is_not_a_page(
    cast: Cast, assessment: Assessment, worker: Client, section: str
) -> None:
    assert worker.get(page("section", assessment.pk, section, cast.ada.pk)).status_code == 404


def test_earlier_words_are_offered_and_quoted(cast: Cast, assessment: Assessment, worker: Client) -> None:
    entry = recording.record(
        by=cast.social_worker,
        kind="note",
        happened_on=timezone.localdate(),
        parts=[Part(cast.ada, words="Ada's own")],
        words="She said that mornings are hard.",
    )
    address = page("quote", assessment.pk, "reason", 0)
    shown = worker.get(address).content.decode()
    assert "mornings are hard" in shown
    assert worker.get(address, {"q": "evenings"}).content.decode().count("<article") == 0

    sent = worker.post(address, {"entry": entry.pk, "which": "words", "whose": 0, "words": "mornings are hard"})
    assert sent.headers["Location"].endswith("#reason")
    assert Quotation.objects.get().words == "mornings are hard"
    worker.post(page("unquote", Quotation.objects.get().pk))
    assert Quotation.objects.get().withdrawn_at


def test_words_changed_while_quoting_are_refused_on_the_page(
    cast: Cast, assessment: Assessment, worker: Client
) -> None:
    entry = recording.record(
        by=cast.social_worker, kind="note", happened_on=timezone.localdate(), parts=[Part(cast.ada)], words="As it was"
    )
    sent = worker.post(
        page("quote", assessment.pk, "reason", 0), {"entry": entry.pk, "which": "words", "whose": 0, "words": "Not so"}
    )

    assert sent.status_code == 422
    assert "do not stand there" in sent.content.decode()


def test_a_brothers_words_are_not_offered_for_a_childs_own_part(
    cast: Cast, assessment: Assessment, worker: Client
) -> None:
    recording.record(
        by=cast.social_worker,
        kind="note",
        happened_on=timezone.localdate(),
        parts=[Part(cast.ada, words="ADAS-OWN"), Part(cast.ben, words="BENS-OWN")],
        words="Shared",
    )
    shown = worker.get(page("quote", assessment.pk, "story", cast.ada.pk)).content.decode()

    assert "ADAS-OWN" in shown
    assert "BENS-OWN" not in shown


def test_what_a_child_said_goes_into_their_record(cast: Cast, assessment: Assessment, worker: Client) -> None:
    worker.post(
        page("voice", assessment.pk, cast.ada.pk),
        {"said": "I like the choir", "how": "talking", "on": timezone.localdate().isoformat(), "words": ""},
    )

    assert EntrySubject.objects.get(said="I like the choir").person == cast.ada
    assert "I like the choir" in worker.get(page("write", assessment.pk)).content.decode()


def test_a_time_frame_is_agreed_then_moved_and_reviewed(cast: Cast, assessment: Assessment, worker: Client) -> None:
    today = timezone.localdate()
    for days in (20, 30):
        due = today + timedelta(days=days)
        sent = worker.post(
            page("frame", assessment.pk), {"due_on": due.isoformat(), "reason": "Two visits", "agreed_with": "Grace"}
        )
        assert sent.status_code == 302
    worker.post(
        page("review", assessment.pk), {"held_on": today.isoformat(), "outcome": "It stands", "quality": "Good so far"}
    )

    frame = TimeFrame.objects.get(person=cast.ada, basis="agreed")
    assert frame.due_on == today + timedelta(days=30)
    assert [move.due_before for move in frame.moves.all()] == [today + timedelta(days=20)]
    assert frame.reviews.get().outcome == "It stands"
    shown = worker.get(page("read", assessment.pk)).content.decode()
    assert "Reviewed on" in shown
    assert "Moved from" in shown


def test_section_47_and_the_conference_are_flagged_in_words(assessment: Assessment, worker: Client) -> None:
    address = page("write", assessment.pk)
    assert "initial child protection conference within 15 working days" not in worker.get(address).content.decode()
    save(worker, page("section", assessment.pk, "section_47", 0), version=0, words="yes")
    assert "conference" in worker.get(address).content.decode()
    save(worker, page("section", assessment.pk, "conference", 0), version=0, words="yes")
    shown = worker.get(address).content.decode()

    assert "Part of a section 47 enquiry" in shown
    assert "It goes to an initial child protection conference" in shown


def test_the_margin_names_what_is_thin_and_what_is_needed_to_sign(assessment: Assessment, worker: Client) -> None:
    shown = worker.get(page("write", assessment.pk)).content.decode()

    assert "still thin" in shown
    assert "needed to sign" in shown


def test_a_record_is_signed_given_back_and_signed_off_on_the_pages(
    cast: Cast, assessment: Assessment, essentials: None, worker: Client, manager: Client
) -> None:
    pk, today = assessment.pk, timezone.localdate()
    worker.post(page("sign", pk), {"comments": "Ready"})
    assert worker.get(page("sign", pk)).status_code == 403
    manager.post(page("return", pk), {"comments": "See Ben alone"})
    assert "See Ben alone" in worker.get(page("write", pk)).content.decode()
    worker.post(page("sign", pk), {"comments": "Seen"})
    refused = manager.post(page("sign", pk), {"comments": "Good"})
    assert "Say first whether it was talked through with Ada" in refused.content.decode()
    for person in (cast.ada.pk, cast.ben.pk, 0):
        sent = worker.post(page("discuss", pk), {"person": person, "discussed": "yes", "on": today.isoformat()})
        assert sent.status_code == 302
    manager.post(page("sign", pk), {"comments": "Good"})

    assessment.refresh_from_db()
    assert assessment.status == Status.SIGNED_OFF
    assert worker.get(page("write", pk)).status_code == 302
    assert save(worker, page("section", pk, "reason", 0), version=1, words="Changed").status_code == 422
    worker.post(
        page("add", pk), {"place": f"story {cast.ada.pk}", "words": "Her school is St Anne's", "asked_by": "Ada"}
    )
    assert Addendum.objects.get().person == cast.ada
    assert "Her school is St Anne" in worker.get(page("read", pk)).content.decode()


def test_what_the_family_says_about_sharing_is_kept_to_on_the_page(
    cast: Cast, assessment: Assessment, worker: Client
) -> None:
    pk, today = assessment.pk, timezone.localdate().isoformat()
    for agency, answer in (("Health", "yes"), ("Housing", "no")):
        worker.post(page("allow", pk), {"agency": agency, "permitted": answer, "given_by": "Grace", "given_on": today})
    given = {"copy": "whole", "to": "A colleague", "given_on": today}

    assert worker.post(page("give", pk), {**given, "agency": "health"}).status_code == 302
    refused = worker.post(page("give", pk), {**given, "agency": "housing"})
    assert "did not agree" in refused.content.decode()
    shown = worker.get(page("sharing", pk)).content.decode()
    assert "May be shared" in shown
    assert "Not to be shared" in shown
    health = Consent.objects.get(agency="Health")
    assert worker.post(page("withdraw", pk, health.pk)).status_code == 302
    assert worker.post(page("give", pk), {**given, "agency": "health"}).status_code == 200


def test_a_restricted_childs_part_is_counted_and_not_shown(
    cast: Cast, assessment: Assessment, essentials: None, worker: Client
) -> None:
    Restriction.objects.create(person=cast.ben, reason="Adoption", made_by=cast.team_manager)

    for name in ("write", "read", "family_copy", "sharing"):
        shown = worker.get(page(name, assessment.pk)).content.decode()
        assert "What is Ben" not in shown
        assert "Ben Okafor" not in shown, name
    assert "Also about 1 child whose part is" in worker.get(page("read", assessment.pk)).content.decode()
    assert worker.get(page("child_copy", assessment.pk, cast.ben.pk)).status_code == 404


def test_names_of_files_and_drafts_hold_no_ones_name(cast: Cast, assessment: Assessment, worker: Client) -> None:
    from throughline.core import drafts

    made = worker.get(page("child_copy_pdf", assessment.pk, cast.ada.pk))
    assert "Ada" not in made.headers["Content-Disposition"]
    assert made.content.startswith(b"%PDF")
    worker.post(page("voice", assessment.pk, cast.ada.pk), {"said": "", "on": "1 June 2026"})
    assert [draft.title for draft in drafts.mine(cast.social_worker)] == ["What a child said"]


def test_words_that_look_like_a_page_are_shown_as_words(
    cast: Cast, assessment: Assessment, write: Write, worker: Client
) -> None:
    write("reason", "<script>alert(1)</script>")
    write("story", '"><img src=x onerror=alert(1)>', cast.ada)

    for name in ("write", "read", "family_copy"):
        shown = worker.get(page(name, assessment.pk)).content.decode()
        assert "<script>alert" not in shown
        assert "<img src=x" not in shown


def test_the_childs_page_has_the_record_beside_the_story(cast: Cast, assessment: Assessment, worker: Client) -> None:
    shown = worker.get(reverse("journey:child", args=[cast.ada.pk])).content.decode()

    assert page("write", assessment.pk) in shown
