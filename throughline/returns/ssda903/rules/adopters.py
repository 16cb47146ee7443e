"""Children who were adopted in the year, and their adopters."""

from throughline.returns.ssda903.care import Care, Rows
from throughline.returns.ssda903.expr import (
    ADOPTED,
    ADOPTERS,
    ADOPTION,
    LEAVER,
    among,
    any_blank,
    any_given,
    blank,
    col,
    given,
    is_,
)
from throughline.returns.ssda903.registry import rule

COUPLE = ("MM", "FF", "MF")
AGREE = "Correct the legal status, the sex or the number of the adopters."


@rule(
    "134",
    {"AD1": ADOPTERS},
    "There is adoption information about a care leaver.",
    "Keep the one that is right: nobody is adopted and a care leaver in the same year.",
    uses=("OC3", "AD1"),
)
def adopted_leaver(care: Care) -> Rows:
    return care.pair("AD1", "OC3").where(any_given(*LEAVER) & any_given(*ADOPTERS), "AD1")


@rule(
    "151",
    {"AD1": ADOPTERS},
    "Some items about the adoption are given and others are not.",
    "Give all of them, or leave all of them blank.",
)
def some_items(care: Care) -> Rows:
    return care.view("AD1").where(any_given(*ADOPTERS) & any_blank(*ADOPTERS))


@rule(
    "331",
    {"AD1": ("DATE_MATCH",), "Episodes": ("DECOM", "REC")},
    "The child was matched with the adopters after being placed for adoption.",
    "Correct the date of matching or the start of the adoptive placement.",
)
def matched_after_placement(care: Care) -> Rows:
    return care.pair("Episodes", "AD1").where(among("REC", ADOPTED) & (col("DATE_MATCH") > col("DECOM")))


@rule(
    "333",
    {"AD1": ("DATE_INT", "DATE_MATCH")},
    "The child was matched with adopters before it was decided that adoption is in the child's best interests.",
    "Correct the one of the two dates that is wrong; give both.",
)
def matched_before_decision(care: Care) -> Rows:
    return care.view("AD1").where(
        given("DATE_MATCH") & (blank("DATE_INT") | (col("DATE_INT") > col("DATE_MATCH")).fill_null(value=False))
    )


@rule(
    "334",
    {"Episodes": ("DECOM", "RNE"), "AD1": ("DATE_INT",)},
    "It was decided that adoption is in the child's best interests before this period of care began.",
    "Correct the date of the decision or the start of care.",
)
def decided_before_care(care: Care) -> Rows:
    starts = care.pair("Episodes", "AD1").only(is_("RNE", "S") & col("DECOM").is_not_null())
    latest = col("DECOM") == col("DECOM").max().over("child")
    return starts.where(latest & (col("DATE_INT") < col("DECOM")))


@rule(
    "335",
    {"Episodes": ("PLACE", "REC"), "AD1": ("FOSTER_CARE",)},
    "Whether the adopter was the foster carer does not fit the last placement.",
    "With A3 or A5 the adopter was the carer (1), with A4 or A6 was not (0): correct one of them.",
)
def carer_and_placement(care: Care) -> Rows:
    no_carer = among("PLACE", ("A2", "A3", "A5")) & is_("FOSTER_CARE", "0")
    carer = among("PLACE", ("A1", "A4", "A6")) & is_("FOSTER_CARE", "1")
    return care.pair("Episodes", "AD1").where(among("REC", ("E1", *ADOPTED)) & (no_carer | carer))


@rule(
    "511",
    {"AD1": ("NB_ADOPTR", "SEX_ADOPTR")},
    "There are two adopters, but the sex given is that of one.",
    "Give MM, FF or MF for two adopters.",
)
def two_adopters(care: Care) -> Rows:
    return care.view("AD1").where(is_("NB_ADOPTR", "2") & among("SEX_ADOPTR", ("M1", "F1")))


@rule(
    "514", {"AD1": ("LS_ADOPTR", "SEX_ADOPTR")}, "The adopter is single, but the sex is not that of one person.", AGREE
)
def single(care: Care) -> Rows:
    return care.view("AD1").where(is_("LS_ADOPTR", "L0") & ~among("SEX_ADOPTR", ("M1", "F1")))


