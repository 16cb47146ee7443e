"""Episodes of care follow on from each other: one begins where the last one ceased."""

import polars as pl

from throughline.returns.ssda903.care import Care, Rows
from throughline.returns.ssda903.expr import ADOPTED, TEMPORARY, among, blank, col, differs, given, is_, yes
from throughline.returns.ssda903.registry import rule

SETTING = ("PLACE", "PL_POST", "URN", "PLACE_PROVIDER")
"""What says which placement it is."""


def _same_setting() -> pl.Expr:
    return pl.all_horizontal([col(name).eq_missing(col(f"{name}_prev")) for name in SETTING])


@rule(
    "142",
    {"Episodes": ("DEC", "REC")},
    "A later episode has begun, but this one has no end date or no reason for ending.",
    "Give the date and the reason for which this episode ceased.",
)
def not_ended(care: Care) -> Rows:
    return care.view("Episodes").where(col("has_next") & given("DECOM") & (blank("DEC") | blank("REC")))


@rule(
    "148",
    {"Episodes": ("DEC", "REC")},
    "The episode has an end date without a reason, or a reason without an end date.",
    "Give both, or leave both blank while the episode is open.",
)
def date_and_reason(care: Care) -> Rows:
    return care.view("Episodes").where(given("DEC") != given("REC"))


@rule(
    "225",
    {"Episodes": ("REASON_PLACE_CHANGE",)},
    "The placement changed at the end of this episode, and why is not given.",
    "Give the reason for the change of placement.",
)
def no_reason_for_change(care: Care) -> Rows:
    changed = among("RNE_next", ("P", "B", "T", "U")) & ~among("PLACE_next", TEMPORARY)
    test = is_("REC", "X1") & blank("REASON_PLACE_CHANGE") & ~among("PLACE", TEMPORARY)
    return care.view("Episodes").where(col("has_next") & test & changed)


@rule(
    "226",
    {"Episodes": ("REASON_PLACE_CHANGE", "PLACE")},
    "A reason for a change of placement is given for a temporary placement, or for the one before it.",
    "Take the reason out: a temporary placement is no change of placement.",
)
def reason_for_temporary(care: Care) -> Rows:
    reason = given("REASON_PLACE_CHANGE") | col("REASON_PLACE_CHANGE_prev").is_not_null()
    return care.view("Episodes").where(among("PLACE", TEMPORARY) & reason)


@rule(
    "233",
    {"Episodes": ("REASON_PLACE_CHANGE", "DEC")},
    "A reason for a change of placement is given, but the episode has not ceased.",
    "Take the reason out, or give the date on which the episode ceased.",
    since=2026,
)
def reason_while_open(care: Care) -> Rows:
    return care.view("Episodes").where(blank("DEC") & given("REASON_PLACE_CHANGE"))


@rule(
    "355",
    {"Episodes": ("DECOM", "DEC")},
    "The episode began and ceased on the same day.",
    "Correct the dates, or leave out an episode of less than 24 hours.",
)
def less_than_a_day(care: Care) -> Rows:
    return care.view("Episodes").where(col("DECOM") == col("DEC"))


@rule(
    "356",
    {"Episodes": ("DECOM", "DEC")},
    "The episode ceased before it began.",
    "Correct the start date or the end date.",
)
def ends_before_it_begins(care: Care) -> Rows:
    return care.view("Episodes").where(col("DEC") < col("DECOM"))


@rule(
    "357",
    {"Episodes": ("RNE",)},
    "The child's first episode does not say that the child started to be looked after.",
    "Give S if this is the child's first episode ever; if not, add the episode before it.",
)
def first_is_a_start(care: Care) -> Rows:
    return care.view("Episodes").where(col("is_first") & (col("DECOM") >= care.start) & ~is_("RNE", "S"))


@rule(
    "388",
    {"Episodes": ("REC", "DEC")},
    "The reason for ending does not fit what follows: X1 without an episode on the same day, "
    "or another reason with one.",
    "Give X1 only where the next episode begins that day; add the episode that is missing, or correct the date.",
)
def continuation(care: Care) -> Rows:
    gap = is_("REC", "X1") & (col("DEC") != col("DECOM_next"))
    runs_on = given("REC") & ~is_("REC", "X1") & (col("DEC") == col("DECOM_next"))
    nothing_follows = col("is_last") & given("DEC") & is_("REC", "X1")
    return care.view("Episodes").where(yes(gap) | yes(runs_on) | nothing_follows)


