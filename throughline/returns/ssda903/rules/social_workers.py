"""Social worker episodes, which joined the return in 2023/24."""

import datetime

import polars as pl

from throughline.returns.ssda903.care import Care, Rows
from throughline.returns.ssda903.expr import SHORT_BREAKS, among, any_blank, blank, col, given, is_, yes
from throughline.returns.ssda903.registry import rule

ASKED = datetime.date(2023, 4, 1)
"""From when reasons are asked."""

WITHDRAWN = 2024
"""Published for 2024/25 and withdrawn before it was used: in no ruleset, kept so that the code can be explained."""

WHOLE = "Give the social worker's identifier, the start date and the reason."
_FIELDS = ("SW_ID", "SW_DECOM", "SW_DEC", "SW_REASON")


def _in_order(care: Care) -> pl.DataFrame:
    """Social worker episodes by child and start, with ``SW_DEC_prev`` and whether one goes before or follows."""
    frame = care.table("SWEpisodes").filter(col("child").is_not_null())
    frame = frame.sort("child", "SW_DECOM", "SW_DEC", nulls_last=True)
    follows = yes(col("child") == col("child").shift(1))
    return frame.with_columns(
        follows=follows,
        followed=yes(col("child") == col("child").shift(-1)),
        SW_DEC_prev=pl.when(follows).then(col("SW_DEC").shift(1)),
    )


def _rows(frame: pl.DataFrame) -> Rows:
    return {"SWEpisodes": frame.get_column("row")}


def _year_before(care: Care) -> datetime.date:
    """A year before the collection began: from 2024/25 social worker episodes go back so far."""
    return care.start.replace(year=care.start.year - 1)


@rule(
    "SW01STG1",
    {"Episodes": ("CHILD",)},
    "The child was looked after on 31 March, but there is no whole social worker episode.",
    f"{WHOLE} Give every episode of the year in SWEpisodes.",
    since=2024,
    until=2024,
    uses=("SWEpisodes", "Episodes"),
)
def none_on_31_march(care: Care) -> Rows:
    partial = care.having("SWEpisodes", any_blank("SW_ID", "SW_DECOM", "SW_REASON"))
    view = care.view("Episodes", "in_SWEpisodes", partial=partial)
    return view.where(blank("DEC") & ~among("LS", SHORT_BREAKS) & (~col("in_SWEpisodes") | col("partial")))


@rule(
    "SW01aSTG1",
    {"SWEpisodes": ("SW_DECOM", "SW_ID")},
    "A social worker episode that began before 1 April 2023 has no identifier, or it has no start date.",
    "Give the social worker's identifier and the start date.",
    since=2025,
    until=2025,
)
def whole_before_2023(care: Care) -> Rows:
    early = yes(col("SW_DECOM") < ASKED) & blank("SW_ID")
    return care.view("SWEpisodes").where(early | blank("SW_DECOM"))


@rule(
    "SW01bSTG1",
    {"SWEpisodes": ("SW_DECOM", "SW_ID", "SW_REASON")},
    "A social worker episode that began after 31 March 2023 has no identifier or reason, or it has no start date.",
    WHOLE,
    since=2025,
    until=2025,
)
def whole_since_2023(care: Care) -> Rows:
    late = yes(col("SW_DECOM") >= ASKED) & any_blank("SW_ID", "SW_REASON")
    return care.view("SWEpisodes").where(late | blank("SW_DECOM"))


@rule(
    "SW02STG1",
    {"SWEpisodes": ("SW_ID",)},
    "The social worker's identifier is not a registration number.",
    "Give the Social Work England number with its letters, such as SW12345, or XX and figures if there is none.",
    since=2024,
)
def identifier(care: Care) -> Rows:
    fits = yes(col("SW_ID").str.contains("^(SW|XX)"))
    if care.year >= 2026:
        fits = fits & yes(col("SW_ID").str.len_chars() >= 4)
    return care.view("SWEpisodes").where(~fits)


