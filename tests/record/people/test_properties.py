"""What holds for every name, date and number, not only for those that we thought of."""

from datetime import date, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from throughline.record.people import addresses, checks, names, numbers
from throughline.record.people.likeness import date_likeness, name_likeness, near_dates, word_likeness
from throughline.record.people.sought import Sought, from_data, names_typed, understood

texts = st.text(max_size=60)
days = st.dates(date(1900, 1, 1), date(2030, 12, 31))
nine = st.text("0123456789", min_size=9, max_size=9)


@given(texts)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert names.fold(names.fold(text)) == names.fold(text)


@given(texts, texts)
def test_keys_are_words_with_single_spaces_and_hold_every_word(given_: str, family: str) -> None:
    keys = names.keys(given_, family).split(" ")
    wanted = {*names.words(given_), *names.words(family)}
    assert wanted <= set(keys)
    assert "" not in keys or keys == [""]
    assert all(not any(letter.isspace() for letter in key) for key in keys)


@given(texts)
def test_the_sound_of_a_word_is_capitals_and_figures_or_nothing(text: str) -> None:
    key = names.sound(text)
    assert key == key.upper()
    assert key.isascii()


@given(texts, texts)
def test_words_are_never_more_than_alike_and_always_like_themselves(one: str, other: str) -> None:
    score, _ = word_likeness(one, other)
    assert 0 <= score <= 1
    if one:
        assert word_likeness(one, one) == (1.0, "exact")


@given(texts, texts)
def test_a_name_is_exactly_like_itself(given_: str, family: str) -> None:
    asked = (names.words(given_), names.words(family))
    assume(asked[0] or asked[1])
    assert name_likeness(asked[0], asked[1], [], (given_, family)).score == 1.0


@given(days, days)
def test_two_dates_are_as_alike_from_either_side_and_always_say_why_or_why_not(one: date, other: date) -> None:
    here, there = date_likeness(one, other), date_likeness(other, one)
    assert here.score == there.score
    assert here.why or here.why_not
    assert (here.score == 1.0) == (one == other)


@given(days, st.integers(0, 31))
def test_every_date_that_counts_as_near_is_fetched(sought: date, tolerance: int) -> None:
    fetched = near_dates(sought, tolerance)
    assert sought in fetched
    assert len(fetched) <= 110 + 2 * tolerance
    for off in range(-40, 41):
        known = sought + timedelta(days=off)
        if date_likeness(sought, known, tolerance=tolerance).score > 0.45:
            assert known in fetched


@given(nine)
def test_one_digit_wrong_never_passes_the_check_of_an_nhs_number(first: str) -> None:
    passing = [first + digit for digit in "0123456789" if numbers.nhs_passes(first + digit)]
    assert len(passing) <= 1
    for number in passing:
        for place in range(10):
            for digit in "0123456789":
                changed = number[:place] + digit + number[place + 1 :]
                assert changed == number or not numbers.nhs_passes(changed)


@given(st.text("0123456789", min_size=12, max_size=12))
def test_a_upn_with_its_letter_passes_and_with_any_other_does_not(rest: str) -> None:
    letter = numbers.upn_letter(rest)
    assert numbers.upn_passes(letter + rest)
    assert numbers.fault("upn", letter + rest) == ""
    for other in set("ABCDEFGHJKLMNPQRTUVWXYZ") - {letter}:
        assert not numbers.upn_passes(other + rest)


@given(st.text(max_size=80), st.sampled_from(["nhs", "upn", "former_upn", "uln", "local", "home_office"]))
def test_any_text_as_a_number_gets_a_sentence_or_passes(text: str, kind: str) -> None:
    said = numbers.fault(kind, numbers.tidy(text))
    assert said == "" or said.endswith(".")


@given(st.text(max_size=600))
def test_any_line_of_text_is_understood_without_fault_and_kept(text: str) -> None:
    sought, notes = understood(Sought(text=text))
    assert all(note.endswith(".") for note in notes)
    assert from_data(Sought(text=text).as_data()) == Sought(text=text)
    names_typed(Sought(text=text))
    assert "\0" not in sought.text


@given(days)
def test_a_date_is_found_in_the_line_however_it_is_written(day: date) -> None:
    assume(day.year >= 1950 and day <= date(2026, 1, 1))
    month = f"{day:%B}"
    for written in (
        day.isoformat(), f"{day.day}/{day.month}/{day.year}", f"{day.day}.{day.month}.{day.year}",
        f"{day.day} {month} {day.year}", f"{day.day} {day.month} {day.year}",
    ):  # fmt: skip
        sought, notes = understood(Sought(text=f"Ada {written} Okafor"))
        assert sought.date_of_birth == day, written
        assert sought.text == "ada okafor"
        assert notes == []


@given(st.text(max_size=40))
def test_a_postcode_put_in_order_stays_so(text: str) -> None:
    once = addresses.postcode(text)
    assert addresses.postcode(once) == once


@given(days, days, st.dates(date(2026, 1, 1), date(2026, 12, 31)))
def test_dates_that_cannot_be_right_are_each_said(born: date, died: date, today: date) -> None:
    faults = checks.dates(today=today, date_of_birth=born, date_of_death=died)
    assert ("date_of_birth" in faults) == (born > today or today.year - born.year > 120 or _over(born, today))
    if died < born or died > today:
        assert "date_of_death" in faults


def _over(born: date, today: date) -> bool:
    return (today.year - born.year, today.month, today.day) > (120, born.month, born.day)
