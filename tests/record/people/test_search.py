"""Finding people: every way in, why and why not, and what must never be found."""

from datetime import date

import pytest
from django.utils import timezone

from tests.cast import Cast, person
from throughline.core.access import actions as access
from throughline.record.people import names
from throughline.record.people.addresses import keyed
from throughline.record.people.models import (
    Address,
    ContactDetail,
    Identifier,
    Name,
    Person,
    Residence,
)
from throughline.record.people.search import Match, Sought, find


def found(cast: Cast, **sought: object) -> list[Person]:
    return [Person.objects.get(pk=match.person_id) for match in find(cast.front_door, Sought(**sought))]  # type: ignore[arg-type]


def only(cast: Cast, **sought: object) -> Match:
    matches = find(cast.front_door, Sought(**sought))  # type: ignore[arg-type]
    assert len(matches) == 1, [match.shown_name for match in matches]
    return matches[0]


@pytest.fixture
def chidi(cast: Cast) -> Person:
    return person("Chidi", "Okonkwo-Bell", date(2015, 3, 12), sex="M")


@pytest.mark.parametrize(
    "text",
    ["Chidi Okonkwo", "okonkwo chidi", "Bell", "chid okon", "Shidi Okonkwo", "Chidi Okonkwobell", "CHÍDI bell",
     "Chidi Okonkvo", "Chidi Okonkwo-Bell", "chidi 12/3/2015", "Bell 12 March 2015", "okonkwo 2015-03-12"],
)  # fmt: skip
def test_a_child_is_found_by_any_part_of_a_name_in_any_order_and_by_sound(cast: Cast, chidi: Person, text: str) -> None:
    assert found(cast, text=text)[0] == chidi


def test_a_name_by_sound_and_a_date_with_exchanged_digits_say_so_in_words(cast: Cast) -> None:
    ada = person("Adaeze", "Okafor", date(2016, 5, 12))
    match = next(
        one
        for one in find(cast.front_door, Sought(given="Adaeze", family="Okafour", date_of_birth=date(2016, 5, 21)))
        if one.person_id == ada.pk
    )
    assert "family name Okafor sounds like Okafour" in match.why
    assert match.why_not == ["born on the 12th, not the 21st"]
    assert match.strong


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2015, 3, 12), "born on 12 March 2015"),
        (date(2015, 12, 3), "born on 12 March 2015: day and month the other way round"),
        (date(2015, 3, 21), "born on the 12th, not the 21st"),
        (date(2015, 3, 13), "born on the 12th, not the 13th"),
        (date(2014, 3, 12), "born in 2015, not 2014"),
        (date(2015, 5, 12), "born in March, not May"),
    ],
)
def test_slips_in_a_date_of_birth_still_find_the_child(cast: Cast, chidi: Person, day: date, said: str) -> None:
    match = only(cast, given="Chidi", family="Okonkwo-Bell", date_of_birth=day)
    assert match.person_id == chidi.pk
    assert said in match.why + match.why_not
    assert match.strong


def test_another_child_of_the_same_name_is_shown_with_the_reason_against(cast: Cast, chidi: Person) -> None:
    match = only(cast, given="Chidi", family="Okonkwo-Bell", date_of_birth=date(1988, 7, 30))
    assert match.why_not == ["born on 12 March 2015, not 30 July 1988"]
    assert not match.strong


def test_an_estimated_date_of_birth_is_near_enough_within_two_years(cast: Cast) -> None:
    guessed = person("Dawit", "Tesfaye", date(2008, 1, 1))
    Person.objects.filter(pk=guessed.pk).update(date_of_birth_estimated=True)
    match = only(cast, given="Dawit", family="Tesfaye", date_of_birth=date(2009, 6, 20))
    assert match.why[-1] == "born about 1 January 2008, an estimate"


