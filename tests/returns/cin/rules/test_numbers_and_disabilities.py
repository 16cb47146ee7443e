"""Rules of unique pupil numbers and of disabilities."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.returns.cin.rules.cases import WHOLE, Case, child, findings, holds, referral

IDS, DIS = "ChildIdentifiers", "Disabilities"
LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


def upn(*numbers: str) -> dict[str, list[dict[str, object]]]:
    return {IDS: [{"child": place, "UPN": number} for place, number in enumerate(numbers, 1)]}


def disabled(*codes: str | None, **more: object) -> dict[str, list[dict[str, object]]]:
    return {DIS: [{"Disability": code, **more} for code in codes]}


BORN = {IDS: [child(PersonBirthDate="2015-01-01")], "CINdetails": [referral()]}
SIX, FIVE = "2020-03-31", "2020-04-01"
CASES = [
    # 8·2 + 0·3 + 1·4 + 2·5 + 0·6 + 0·7 + 1·8 + 0·9 + 1·10 + 0·11 + 0·12 + 1·13 = 61, and 61 is 15 more than 46: R.
    Case("1510", "a wrong letter", upn("A801200101001", "R801200101001"), (1,)),
    Case("1510", "short, or with other marks, is for other rules", upn("A80120010100", "A8012001O1001"), ()),
    Case("1520", "two with one number", upn("R801200101001", "R801200101001", "A1"), (1, 2)),
    Case("1520", "different numbers", upn("R801200101001", "A1"), ()),
    Case("1530", "no such authority", upn("R999200101001", "R801200101001"), (1,), year=2023),
    Case("1530", "an authority of April 2023 before its time", upn("R942200101001"), (1,), year=2023),
    Case("1530", "an authority of April 2023", upn("R942200101001", "R943200101001"), (), year=2024),
    Case("1530", "still no such authority", upn("R999200101001"), (1,), year=2024),
    Case("1530", "one of the first year too", upn("R801200101001"), (), year=2023),
    Case("1540", "a letter in the middle", upn("R8012001O1001", "R8", "R801200101001"), (1, 2)),
    Case("1540", "digits", upn("R801200101001"), ()),
    Case("1550", "a letter that no number ends in", upn("R80120010100O", "R80120010100A", "R801200101001"), (1,)),
    Case("1550", "another length is not looked at", upn("R8012O"), ()),
    Case(
        "1560Q", "too short, and no letter first", {IDS: [{"FormerUPN": "R8"}, {"FormerUPN": "1801200101001"}]}, (1, 2)
    ),
    Case(
        "1560Q", "permanent and temporary", {IDS: [{"FormerUPN": "R801200101001"}, {"FormerUPN": "R80120010100B"}]}, ()
    ),
    Case(
        "8770Q",
        "six years old, with no number and no reason",
        {IDS: [child(PersonBirthDate="2017-03-31")], "CINdetails": [referral()]},
        (1,),
        year=2023,
    ),
    Case(
        "8770Q",
        "a day younger, or a reason, or no action",
        {
            IDS: [
                child(PersonBirthDate="2017-04-01"),
                child(child=2, PersonBirthDate="2010-01-01", UPNunknown="UN3"),
                child(child=3, PersonBirthDate="2010-01-01"),
            ],
            "CINdetails": [referral(), referral(child=2), referral(child=3, ReferralNFA="1")],
        },
        (),
        year=2023,
    ),
    Case(
        "8770Q",
        "of school age, with no number or only UN1",
        {
            IDS: [child(PersonBirthDate="2020-08-31"), child(child=2, PersonBirthDate="2010-01-01", UPNunknown="UN1")],
            "CINdetails": [referral(), referral(child=2)],
        },
        (1, 2),
    ),
    Case(
        "8770Q",
        "not yet of school age",
        {IDS: [child(PersonBirthDate="2020-09-01")], "CINdetails": [referral()]},
        (),
    ),
    Case(
        "8772",
        "UN7 and an episode that led to action",
        {IDS: [child(UPNunknown="UN7")], "CINdetails": [referral(ReferralNFA="true"), referral(ReferralNFA="false")]},
        (1,),
    ),
    Case("8772", "UN7 and no action", {IDS: [child(UPNunknown="UN7")], "CINdetails": [referral(ReferralNFA="1")]}, ()),
    Case("8540", "none given: the child is named", BORN, (1,)),
    Case("8540", "one that is no code: its row is named", {**BORN, **disabled("MOB", "deaf", None)}, (2, 3)),
    Case("8540", "codes", {**BORN, **disabled("MOB", "HEAR")}, ()),
    Case(
        "8540",
        "an unborn child, and one without action",
        {
            IDS: [child(ExpectedPersonBirthDate="2026-05-01"), child(child=2, PersonBirthDate="2015-01-01")],
            "CINdetails": [referral(), referral(child=2, ReferralNFA="1")],
        },
        (),
    ),
    Case("8790", "NONE and another", disabled("NONE", "MOB"), (2,)),
    Case("8790", "only NONE", disabled("NONE"), ()),
    Case("8794", "twice", disabled("MOB", "HEAR", "MOB"), (1, 3)),
    Case("8794", "twice, by two children", {DIS: [{"Disability": "MOB"}, {"Disability": "MOB", "child": 2}]}, ()),
    Case("2887Q", "seven codes", disabled("MOB", "HAND", "PC", "INC", "COMM", "LD", "HEAR", "NONE"), WHOLE),
    Case("2887Q", "eight codes", disabled("MOB", "HAND", "PC", "INC", "COMM", "LD", "HEAR", "VIS"), ()),
    Case("2888Q", "one each", {DIS: [{"Disability": "MOB"}, {"Disability": "VIS", "child": 2}]}, WHOLE),
    Case("2888Q", "two for one child", disabled("MOB", "VIS"), ()),
    Case("2888Q", "nobody disabled", disabled("NONE"), ()),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_rule(case: Case) -> None:
    holds(case)


@given(st.lists(st.integers(0, 9), min_size=11, max_size=11), st.sampled_from("0123456789" + LETTERS))
@settings(deadline=None)
def test_exactly_one_first_letter_is_right_for_any_number(digits: list[int], last: str) -> None:
    rest = "".join(map(str, digits)) + last
    weighed = [*digits, int(last) if last.isdigit() else LETTERS.index(last)]
    right = LETTERS[sum(place * value for place, value in enumerate(weighed, 2)) % 23]
    wrong = {one.row for one in findings(Case("1510", "", upn(*(letter + rest for letter in LETTERS)), ()))}
    assert wrong == set(range(1, 24)) - {LETTERS.index(right) + 1}
