"""Children looked after for twelve months: health, convictions, strengths and difficulties."""

import polars as pl

from throughline.returns.ssda903.care import Care, Rows
from throughline.returns.ssda903.expr import (
    ADOPTERS,
    HEALTH,
    LEAVER,
    OUTCOMES,
    any_blank,
    any_given,
    birthday,
    blank,
    col,
    given,
    is_,
)
from throughline.returns.ssda903.registry import rule

BOTH = ("OC2", "Episodes")
ALL_YEAR = "Leave these fields blank: they are asked of children looked after for the whole year."


def _all_year(care: Care, test: pl.Expr) -> Rows:
    """Rows of OC2 of children looked after all year for which the test is true."""
    return care.view("OC2", "continuous").where(col("continuous") & test)


def _not_all_year(care: Care, test: pl.Expr) -> Rows:
    return care.view("OC2", "continuous").where(~col("continuous") & test)


@rule(
    "157",
    {"OC2": ("SDQ_REASON", "DOB")},
    "SDQ1, too young or too old, is given for a child of 4 to 16.",
    "Give the score, or the reason for which there is none.",
    uses=BOTH,
)
def not_the_age(care: Care) -> Rows:
    age = (birthday("DOB", 4) <= care.start) & (birthday("DOB", 16) >= care.end)
    return _all_year(care, age & blank("SDQ_SCORE") & is_("SDQ_REASON", "SDQ1"))


@rule(
    "158",
    {"OC2": ("INTERVENTION_RECEIVED", "INTERVENTION_OFFERED")},
    "The child received help for substance misuse, and whether it was offered is given too.",
    "Leave blank whether it was offered.",
)
def received_and_offered(care: Care) -> Rows:
    return care.view("OC2").where(is_("INTERVENTION_RECEIVED", "1") & given("INTERVENTION_OFFERED"))


@rule(
    "159",
    {"OC2": ("SUBSTANCE_MISUSE", "INTERVENTION_RECEIVED", "INTERVENTION_OFFERED")},
    "The child received no help for substance misuse, and whether it was offered is not given.",
    "Give 0 or 1 for whether it was offered.",
)
def offered_not_given(care: Care) -> Rows:
    asked = is_("SUBSTANCE_MISUSE", "1") & is_("INTERVENTION_RECEIVED", "0")
    return care.view("OC2").where(asked & blank("INTERVENTION_OFFERED"))


@rule(
    "182",
    {"OC2": (*HEALTH, "CONVICTED", "HEALTH_CHECK", "INTERVENTION_RECEIVED", "INTERVENTION_OFFERED")},
    "Some outcomes are given, but immunisations, teeth, health assessment or substance misuse is missing.",
    "Give 0 or 1 for all four, or leave every outcome blank.",
)
def some_outcomes(care: Care) -> Rows:
    others = any_given("CONVICTED", "HEALTH_CHECK", "INTERVENTION_RECEIVED", "INTERVENTION_OFFERED")
    return care.view("OC2").where(any_blank(*HEALTH) & others)


@rule(
    "185",
    {"OC2": ("SDQ_SCORE",)},
    "A strengths and difficulties score is given for a child who was not looked after all year.",
    ALL_YEAR,
    uses=BOTH,
)
def score_not_asked(care: Care) -> Rows:
    return _not_all_year(care, given("SDQ_SCORE"))


@rule(
    "186",
    {"OC2": ("SDQ_SCORE", "SDQ_REASON")},
    "There is no strengths and difficulties score for a child of 4 to 16 who was looked after all year.",
    "Give the score, or the reason for which there is none.",
    uses=BOTH,
)
def no_score(care: Care) -> Rows:
    age = (birthday("DOB", 4) <= care.start) & (birthday("DOB", 17) > care.end)
    return _all_year(care, age & blank("SDQ_SCORE") & blank("SDQ_REASON"))


@rule(
    "187",
    {"AD1": ADOPTERS, "OC3": LEAVER},
    "The child was looked after all year, but adoption or care leaver information is given.",
    "Take it out, or give the episode in which the child left care.",
    uses=("OC3", "AD1", "Episodes"),
)
def still_looked_after(care: Care) -> Rows:
    found = care.view("AD1", "continuous").where(col("continuous") & any_given(*ADOPTERS))
    return found | care.view("OC3", "continuous").where(col("continuous") & any_given(*LEAVER))


@rule(
    "188",
    {"OC2": ("SDQ_SCORE", "SDQ_REASON")},
    "A strengths and difficulties score or a reason is given for a child under 4.",
    "Leave both blank.",
)
def score_under_4(care: Care) -> Rows:
    return care.view("OC2").where((birthday("DOB", 4) > care.end) & any_given("SDQ_SCORE", "SDQ_REASON"))


@rule(
    "189",
    {"OC2": ("DOB", "SDQ_SCORE", "SDQ_REASON")},
    "A strengths and difficulties score or a reason is given for a young person who was 17 when the year began.",
    "Leave both blank.",
)
def score_over_17(care: Care) -> Rows:
    return care.view("OC2").where((birthday("DOB", 17) < care.start) & any_given("SDQ_SCORE", "SDQ_REASON"))


@rule(
    "190",
    {"OC2": OUTCOMES},
    "Outcomes are given for a child who was not looked after all year.",
    ALL_YEAR,
    uses=BOTH,
)
def outcomes_not_asked(care: Care) -> Rows:
    return _not_all_year(care, any_given(*OUTCOMES))