@rule(
    "SW03STG1",
    {"SWEpisodes": ("SW_ID", "SW_DECOM", "SW_REASON")},
    "A social worker episode is not whole.",
    WHOLE,
    since=2024,
    until=2024,
)
def whole(care: Care) -> Rows:
    return care.view("SWEpisodes").where(any_blank("SW_ID", "SW_DECOM", "SW_REASON"))


def _no_date(care: Care, field: str) -> Rows:
    """Until 2024/25 a day, month or year could be given as unknown, with Z for each figure."""
    bad = col(f"{field}_bad")
    return care.view("SWEpisodes").where(bad if care.year >= 2026 else bad & ~col(f"{field}_part"))


@rule(
    "SW04STG1",
    {"SWEpisodes": ("SW_DECOM",)},
    "The date on which the social worker episode began is not a date.",
    "Give it as day/month/year with four figures for the year.",
    since=2024,
)
def start_is_a_date(care: Care) -> Rows:
    return _no_date(care, "SW_DECOM")


@rule(
    "SW05STG1",
    {"SWEpisodes": ("SW_DEC",)},
    "The date on which the social worker episode ceased is not a date.",
    "Give it as day/month/year with four figures for the year.",
    since=2024,
)
def end_is_a_date(care: Care) -> Rows:
    return _no_date(care, "SW_DEC")


@rule(
    "SW06STG2",
    {"SWEpisodes": ("SW_DECOM",)},
    "The social worker episode began after the end of the year.",
    "Correct the date, or keep the episode for next year's return.",
    since=2024,
)
def began_after_the_year(care: Care) -> Rows:
    return care.view("SWEpisodes").where(given("SW_DECOM") & ~yes(col("SW_DECOM") <= care.end))


@rule(
    "SW07STG2",
    {"SWEpisodes": ("SW_DEC",)},
    "The social worker episode ceased outside the years that are reported.",
    "Correct the date. An episode is reported if it was open in the year or, since 2024/25, in the year before.",
    since=2024,
)
def ceased_outside(care: Care) -> Rows:
    first = care.start if care.year == 2024 else _year_before(care)
    return care.view("SWEpisodes").where(given("SW_DEC") & ~yes(col("SW_DEC").is_between(first, care.end)))


@rule(
    "SW08STG2",
    {"SWEpisodes": ("SW_DEC",)},
    "A later social worker episode has begun, but this one has no end date.",
    "Give the date on which this social worker ceased.",
    since=2024,
)
def not_ended(care: Care) -> Rows:
    return _rows(_in_order(care).filter(col("followed") & blank("SW_DEC") & given("SW_DECOM")))


@rule(
    "SW09STG2",
    {"SWEpisodes": ("SW_DECOM", "SW_DEC")},
    "The social worker episode is too short: under three days (until 2024/25: begun and ceased on one day).",
    "Correct the dates, or leave out an episode so short.",
    since=2024,
)
def too_short(care: Care) -> Rows:
    if care.year < 2026:
        return care.view("SWEpisodes").where(col("SW_DEC") == col("SW_DECOM"))
    return care.view("SWEpisodes").where((col("SW_DEC") - col("SW_DECOM")) < pl.duration(days=3))


def _far_from_last(care: Care) -> pl.Expr:
    near = col("SW_DECOM").is_between(col("SW_DEC_prev").dt.offset_by("-7d"), col("SW_DEC_prev").dt.offset_by("7d"))
    return col("follows") & ~yes(near)


@rule(
    "SW10STG2",
    {"SWEpisodes": ("SW_DECOM",)},
    "The social worker episode begins more than seven days before or after the end of the last one.",
    "Correct the dates, or give the episode that is missing between them.",
    since=2024,
)
def gap(care: Care) -> Rows:
    test = _far_from_last(care)
    if care.year >= 2025:
        test = test & ~is_("SW_REASON", "FCONTA")
    return _rows(_in_order(care).filter(test))


