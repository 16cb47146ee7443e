"""Care leavers."""

import polars as pl

from throughline.returns.ssda903.care import Care, Rows
from throughline.returns.ssda903.expr import (
    ADOPTED,
    LEAVER,
    SHORT_BREAKS,
    among,
    any_blank,
    any_given,
    birthday,
    col,
    is_,
    yes,
)
from throughline.returns.ssda903.registry import rule

OUT = "Take the care leaver information out, or correct the episodes."


@rule(
    "153",
    {"OC3": LEAVER},
    "Some care leaver items are given and others are not.",
    "Give all three, or leave all three blank.",
)
def some_items(care: Care) -> Rows:
    return care.view("OC3").where(any_given(*LEAVER) & any_blank(*LEAVER))


@rule(
    "344",
    {"OC3": LEAVER},
    "The young person died or returned home, but activity or accommodation is given.",
    "Give 0 for activity and 0 for accommodation.",
)
def died_or_home(care: Care) -> Rows:
    something = ~is_("ACTIV", "0") | ~is_("ACCOM", "0")
    return care.view("OC3").where(among("IN_TOUCH", ("DIED", "RHOM")) & something)


@rule(
    "345",
    {"OC3": LEAVER},
    "The authority is in touch, but activity or accommodation is 0.",
    "Give the activity and the accommodation.",
)
def in_touch_without_facts(care: Care) -> Rows:
    return care.view("OC3").where(is_("IN_TOUCH", "YES") & (is_("ACTIV", "0") | is_("ACCOM", "0")))


@rule(
    "347",
    {"OC3": ("ACCOM", "DOB")},
    "A care leaver who was under 18 when the year began lives in a foyer.",
    "Correct the accommodation or the date of birth: foyers are for adults.",
    since=2024,
)
def foyer_under_18(care: Care) -> Rows:
    return care.view("OC3").where(col("ACCOM").str.starts_with("T") & (birthday("DOB", 18) > care.start))


@rule(
    "348",
    {"OC3": ("IN_TOUCH",)},
    "The care leaver died according to last year's return.",
    "Correct it, or say when you submit that last year's return was wrong.",
    since=2026,
    uses=("OC3", "OC3_last"),
)
def died_last_year(care: Care) -> Rows:
    return care.view("OC3", "lo_IN_TOUCH").where(is_("lo_IN_TOUCH", "DIED") & ~is_("IN_TOUCH", "DIED"))


@rule(
    "391",
    {"OC3": ("DOB", *LEAVER)},
    "Care leaver information is given about someone who was not yet 17 at the end of the year.",
    "Correct the date of birth, or take the information out.",
)
def too_young(care: Care) -> Rows:
    return care.view("OC3").where((birthday("DOB", 17) > care.end) & any_given(*LEAVER))


@rule(
    "1000",
    {"OC3": LEAVER},
    "There is care leaver information about a young person who died in care.",
    OUT,
    uses=("Episodes", "OC3"),
)
def died_in_care(care: Care) -> Rows:
    died = [care.having(table, is_("REC", "E2")) for table in ("Episodes", "Episodes_last")]
    return care.view("OC3", now=died[0], then=died[1]).where(col("now") | col("then"))


def _time_in_care(care: Care) -> pl.DataFrame:
    """Days in care after the 14th and the 16th birthday, by child, in both years' episodes but short breaks."""
    fields = ("child", "DECOM", "DEC", "LS")
    both = pl.concat([care.table("Episodes").select(fields), care.table("Episodes_last").select(fields)])
    both = both.filter(col("child").is_not_null(), col("DECOM").is_not_null())
    both = both.sort("child", "DECOM", "DEC", nulls_last=True).unique(("child", "DECOM"), keep="first")
    latest = col("DECOM") == col("DECOM").max().over("child")
    ends = pl.when(latest).then(col("DEC").fill_null(care.end)).otherwise(col("DEC"))
    both = both.with_columns(ends.alias("ends")).filter(~among("LS", SHORT_BREAKS))
    births = care.fact("h_DOB").gather(both.get_column("child")).alias("DOB")
    both = both.with_columns(births)
    days = [
        (col("ends") - pl.max_horizontal("DECOM", birthday("DOB", years))).dt.total_days().clip(lower_bound=0)
        for years in (14, 16)
    ]
    return both.group_by("child").agg(days[0].sum().alias("after_14"), days[1].sum().alias("after_16"))


