"""S18: an adult who was the child asks for the story; staff give one coherent account, in the child's perspective."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.cast import Cast, person
from tests.core.printing.pdf_text import words_of
from throughline.core.access.models import Allocation
from throughline.core.audit.models import Event
from throughline.record.assessment import story
from throughline.record.families.models import Membership
from throughline.record.journey import recording
from throughline.record.journey.actions import Part, open_episode
from throughline.record.people.models import Person


@pytest.fixture
def grown(cast: Cast) -> Person:
    """Someone of twenty, who was worked with as a child beside Ada."""
    made = person("Mina", "Okafor", date(2006, 3, 10), sex="F")
    Membership.objects.create(family=cast.family, person=made, subject_child=True)
    Allocation.objects.create(person=made, worker=cast.social_worker, team=cast.team, started_on=date(2012, 1, 9))
    return made


def tell(cast: Cast, kind: str, on: date, *parts: Part, words: str = "", **more: str) -> int:
    entry = recording.record(
        by=cast.social_worker, kind=kind, happened_on=on, parts=list(parts), words=words, family=cast.family, **more
    )  # type: ignore[arg-type]
    return int(entry.pk)


def test_s18_the_child_reads_the_record_later(cast: Cast, grown: Person, client: Client) -> None:
    tell(
        cast, "decision", date(2014, 6, 2), Part(grown), words="The aunt and the school were asked.",
        decision="Mina stays with her aunt for the summer", reason="She asked for it, and it is safe there",
    )  # fmt: skip
    tell(cast, "child_said", date(2012, 2, 1), Part(grown, said="I want my own bed", said_how="drawing"))
    tell(
        cast, "direct_work", date(2013, 5, 4),
        Part(grown, words="You built a house of bricks.", seen=True, seen_alone=True),
        Part(cast.ada, words="ADASOWNPART", said="ADASWORDS"),
        words="An afternoon at the centre.",
    )  # fmt: skip
    open_episode(person=grown, kind="in_need", started_on=date(2012, 1, 9), by=cast.social_worker)
    client.force_login(cast.social_worker, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("assessment:story", args=[grown.pk])).content.decode()
    pdf = words_of(client.get(reverse("assessment:story_pdf", args=[grown.pk])).content)

    for text in (page, pdf):
        # One account, in order, by the age they were, addressed to them, with decisions and reasons.
        places = [text.index(one) for one in ("When you were 5", "When you were 7", "When you were 8")]
        assert places == sorted(places)
        for words in (
            "I want my own bed",
            "You were seen on your own.",
            "You built a house of bricks.",
            "An afternoon at the centre.",
            "Mina stays with her aunt for the summer",
            "She asked for it, and it is safe there",
            "Ruth Bell",
            "Child in need",
        ):
            assert words in text, words
        for anothers in ("ADASOWNPART", "ADASWORDS"):
            assert anothers not in text
    assert Event.objects.filter(verb="assessment.story_printed", person_id=grown.pk).exists()


def test_shared_words_that_name_a_sister_are_left_out_until_someone_has_read_them(cast: Cast, grown: Person) -> None:
    about_both = tell(cast, "note", date(2013, 5, 4), Part(grown), Part(cast.ada), words="Ada told us about the night.")
    about_one = tell(cast, "note", date(2013, 5, 5), Part(grown), words="Mina asked after Ada.")

    first = story.chapters(cast.social_worker, grown)
    assert {one.entry.pk: one.included for one in first} == {about_both: False, about_one: True}
    assert first[0].names == ["Ada"]
    text = story.document(cast.social_worker, grown, first).text()
    assert "about the night" not in text
    assert "asked after Ada" in text, "what is in their record alone is theirs"

    chosen = story.document(cast.social_worker, grown, story.chapters(cast.social_worker, grown, {about_both})).text()
    assert "about the night" in chosen


def test_words_that_were_put_in_by_default_can_be_left_out(cast: Cast, grown: Person, client: Client) -> None:
    tell(cast, "note", date(2013, 5, 4), Part(grown), Part(cast.ada), words="A quiet afternoon.")
    client.force_login(cast.social_worker, backend="django.contrib.auth.backends.ModelBackend")
    address = reverse("assessment:story", args=[grown.pk])

    def told(query: str) -> str:
        return client.get(f"{address}{query}").content.decode().split("<aside")[0].split("Before it is given")[0]

    assert "A quiet afternoon." in told("")
    assert "A quiet afternoon." not in told("?chosen=1")
    assert "A quiet afternoon." in told(f"?chosen=1&with={story.chapters(cast.social_worker, grown)[0].entry.pk}")
    assert "A quiet afternoon." not in told("?chosen=1&with=x&with=99999999999999999999999")


def test_an_entry_for_named_people_only_is_not_in_the_story_of_one_who_is_not_named(cast: Cast, grown: Person) -> None:
    recording.record(
        by=cast.team_manager,
        kind="note",
        happened_on=date(2013, 5, 4),
        parts=[Part(grown)],
        words="For named people",
        restricted=True,
    )

    assert story.chapters(cast.social_worker, grown) == []
    assert len(story.chapters(cast.team_manager, grown)) == 1


def test_before_birth_and_the_first_year_have_words_of_their_own(cast: Cast) -> None:
    today = timezone.localdate()
    baby = cast.unborn
    baby.date_of_birth = today - timedelta(days=10)
    baby.save()
    tell(cast, "note", today - timedelta(days=40), Part(baby), words="The midwife called.")
    tell(cast, "note", today, Part(baby), words="A visit after the birth.")
    text = story.document(cast.social_worker, baby, story.chapters(cast.social_worker, baby)).text()

    assert text.index("Before you were born") < text.index("Before your first birthday")


@pytest.mark.parametrize("who", ["other_worker", "outsider", "young_person"])
def test_the_story_is_given_by_those_who_work_with_the_child_only(
    cast: Cast, grown: Person, client: Client, who: str
) -> None:
    client.force_login(getattr(cast, who), backend="django.contrib.auth.backends.ModelBackend")

    for name in ("story", "story_pdf"):
        assert client.get(reverse(f"assessment:{name}", args=[grown.pk])).status_code == 404