@rule(
    "SW10aSTG2",
    {"SWEpisodes": ("SW_DECOM",)},
    "The social worker episode does not begin within seven days of the end of the last one.",
    "Correct the dates, give the episode that is missing, or give FCONTA if the child became known again.",
    since=2026,
)
def gap_without_first_contact(care: Care) -> Rows:
    return _rows(_in_order(care).filter(_far_from_last(care) & ~is_("SW_REASON", "FCONTA")))


@rule(
    "SW10bSTG2",
    {"SWEpisodes": ("SW_DECOM", "SW_REASON")},
    "The social worker episode is a first contact, but the last one had not ended.",
    "Correct the dates or the reason.",
    since=2026,
)
def first_contact_too_soon(care: Care) -> Rows:
    soon = is_("SW_REASON", "FCONTA") & (col("SW_DECOM") <= col("SW_DEC_prev"))
    return _rows(_in_order(care).filter(soon))


@rule(
    "SW11aSTG2",
    {"SWEpisodes": ("SW_DEC",)},
    "A social worker episode ceased before 31 March, and the next one does not begin within five days.",
    "Give the social worker who took over, or correct the dates.",
    since=2024,
    until=2024,
)
def nobody_took_over(care: Care) -> Rows:
    before = col("SW_DEC_prev") <= care.end - datetime.timedelta(days=5)
    near = col("SW_DECOM").is_between(col("SW_DEC_prev").dt.offset_by("-5d"), col("SW_DEC_prev").dt.offset_by("5d"))
    return _rows(_in_order(care).filter(before & ~yes(near)))


@rule(
    "SW11bSTG2",
    {"SWEpisodes": ("SW_DEC",)},
    "The last social worker episode ceased in the days before 31 March, and nobody took over.",
    "Give the social worker who took over, or correct the date.",
    since=2024,
)
def nobody_at_the_end(care: Care) -> Rows:
    last_days = col("SW_DEC").is_between(care.end - datetime.timedelta(days=5), care.end)
    frame = _in_order(care).filter(col("SW_DECOM") <= care.end)
    last = (col("child") != col("child").shift(-1)).fill_null(value=True)
    return _rows(frame.filter(last_days & last & (col("SW_DECOM") <= col("SW_DEC"))))


@rule(
    "SW12STG2",
    {"Episodes": ("DECOM", "DEC"), "SWEpisodes": ("SW_DECOM",)},
    "The child came into care or left it, but no social worker episode began before leaving or after coming.",
    "Give every social worker episode of the year, also from before or after the child was looked after.",
    since=2024,
    uses=("SWEpisodes", "Episodes"),
)
def whole_year(care: Care) -> Rows:
    left, came = ~is_("REC", "X1"), is_("RNE", "S")
    asked = ~among("LS", SHORT_BREAKS) & (left | came)
    if care.year >= 2025:
        recent = yes(col("DEC").is_between(_year_before(care), care.end)) | blank("DEC")
        asked = asked & recent
    before_leaving = yes(col("SW_DECOM") <= col("DEC")) & left
    after_coming = yes(col("SW_DECOM") >= col("DECOM")) & came
    pairs = care.pair("Episodes", "SWEpisodes").where(asked & ~before_leaving & ~after_coming, "Episodes")
    without = care.view("Episodes", "in_SWEpisodes").where(asked & ~col("in_SWEpisodes"))
    return {"Episodes": pairs["Episodes"].append(without["Episodes"])}


@rule(
    "SW13STG1",
    {"SWEpisodes": ("SW_REASON",)},
    "The reason for the change of social worker is missing or is not a code of the return.",
    "Give one of the reasons. It may be blank only for an episode that began before 1 April 2023.",
    since=2024,
)
def reason(care: Care) -> Rows:
    fits = among("SW_REASON", care.codes("social_worker_reason"))
    if care.year >= 2025:
        fits = fits | (blank("SW_REASON") & ~yes(col("SW_DECOM") >= ASKED))
    return care.view("SWEpisodes").where(~fits)