@rule(
    "431",
    {"Episodes": ("RNE", "DECOM")},
    "The child started to be looked after on or before the day on which the last episode ceased.",
    "If care went on, say what changed instead of S; if it ended, correct the dates.",
)
def start_without_gap(care: Care) -> Rows:
    return care.view("Episodes").where(is_("RNE", "S") & (col("DECOM") <= col("DEC_prev")))


@rule(
    "432",
    {"Episodes": ("RNE",)},
    "The child ceased to be looked after at the end of the last episode, but this one is not a new start.",
    "Give S, or X1 as the reason for which the last episode ceased.",
)
def no_start_after_leaving(care: Care) -> Rows:
    left = among("REC_prev", [code for code in care.codes("reason_episode_ceased") if code != "X1"])
    return care.view("Episodes").where(col("has_prev") & left & ~is_("RNE", "S"))


@rule(
    "433",
    {"Episodes": ("RNE", "DECOM")},
    "The episode carries on from the last one, but does not begin on the day on which that one ceased.",
    "Correct the date, or add the episode that is missing between them.",
)
def carries_on(care: Care) -> Rows:
    ongoing = among("RNE", ("P", "L", "T", "U", "B"))
    return care.view("Episodes").where(col("has_prev") & ongoing & ~yes(col("DEC_prev") == col("DECOM")))


@rule(
    "434",
    {"Episodes": ("RNE", "LS", *SETTING)},
    "The episode says that only the legal status changed, but it did not, or the placement did too.",
    "Correct the legal status, the placement or the reason for the new episode.",
)
def only_status(care: Care) -> Rows:
    view = care.view("Episodes")
    return view.where(col("has_prev") & is_("RNE", "L") & (yes(col("LS") == col("LS_prev")) | ~_same_setting()))


@rule(
    "435",
    {"Episodes": ("RNE", "LS", *SETTING)},
    "The episode says that only the placement changed, but it did not, or the legal status did too.",
    "Correct the placement, the legal status or the reason for the new episode.",
)
def only_placement(care: Care) -> Rows:
    view = care.view("Episodes")
    return view.where(col("has_prev") & among("RNE", ("P", "T")) & (differs("LS", "LS_prev") | _same_setting()))


@rule(
    "436",
    {"Episodes": ("RNE", "LS", *SETTING)},
    "The episode says that legal status and placement both changed, but one of them did not.",
    "Correct the legal status, the placement or the reason for the new episode.",
)
def both_changed(care: Care) -> Rows:
    view = care.view("Episodes")
    return view.where(col("has_prev") & among("RNE", ("U", "B")) & (~differs("LS", "LS_prev") | _same_setting()))


@rule(
    "437",
    {"Episodes": ("REC",)},
    "The episode ceased because the child died or was found to be 18 or over, but there is a later episode.",
    "Correct the reason, or take the later episode out.",
)
def episode_after_the_end(care: Care) -> Rows:
    return care.view("Episodes").where(among("REC", ("E2", "E15")) & col("has_next") & col("DECOM").is_not_null())


@rule(
    "501",
    {"Episodes": ("DECOM", "DEC")},
    "The episode began before the last one ceased.",
    "Correct the dates so that episodes do not overlap.",
)
def overlap(care: Care) -> Rows:
    return care.view("Episodes").where(col("DECOM") < col("DEC_prev"))


@rule(
    "504",
    {"Episodes": ("CIN",)},
    "The category of need is not the one with which this period of care began.",
    "Give the category that was the main reason when the child came into care, for as long as care goes on.",
)
def another_need(care: Care) -> Rows:
    on = is_("REC_prev", "X1") & (col("DEC_prev") == col("DECOM"))
    return care.view("Episodes").where(col("has_prev") & on & differs("CIN", "CIN_prev"))


@rule(
    "199",
    {"Episodes": ("CHILD",)},
    "The child was adopted in an earlier episode, in this return or last year's.",
    "Give an adopted child who is looked after again a new identifier, or correct the earlier reason.",
)
def adopted_before(care: Care) -> Rows:
    now, then = (care.earliest(table, "DECOM", among("REC", ADOPTED)) for table in ("Episodes", "Episodes_last"))
    return care.view("Episodes", now=now, then=then).where((col("now") < col("DECOM")) | (col("then") < col("DECOM")))
