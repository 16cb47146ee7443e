"""The pages of visits: recorded in few taps, read by those who may, answered where a child was not seen."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast
from tests.core.documents.test_keeping import folder as folder
from tests.core.documents.test_keeping import png
from throughline.core import drafts
from throughline.core.audit.models import Event
from throughline.core.documents.models import Document
from throughline.record.journey.actions import Part
from throughline.record.journey.models import EntrySubject
from throughline.record.visits import actions
from throughline.record.visits.models import Visit


def answers(cast: Cast, **more: object) -> dict[str, object]:
    """The least that a visit needs: an answer for each child; the day and the place are filled in already."""
    return {
        "happened_on": f"{timezone.localdate():%d/%m/%Y}",
        "where": "home",
        f"seen-{cast.ada.pk}": "alone",
        f"seen-{cast.ben.pk}": "not_seen",
        f"why_not_seen-{cast.ben.pk}": "said to be at football",
        f"seen-{cast.unborn.pk}": "unborn",
        **more,
    }


def address(cast: Cast) -> str:
    return reverse("visits:record", args=[cast.ada.pk])


def test_a_visit_is_recorded_by_answering_for_each_child(client: Client, cast: Cast) -> None:
    client.force_login(cast.social_worker)
    page = client.get(address(cast)).content.decode()
    assert all(name in page for name in ("Ada Okafor", "Ben Okafor", "Baby Okafor", "Not born yet"))
    assert 'value="home" checked' in page.replace('id="id_where_0" ', "")
    said = {f"said-{cast.ada.pk}": "I like my room", "words": "A calm visit", "others": [str(cast.mother.pk)]}
    saved = client.post(address(cast), answers(cast, **said))
    assert saved.headers["Location"] == reverse("journey:child", args=[cast.ada.pk])
    parts = {part.person_id: part for part in EntrySubject.objects.filter(entry=Visit.objects.get().pk)}
    assert (parts[cast.ada.pk].seen_alone, parts[cast.ada.pk].said) == (True, "I like my room")
    assert (parts[cast.ben.pk].seen, parts[cast.ben.pk].why_not_seen) == (False, "said to be at football")
    assert parts[cast.unborn.pk].seen is None
    assert parts[cast.mother.pk].seen is True


def test_a_child_without_an_answer_is_asked_for_by_name_and_the_draft_keeps_the_words(
    client: Client, cast: Cast
) -> None:
    client.force_login(cast.social_worker)
    given = answers(cast, words="I wrote this on the bus")
    del given[f"seen-{cast.ben.pk}"]
    page = client.post(address(cast), given)
    assert "Say whether Ben Okafor was seen." in page.content.decode()
    assert not Visit.objects.exists()
    assert drafts.mine(cast.social_worker).count() == 1
    assert "I wrote this on the bus" in client.get(address(cast)).content.decode()
    assert client.post(address(cast), answers(cast)).status_code == 302
    assert not drafts.mine(cast.social_worker).exists()


def test_a_planned_visit_is_refused_in_words_and_kept_as_a_draft(client: Client, cast: Cast) -> None:
    client.force_login(cast.social_worker)
    later = timezone.localdate() + timedelta(days=3)
    page = client.post(address(cast), answers(cast, happened_on=f"{later:%d/%m/%Y}")).content.decode()
    assert "has not come yet. Record the visit once you have made it" in page
    assert not Visit.objects.exists()
    assert drafts.mine(cast.social_worker).count() == 1


def test_a_child_who_lives_elsewhere_can_be_left_out_but_not_everyone(client: Client, cast: Cast) -> None:
    client.force_login(cast.social_worker)
    apart = {f"seen-{one.pk}": "apart" for one in (cast.ada, cast.ben, cast.unborn)}
    page = client.post(address(cast), answers(cast, **apart)).content.decode()
    assert "choose at least one person" in page
    apart[f"seen-{cast.ada.pk}"] = "seen"
    assert client.post(address(cast), answers(cast, **apart)).status_code == 302
    assert EntrySubject.objects.get(entry=Visit.objects.get().pk).person_id == cast.ada.pk


def test_s20_drawings_of_a_visit_stand_in_the_childs_houses(client: Client, cast: Cast) -> None:
    client.force_login(cast.social_worker)
    drawings = [SimpleUploadedFile("a.png", png(1)), SimpleUploadedFile("b.png", png(2))]
    given = answers(cast)
    given |= {
        f"files-{cast.ada.pk}": drawings,
        f"house-{cast.ada.pk}": "worries",
        f"shows-{cast.ada.pk}": "The stairs at night",
    }
    assert client.post(address(cast), given).status_code == 302
    visit = Visit.objects.get()
    assert Document.objects.filter(person=cast.ada, entry=visit.pk, house="worries").count() == 2
    page = client.get(reverse("documents:all", args=[cast.ada.pk])).content.decode()
    assert page.count('alt="The stairs at night"') == 2
    read = client.get(reverse("visits:read", args=[visit.pk])).content.decode()
    assert read.count('alt="The stairs at night"') == 2


def test_a_file_that_cannot_be_kept_stops_nothing_else_from_being_kept(client: Client, cast: Cast) -> None:
    client.force_login(cast.social_worker)
    bad = SimpleUploadedFile("drawing.png", b"MZ\x90\x00" + bytes(200))
    page = client.post(address(cast), answers(cast, words="My words", **{f"files-{cast.ada.pk}": bad}))
    text = page.content.decode()
    assert "drawing.png is a file of the kind “exe”, whatever its name says" in text
    assert "My words" in text
    assert not Visit.objects.exists()
    assert not Document.objects.exists()


@pytest.fixture
def visit(cast: Cast) -> Visit:
    """A visit at which Ben was not seen."""
    return actions.record_visit(
        by=cast.social_worker,
        family=cast.family,
        parts=[
            Part(cast.ada, seen=True, said="Hello <b>"),
            Part(cast.ben, seen=False, why_not_seen="said to be asleep"),
        ],
        happened_on=timezone.localdate(),
        where="home",
        words="A short visit",
        what_changed="There is a bed",
    )


def test_s1_the_child_who_was_not_seen_is_asked_after_on_their_own_page_until_answered(
    client: Client, cast: Cast, visit: Visit
) -> None:
    client.force_login(cast.social_worker)
    bens = reverse("journey:child", args=[cast.ben.pk])
    answer = reverse("visits:answer", args=[cast.ben.pk])
    assert "Ben Okafor was not seen at the last visit" in client.get(bens).content.decode()
    asked = client.get(answer).content.decode()
    assert "said to be asleep" in asked
    assert client.post(answer, {"words": ""}).status_code == 200
    assert client.post(answer, {"words": "I will see him at school"}).status_code == 302
    assert "Answered on" in client.get(bens).content.decode()
    assert "I will see him at school" in client.get(answer).content.decode()
    adas = client.get(reverse("journey:child", args=[cast.ada.pk])).content.decode()
    assert "was not seen" not in adas.split("Seen</h2>")[1].split("</section>")[0]


def test_a_visit_reads_child_by_child_and_each_look_is_logged(
    client: Client, cast: Cast, visit: Visit, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(cast.social_worker)
    with django_assert_max_num_queries(25):
        page = client.get(reverse("visits:read", args=[visit.pk])).content.decode()
    for words in ("Hello &lt;b&gt;", "Not seen: said to be asleep", "A short visit", "There is a bed"):
        assert words in page
    looked = Event.objects.filter(verb="access.viewed", data__page="a visit").values_list("person_id", flat=True)
    assert set(looked) == {cast.ada.pk, cast.ben.pk}


def test_an_outsider_and_another_teams_worker_get_what_a_missing_visit_gets(
    client: Client, cast: Cast, visit: Visit
) -> None:
    addresses = [address(cast), reverse("visits:answer", args=[cast.ben.pk]), reverse("visits:read", args=[visit.pk])]
    for stranger in (cast.other_worker, cast.outsider):
        client.force_login(stranger)
        nothing = client.get(reverse("visits:read", args=[visit.pk + 999]))
        for one in addresses:
            answer = client.get(one)
            assert (answer.status_code, len(answer.content)) == (404, len(nothing.content)), one
            assert client.post(one, answers(cast)).status_code in (404, 405)
    assert Visit.objects.count() == 1


def test_the_form_and_its_saving_take_few_queries(
    client: Client, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(cast.social_worker)
    with django_assert_max_num_queries(14):
        client.get(address(cast))
    with django_assert_max_num_queries(30):
        assert client.post(address(cast), answers(cast)).status_code == 302
