"""The pages for those who prepare returns, and what everyone else sees there: nothing."""

import re
import threading
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml import etree

from tests.cast import Cast
from tests.readings.returns import a_child, a_return, bring_in
from throughline.core.access.models import Restriction
from throughline.core.audit.models import Event
from throughline.readings import background
from throughline.readings.models import ImportRun, State
from throughline.record.people.models import Identifier, Person

pytestmark = pytest.mark.django_db
IMPORTS = "/returns/cin/"


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bring in within the request, so that a test sees the end of it."""
    monkeypatch.setattr(background, "start", background.work)


@pytest.fixture
def analyst(client: Client, cast: Cast) -> Client:
    client.force_login(cast.analyst)
    return client


def upload(client: Client, content: bytes, name: str = "return.xml") -> object:
    return client.post(IMPORTS, {"file": SimpleUploadedFile(name, content)}, follow=True)


def page(client: Client, address: str, **query: str) -> str:
    response = client.get(address, query)
    assert response.status_code == 200
    return str(response.content.decode())


@pytest.mark.usefixtures("at_once")
def test_an_analyst_brings_in_a_return_and_reads_what_became_of_it(analyst: Client) -> None:
    upload(analyst, a_return(a_child("A1", about="<Sex>1</Sex>"), a_child("A2"), a_child("")))
    run = ImportRun.objects.get()
    shown = page(analyst, reverse("readings:import", args=[run.pk]))
    assert "“1” is not a code of this item in any year." in shown
    assert "Set aside in full" in shown
    assert "a child without a number" in shown
    assert reverse("journey:child", args=[Identifier.objects.get(value="A1").person_id]) in shown
    assert "return.xml" in page(analyst, IMPORTS)


@pytest.mark.usefixtures("at_once")
def test_remarks_are_filtered_by_kind_and_by_child(analyst: Client) -> None:
    upload(analyst, a_return(a_child("A1", about="<Sex>1</Sex>"), a_child("A2", about="<Sex>2</Sex>"), a_child("")))
    address = reverse("readings:import", args=[ImportRun.objects.get().pk])
    aside = page(analyst, address, kind="aside")
    assert "no local number" in aside
    assert "“1” is not a code" not in aside
    one = page(analyst, address, child="A2")
    assert "“2” is not a code" in one
    assert "“1” is not a code" not in one
    assert "There is no remark like this." in page(analyst, address, child="nobody")


@pytest.mark.usefixtures("at_once")
def test_a_file_that_is_no_return_is_told_in_words_and_brings_in_nothing(analyst: Client) -> None:
    upload(analyst, b"not xml")
    shown = page(analyst, reverse("readings:import", args=[ImportRun.objects.get().pk]))
    assert "The file is not XML" in shown
    assert "Nothing was brought in." in shown


def test_without_a_file_the_form_asks_for_one(analyst: Client) -> None:
    response = analyst.post(IMPORTS)
    assert response.status_code == 422
    assert "Choose a file." in response.content.decode()
    assert not ImportRun.objects.exists()


@pytest.mark.parametrize("who", ["outsider", "social_worker", "other_worker", "partner", "parent", "administrator"])
def test_for_anyone_else_there_is_no_such_page_and_an_import_looks_like_a_missing_one(
    client: Client, cast: Cast, who: str
) -> None:
    run = bring_in(a_return(a_child("A1", about="<Sex>1</Sex>")))
    client.force_login(getattr(cast, who))
    answers = [
        client.get(IMPORTS),
        client.post(IMPORTS, {"file": SimpleUploadedFile("r.xml", a_return(a_child("B1")))}),
        client.get(reverse("readings:import", args=[run.pk])),
        client.get(reverse("readings:import", args=[run.pk + 1000])),
        client.get(reverse("readings:export"), {"year": 2026}),
        client.post(reverse("readings:download"), {"year": 2026}),
    ]
    assert {answer.status_code for answer in answers} == {404}
    there, missing = (re.sub(r'value="\w{64}"', "", answers[place].content.decode()) for place in (2, 3))
    assert there == missing
    assert not Person.objects.filter(identifiers__value="B1").exists()


def test_remarks_about_a_restricted_child_are_not_shown(analyst: Client, cast: Cast) -> None:
    run = bring_in(a_return(a_child("A1", about="<Sex>1</Sex>"), a_child("A2", about="<Sex>2</Sex>")))
    child = Identifier.objects.get(value="A2").person
    Restriction.objects.create(person=child, reason="A relative works here", made_by=cast.team_manager)
    shown = page(analyst, reverse("readings:import", args=[run.pk]))
    assert "A1" in shown
    assert "A2" not in shown


def test_an_analyst_sees_what_the_return_holds_and_downloads_it(analyst: Client) -> None:
    bring_in(a_return(a_child("A1", about="<Sex>1</Sex>"), a_child("A2")))
    ahead = page(analyst, reverse("readings:export"), year="2026")
    assert "2 children" in ahead
    assert "1 of ChildIdentifiers: Sex goes out as a return brought it" in ahead
    assert not Event.objects.filter(verb="readings.exported").exists()
    response = analyst.post(reverse("readings:download"), {"year": "2026"})
    assert response["Content-Disposition"] == 'attachment; filename="cin-2026.xml"'
    assert len(etree.fromstring(response.content).findall("Children/Child")) == 2
    assert Event.objects.filter(verb="readings.exported").count() == 1


def test_a_year_without_a_layout_is_refused_on_the_page(analyst: Client) -> None:
    assert analyst.get(reverse("readings:export"), {"year": "1999"}).status_code == 422
    assert analyst.post(reverse("readings:download"), {"year": "1999"}).status_code == 422


def test_an_import_that_died_with_its_server_says_so(analyst: Client, cast: Cast) -> None:
    run = ImportRun.objects.create(file_name="return.xml", state=State.RUNNING, children=9, done=3)
    shown = page(analyst, reverse("readings:import", args=[run.pk]))
    assert "bring the same file in again to complete it" in shown


def test_a_fault_of_ours_in_the_background_is_told_on_the_page(
    analyst: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**_: object) -> None:
        raise RuntimeError("a name that must not be told")

    monkeypatch.setattr(background, "import_cin", broken)
    run = ImportRun.objects.create(file_name="return.xml")
    background.work(run, b"")
    shown = page(analyst, reverse("readings:import", args=[run.pk]))
    assert "RuntimeError" in shown
    assert "a name that" not in shown


def test_the_pages_ask_the_database_little_however_many_remarks_there_are(
    analyst: Client, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    run = bring_in(a_return(*(a_child(f"A{n}", about="<Sex>1</Sex>") for n in range(70))))
    with django_assert_max_num_queries(12):  # type: ignore[attr-defined]
        page(analyst, reverse("readings:import", args=[run.pk]))
    with django_assert_max_num_queries(8):  # type: ignore[attr-defined]
        page(analyst, IMPORTS)


@pytest.mark.django_db(transaction=True)
def test_a_return_is_brought_in_beside_the_page_and_the_file_is_deleted(client: Client, cast: Cast) -> None:
    client.force_login(cast.analyst)
    upload(client, a_return(a_child("A1")))
    for thread in threading.enumerate():
        if thread.name.startswith("import-"):
            thread.join(timeout=60)
    run = ImportRun.objects.get()
    assert (run.state, run.added) == (State.FINISHED, 1)
    assert run.finished_at is not None
    assert run.finished_at <= timezone.now()
    assert list(background._folder().iterdir()) == []
