"""Where the placement is and how far from home."""

from throughline.returns.ssda903.care import Care, Rows
from throughline.returns.ssda903.expr import SHORT_BREAKS, among, blank, col, given, is_
from throughline.returns.ssda903.reference import tidy_postcode
from throughline.returns.ssda903.registry import rule

POSTCODE = "Check both postcodes."


@rule(
    "164",
    {"Episodes": ("HOME_POST", "PL_POST")},
    "The distance between home and placement cannot be right.",
    POSTCODE,
    uses=("Episodes", "asylum"),
    needs=("postcodes",),
)
def distance_out_of_range(care: Care) -> Rows:
    far = ~col("PL_DISTANCE").is_between(0, 999.9)
    return care.view("Episodes", asylum=care.ever_asylum).where(~col("asylum") & far)


@rule(
    "169",
    {"Episodes": ("PL_POST",)},
    "The authority in which the placement is cannot be worked out.",
    "Check the postcode of the placement: it is missing or is not in the postcode list.",
    needs=("postcodes",),
)
def authority_unknown(care: Care) -> Rows:
    return care.view("Episodes").where(~among("LS", SHORT_BREAKS) & col("PL_LA").is_null())


@rule(
    "179",
    {"Episodes": ("PL_POST",)},
    "Whether the placement is in the authority cannot be worked out.",
    "Check the postcode of the placement: it is missing or is not in the postcode list.",
    needs=("postcodes",),
)
def location_unknown(care: Care) -> Rows:
    return care.view("Episodes").where(~among("LS", SHORT_BREAKS) & col("PL_LOCATION").is_null())


@rule(
    "214",
    {"Episodes": ("PL_POST", "URN")},
    "Where the placement is or who provides it is given for a short break.",
    "Leave the postcode and the reference number blank for short breaks.",
)
def place_of_break(care: Care) -> Rows:
    return care.view("Episodes").where(among("LS", SHORT_BREAKS) & (given("PL_POST") | given("URN")))


@rule(
    "392a",
    {"Episodes": ("HOME_POST", "PL_POST")},
    "There is no distance between home and placement.",
    "Check both postcodes: one is missing or is not in the postcode list.",
    uses=("Episodes", "asylum"),
    needs=("postcodes",),
)
def no_distance(care: Care) -> Rows:
    view = care.view("Episodes", asylum=care.ever_asylum)
    return view.where(~col("asylum") & ~among("LS", SHORT_BREAKS) & col("PL_DISTANCE").is_null())


@rule(
    "392b",
    {"Episodes": ("HOME_POST", "PL_POST")},
    "A postcode of a child who is looked after is missing.",
    "Give the postcodes of the home and of the placement. They are not asked of asylum-seeking children.",
)
def no_postcode(care: Care) -> Rows:
    view = care.view("Episodes", asylum=care.ever_asylum)
    return view.where(~col("asylum") & ~among("LS", SHORT_BREAKS) & (blank("HOME_POST") | blank("PL_POST")))


@rule(
    "392c",
    {"Episodes": ("HOME_POST", "PL_POST")},
    "A postcode does not exist.",
    "Correct the postcode of the home or of the placement.",
    needs=("postcodes",),
)
def postcode_unknown(care: Care) -> Rows:
    known = care.reference.postcodes
    if known is None:  # places came with the episodes, postcodes did not
        return {}
    there = known.get_column("postcode").implode()
    wrong = [given(name) & ~tidy_postcode(col(name)).is_in(there) for name in ("HOME_POST", "PL_POST")]
    return care.view("Episodes").where(wrong[0] | wrong[1])


@rule(
    "392d",
    {"Episodes": ("HOME_POST", "PL_POST", "PLACE")},
    "Home and placement have the same postcode, but the child is not placed with parents.",
    "Correct the postcode that is wrong, or give P1.",
)
def same_postcode(care: Care) -> Rows:
    same = tidy_postcode(col("HOME_POST")) == tidy_postcode(col("PL_POST"))
    return care.view("Episodes").where(~is_("PLACE", "P1") & same)


@rule(
    "398",
    {"Episodes": ("LS", "HOME_POST", "PL_POST")},
    "A postcode is given for a short break.",
    "Leave both postcodes blank for short breaks.",
)
def postcode_of_break(care: Care) -> Rows:
    return care.view("Episodes").where(among("LS", SHORT_BREAKS) & (given("HOME_POST") | given("PL_POST")))


@rule(
    "406",
    {"Episodes": ("HOME_POST", "PL_POST")},
    "There is a distance from home for a child who is or was an unaccompanied asylum-seeking child.",
    "Leave the home postcode blank.",
    uses=("Episodes", "asylum"),
    needs=("postcodes",),
)
def distance_of_asylum(care: Care) -> Rows:
    return care.view("Episodes", asylum=care.ever_asylum).where(col("asylum") & col("PL_DISTANCE").is_not_null())


@rule(
    "411",
    {"Episodes": ("PL_POST",)},
    "The placement is said to be in the authority, but its postcode is in another.",
    "Check the postcode of the placement.",
    needs=("postcodes", "authority"),
)
def location_and_authority(care: Care) -> Rows:
    elsewhere = col("PL_LA").ne_missing(care.reference.authority)
    return care.view("Episodes").where(is_("PL_LOCATION", "IN") & elsewhere)


@rule(
    "420",
    {"Episodes": ("LS", "PL_POST")},
    "The authority of the placement is known for a short break, for which it is not asked.",
    "Leave the postcode blank for short breaks.",
    needs=("postcodes",),
)
def authority_of_break(care: Care) -> Rows:
    return care.view("Episodes").where(among("LS", SHORT_BREAKS) & col("PL_LA").is_not_null())


@rule(
    "454",
    {"Episodes": ("HOME_POST", "PL_POST")},
    "The placement is more than 350 miles from home.",
    f"{POSTCODE} If they are right, explain it when you submit.",
    since=2026,
    needs=("postcodes",),
    query=True,
)
def very_far(care: Care) -> Rows:
    return care.view("Episodes").where((col("PL_DISTANCE") > 350) & (col("PL_DISTANCE") != 999.9))
