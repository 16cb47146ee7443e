"""Rules of assessments, their factors, Section 47 enquiries and initial conferences."""

import pytest

from tests.returns.cin.rules.cases import Case, Row, holds, referral

CIN, ASS, FAC, S47, CPP = "CINdetails", "Assessments", "AssessmentFactors", "Section47", "ChildProtectionPlans"


def assessed(started: str | None, ended: str | None = None, **more: object) -> Row:
    return {"AssessmentActualStartDate": started, "AssessmentAuthorisationDate": ended, **more}


def asked(started: str | None, conference: str | None = None, not_required: str | None = "0", **more: object) -> Row:
    return {"S47ActualStartDate": started, "DateOfInitialCPC": conference, "ICPCnotRequired": not_required, **more}


def factors(*codes: str, **more: object) -> list[Row]:
    return [{"AssessmentFactors": code, **more} for code in codes]


DONE = assessed("2025-06-02", "2025-07-01")
CASES = [
    Case("1103", "the day before referral", {CIN: [referral()], ASS: [assessed("2025-05-31"), DONE]}, (1,)),
    Case("1103", "the day of referral", {CIN: [referral()], ASS: [assessed("2025-06-01")]}, ()),
    Case("8608", "ends before it starts", {ASS: [assessed("2025-06-02", "2025-06-01")]}, (1,)),
    Case("8608", "one day", {ASS: [assessed("2025-06-02", "2025-06-02")]}, ()),
    # 45 working days before Tuesday 31 March 2026 is Tuesday 27 January.
    Case("8670Q", "46 working days", {ASS: [assessed("2026-01-26")]}, (1,)),
    Case("8670Q", "45 working days, and a completed one", {ASS: [assessed("2026-01-27"), DONE]}, ()),
    Case(
        "8696",
        "a day outside on each side",
        {ASS: [assessed(None, "2025-03-31"), assessed(None, "2026-04-01")]},
        (1, 2),
    ),
    Case("8696", "the first and last day", {ASS: [assessed(None, "2025-04-01"), assessed(None, "2026-03-31")]}, ()),
    Case(
        "8736",
        "open from before the year, after it, or from no date",
        {ASS: [assessed("2025-03-31"), assessed("2026-04-01"), assessed(None)]},
        (1, 2, 3),
    ),
    Case(
        "8736",
        "open from the year, and completed",
        {ASS: [assessed("2025-04-01"), assessed("2025-03-31", "2025-04-01")]},
        (),
    ),
    Case("8863Q", "on the last day of another", {ASS: [DONE, assessed("2025-07-01", "2025-08-01")]}, (2,)),
    Case("8863Q", "the same days: both", {ASS: [DONE, DONE]}, (1, 2)),
    Case("8863Q", "during an open one", {ASS: [assessed("2025-06-02"), assessed("2025-12-01")]}, (2,)),
    Case(
        "8863Q",
        "the day after, and in another episode",
        {ASS: [DONE, assessed("2025-07-02"), {**DONE, "episode": 2}]},
        (),
    ),
    Case("8896", "two open", {ASS: [assessed("2025-06-02"), DONE, assessed("2025-07-02")]}, (1, 3)),
    Case("8896", "one open in each episode", {ASS: [assessed("2025-06-02"), assessed("2025-07-02", episode=2)]}, ()),
    Case("8614", "factors while open", {ASS: [assessed("2025-06-02")], FAC: factors("1A", "2A")}, (1,)),
    Case("8614", "a blank factor while open", {ASS: [assessed("2025-06-02")], FAC: factors("")}, ()),
    Case("8614", "factors when completed", {ASS: [DONE], FAC: factors("1A")}, ()),
    Case(
        "8869", "21 and another", {ASS: [DONE, DONE], FAC: [*factors("21", "1A"), *factors("21", assessment=2)]}, (1,)
    ),
    Case("8869", "only 21", {ASS: [DONE], FAC: factors("21")}, ()),
    Case(
        "8873Q",
        "21 and another reason",
        {CIN: [referral(ReasonForClosure="RC7")], ASS: [DONE], FAC: factors("21")},
        (1,),
    ),
    Case("8873Q", "21 and no reason", {CIN: [referral()], ASS: [DONE], FAC: factors("21")}, (1,)),
    Case("8873Q", "21 and RC8", {CIN: [referral(ReasonForClosure="RC8")], ASS: [DONE], FAC: factors("21")}, ()),
    Case("8873Q", "one of two assessments", {CIN: [referral()], ASS: [DONE, DONE], FAC: factors("21")}, ()),
    Case(
        "8897Q",
        "none, and no code",
        {ASS: [DONE, DONE, DONE], FAC: [*factors("1A"), *factors("1Z", "1A", assessment=3)]},
        (2, 3),
    ),
    Case(
        "8897Q",
        "completed before the year, and open",
        {ASS: [assessed("2025-03-01", "2025-03-31"), assessed("2025-06-01")]},
        (),
    ),
    Case("8898", "twice in one", {ASS: [DONE, DONE], FAC: [*factors("1A", "1A"), *factors("1A", assessment=2)]}, (1,)),
    Case("8898", "once in each", {ASS: [DONE, DONE], FAC: [*factors("1A"), *factors("1A", assessment=2)]}, ()),
    Case("8945Q", "18A", {ASS: [DONE], FAC: factors("18a")}, (1,)),
    Case("8945Q", "18B", {ASS: [DONE], FAC: factors("18B")}, ()),
    Case("8950Q", "19A", {ASS: [DONE], FAC: factors("19A")}, (1,)),
    Case("8950Q", "19C", {ASS: [DONE], FAC: factors("19C")}, ()),
    Case("2889", "the day before referral", {CIN: [referral()], S47: [asked("2025-05-31"), asked("2025-06-01")]}, (1,)),
    Case(
        "2889",
        "in another episode",
        {CIN: [referral(), referral(CINreferralDate="2025-01-01")], S47: [asked("2025-05-31", episode=2)]},
        (),
    ),
    Case(
        "2991Q",
        "no assessment in the episode",
        {S47: [asked("2025-06-02"), asked("2025-06-02", episode=2)], ASS: [DONE]},
        (2,),
    ),
    Case("2991Q", "an assessment", {S47: [asked("2025-06-02")], ASS: [DONE]}, ()),
    Case(
        "8615",
        "no start, and a later one",
        {S47: [asked(None, "2025-06-20"), asked("2025-06-21", "2025-06-20")]},
        (1, 2),
    ),
    Case("8615", "on the day, and no conference", {S47: [asked("2025-06-20", "2025-06-20"), asked(None)]}, ()),
    # 15 working days before Tuesday 31 March 2026 is Tuesday 10 March.
    Case("8675Q", "16 working days", {S47: [asked("2026-03-09")]}, (1,)),
    Case(
        "8675Q",
        "15 working days, held, or not required",
        {S47: [asked("2026-03-10"), asked("2026-01-09", "2026-01-20"), asked("2026-01-09", None, "true")]},
        (),
    ),
    Case(
        "8740",
        "waiting since before the year",
        {S47: [asked("2025-03-31"), asked("2025-03-31", not_required="false")]},
        (1, 2),
    ),
    Case("8740", "from the first day, or held", {S47: [asked("2025-04-01"), asked("2025-03-31", "2025-04-03")]}, ()),
    Case(
        "8839",
        "two open",
        {S47: [asked("2025-06-01"), asked("2025-07-01", not_required=None), asked("2025-08-01", not_required="1")]},
        (1, 2),
    ),
    Case("8839", "one in each episode", {S47: [asked("2025-06-01"), asked("2025-07-01", episode=2)]}, ()),
    Case(
        "8890",
        "before the conference of another",
        {S47: [asked("2025-06-02", "2025-06-20"), asked("2025-06-20", "2025-07-01")]},
        (2,),
    ),
    Case("8890", "during an open one", {S47: [asked("2025-06-02"), asked("2025-12-01", "2025-12-10")]}, (2,)),
    Case(
        "8890", "after one that needed no conference", {S47: [asked("2025-06-02", None, "1"), asked("2025-12-01")]}, ()
    ),
    Case(
        "1104",
        "the day before referral",
        {CIN: [referral()], S47: [asked(None, "2025-05-31"), asked(None, "2025-06-01")]},
        (1,),
    ),
    Case("1104", "no conference", {CIN: [referral()], S47: [asked("2025-05-31")]}, ()),
    Case(
        "2884",
        "recorded twice",
        {CIN: [referral(DateOfInitialCPC="2025-06-20")], S47: [asked(None, "2025-06-20"), asked(None, "2025-06-23")]},
        (1,),
    ),
    Case("2884", "recorded once", {CIN: [referral()], S47: [asked(None, "2025-06-20")]}, ()),
    Case(
        "2885",
        "another day than the enquiry’s conference",
        {
            CIN: [referral(DateOfInitialCPC="2025-06-21")],
            S47: [asked(None, "2025-06-20")],
            CPP: [{"CPPstartDate": "2025-06-21"}],
        },
        (1,),
    ),
    Case(
        "2885",
        "another day than the episode’s conference",
        {CIN: [referral(DateOfInitialCPC="2025-06-20")], CPP: [{"CPPstartDate": "2025-06-21"}]},
        (1,),
    ),
    Case(
        "2885",
        "one of two plans",
        {
            CIN: [referral()],
            S47: [asked(None, "2025-06-20")],
            CPP: [{"CPPstartDate": "2025-06-20"}, {"CPPstartDate": "2025-06-21"}],
        },
        (2,),
    ),
    Case(
        "2885",
        "the day, before the year, and where none was required",
        {
            CIN: [referral(), referral(child=2, DateOfInitialCPC="2025-06-20")],
            S47: [asked(None, "2025-06-20"), asked(None, None, "1", child=2)],
            CPP: [
                {"CPPstartDate": "2025-06-20"},
                {"CPPstartDate": "2025-03-31"},
                {"child": 2, "CPPstartDate": "2025-06-20"},
            ],
        },
        (),
    ),
    Case("8715", "a day outside on each side", {S47: [asked(None, "2025-03-31"), asked(None, "2026-04-01")]}, (1, 2)),
    Case("8715", "the first day", {S47: [asked(None, "2025-04-01")]}, ()),
    Case(
        "8870Q",
        "Saturday and Sunday",
        {S47: [{"InitialCPCtarget": "2025-06-21"}, {"InitialCPCtarget": "2025-06-22"}]},
        (1, 2),
    ),
    Case("8870Q", "Friday", {S47: [{"InitialCPCtarget": "2025-06-20"}]}, ()),
    Case("8875", "Saturday and Sunday", {S47: [asked(None, "2025-06-21"), asked(None, "2025-06-22")]}, (1, 2)),
    Case("8875", "Monday", {S47: [asked(None, "2025-06-23")]}, ()),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_rule(case: Case) -> None:
    holds(case)
