"""A family's copy is warm and whole; one child's copy holds nothing of a sibling's that is not theirs."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import count

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import Cast
from tests.core.printing.pdf_text import strings_of, words_of
from tests.record.assessment.conftest import Write
from throughline.core.clocks import actions as clocks
from throughline.core.printing import to_pdf
from throughline.record.assessment import actions, copies, queries
from throughline.record.assessment.models import Answer, Assessment
from throughline.record.families.models import Involvement, Professional
from throughline.record.journey import recording
from throughline.record.journey.actions import Part
from throughline.record.people.models import Address, ContactDetail, Person, Residence

# Words that nobody would write by chance, so that finding one is a leak and nothing else.
MARK = st.text("BCDFGHJKLMNPQRSTVWXZ", min_size=8, max_size=12)


def fill(cast: Cast, assessment: Assessment, child: Person, marks: Iterator[str]) -> list[str]:
    """Write a mark of its own into every place that is one child's alone; return the marks."""
    worker, today, used = cast.social_worker, timezone.localdate(), []

    def mark() -> str:
        used.append(next(marks))
        return used[-1]

    model = queries.whole(worker, assessment).model
    for section in model.sections:
        if section.per != "child":
            continue
        if section.kind in ("words", "table"):
            found = Answer.objects.filter(assessment=assessment, section=section.code, person=child).first()
            rows = [{column.code: mark() for column in section.columns}] if section.kind == "table" else []
            actions.write_section(
                by=worker,
                assessment=assessment,
                section=section.code,
                person=child,
                version=found.version if found else 0,
                words="" if rows else mark(),
                rows=rows,
            )
        if section.kind == "voice":
            actions.record_voice(by=worker, assessment=assessment, child=child, said=mark(), how=mark())
    own = mark()
    entry = recording.record(
        by=worker, kind="note", happened_on=today, parts=[Part(child, words=own)], words="A shared line"
    )
    actions.quote(
        by=worker,
        assessment=assessment,
        section="story",
        entry=entry,
        which="part",
        words=own,
        person=child,
        whose=child,
    )
    professional = Professional.objects.create(name=mark(), role=mark(), agency=mark())
    Involvement.objects.create(person=child, professional=professional)
    address = Address.objects.create(lines=mark(), postcode="")
    Residence.objects.create(person=child, address=address)
    ContactDetail.objects.create(person=child, kind="mobile", value=mark())
    clocks.start_agreed(
        by=worker,
        person=child,
        label="Understanding the family",
        started_on=today,
        due_on=today + timedelta(days=20),
        reason=mark(),
        agreed_with=mark(),
        entry=assessment.entry,
    )
    return used


def family_words(write: Write, marks: Iterator[str]) -> list[str]:
    """Write a mark into what the family shares."""
    used = [next(marks) for _ in range(4)]
    for section, words in zip(("reason", "analysis", "harm", "recommendations"), used, strict=True):
        write(section, words)
    return used


@pytest.fixture
def marks() -> Iterator[str]:
    """Marks without end, none inside another."""
    return (f"QX{number:04d}XQ" for number in count())


def everything_of(cast: Cast, assessment: Assessment, child: Person) -> dict[str, str]:
    """Return one child's copy in every form in which it leaves the house."""
    client = Client()
    client.force_login(cast.social_worker, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("assessment:child_copy", args=[assessment.pk, child.pk])).content.decode()
    pdf = client.get(reverse("assessment:child_copy_pdf", args=[assessment.pk, child.pk])).content
    return {"page": page, "pdf words": "".join(words_of(pdf).split()), "pdf properties": strings_of(pdf)}