@rule(
    "SW14STG2",
    {"SWEpisodes": ("SW_DEC",)},
    "The social worker episode has no end date, and is not the child's last.",
    "Give the date on which this social worker ceased.",
    since=2024,
    until=2024,
)
def no_end(care: Care) -> Rows:
    return _rows(_in_order(care).filter(col("followed") & blank("SW_DEC")))


@rule(
    "SW15STG2",
    {"SWEpisodes": ("SW_REASON",)},
    "There is no reason for the change of social worker.",
    "Give the reason. It is asked of episodes that began in this year or the year before.",
    since=2025,
    until=WITHDRAWN,
)
def no_reason(care: Care) -> Rows:
    return care.view("SWEpisodes").where(blank("SW_REASON") & ~yes(col("SW_DECOM") < _year_before(care)))


def _carried_over(care: Care, field: str) -> Rows:
    """First episodes this year whose field is not that of the one open at the end of last year."""
    columns = ("child", *_FIELDS, "SW_DEC_bad")
    before = care.table("SWEpisodes_last").select(columns).filter(col("child").is_not_null())
    before = before.sort("child", "SW_DECOM", nulls_last=False).unique("child", keep="last", maintain_order=True)
    now = _in_order(care).unique("child", keep="first", maintain_order=True)
    both = now.join(before.filter(blank("SW_DEC")), on="child", how="inner", suffix="_then")
    return _rows(both.filter(col(field).ne_missing(col(f"{field}_then"))))


SAME = "Give it as last year's return had it, or say when you submit that last year's was wrong."


@rule(
    "SW16aSTG2",
    {"SWEpisodes": ("SW_ID",)},
    "The first social worker is not the one who was open at the end of last year.",
    SAME,
    since=2025,
    until=WITHDRAWN,
    uses=("SWEpisodes", "SWEpisodes_last"),
)
def another_worker(care: Care) -> Rows:
    return _carried_over(care, "SW_ID")


@rule(
    "SW16bSTG2",
    {"SWEpisodes": ("SW_DECOM",)},
    "The first social worker episode does not begin on the day of the one that was open at the end of last year.",
    SAME,
    since=2025,
    until=WITHDRAWN,
    uses=("SWEpisodes", "SWEpisodes_last"),
)
def another_start(care: Care) -> Rows:
    return _carried_over(care, "SW_DECOM")


@rule(
    "SW16cSTG2",
    {"SWEpisodes": ("SW_REASON",)},
    "The reason of the first social worker episode is not that of the one that was open at the end of last year.",
    SAME,
    since=2025,
    until=WITHDRAWN,
    uses=("SWEpisodes", "SWEpisodes_last"),
)
def another_reason(care: Care) -> Rows:
    return _carried_over(care, "SW_REASON")


@rule(
    "SW17STG2",
    {"SWEpisodes": ("SW_DEC", "SW_DECOM")},
    "No social worker episode was open at 31 March.",
    "Give the social worker who had the child on 31 March.",
    since=2026,
)
def none_open(care: Care) -> Rows:
    frame = _in_order(care).sort("child", "SW_DECOM", "SW_DEC", nulls_last=[True, False, True])
    last = (col("child") != col("child").shift(-1)).fill_null(value=True)
    return _rows(frame.filter(last & given("SW_DEC")))


@rule(
    "SW18STG2",
    {"SWEpisodes": ("SW_DEC", "SW_DECOM")},
    "The social worker episode does not cease after it begins.",
    "Correct the dates.",
    since=2026,
)
def ends_before_it_begins(care: Care) -> Rows:
    return care.view("SWEpisodes").where(col("SW_DEC") <= col("SW_DECOM"))


@rule(
    "SW19STG2",
    {"SWEpisodes": ("SW_DECOM",)},
    "Two social worker episodes of the child begin on the same day.",
    "Keep the one that is right, or correct the dates.",
    since=2026,
)
def same_start(care: Care) -> Rows:
    again = ~pl.struct("child", "SW_DECOM").is_first_distinct()
    return care.view("SWEpisodes").where(col("child").is_not_null() & given("SW_DECOM") & again)