@rule(
    "191",
    {"OC2": HEALTH, "Episodes": ("CHILD",)},
    "Outcomes are missing for a child who was looked after all year.",
    "Give 0 or 1 for immunisations, teeth, health assessment and substance misuse.",
)
def outcomes_missing(care: Care) -> Rows:
    found = _all_year(care, any_blank(*HEALTH))
    view = care.view("Episodes", "continuous", "in_OC2")
    return found | view.where(col("is_first") & col("continuous") & ~col("in_OC2"))


@rule(
    "192",
    {"OC2": ("SUBSTANCE_MISUSE", "INTERVENTION_RECEIVED")},
    "The child has a substance misuse problem, and whether help was received is not given.",
    "Give 0 or 1 for whether help was received.",
)
def received_not_given(care: Care) -> Rows:
    return care.view("OC2").where(is_("SUBSTANCE_MISUSE", "1") & blank("INTERVENTION_RECEIVED"))


@rule(
    "193",
    {"OC2": ("SUBSTANCE_MISUSE", "INTERVENTION_RECEIVED", "INTERVENTION_OFFERED")},
    "Help for substance misuse is given for a child without such a problem.",
    "Leave blank whether help was received or offered, or give 1 for the problem.",
)
def no_problem(care: Care) -> Rows:
    none = blank("SUBSTANCE_MISUSE") | is_("SUBSTANCE_MISUSE", "0")
    return care.view("OC2").where(none & any_given("INTERVENTION_RECEIVED", "INTERVENTION_OFFERED"))


@rule(
    "197a",
    {"OC2": ("SDQ_SCORE", "SDQ_REASON")},
    "A strengths and difficulties score is given, and a reason for having none.",
    "Take the reason out.",
)
def score_and_reason(care: Care) -> Rows:
    return care.view("OC2").where(given("SDQ_SCORE") & given("SDQ_REASON"))


@rule(
    "197B",
    {"OC2": ("SDQ_SCORE", "SDQ_REASON", "DOB")},
    "Neither a score nor a reason is given for a child who became 4 or 17 in the year.",
    "Give the score, or the reason for which there is none.",
    uses=BOTH,
)
def score_at_4_or_17(care: Care) -> Rows:
    age = pl.any_horizontal([birthday("DOB", years).is_between(care.start, care.end) for years in (4, 17)])
    return _all_year(care, age & blank("SDQ_SCORE") & blank("SDQ_REASON"))


@rule(
    "198",
    {"OC2": ("SDQ_REASON",)},
    "A reason for having no score is given for a child who was not looked after all year.",
    ALL_YEAR,
    uses=BOTH,
)
def reason_not_asked(care: Care) -> Rows:
    return _not_all_year(care, given("SDQ_REASON"))


@rule(
    "215",
    {"OC3": LEAVER, "OC2": OUTCOMES},
    "There is care leaver information and outcomes for a child looked after all year about the same person.",
    "Keep the one that is right: nobody is both.",
)
def leaver_and_outcomes(care: Care) -> Rows:
    return care.pair("OC3", "OC2").where(any_given(*LEAVER) & any_given(*OUTCOMES))


@rule(
    "542",
    {"OC2": ("CONVICTED", "DOB")},
    "Whether the child was convicted is given for a child under 10.",
    "Leave it blank: the age of criminal responsibility is 10.",
    cite="Children and Young Persons Act 1933, section 50",
)
def convicted_under_10(care: Care) -> Rows:
    return care.view("OC2").where((birthday("DOB", 10) > care.end) & given("CONVICTED"))


@rule(
    "543",
    {"OC2": ("DOB", "CONVICTED")},
    "Whether a child of 10 or over who was looked after all year was convicted is not given.",
    "Give 0 or 1.",
    uses=BOTH,
)
def conviction_missing(care: Care) -> Rows:
    return _all_year(care, (birthday("DOB", 10) <= care.end) & blank("CONVICTED"))


@rule(
    "544",
    {"OC2": ("CONVICTED", *HEALTH)},
    "A conviction is given, but immunisations, teeth, health assessment or substance misuse is missing.",
    "Give 0 or 1 for all four.",
)
def convicted_without_health(care: Care) -> Rows:
    return care.view("OC2").where(is_("CONVICTED", "1") & any_blank(*HEALTH))


@rule(
    "545",
    {"OC2": ("DOB", "HEALTH_CHECK")},
    "Whether health checks are up to date is not given for a child under 5 who was looked after all year.",
    "Give 0 or 1.",
    uses=BOTH,
)
def checks_missing(care: Care) -> Rows:
    return _all_year(care, (birthday("DOB", 5) > care.end) & blank("HEALTH_CHECK"))


@rule(
    "546",
    {"OC2": ("DOB", "HEALTH_CHECK")},
    "Whether health checks are up to date is given for a child of 5 or over.",
    "Leave it blank: it is asked of children under 5.",
    uses=BOTH,
)
def checks_over_5(care: Care) -> Rows:
    return _all_year(care, (birthday("DOB", 5) <= care.end) & given("HEALTH_CHECK"))


@rule(
    "547",
    {"OC2": ("HEALTH_CHECK", *HEALTH)},
    "Health checks are up to date, but immunisations, teeth, health assessment or substance misuse is missing.",
    "Give 0 or 1 for all four.",
)
def checks_without_health(care: Care) -> Rows:
    return care.view("OC2").where(is_("HEALTH_CHECK", "1") & any_blank(*HEALTH))