def test_someone_of_many_names_is_found_by_each_and_appears_once(cast: Cast, chidi: Person) -> None:
    names.keyed(Name(person=chidi, given="Charlie", family="Bell", type="known_as")).save()
    names.keyed(Name(person=chidi, given="Chidi", family="Bell", type="alias")).save()
    assert found(cast, text="bell") == [chidi]
    assert only(cast, text="Charlie Bell").why[0] == "by another name: given name is Charlie"


def test_short_forms_of_a_name_find_the_long_ones(cast: Cast) -> None:
    liz = person("Elizabeth", "Warrender", date(1990, 2, 2))
    match = only(cast, text="Liz Warrender")
    assert match.person_id == liz.pk
    assert match.why[0] == "Elizabeth and Liz stand for one another"


@pytest.mark.parametrize(
    ("given", "family", "text"),
    [("小龙", "李", "李小龙"), ("Мария", "Иванова", "иванова"), ("محمد", "علي", "محمد"), ("🌸", "", "🌸"),
     ("Zoë", "", "zoe"), ("D'Arcy", "O’Néill", "darcy oneill"), ("D'Arcy", "O’Néill", "O Neill"),
     ("Łukasz", "Żółć", "lukasz zolc"), ("Åse", "Sørensen", "ase sorensen"), ("N" * 200, "F" * 200, "n" * 200)],
)  # fmt: skip
def test_names_of_every_script_and_shape_are_found(cast: Cast, given: str, family: str, text: str) -> None:
    anyone = person(given, family, date(2010, 1, 1))
    assert anyone in found(cast, text=text)


@pytest.mark.parametrize("text", ["' | 'x", "a\\'b:*", "!!!", "&&", "\0", "(", "'':*", "%", "_", "-", "0x00"])
def test_signs_that_mean_something_to_the_database_are_only_text(cast: Cast, text: str) -> None:
    find(cast.front_door, Sought(text=text))
    find(cast.front_door, Sought(given=text, family=text, address=text, postcode=text, identifier=text, phone=text))


@pytest.mark.parametrize("text", ["943 476 5919", "9434765919", "943-476-5919", "Chidi 9434765919"])
def test_a_number_finds_its_person_however_it_is_spaced(cast: Cast, chidi: Person, text: str) -> None:
    Identifier.objects.create(person=chidi, type="nhs", value="9434765919")
    match = only(cast, text=text)
    assert match.why[0] == "has this NHS number"
    assert match.strong


@pytest.mark.parametrize("text", ["07700 900123", "+44 7700 900123", "0044 (0)7700 900 123"])
def test_a_telephone_number_finds_its_person_however_it_is_written(cast: Cast, chidi: Person, text: str) -> None:
    ContactDetail.objects.create(person=chidi, kind="mobile", value="07700 900123", digits="07700900123")
    assert only(cast, text=text).why[0] == "has this telephone number"


def live(someone: Person, *, confidential: bool = False, ended: date | None = None) -> None:
    address = keyed(Address(lines="12 Mill Lane\nAldermere", postcode="ZZ99 1AB"))
    address.save()
    Residence.objects.create(person=someone, address=address, confidential=confidential, ended_on=ended)


@pytest.mark.parametrize(
    "sought",
    [{"text": "12 Mill Lane"}, {"text": "12 Mill Lane ZZ991AB"}, {"postcode": "zz99 1ab"}, {"postcode": "ZZ99"}],
)
def test_an_address_or_postcode_finds_who_lives_and_who_lived_there(
    cast: Cast, chidi: Person, sought: dict[str, str]
) -> None:
    live(chidi)
    live(cast.theirs, ended=date(2020, 1, 1))
    assert {match.shown_name: match.why[0] for match in find(cast.front_door, Sought(**sought))} == {
        "Chidi Okonkwo-Bell": "lives there",
        "Liam Stone": "lived there before",
    }