@rule(
    "1001",
    {"OC3": LEAVER},
    "The episodes do not make the young person a care leaver: at least 13 weeks in care since the 14th birthday, "
    "some of it after the 16th, and not ended by adoption.",
    "Check the episodes. Earlier years' episodes are not seen here: if they make up the time, keep the information.",
    uses=("Episodes", "OC3", "Header", "Episodes_last"),
    cite="Children Act 1989, section 23A and schedule 2, paragraph 19B",
)
def not_a_leaver(care: Care) -> Rows:
    view = care.view("OC3", "h_DOB", "end_REC", "before_REC", "in_Episodes")
    total = view.frame.join(_time_in_care(care), on="child", how="left", maintain_order="left")
    enough = yes(col("after_14") >= 91) & yes(col("after_16") >= 1)
    older = yes(birthday("h_DOB", 20) <= care.end)  # whose time in care is before the two years that are seen
    last = pl.when("in_Episodes").then(col("end_REC")).otherwise(col("before_REC"))
    adopted = last.is_in(ADOPTED).fill_null(value=False)
    return {"OC3": total.filter(adopted | (~older & ~enough)).get_column("row")}


@rule(
    "1002",
    {"OC3": LEAVER},
    "There is care leaver information about a young person with no episode this year or last.",
    "Check that the young person was looked after in earlier years; if not, take the information out.",
    uses=("Episodes", "OC3", "Episodes_last"),
)
def never_in_care(care: Care) -> Rows:
    view = care.view("OC3", "in_Episodes", "in_Episodes_last")
    return view.where(~col("in_Episodes") & ~col("in_Episodes_last"))


@rule(
    "1007",
    {"OC3": LEAVER},
    "There is care leaver information about a young person of 17 or 18 who was looked after on that birthday.",
    OUT,
    uses=("Episodes", "OC3"),
)
def in_care_on_birthday(care: Care) -> Rows:
    view = care.pair("OC3", "Episodes")
    last = pl.coalesce(
        *(pl.when(birthday("DOB", years) <= care.end).then(birthday("DOB", years)) for years in (18, 17))
    )
    young = (birthday("DOB", 17) <= care.end) & (birthday("DOB", 19) > care.end)
    in_care = (col("DECOM") <= last) & (col("DEC").fill_null(care.end) > last)
    return view.where(young & in_care & any_given(*LEAVER), "OC3")


@rule(
    "1011",
    {"OC3": LEAVER},
    "There is care leaver information about a young person whose care was taken over by another authority.",
    OUT,
    uses=("Episodes", "OC3"),
)
def taken_over(care: Care) -> Rows:
    return care.view("OC3", "end_REC").where(is_("end_REC", "E3") & any_given(*LEAVER))


@rule(
    "1016",
    {"OC3": LEAVER},
    "There is care leaver information about a young person of 17 or 18 who left care after that birthday.",
    OUT,
    since=2024,
    uses=("Episodes", "OC3"),
)
def left_after_birthday(care: Care) -> Rows:
    view = care.pair("OC3", "Episodes")
    left = [
        (birthday("DOB", years) <= care.end)
        & (birthday("DOB", years + 1) > care.end)
        & (col("DEC") >= birthday("DOB", years))
        for years in (17, 18)
    ]
    return view.where((yes(left[0]) | yes(left[1])) & any_given(*LEAVER), "OC3")


@rule(
    "3001",
    {"OC3": ("ACCOM",)},
    "A young person who became 17 in the year lives with the former foster carer, which is for those over 18.",
    "Correct the accommodation or the date of birth.",
    uses=("Header", "OC3"),
)
def with_carer_at_17(care: Care) -> Rows:
    at_17 = birthday("h_DOB", 17).is_between(care.start, care.end)
    return care.view("OC3", "h_DOB").where(among("ACCOM", ("Z1", "Z2")) & at_17)
