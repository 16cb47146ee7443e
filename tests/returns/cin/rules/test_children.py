"""Rules of who the child is, and of births and deaths."""

import pytest

from tests.returns.cin.rules.cases import WHOLE, Case, child, holds, referral

IDS = "ChildIdentifiers"
CASES = [
    Case("100", "another day than 31 March", {"Header": [{"Year": 2026, "ReferenceDate": "2026-03-30"}]}, (1,)),
    Case("100", "a year that is not the header’s", {"Header": [{"Year": 2025, "ReferenceDate": "2026-03-31"}]}, (1,)),
    Case("100", "no reference date", {"Header": [{"Year": 2026}]}, (1,)),
    Case("100", "no year to compare with", {"Header": [{"Year": "soon", "ReferenceDate": "2026-03-31"}]}, (1,)),
    Case("100", "31 March of the year", {"Header": [{"Year": 2026, "ReferenceDate": "2026-03-31"}]}, ()),
    Case("8500", "no id, or a blank one", {IDS: [child(LAchildID=None), child(child=2, LAchildID="  ")]}, (1, 2)),
    Case("8500", "an id", {IDS: [child(LAchildID="A1")]}, ()),
    Case("8510", "two with one id", {IDS: [child(LAchildID="A1"), child(child=2, LAchildID="A1 ")]}, (1, 2)),
    Case("8510", "two without any are not one", {IDS: [child(LAchildID=None), child(child=2, LAchildID=None)]}, ()),
    Case("1570", "21 characters", {IDS: [child(LAchildID="A" * 21), child(child=2, LAchildID="A" * 20)]}, (1,)),
    Case("1570", "20 characters", {IDS: [child(LAchildID="A" * 20)]}, ()),
    Case("1580", "a hyphen", {IDS: [child(LAchildID="A-1"), child(child=2, LAchildID="A1")]}, (1,)),
    Case("1580", "letters and digits", {IDS: [child(LAchildID="Zoë1")]}, ()),
    Case("4180", "no gender, or no code", {IDS: [child(), child(child=2, GenderCurrent="M")]}, (1, 2), year=2023),
    Case("4180", "each code of gender", {IDS: [child(GenderCurrent=code) for code in "0129"]}, (), year=2024),
    Case("4180", "no sex, or no code", {IDS: [child(), child(child=2, Sex="1")]}, (1, 2)),
    Case("4180", "each code of sex", {IDS: [child(Sex=code) for code in "MFU"]}, ()),
    Case(
        "8750",
        "an unborn child with a gender",
        {IDS: [child(ExpectedPersonBirthDate="2024-05-01", GenderCurrent="1")]},
        (1,),
        year=2024,
    ),
    Case(
        "8750",
        "an unborn child without one",
        {IDS: [child(ExpectedPersonBirthDate="2024-05-01", GenderCurrent="0")]},
        (),
        year=2024,
    ),
    Case("8750", "an unborn child with a sex", {IDS: [child(ExpectedPersonBirthDate="2026-05-01", Sex="F")]}, (1,)),
    Case(
        "8750",
        "an unborn child of unknown sex, and a born one",
        {
            IDS: [
                child(ExpectedPersonBirthDate="2026-05-01", Sex="U"),
                child(child=2, PersonBirthDate="2020-05-01", ExpectedPersonBirthDate="2020-05-01", Sex="F"),
            ]
        },
        (),
    ),
    Case("4220", "none, and no code", {"ChildCharacteristics": [{}, {"child": 2, "Ethnicity": "WHITE"}]}, (1, 2)),
    Case("4220", "a code, with a space after it", {"ChildCharacteristics": [{"Ethnicity": "WBRI "}]}, ()),
    Case("8590", "no episode", {IDS: [child(), child(child=2)], "CINdetails": [referral()]}, (2,)),
    Case("8590", "an episode", {"CINdetails": [referral()]}, ()),
    Case("8520", "born the day after the year", {IDS: [child(PersonBirthDate="2026-04-01")]}, (1,)),
    Case("8520", "born on the last day", {IDS: [child(PersonBirthDate="2026-03-31")]}, ()),
    Case(
        "8525Q",
        "both dates, and neither",
        {
            IDS: [
                child(PersonBirthDate="2020-05-01", ExpectedPersonBirthDate="2020-05-01"),
                child(child=2),
                child(child=3, PersonBirthDate="2020-05-01"),
                child(child=4, ExpectedPersonBirthDate="2026-05-01"),
            ]
        },
        (1, 2),
    ),
    Case("8525Q", "only a date of birth", {IDS: [child(PersonBirthDate="2020-05-01")]}, ()),
    Case(
        "8530Q",
        "a day outside on each side",
        {IDS: [child(ExpectedPersonBirthDate="2026-02-28"), child(child=2, ExpectedPersonBirthDate="2027-01-01")]},
        (1, 2),
    ),
    Case(
        "8530Q",
        "the first and last day",
        {IDS: [child(ExpectedPersonBirthDate="2026-03-01"), child(child=2, ExpectedPersonBirthDate="2026-12-31")]},
        (),
    ),
    Case(
        "8535Q",
        "died before birth, or without a date of birth",
        {
            IDS: [
                child(PersonBirthDate="2020-05-02", PersonDeathDate="2020-05-01"),
                child(child=2, PersonDeathDate="2020-05-01"),
                child(child=3, PersonBirthDate="2020-05-01", PersonDeathDate="2020-05-01"),
            ]
        },
        (1, 2),
    ),
    Case("8535Q", "nobody died", {IDS: [child(PersonBirthDate="2020-05-02")]}, ()),
    Case(
        "8545Q",
        "a day outside on each side",
        {IDS: [child(PersonDeathDate="2025-03-31"), child(child=2, PersonDeathDate="2026-04-01")]},
        (1, 2),
    ),
    Case("8545Q", "the first day", {IDS: [child(PersonDeathDate="2025-04-01")]}, ()),
    Case(
        "8555Q",
        "referred the day after death",
        {
            IDS: [child(PersonDeathDate="2025-05-31")],
            "CINdetails": [referral(), referral(CINreferralDate="2025-05-31")],
        },
        (1,),
    ),
    Case("8555Q", "nobody died", {"CINdetails": [referral()]}, ()),
    Case("8585Q", "closed as died without a date", {"CINdetails": [referral(ReasonForClosure="RC2")]}, (1,)),
    Case(
        "8585Q",
        "closed as died with a date",
        {IDS: [child(PersonDeathDate="2025-05-31")], "CINdetails": [referral(ReasonForClosure="RC2")]},
        (),
    ),
    Case(
        "8775Q",
        "open past the twenty-fifth birthday",
        {
            IDS: [child(PersonBirthDate="2001-03-30")],
            "CINdetails": [referral(CINclosureDate="2026-03-31"), referral(), referral(CINclosureDate="2026-03-30")],
        },
        (1,),
    ),
    Case("8775Q", "25 on the last day", {IDS: [child(PersonBirthDate="2001-03-31")], "CINdetails": [referral()]}, ()),
    Case(
        "8775Q",
        "born on 29 February, closed on the day that stands for the birthday",
        {IDS: [child(PersonBirthDate="2000-02-29")], "CINdetails": [referral(CINclosureDate="2025-02-28")]},
        (),
    ),
    Case(
        "8606",
        "281 days before either date",
        {
            IDS: [child(PersonBirthDate="2026-03-09"), child(child=2, ExpectedPersonBirthDate="2026-03-09")],
            "CINdetails": [referral(), referral(child=2)],
        },
        (1, 2),
    ),
    Case("8606", "280 days before", {IDS: [child(PersonBirthDate="2026-03-08")], "CINdetails": [referral()]}, ()),
    Case(
        "4008",
        "a plan starts the day after death",
        {IDS: [child(PersonDeathDate="2025-06-01")], "CINPlanDates": [{"CINPlanStartDate": "2025-06-02"}]},
        (1,),
    ),
    Case(
        "4008",
        "on the day",
        {IDS: [child(PersonDeathDate="2025-06-01")], "CINPlanDates": [{"CINPlanStartDate": "2025-06-01"}]},
        (),
    ),
    Case(
        "4009Q",
        "a plan ends the day after death",
        {IDS: [child(PersonDeathDate="2025-06-01")], "CINPlanDates": [{"CINPlanEndDate": "2025-06-02"}]},
        (1,),
    ),
    Case(
        "4009Q",
        "on the day",
        {IDS: [child(PersonDeathDate="2025-06-01")], "CINPlanDates": [{"CINPlanEndDate": "2025-06-01"}]},
        (),
    ),
    Case(
        "8915",
        "a plan starts the day after death",
        {IDS: [child(PersonDeathDate="2025-06-01")], "ChildProtectionPlans": [{"CPPstartDate": "2025-06-02"}]},
        (1,),
    ),
    Case("8915", "nobody died", {"ChildProtectionPlans": [{"CPPstartDate": "2025-06-02"}]}, ()),
    Case(
        "8920",
        "a plan ends the day after death",
        {IDS: [child(PersonDeathDate="2025-06-01")], "ChildProtectionPlans": [{"CPPendDate": "2025-06-02"}]},
        (1,),
    ),
    Case("8920", "nobody died", {"ChildProtectionPlans": [{"CPPendDate": "2025-06-02"}]}, ()),
    Case(
        "2886Q",
        "gender unrecorded for two of fifty",
        {IDS: [child(GenderCurrent="0"), child(), *[child(child=n, GenderCurrent="1") for n in range(3, 51)]]},
        WHOLE,
        year=2023,
    ),
    Case(
        "2886Q",
        "gender unrecorded for one of fifty and an unborn child",
        {
            IDS: [
                child(GenderCurrent="0"),
                child(child=2, GenderCurrent="0", ExpectedPersonBirthDate="2023-05-01"),
                *[child(child=n, GenderCurrent="1") for n in range(3, 51)],
            ]
        },
        (),
        year=2023,
    ),
    Case("2886Q", "sex unrecorded for one of two", {IDS: [child(Sex="U"), child(child=2, Sex="F")]}, WHOLE),
    Case("2886Q", "sex recorded", {IDS: [child(Sex="M"), child(child=2, Sex="F")]}, ()),
    Case("2886Q", "no children at all", {IDS: []}, ()),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_rule(case: Case) -> None:
    holds(case)
