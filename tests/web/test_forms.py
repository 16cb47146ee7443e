"""Forms: dates as people write them, words of any length, sentences for what stands in the way."""

import contextlib
from datetime import date, timedelta

import pytest
from django import forms as django_forms
from django.http import QueryDict
from django.template import Context, Template
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from throughline.core.dates import Unreadable, read_date
from throughline.core.errors import Refused
from throughline.core.forms import ChecksField, DateField, Form, RadioField, WordsField, typed_into
from throughline.web.templatetags.words import age, ago, code, day


class Asking(Form):
    """A form with one of each."""

    why = {"said": "So that the child can read it one day."}

    on = DateField(label="When did it happen?", not_future=True, recent=True)
    who = ChecksField(label="Who?", choices=[("1", "Ada"), ("2", "Ben")], required=False)
    seen = RadioField(label="Seen?", choices=[("y", "Yes"), ("n", "No")], hints={"y": "alone or not"}, required=False)
    said = WordsField(label="What was said", required=False)
    place = django_forms.CharField(label="Where?", max_length=10, required=False)
    at = django_forms.TimeField(label="What time?", required=False)


@pytest.mark.parametrize(
    "written",
    [
        "3/4/2026",
        "3-4-2026",
        "3.4.2026",
        "03 04 2026",
        "2026-04-03",
        "3 April 2026",
        "3rd of Apr 2026",
        " 3 april, 2026 ",
    ],
)
def test_a_date_is_understood_as_people_write_it(written: str) -> None:
    assert read_date(written) == date(2026, 4, 3)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (["31", "2", "2026"], "There is no 31 February 2026"),
        (["3", "", "2026"], "no month"),
        (["3", "4", "26"], "four figures"),
        (["x", "4", "2026"], "as numbers"),
        (["3", "13", "2026"], "There is no 3 month 13 2026"),
        ("yesterday", "day, month and year"),
        ("03042026", "apart"),
        ("3/4/1066", "too long ago"),
        ("3/4/9999", "too far ahead"),
        (["٣", "4", "2026"], "as numbers"),
    ],
)
def test_what_is_no_date_gets_a_sentence_that_says_what_to_do(written: object, told: str) -> None:
    with pytest.raises(Unreadable, match=told):
        read_date(written)


@given(st.dates(date(1890, 1, 1), date(2200, 12, 31)))
def test_every_day_is_read_back_from_how_it_is_shown(when: date) -> None:
    assert read_date(day(when)) == when
    assert read_date([str(when.day), str(when.month), str(when.year)]) == when


@given(st.text(max_size=40))
def test_no_text_breaks_the_reading_of_a_date(text: str) -> None:
    with contextlib.suppress(Unreadable):
        assert isinstance(read_date(text), date)


def test_a_day_still_to_come_is_refused_where_it_cannot_be_meant() -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    form = Asking({"on": tomorrow.isoformat()})
    assert "is still to come" in str(form.errors["on"])


def test_a_hundred_thousand_characters_are_kept_as_they_are() -> None:
    long = ("Żółć 👩‍👧 " * 12_000).strip()
    form = Asking({"on": "2026-01-02", "said": long})
    assert form.is_valid()
    assert form.cleaned_data["said"] == long


def test_more_than_can_be_kept_is_refused_and_not_cut() -> None:
    form = Asking({"on": "2026-01-02", "said": "x" * 200_001})
    assert "This is 200,001 characters; the most is 200,000" in str(form.errors["said"])


def test_a_short_box_says_how_long_it_may_be_and_lets_the_browser_cut_nothing() -> None:
    form = Asking({"on": "2026-01-02", "place": "a very long place"})
    assert "This is 17 characters; the most is 10" in str(form.errors["place"])
    assert "maxlength" not in str(form["place"])


def test_each_field_says_why_it_is_asked() -> None:
    page = shown(Asking())
    assert "Why we ask" in page
    assert "So that the child can read it one day." in page


def test_a_refusal_stands_on_its_field_and_in_the_summary_that_leads_there() -> None:
    form = Asking({"on": "2026-01-02"})
    assert form.is_valid()
    form.refuse(Refused({"said": "Write it in their own words.", "": "This family was joined with another."}))
    page = shown(form)
    assert '<a href="#id_said">Write it in their own words.</a>' in page
    assert page.count("This family was joined with another.") == 1
    assert 'aria-describedby="id_said_error"' in page


def test_a_refusal_of_a_field_that_each_child_has_stands_on_the_first() -> None:
    class Each(Form):
        def __init__(self, *args: object) -> None:
            super().__init__(*args)
            self.fields["said-12"] = WordsField(label="What Ada said", required=False)

    form = Each({})
    form.is_valid()
    form.refuse(Refused({"said": "Write their words."}))
    assert form.errors["said-12"] == ["Write their words."]


def test_what_was_typed_comes_back_from_a_draft_with_boxes_that_were_unticked() -> None:
    sent = QueryDict("on_0=3&on_1=x&on_2=&who=2&said=Hello")
    found = typed_into(Asking(initial={"who": ["1"]}), sent)
    assert found["on"] == ["3", "x", ""]
    assert found["who"] == ["2"]
    assert found["said"] == "Hello"
    assert "place" not in found


def shown(form: Form) -> str:
    return Template("{% load forms %}{% error_summary form %}{% fields form %}").render(Context({"form": form}))


class Child:
    """Someone with the dates that an age is told from."""

    def __init__(self, born: date | None = None, expected: date | None = None, died: date | None = None) -> None:
        self.date_of_birth, self.expected_date, self.date_of_death = born, expected, died


def test_ages_are_told_as_people_tell_them() -> None:
    on = date(2026, 3, 10)
    assert age(Child(date(2016, 3, 11)), on) == "9 years"
    assert age(Child(date(2025, 11, 10)), on) == "4 months"
    assert age(Child(date(2026, 2, 17)), on) == "3 weeks"
    assert age(Child(date(2026, 3, 9)), on) == "1 day"
    assert age(Child(expected=date(2027, 1, 20)), on) == "due 20 January 2027"
    assert age(Child(), on) == "age not known"
    assert age(Child(date(2010, 1, 1), died=date(2020, 1, 1)), on) == "died 1 January 2020, aged 10 years"


@given(st.dates(date(2000, 1, 1), date(2026, 1, 1)), st.integers(0, 9000))
def test_an_age_is_never_negative_and_never_breaks(born: date, days: int) -> None:
    assert not age(Child(born), born + timedelta(days=days)).startswith("-")


def test_how_long_ago_is_told_in_the_unit_people_would_use() -> None:
    today = timezone.localdate()
    told = {0: "today", 1: "yesterday", 3: "3 days ago", 20: "2 weeks ago", 100: "3 months ago", 1000: "2 years ago"}
    assert {days: ago(today - timedelta(days=days)) for days in told} == told
    assert ago(today + timedelta(days=1)) == "tomorrow"
    assert ago(today + timedelta(days=5)) == "in 5 days"


def test_codes_are_shown_by_their_label_and_unknown_ones_as_they_are() -> None:
    assert code("ZZZ", "ethnicity") == "ZZZ"
    assert code("", "ethnicity") == ""
