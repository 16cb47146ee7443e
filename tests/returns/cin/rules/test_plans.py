"""Rules of child in need plans, child protection plans and their reviews, and of pre-proceedings."""

import pytest

from tests.returns.cin.rules.cases import WHOLE, Case, Row, Tables, child, holds, referral

IDS, CIN, CPP, REV, PLAN, S47 = (
    "ChildIdentifiers",
    "CINdetails",
    "ChildProtectionPlans",
    "Reviews",
    "CINPlanDates",
    "Section47",
)
PRE = "PreProceedingsandFGDM"


def plan(started: str | None, ended: str | None = None, **more: object) -> Row:
    return {"CINPlanStartDate": started, "CINPlanEndDate": ended, **more}


def protected(started: str | None, ended: str | None = None, **more: object) -> Row:
    return {"CPPstartDate": started, "CPPendDate": ended, **more}


def pre(**fields: object) -> Row:
    return {"PPStartDate": "2026-09-09", "FGDMMeetingOffer": "1", **fields}


def review(day: str | None, **more: object) -> Row:
    return {"CPPreviewDate": day, **more}


JUNE = plan("2025-06-02", "2025-06-30")
CPP_JUNE = protected("2025-06-02", "2025-06-30")
IN_2027: dict[str, list[tuple[Tables, tuple[int, ...] | str]]] = {
    "8995Q": [({}, WHOLE), ({PRE: [pre()]}, ())],
    "9000Q": [({PRE: [pre(PPStartDate=None)]}, (1,)), ({PRE: [pre()]}, ())],
    "9005": [
        ({PRE: [pre(PPStartDate="2026-03-31"), pre(PPStartDate="2027-04-01")]}, (1, 2)),
        ({PRE: [pre(PPStartDate="2026-04-01"), pre(PPStartDate=None)]}, ()),
    ],
    "9006": [
        ({PRE: [pre(LBPSentDate="2026-09-08"), pre(LBPSentDate="2027-04-01")]}, (1, 2)),
        ({PRE: [pre(LBPSentDate="2026-09-09"), pre(PPStartDate=None, LBPSentDate="2026-09-09")]}, ()),
    ],
    "9007": [
        ({PRE: [pre(LBPSentDate="2026-09-20", FGDMMeetingOffer=None)]}, (1,)),
        ({PRE: [pre(LBPSentDate="2026-09-20", FGDMMeetingOffer="0"), pre(FGDMMeetingOffer=None)]}, ()),
    ],
    "9008": [
        ({PRE: [pre(InitialPPMeetingDate="2026-03-31"), pre(InitialPPMeetingDate="2027-04-01")]}, (1, 2)),
        ({PRE: [pre(InitialPPMeetingDate="2027-03-31"), pre()]}, ()),
    ],
    "9009": [
        ({PRE: [pre(StepDecisionDate="2026-09-08"), pre(StepDecisionDate="2027-04-01")]}, (1, 2)),
        ({PRE: [pre(StepDecisionDate="2026-09-09")]}, ()),
    ],
    "9010Q": [
        ({PRE: [pre(FGDMMeetingOffer="true")]}, (1,)),
        ({PRE: [pre(FGDMMeetingFac="0"), pre(FGDMMeetingOffer="0")]}, ()),
    ],
    "9011": [({PRE: [pre(PPOutcome="D")]}, (1,)), ({PRE: [pre(PPOutcome="A"), pre()]}, ())],
    "9012": [
        (
            {PRE: [pre(StepDecisionDate="2026-12-01", CourtAppDate="2026-11-30"), pre(CourtAppDate="2027-04-01")]},
            (1, 2),
        ),
        ({PRE: [pre(StepDecisionDate="2026-12-01", CourtAppDate="2026-12-01"), pre(CourtAppDate="2026-12-01")]}, ()),
    ],
    "9013": [
        (
            {PRE: [pre(CourtAppDate="2026-12-18", LetterInitCPDate="2026-12-17"), pre(LetterInitCPDate="2027-04-01")]},
            (1, 2),
        ),
        ({PRE: [pre(CourtAppDate="2026-12-18", LetterInitCPDate="2027-02-05")]}, ()),
    ],
    "9015Q": [
        ({PRE: [pre(InitialPPMeetingDate="2026-10-01")]}, (1,)),
        ({PRE: [pre(InitialPPMeetingDate="2026-10-01", ReviewMeetingsCount="0"), pre()]}, ()),
    ],
    "TL-PP01": [
        ({CIN: [referral(CINreferralDate="2026-09-10")], PRE: [pre()]}, (1,)),
        ({CIN: [referral()], PRE: [pre()]}, ()),
    ],
    "TL-PP02": [({CIN: [referral(ReferralNFA="1")], PRE: [pre()]}, (1,)), ({CIN: [referral()], PRE: [pre()]}, ())],
    "TL-PP03Q": [
        ({PRE: [pre(InitialPPMeetingDate="2026-09-08"), pre(CourtAppDate="2026-09-08")]}, (1, 2)),
        ({PRE: [pre(InitialPPMeetingDate="2026-09-09")]}, ()),
    ],
    "TL-PP04Q": [
        ({PRE: [pre(InitialPPMeetingDate="2026-10-02", StepDecisionDate="2026-10-01")]}, (1,)),
        ({PRE: [pre(InitialPPMeetingDate="2026-10-01", StepDecisionDate="2026-10-01")]}, ()),
    ],
    "TL-PP05": [
        ({PRE: [pre(StepDecisionDate="2026-10-01"), pre(PPOutcome="A")]}, (1, 2)),
        ({PRE: [pre(StepDecisionDate="2026-10-01", PPOutcome="A"), pre()]}, ()),
    ],
    "TL-PP06": [
        (
            {PRE: [pre(FGDMMeetingOffer="0", FGDMMeetingFac="1"), pre(FGDMMeetingOffer=None, FGDMMeetingFac="1")]},
            (1, 2),
        ),
        ({PRE: [pre(FGDMMeetingFac="1"), pre(FGDMMeetingOffer="0", FGDMMeetingFac="0")]}, ()),
    ],
    "TL-PP07": [
        (
            {PRE: [pre(ReviewMeetingsCount="-1"), pre(ReviewMeetingsCount="two"), pre(ReviewMeetingsCount="1.5")]},
            (1, 2, 3),
        ),
        ({PRE: [pre(ReviewMeetingsCount="0"), pre(ReviewMeetingsCount=""), pre()]}, ()),
    ],
    "TL-PP08Q": [
        ({PRE: [pre(ReviewMeetingsCount="2")]}, (1,)),
        ({PRE: [pre(ReviewMeetingsCount="2", InitialPPMeetingDate="2026-10-01"), pre(ReviewMeetingsCount="0")]}, ()),
    ],
    "TL-PP09": [
        ({IDS: [child(PersonDeathDate="2026-09-08")], PRE: [pre()]}, (1,)),
        ({IDS: [child(PersonDeathDate="2026-09-09")], PRE: [pre()]}, ()),
    ],
    "TL-PP10": [
        ({PRE: [pre(), pre(PPStartDate="2026-12-01")]}, (2,)),
        ({PRE: [pre(StepDecisionDate="2026-11-01"), pre(PPStartDate="2026-11-01")]}, ()),
        ({PRE: [pre(CourtAppDate="2026-11-01"), pre(PPStartDate="2026-12-01")]}, ()),
    ],
    "TL-PP11": [
        ({CIN: [referral(CINclosureDate="2026-09-08")], PRE: [pre()]}, (1,)),
        ({CIN: [referral(CINclosureDate="2026-09-09")], PRE: [pre()]}, ()),
    ],
}
CASES = [
    Case(
        "4004",
        "two open, in one episode and in two",
        {PLAN: [plan("2025-06-02"), JUNE, plan("2025-07-02", episode=2)]},
        (1, 3),
    ),
    Case("4004", "one open for each child", {PLAN: [plan("2025-06-02"), plan("2025-07-02", child=2)]}, ()),
    Case("4010", "none, and after the year", {PLAN: [plan(None), plan("2026-04-01")]}, (1, 2)),
    Case("4010", "before the year", {PLAN: [plan("2020-04-01")]}, ()),
    Case("4011", "ends before it starts", {PLAN: [plan("2025-06-02", "2025-06-01")]}, (1,)),
    Case("4011", "one day", {PLAN: [plan("2025-06-02", "2025-06-02")]}, ()),
    Case("4012Q", "one day", {PLAN: [plan("2025-06-02", "2025-06-02")]}, (1,)),
    Case("4012Q", "two days", {PLAN: [plan("2025-06-02", "2025-06-03"), plan(None)]}, ()),
    Case("4013", "a day outside on each side", {PLAN: [plan(None, "2025-03-31"), plan(None, "2026-04-01")]}, (1, 2)),
    Case("4013", "the last day", {PLAN: [plan(None, "2026-03-31")]}, ()),
    Case(
        "4014",
        "on the last day of another, and after an open one",
        {PLAN: [JUNE, plan("2025-06-30"), plan("2025-12-01", episode=2)]},
        (2, 3),
    ),
    Case("4014", "the day after", {PLAN: [JUNE, plan("2025-07-01")]}, ()),
    Case("4015", "the day before referral", {CIN: [referral()], PLAN: [plan("2025-05-31"), plan("2025-06-01")]}, (1,)),
    Case(
        "4015",
        "in another episode",
        {CIN: [referral(), referral(CINreferralDate="2025-05-01")], PLAN: [plan("2025-05-31", episode=2)]},
        (),
    ),
    Case("4001", "both open", {PLAN: [plan("2025-06-02")], CPP: [protected("2025-06-02")]}, (1,)),
    Case(
        "4001",
        "one ended, no start, or in another episode",
        {PLAN: [JUNE, plan(None), plan("2025-06-02", episode=2)], CPP: [protected("2025-06-02")]},
        (),
    ),
    Case(
        "4003",
        "a review within a plan",
        {PLAN: [JUNE], CPP: [protected("2025-04-02")], REV: [review("2025-06-02"), review("2025-06-30")]},
        (1,),
    ),
    Case(
        "4003",
        "a review on the last day of protection",
        {PLAN: [JUNE], CPP: [protected("2025-04-02", "2025-06-05")], REV: [review("2025-06-05")]},
        (),
    ),
    Case("4016", "starts while protected", {PLAN: [plan("2025-06-29"), plan("2025-06-30")], CPP: [CPP_JUNE]}, (1,)),
    Case(
        "4016",
        "starts during an open plan of another episode",
        {PLAN: [plan("2025-06-30")], CPP: [protected("2025-06-02", episode=2)]},
        (1,),
    ),
    Case("4016", "starts when protection ends", {PLAN: [plan("2025-06-30")], CPP: [CPP_JUNE]}, ()),
    Case("4017", "starts during a plan", {PLAN: [JUNE], CPP: [protected("2025-06-02"), protected("2025-06-30")]}, (1,)),
    Case("4017", "starts when the plan ends", {PLAN: [JUNE], CPP: [protected("2025-06-30")]}, ()),
    Case(
        "1105",
        "the day before referral",
        {CIN: [referral()], CPP: [protected("2025-05-31"), protected("2025-06-01")]},
        (1,),
    ),
    Case("1105", "no start", {CIN: [referral()], CPP: [protected(None)]}, ()),
    Case("8720", "none, and after the year", {CPP: [protected(None), protected("2026-04-01")]}, (1, 2)),
    Case("8720", "before the year", {CPP: [protected("2020-04-01")]}, ()),
    Case(
        "8730",
        "none, below 0, and no number",
        {CPP: [{}, {"NumberOfPreviousCPP": "-1"}, {"NumberOfPreviousCPP": "one"}]},
        (1, 2, 3),
    ),
    Case("8730", "0 and more", {CPP: [{"NumberOfPreviousCPP": "0"}, {"NumberOfPreviousCPP": "10"}]}, ()),
    Case("8905", "none, and no code", {CPP: [{}, {"InitialCategoryOfAbuse": "ABU"}]}, (1, 2)),
    Case("8905", "a code", {CPP: [{"InitialCategoryOfAbuse": "NEG"}]}, ()),
    Case("8910", "none, and no code", {CPP: [{}, {"LatestCategoryOfAbuse": "neg"}]}, (1, 2)),
    Case("8910", "a code", {CPP: [{"LatestCategoryOfAbuse": "MUL"}]}, ()),
    Case("8840", "one day", {CPP: [protected("2025-06-02", "2025-06-02")]}, (1,)),
    Case("8840", "two days", {CPP: [protected("2025-06-02", "2025-06-03")]}, ()),
    Case("8925", "ends before it starts", {CPP: [protected("2025-06-02", "2025-06-01")]}, (1,)),
    Case("8925", "open", {CPP: [protected("2025-06-02")]}, ()),
    Case(
        "8930",
        "a day outside on each side",
        {CPP: [protected(None, "2025-03-31"), protected(None, "2026-04-01")]},
        (1, 2),
    ),
    Case("8930", "the first day", {CPP: [protected(None, "2025-04-01")]}, ()),
    Case(
        "8935",
        "two open, in two episodes",
        {CPP: [protected("2025-06-02"), CPP_JUNE, protected("2025-06-02", episode=2)]},
        (1, 3),
    ),
    Case("8935", "one open", {CPP: [protected("2025-06-02"), CPP_JUNE]}, ()),
    Case(
        "8940",
        "on the last day of another, and after an open one",
        {CPP: [CPP_JUNE, protected("2025-06-30"), protected("2025-12-01", episode=2)]},
        (2, 3),
    ),
    Case("8940", "the day after", {CPP: [CPP_JUNE, protected("2025-07-01")]}, ()),
    Case(
        "8841",
        "on the day, and before",
        {CPP: [protected("2025-06-02")], REV: [review("2025-06-02"), review("2025-06-01"), review("2025-06-03")]},
        (1, 2),
    ),
    Case(
        "8841",
        "of another plan",
        {CPP: [protected("2025-06-02"), protected("2025-01-02")], REV: [review("2025-06-01", plan=2)]},
        (),
    ),
    Case(
        "8842Q",
        "none, blank, and no date",
        {REV: [review(None), review(""), review("soon"), review("2025-06-01")]},
        (1, 2, 3),
    ),
    Case("8842Q", "a date in another spelling", {REV: [review("01/06/2025")]}, ()),
    Case(
        "2883",
        "more plans than conferences",
        {CIN: [referral(DateOfInitialCPC="2025-06-20")], CPP: [CPP_JUNE, CPP_JUNE]},
        WHOLE,
    ),
    Case(
        "2883",
        "as many, wherever recorded",
        {
            CIN: [referral(DateOfInitialCPC="2025-06-20")],
            S47: [{"DateOfInitialCPC": "2025-06-20"}],
            CPP: [CPP_JUNE, CPP_JUNE, protected("2025-03-31")],
        },
        (),
    ),
    *(
        Case(code, f"example {place}", tables, rows, year=2027)
        for code, examples in IN_2027.items()
        for place, (tables, rows) in enumerate(examples, 1)
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_rule(case: Case) -> None:
    holds(case)