@rule(
    "517",
    {"AD1": ("LS_ADOPTR", "SEX_ADOPTR")},
    "The adopters are an unmarried couple of different sexes, but the sexes given are not MF.",
    AGREE,
)
def unmarried_different(care: Care) -> Rows:
    return care.view("AD1").where(is_("LS_ADOPTR", "L3") & ~is_("SEX_ADOPTR", "MF"))


@rule(
    "518",
    {"AD1": ("LS_ADOPTR", "SEX_ADOPTR")},
    "The adopters are an unmarried couple of the same sex, but the sexes given are not MM or FF.",
    AGREE,
)
def unmarried_same(care: Care) -> Rows:
    return care.view("AD1").where(is_("LS_ADOPTR", "L4") & ~among("SEX_ADOPTR", ("MM", "FF")))


@rule(
    "519",
    {"AD1": ("LS_ADOPTR", "SEX_ADOPTR")},
    "The adopters are in a civil partnership, but the sex given is not that of a couple.",
    AGREE,
)
def civil_partners(care: Care) -> Rows:
    return care.view("AD1").where(is_("LS_ADOPTR", "L2") & ~among("SEX_ADOPTR", COUPLE))


@rule(
    "520",
    {"AD1": ("LS_ADOPTR", "SEX_ADOPTR")},
    "The adopters are a married couple of different sexes, but the sexes given are not MF.",
    AGREE,
)
def married_different(care: Care) -> Rows:
    return care.view("AD1").where(is_("LS_ADOPTR", "L11") & ~is_("SEX_ADOPTR", "MF"))


@rule(
    "524",
    {"AD1": ("LS_ADOPTR", "SEX_ADOPTR")},
    "The adopters are a married couple of the same sex, but the sexes given are not MM or FF.",
    AGREE,
)
def married_same(care: Care) -> Rows:
    return care.view("AD1").where(is_("LS_ADOPTR", "L12") & ~among("SEX_ADOPTR", ("MM", "FF")))


@rule(
    "521",
    {"Episodes": ("PLACE", "DECOM"), "AD1": ("DATE_INT",)},
    "The child was placed for adoption before it was decided that adoption is in the child's best interests.",
    "Correct the date of the decision or the start of the placement.",
)
def placed_before_decision(care: Care) -> Rows:
    return care.pair("Episodes", "AD1").where(among("PLACE", ADOPTION) & (col("DATE_INT") > col("DECOM")))


@rule(
    "582",
    {"Episodes": ("DEC",)},
    "The child was adopted on the day of matching with the adopters, which is unusual.",
    "Check both dates. Matching comes before adoption in nearly every case.",
    uses=("Episodes", "AD1"),
    query=True,
)
def matched_on_adoption(care: Care) -> Rows:
    return care.pair("Episodes", "AD1").where(among("REC", ADOPTED) & (col("DEC") == col("DATE_MATCH")), "Episodes")


@rule(
    "601",
    {"AD1": ADOPTERS, "Episodes": ("REC",)},
    "The child was adopted in the year, but not every item about the adoption is given.",
    "Give all six items in AD1.",
)
def adoption_items(care: Care) -> Rows:
    adopted = among("REC", ADOPTED) & col("DEC").is_between(care.start, care.end)
    found = care.pair("Episodes", "AD1").where(adopted & any_blank(*ADOPTERS))
    without = care.view("Episodes", "in_AD1").where(adopted & ~col("in_AD1"))
    found["Episodes"] = found["Episodes"].append(without["Episodes"])
    return found


@rule(
    "602",
    {"AD1": ("CHILD",)},
    "There is adoption information, but no episode that ended in adoption this year.",
    "Give the episode that ended in adoption, or take the information out.",
    uses=("Episodes", "AD1"),
)
def not_adopted(care: Care) -> Rows:
    adopted = among("REC", ADOPTED) & col("DEC").is_between(care.start, care.end)
    view = care.view("AD1", adopted=care.having("Episodes", adopted))
    return view.where(~col("adopted") & any_given(*ADOPTERS))
