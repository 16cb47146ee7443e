"""Rules of referrals, of referrals with no further action, of closure, and of episodes against one another."""

import pytest

from tests.returns.cin.rules.cases import Case, Row, holds, referral

CIN, ASS, S47, CPP, PLAN = "CINdetails", "Assessments", "Section47", "ChildProtectionPlans", "CINPlanDates"


def one(**fields: object) -> dict[str, list[Row]]:
    return {CIN: [referral(**fields)]}


CLOSED = referral(CINclosureDate="2025-09-01", ReasonForClosure="RC7")
CASES = [
    Case(
        "8568", "none, and neither yes nor no", {CIN: [referral(ReferralNFA=None), referral(ReferralNFA="Y")]}, (1, 2)
    ),
    Case("8568", "each spelling", {CIN: [referral(ReferralNFA=flag) for flag in ("0", "1", "true", "FALSE")]}, ()),
    # 1 April 2025 was a Tuesday, so one working day before it is Monday 31 March.
    Case("8569Q", "two days before the year", one(ReferralNFA="1", CINreferralDate="2025-03-30"), (1,)),
    Case("8569Q", "a flag that says nothing", one(ReferralNFA="?", CINreferralDate="2025-03-30"), (1,)),
    Case("8569Q", "one working day before the year", one(ReferralNFA="1", CINreferralDate="2025-03-31"), ()),
    Case("8569Q", "an old referral that led to action", one(CINreferralDate="2020-01-01"), ()),
    # 1 April 2024 was Easter Monday: one working day before it is Maundy Thursday, 28 March.
    Case("8569Q", "over Easter", one(ReferralNFA="1", CINreferralDate="2024-03-28"), (), year=2025),
    Case(
        "8600",
        "none, and after the year",
        {CIN: [referral(CINreferralDate=None), referral(CINreferralDate="2026-04-01")]},
        (1, 2),
    ),
    Case("8600", "the last day", one(CINreferralDate="2026-03-31"), ()),
    Case("8610", "action without a need", one(), (1,)),
    Case("8610", "no action", one(ReferralNFA="1"), ()),
    Case("8650", "no code", one(PrimaryNeedCode="N10"), (1,)),
    Case("8650", "a code, and none", {CIN: [referral(PrimaryNeedCode="N0"), referral()]}, ()),
    Case("8866", "none, and no code", {CIN: [referral(), referral(ReferralSource="5E")]}, (1, 2)),
    Case("8866", "before sources were asked", one(CINreferralDate="2013-03-31"), ()),
    Case("8866", "a code", one(ReferralSource="5D"), ()),
    Case("4000", "a plan", {**one(ReferralNFA="true"), PLAN: [{"CINPlanStartDate": "2025-07-01"}]}, (1,)),
    Case(
        "4000", "a plan in another episode", {CIN: [referral(ReferralNFA="1"), referral()], PLAN: [{"episode": 2}]}, ()
    ),
    Case("8831", "an initial conference", one(ReferralNFA="1", DateOfInitialCPC="2025-07-01"), (1,)),
    Case("8831", "an assessment", {**one(ReferralNFA="1"), ASS: [{"AssessmentActualStartDate": "2025-07-01"}]}, (1,)),
    Case("8831", "an enquiry", {**one(ReferralNFA="1"), S47: [{"S47ActualStartDate": "2025-07-01"}]}, (1,)),
    Case("8831", "action", {**one(), S47: [{"S47ActualStartDate": "2025-07-01"}]}, ()),
    Case("8832", "a plan", {**one(ReferralNFA="1"), CPP: [{"CPPstartDate": "2025-07-01"}]}, (1,)),
    Case("8832", "action", {**one(), CPP: [{"CPPstartDate": "2025-07-01"}]}, ()),
    Case(
        "8620",
        "a day outside on each side",
        {CIN: [referral(CINclosureDate="2025-03-31"), referral(CINclosureDate="2026-04-01")]},
        (1, 2),
    ),
    Case(
        "8620",
        "the first and last day",
        {CIN: [referral(CINclosureDate="2025-04-01"), referral(CINclosureDate="2026-03-31")]},
        (),
    ),
    Case("8630", "the day before referral", one(CINclosureDate="2025-05-31"), (1,)),
    Case("8630", "the day of referral", one(CINclosureDate="2025-06-01"), ()),
    Case("8640", "no code", one(ReasonForClosure="RC10"), (1,)),
    Case("8640", "a code, and none", {CIN: [referral(ReasonForClosure="RC9"), referral()]}, ()),
    Case("8805", "no reason", one(CINclosureDate="2025-09-01"), (1,)),
    Case("8805", "a reason", {CIN: [CLOSED]}, ()),
    Case("8810", "no date", one(ReasonForClosure="RC7"), (1,)),
    Case("8810", "a date", {CIN: [CLOSED]}, ()),
    Case("8565", "a conference later", {CIN: [{**CLOSED, "DateOfInitialCPC": "2025-09-02"}]}, (1,)),
    Case("8565", "an assessment later", {CIN: [CLOSED], ASS: [{"AssessmentAuthorisationDate": "2025-09-02"}]}, (1,)),
    Case("8565", "an enquiry later", {CIN: [CLOSED], S47: [{"S47ActualStartDate": "2025-09-02"}]}, (1,)),
    Case("8565", "a protection plan ends later", {CIN: [CLOSED], CPP: [{"CPPendDate": "2025-09-02"}]}, (1,)),
    Case("8565", "a plan ends later", {CIN: [CLOSED], PLAN: [{"CINPlanEndDate": "2025-09-02"}]}, (1,)),
    Case(
        "8565",
        "on the day, and in another episode",
        {CIN: [CLOSED], PLAN: [{"CINPlanEndDate": "2025-09-01"}, {"episode": 2, "CINPlanEndDate": "2025-12-01"}]},
        (),
    ),
    Case(
        "8825Q",
        "no assessment",
        {CIN: [referral(ReasonForClosure="RC8"), referral(ReasonForClosure="RC9")], ASS: [{"episode": 2}]},
        (1,),
    ),
    Case("8825Q", "another reason", {CIN: [CLOSED]}, ()),
    Case("8867", "an open assessment", {CIN: [CLOSED], ASS: [{"AssessmentActualStartDate": "2025-07-01"}]}, (1,)),
    Case("8867", "a completed one", {CIN: [CLOSED], ASS: [{"AssessmentAuthorisationDate": "2025-07-01"}]}, ()),
    Case(
        "8868",
        "an enquiry with no end, and one with two",
        {
            CIN: [CLOSED, {**CLOSED, "child": 2}],
            S47: [{"ICPCnotRequired": "0"}, {"child": 2, "ICPCnotRequired": "1", "DateOfInitialCPC": "2025-07-01"}],
        },
        (1, 2),
    ),
    Case(
        "8868",
        "a conference, and none required",
        {
            CIN: [CLOSED],
            S47: [{"ICPCnotRequired": "false", "DateOfInitialCPC": "2025-07-01"}, {"ICPCnotRequired": "true"}],
        },
        (),
    ),
    Case("2990", "a conference", one(ReasonForClosure="RC8", DateOfInitialCPC="2025-07-01"), (1,)),
    Case("2990", "an enquiry", {**one(ReasonForClosure="RC9"), S47: [{}]}, (1,)),
    Case(
        "2990",
        "a protection plan and a plan",
        {CIN: [referral(ReasonForClosure="RC8"), referral(ReasonForClosure="RC9")], CPP: [{}], PLAN: [{"episode": 2}]},
        (1, 2),
    ),
    Case("2990", "another reason", {CIN: [CLOSED], S47: [{}]}, ()),
    Case("8815", "two open", {CIN: [referral(), referral(), referral(ReferralNFA="1"), CLOSED]}, (1, 2)),
    Case("8815", "one open, by each of two children", {CIN: [referral(), referral(child=2), CLOSED]}, ()),
    Case(
        "8816",
        "open, with a later one",
        {CIN: [referral(), referral(CINreferralDate="2025-06-02", CINclosureDate="2025-07-01")]},
        (1,),
    ),
    Case("8816", "two on one day: the second is named", {CIN: [referral(), referral()]}, (2,)),
    Case("8816", "the latest is open", {CIN: [CLOSED, referral(CINreferralDate="2025-09-01")]}, ()),
    Case(
        "8820",
        "inside another, and after an open one",
        {CIN: [CLOSED, referral(CINreferralDate="2025-08-31"), referral(CINreferralDate="2025-12-01")]},
        (2, 3),
    ),
    Case(
        "8820",
        "from the day of closure, and beside no action",
        {
            CIN: [
                CLOSED,
                referral(CINreferralDate="2025-09-01"),
                referral(CINreferralDate="2025-05-01", ReferralNFA="1"),
            ]
        },
        (),
    ),
    Case("8820", "the same days: both", {CIN: [CLOSED, CLOSED]}, (1, 2)),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_rule(case: Case) -> None:
    holds(case)
