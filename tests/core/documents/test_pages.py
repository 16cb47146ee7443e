"""Documents through the door: never run, always logged, and nothing for strangers."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast
from tests.core.documents.test_keeping import folder as folder
from tests.core.documents.test_keeping import png, word
from throughline.core.audit.models import Event
from throughline.core.documents import actions
from throughline.core.documents.models import Document


@pytest.fixture
def drawing(cast: Cast) -> Document:
    """A drawing by Ada."""
    return actions.keep(
        by=cast.social_worker,
        person=cast.ada,
        title="Her house",
        upload=SimpleUploadedFile("Ada's house.png", png(1)),
        house="wishes",
        description="A red house",
    )


def test_a_drawing_is_sent_as_what_it_is_and_nothing_runs_it(client: Client, cast: Cast, drawing: Document) -> None:
    client.force_login(cast.social_worker)
    sent = client.get(reverse("documents:file", args=[drawing.pk]))
    assert b"".join(sent.streaming_content) == png(1)  # type: ignore[attr-defined]
    assert sent.headers["Content-Type"] == "image/png"
    assert sent.headers["X-Content-Type-Options"] == "nosniff"
    assert sent.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert sent.headers["Content-Disposition"] == f'inline; filename="document-{drawing.pk}-1.png"'
    assert "no-store" in sent.headers["Cache-Control"]
    look = Event.objects.latest("pk")
    assert (look.verb, look.person_id, look.data["page"]) == ("access.viewed", cast.ada.pk, "a document")


def test_what_a_browser_need_not_show_is_offered_for_saving(client: Client, cast: Cast) -> None:
    letter = actions.keep(
        by=cast.social_worker, person=cast.ada, title="Letter", upload=SimpleUploadedFile("l.docx", word())
    )
    client.force_login(cast.social_worker)
    sent = client.get(reverse("documents:file", args=[letter.pk]))
    assert sent.headers["Content-Disposition"].startswith("attachment;")


def test_a_document_is_added_versioned_and_described_on_its_pages(
    client: Client, cast: Cast, drawing: Document, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(cast.social_worker)
    newer = {"upload": SimpleUploadedFile("b.png", png(2)), "note": "In colour"}
    assert client.post(reverse("documents:add_version", args=[drawing.pk]), newer).status_code == 302
    described = {"title": "The house", "description": "Red, with a dog", "house": "good_things"}
    assert client.post(reverse("documents:describe", args=[drawing.pk]), described).status_code == 302
    added = {"upload": SimpleUploadedFile("note.txt", b"words"), "title": "A note"}
    assert client.post(reverse("documents:keep", args=[cast.ada.pk]), added).status_code == 302
    about = client.get(reverse("documents:about", args=[drawing.pk])).content.decode()
    assert all(words in about for words in ("The house", "Red, with a dog", "In colour", "came as b.png"))
    with django_assert_max_num_queries(20):
        everything = client.get(reverse("documents:all", args=[cast.ada.pk])).content.decode()
    assert "House of good things" in everything
    assert "A note" in everything
    earlier = client.get(reverse("documents:version", args=[drawing.pk, 1]))
    assert b"".join(earlier.streaming_content) == png(1)  # type: ignore[attr-defined]
    assert client.get(reverse("documents:version", args=[drawing.pk, 9])).status_code == 404


def test_a_form_without_file_or_with_a_bad_one_says_so(client: Client, cast: Cast) -> None:
    client.force_login(cast.social_worker)
    address = reverse("documents:keep", args=[cast.ada.pk])
    assert "Choose a file." in client.post(address, {"title": "My title"}).content.decode()
    svg = SimpleUploadedFile("x.png", b"<svg onload='alert(1)'/>")
    page = client.post(address, {"title": "My title", "upload": svg}).content.decode()
    assert "x.png is of a kind that is not known here" in page
    assert "My title" in page
    assert not Document.objects.exists()


def test_an_outsider_and_another_teams_worker_get_what_a_missing_document_gets(
    client: Client, cast: Cast, drawing: Document
) -> None:
    names = ("file", "about", "add_version", "describe")
    addresses = [reverse(f"documents:{name}", args=[drawing.pk]) for name in names]
    addresses += [reverse(f"documents:{name}", args=[cast.ada.pk]) for name in ("all", "keep")]
    addresses.append(reverse("documents:version", args=[drawing.pk, 1]))
    for stranger in (cast.other_worker, cast.outsider):
        client.force_login(stranger)
        nothing = client.get(reverse("documents:file", args=[drawing.pk + 999]))
        for address in addresses:
            answer = client.get(address)
            assert (answer.status_code, len(answer.content)) == (404, len(nothing.content)), address
            assert client.post(address, {"title": "x"}).status_code in (404, 405)