def test_one_childs_copy_holds_nothing_that_is_a_siblings_in_any_form(
    cast: Cast, assessment: Assessment, write: Write, marks: Iterator[str]
) -> None:
    actions.include_child(by=cast.social_worker, assessment=assessment, child=cast.unborn)
    adas = fill(cast, assessment, cast.ada, marks)
    bens = fill(cast, assessment, cast.ben, marks)
    babys = fill(cast, assessment, cast.unborn, marks)
    shared = family_words(write, marks)
    write("parents_story", parents := next(marks), cast.mother)

    for child, own, others in ((cast.ada, adas, [*bens, *babys]), (cast.ben, bens, [*adas, *babys])):
        for form, text in everything_of(cast, assessment, child).items():
            leaked = [mark for mark in (*others, *shared, parents) if mark in text]
            assert leaked == [], f"{child.shown_name}'s copy as {form}"
        told = everything_of(cast, assessment, child)["pdf words"]
        # The test sees: the child's own story, voice, map and meaning are there.
        assert len([mark for mark in own if mark in told]) >= 8


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(MARK, min_size=2, max_size=2, unique=True), data=st.data())
def test_whatever_is_written_for_a_sibling_stays_out(
    cast: Cast, assessment: Assessment, words: list[str], data: st.DataObject
) -> None:
    own, other = words
    sections = ["story", "meaning", "not_yet_speaking", "before_birth"]
    with transaction.atomic():
        for child, mark in ((cast.ada, own), (cast.ben, other)):
            section = data.draw(st.sampled_from(sections))
            actions.write_section(
                by=cast.social_worker, assessment=assessment, section=section, person=child, version=0, words=mark
            )
        whole = queries.whole(cast.social_worker, assessment)
        document = copies.child_copy(whole, cast.ada, {})
        printed = "".join(words_of(to_pdf(document)).split())
        transaction.set_rollback(True)

    assert other not in document.text()
    assert other not in printed


def test_shared_words_come_into_a_childs_copy_only_when_someone_has_read_them(
    cast: Cast, assessment: Assessment, write: Write
) -> None:
    write("reason", "We were worried about the mornings.")
    assert "the mornings" not in everything_of(cast, assessment, cast.ada)["page"]
    client = Client()
    client.force_login(cast.social_worker, backend="django.contrib.auth.backends.ModelBackend")
    address = reverse("assessment:fit", args=[assessment.pk, cast.ada.pk])
    client.post(address, {"section": "reason", "version": 1, "put_in": "1"})

    assert "the mornings" in everything_of(cast, assessment, cast.ada)["page"]
    assert "the mornings" not in everything_of(cast, assessment, cast.ben)["page"], "read for Ada is not read for Ben"
    write("reason", "We were worried about the mornings, and about Ben at night.")
    assert "Ben at night" not in everything_of(cast, assessment, cast.ada)["page"], "changed words are out again"
    client.post(address, {"section": "reason", "version": 1, "put_in": "1"})
    assert "Ben at night" not in everything_of(cast, assessment, cast.ada)["page"], "what was read is not what stands"


def test_an_addition_for_one_child_is_in_that_childs_copy_alone(
    cast: Cast, assessment: Assessment, essentials: None
) -> None:
    for person in (cast.ada, cast.ben, None):
        actions.discuss(
            by=cast.social_worker, assessment=assessment, person=person, discussed=True, on=timezone.localdate()
        )
    actions.sign_worker(by=cast.social_worker, assessment=assessment)
    actions.sign_manager(by=cast.team_manager, assessment=assessment, comments="MANAGERSAYS about Ben")
    actions.add_addendum(
        by=cast.social_worker, assessment=assessment, section="story", person=cast.ben, words="BENADDED"
    )

    assert "BENADDED" in everything_of(cast, assessment, cast.ben)["page"]
    for text in everything_of(cast, assessment, cast.ada).values():
        assert "BENADDED" not in text
        assert "MANAGERSAYS" not in text


def test_the_familys_copy_has_plain_headings_and_not_what_a_child_or_a_parent_said_in_confidence(
    cast: Cast, assessment: Assessment, write: Write
) -> None:
    write("reason", "School was worried about the mornings.")
    write("story", "Ada wakes first.", cast.ada)
    write("parents_story", "Grace told of her own childhood.", cast.mother)
    write("theory", "Attachment.")
    actions.record_voice(by=cast.social_worker, assessment=assessment, child=cast.ada, said="I am scared at night")
    text = copies.family_copy(queries.whole(cast.social_worker, assessment)).text()

    assert "Why we are in touch with your family" in text
    assert "School was worried about the mornings." in text
    assert "Ada wakes first." in text
    for kept_back in ("I am scared at night", "her own childhood", "Attachment."):
        assert kept_back not in text


def test_the_familys_copy_prints_as_it_reads(cast: Cast, assessment: Assessment, write: Write) -> None:
    write("reason", "School was worried about the mornings.")
    write("options", rows=[{"option": "Morning help", "benefits": "Sleep", "harms": "", "likelihood": ""}])
    client = Client()
    client.force_login(cast.social_worker, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("assessment:family_copy", args=[assessment.pk])).content.decode()
    pdf = words_of(client.get(reverse("assessment:family_copy_pdf", args=[assessment.pk])).content)

    for words in ("School was worried about the mornings.", "Morning help", "Ada Okafor"):
        assert words in page
        assert words in pdf