def test_an_address_kept_confidential_finds_nobody_for_those_who_do_not_work_with_them(cast: Cast) -> None:
    live(cast.theirs, confidential=True)
    assert find(cast.social_worker, Sought(postcode="ZZ99 1AB")) == []
    assert find(cast.analyst, Sought(postcode="ZZ99 1AB")) == []
    assert len(find(cast.other_worker, Sought(postcode="ZZ99 1AB"))) == 1


def test_an_unborn_child_is_found_by_the_expected_date_within_weeks(cast: Cast) -> None:
    expected = cast.unborn.expected_date
    assert expected is not None
    near = expected.fromordinal(expected.toordinal() + 20)
    match = next(one for one in find(cast.front_door, Sought(family="Okafor", expected_date=near)))
    assert match.person_id == cast.unborn.pk
    assert match.why[-1].endswith("3 weeks apart")
    far = expected.fromordinal(expected.toordinal() + 90)
    assert not any(one.strong for one in find(cast.front_door, Sought(family="Okafor", expected_date=far)))


def test_a_child_born_since_is_found_by_the_expected_date(cast: Cast) -> None:
    born = timezone.localdate()
    Person.objects.filter(pk=cast.unborn.pk).update(date_of_birth=born)
    matches = find(cast.front_door, Sought(family="Okafor", expected_date=cast.unborn.expected_date, weeks=12))
    assert matches[0].person_id == cast.unborn.pk


def test_a_restricted_person_is_never_found_by_any_way_and_nothing_hints_at_them(cast: Cast) -> None:
    live(cast.theirs)
    Identifier.objects.create(person=cast.theirs, type="nhs", value="9434765919")
    ContactDetail.objects.create(person=cast.theirs, kind="mobile", value="x", digits="07700900123")
    ways = [
        Sought(text="Liam Stone"),
        Sought(given="Liam", family="Stone", date_of_birth=cast.theirs.date_of_birth),
        Sought(date_of_birth=cast.theirs.date_of_birth),
        Sought(identifier="9434765919"),
        Sought(phone="07700 900123"),
        Sought(postcode="ZZ99 1AB"),
    ]
    assert all(find(cast.social_worker, way) for way in ways)
    access.restrict(by=cast.front_door_manager, person=cast.theirs, reason="A relative works here", permitted=[])
    for user in (cast.social_worker, cast.other_worker, cast.front_door, cast.analyst):
        assert all(find(user, way) == [] for way in ways)
    assert find(cast.front_door_manager, ways[0])


def test_someone_of_another_team_is_shown_with_the_least_and_whom_to_ask(cast: Cast) -> None:
    names.keyed(Name(person=cast.theirs, given="Leroy", family="Brandt", type="previous")).save()
    (match,) = find(cast.social_worker, Sought(text="Leroi Brand"))
    assert (match.shown_name, match.reachable, match.worked_with_by) == ("Liam Stone", False, "Hillside")
    assert match.why == ["another of their names is like this"]
    (own,) = find(cast.other_worker, Sought(text="Leroi Brand"))
    assert own.reachable
    assert own.why[0].startswith("by another name")


def test_those_who_may_view_nobody_find_nobody(cast: Cast) -> None:
    for user in (cast.outsider, cast.partner, cast.parent, cast.young_person, cast.administrator):
        assert find(user, Sought(text="Okafor")) == []


def test_nothing_sought_finds_nobody(cast: Cast) -> None:
    assert find(cast.front_door, Sought()) == []
    assert find(cast.front_door, Sought(text="   ")) == []


def test_a_search_takes_few_queries_whatever_it_finds(cast: Cast, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    for at in range(40):
        person(f"Ada{at}", "Okafor", date(2012, 1, 1))
    with django_assert_max_num_queries(8):
        find(cast.front_door, Sought(text="Ada Okafor", date_of_birth=date(2012, 1, 1), phone="07700 900123",
                                     identifier="9434765919", postcode="ZZ99 1AB"))  # fmt: skip
