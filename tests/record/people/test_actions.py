"""Changing who a person is: names, homes, ways to reach them, warnings."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.cast import Cast
from throughline.core.access.door import NotFound
from throughline.core.audit.models import Event
from throughline.core.audit.sentences import tell
from throughline.core.errors import EditConflict, Refused
from throughline.record.people import actions
from throughline.record.people.models import Address, Person


def test_an_unborn_child_who_is_born_keeps_the_expected_date(cast: Cast) -> None:
    Person.objects.filter(pk=cast.unborn.pk).update(expected_date=timezone.localdate() - timedelta(days=100))
    today = timezone.localdate()
    born = actions.change_details(
        by=cast.social_worker, person=cast.unborn, version=1, changes={"date_of_birth": today, "sex": "F"}
    )
    assert born.expected_date is not None
    assert not born.unborn
    assert tell(Event.objects.get(verb="people.changed")) == "Ruth Bell changed date of birth, sex."


def test_a_stale_change_writes_nothing_and_shows_what_is_saved(cast: Cast) -> None:
    actions.change_details(by=cast.social_worker, person=cast.ada, version=1, changes={"religion": "Catholic"})
    with pytest.raises(EditConflict) as conflict:
        actions.change_details(by=cast.team_manager, person=cast.ada, version=1, changes={"religion": "Hindu"})
    assert conflict.value.theirs == {"religion": "Catholic"}


def test_a_change_that_changes_nothing_leaves_no_trace(cast: Cast) -> None:
    actions.change_details(by=cast.social_worker, person=cast.ada, version=1, changes={"sex": "F"})
    cast.ada.refresh_from_db()
    assert cast.ada.version == 1
    assert not Event.objects.filter(verb="people.changed").exists()


def test_a_field_that_is_not_to_be_changed_here_is_a_mistake_of_ours(cast: Cast) -> None:
    with pytest.raises(LookupError):
        actions.change_details(by=cast.social_worker, person=cast.ada, version=1, changes={"shown_name": "x"})


ACTS: list[tuple[str, dict[str, Any]]] = [
    ("change_details", {"version": 1, "changes": {}}),
    ("add_name", {"given": "A", "family": "B", "type": "alias"}),
    ("add_identifier", {"type": "local", "value": "1"}),
    ("add_address", {"lines": "1 High Street"}),
    ("add_contact", {"kind": "mobile", "value": "07700 900123"}),
    ("add_warning", {"words": "x"}),
    ("set_disabilities", {"codes": []}),
]


@pytest.mark.parametrize(("act", "about"), ACTS)
@pytest.mark.parametrize("who", ["other_worker", "outsider", "partner", "administrator"])
def test_nobody_changes_the_record_of_a_child_who_is_not_theirs(
    cast: Cast, who: str, act: str, about: dict[str, Any]
) -> None:
    with pytest.raises(NotFound):
        getattr(actions, act)(by=getattr(cast, who), person=cast.ada, **about)


def test_a_new_home_ends_the_last_and_one_address_is_one_row(cast: Cast) -> None:
    by = cast.social_worker
    first = actions.add_address(by=by, person=cast.ada, lines="1 High Street", postcode="zz991ab",
                                started_on=date(2020, 1, 1))  # fmt: skip
    actions.add_address(by=by, person=cast.ben, lines="1 High street ", postcode="ZZ99 1AB")
    assert Address.objects.count() == 1
    actions.add_address(by=by, person=cast.ada, lines="2 High Street", started_on=date(2022, 1, 1))
    first.refresh_from_db()
    assert first.ended_on == date(2022, 1, 1)
    with pytest.raises(Refused, match="The home recorded last began on 1 January 2022"):
        actions.add_address(by=by, person=cast.ada, lines="3 High Street", started_on=date(2021, 1, 1))


@pytest.mark.parametrize(
    ("act", "about", "says"),
    [
        ("add_address", {"lines": " "}, "no fixed address is an answer"),
        ("add_address", {"lines": "1 High Street", "postcode": "SW1"}, "not a whole postcode"),
        ("add_address", {"lines": "x" * 501}, "at most 500"),
        ("add_contact", {"kind": "mobile", "value": "12"}, "six to fifteen digits; this has 2"),
        ("add_contact", {"kind": "email", "value": "nobody"}, "not an email address"),
        ("add_warning", {"words": " "}, "Say in a line"),
        ("add_warning", {"words": "w" * 301}, "at most 300"),
        ("add_name", {"given": "", "family": "", "type": "alias"}, "at least one name"),
        ("add_name", {"given": "Ada", "family": "Okafor", "type": "legal"}, "recorded already"),
        ("set_disabilities", {"codes": ["NONE", "LD"]}, "stands alone"),
        ("set_disabilities", {"codes": ["??"]}, "not a code"),
        ("add_identifier", {"type": "passport", "value": "1"}, "what kind of number"),
    ],
)
def test_what_cannot_be_right_is_said_in_a_sentence(cast: Cast, act: str, about: dict[str, Any], says: str) -> None:
    with pytest.raises(Refused, match=says):
        getattr(actions, act)(by=cast.social_worker, person=cast.ada, **about)


def test_a_number_ended_and_given_again_is_one_row(cast: Cast) -> None:
    by = cast.social_worker
    actions.add_identifier(by=by, person=cast.ada, type="nhs", value="9434765919")
    number = cast.ada.identifiers.get()
    actions.end_identifier(by=by, identifier=number)
    actions.add_identifier(by=by, person=cast.ada, type="nhs", value="943 476 5919")
    assert cast.ada.identifiers.get().ended_on is None


def test_the_name_on_screen_is_not_ended_and_an_ended_one_is_not_shown(cast: Cast) -> None:
    by = cast.social_worker
    shown = cast.ada.names.get()
    with pytest.raises(Refused, match="shown on screen"):
        actions.end_name(by=by, name=shown, on=timezone.localdate())
    old = actions.add_name(by=by, person=cast.ada, given="Ada", family="Eze", type="birth", ended_on=date(2020, 1, 1))
    with pytest.raises(Refused, match="has ended"):
        actions.show_name(by=by, name=old)


def test_warnings_and_contacts_end_and_stay_in_the_history(cast: Cast) -> None:
    by = cast.social_worker
    warning = actions.add_warning(by=by, person=cast.ada, words="Large dog", review_on=timezone.localdate())
    actions.end_warning(by=by, warning=warning)
    contact = actions.add_contact(by=by, person=cast.ada, kind="email", value="ada@example.org")
    actions.end_contact(by=by, contact=contact)
    contact.refresh_from_db()
    warning.refresh_from_db()
    assert warning.ended_on == contact.ended_on == timezone.localdate()
    actions.add_contact(by=by, person=cast.ada, kind="email", value="ada@example.org")
