"""Every coded field holds a code of its set."""

from throughline.returns.ssda903.care import Care, Rows
from throughline.returns.ssda903.expr import OUTCOMES, among, blank, col, given, yes
from throughline.returns.ssda903.layout import tables
from throughline.returns.ssda903.registry import rule


def _wrong(care: Care, table: str, field: str, *, needed: bool = False) -> Rows:
    """Rows whose field is no code of this year; blanks too where the field is needed."""
    name = tables()[table].field(field).codes
    assert name is not None
    test = ~among(field, care.codes(name))
    return care.view(table).where(test if needed else test & given(field))


@rule(
    "101",
    {"Header": ("SEX",)},
    "The child's sex is blank or is not a code of this year's return.",
    "Give M, F or U (until 2023/24: 1 for male, 2 for female).",
)
def sex(care: Care) -> Rows:
    return _wrong(care, "Header", "SEX", needed=True)


@rule(
    "103",
    {"Header": ("ETHNIC",)},
    "The child's ethnicity is blank or is not a code of the return.",
    "Give one of the ethnicity codes; REFU where it was refused, NOBT where it is not yet known.",
)
def ethnicity(care: Care) -> Rows:
    return _wrong(care, "Header", "ETHNIC", needed=True)


@rule(
    "105",
    {"Header": ("UASC",)},
    "Whether the child is an unaccompanied asylum-seeking child is blank or is neither 0 nor 1.",
    "Give 1 if the child was an unaccompanied asylum-seeking child in the year, else 0.",
    form="xml",
)
def asylum_status(care: Care) -> Rows:
    return care.view("Header").where(~among("UASC", ("0", "1")))


@rule(
    "114",
    {"AD1": ("FOSTER_CARE",)},
    "Whether the child was adopted by the former foster carer is neither 0 nor 1.",
    "Give 1 if the adopter was the child's foster carer, else 0.",
)
def adopter_was_carer(care: Care) -> Rows:
    return _wrong(care, "AD1", "FOSTER_CARE")


@rule(
    "120",
    {"PlacedAdoption": ("REASON_PLACED_CEASED",)},
    "The reason why the child should no longer be placed for adoption is not a code of the return.",
    "Give RD1, RD2, RD3 or RD4, or leave it blank if the decision stands.",
)
def reason_placed_ceased(care: Care) -> Rows:
    return _wrong(care, "PlacedAdoption", "REASON_PLACED_CEASED")


@rule(
    "131",
    {"OC3": ("IN_TOUCH",)},
    "Whether the authority is in touch with the care leaver is blank or is not a code of the return.",
    "Give YES, NO, DIED, REFU, NREQ or RHOM.",
)
def in_touch(care: Care) -> Rows:
    return _wrong(care, "OC3", "IN_TOUCH", needed=True)


@rule(
    "132",
    {"OC3": ("ACTIV",)},
    "The care leaver's main activity is blank or is not a code of the return.",
    "Give one of the activity codes, or 0 if the authority is not in touch.",
)
def activity(care: Care) -> Rows:
    return _wrong(care, "OC3", "ACTIV", needed=True)


@rule(
    "133",
    {"OC3": ("ACCOM",)},
    "The care leaver's accommodation is blank or is not a code of the return.",
    "Give the letter of the accommodation with 1 for suitable or 2 for unsuitable, or 0 if not in touch.",
)
def accommodation(care: Care) -> Rows:
    return _wrong(care, "OC3", "ACCOM", needed=True)


@rule(
    "143",
    {"Episodes": ("RNE",)},
    "The reason for the new episode is not a code of the return.",
    "Give S, L, P, T, B or U.",
)
def reason_new_episode(care: Care) -> Rows:
    return _wrong(care, "Episodes", "RNE")


@rule(
    "144",
    {"Episodes": ("LS",)},
    "The legal status is not a code of the return.",
    "Give the code of the order or agreement under which the child is looked after.",
)
def legal_status(care: Care) -> Rows:
    return _wrong(care, "Episodes", "LS")


@rule(
    "145",
    {"Episodes": ("CIN",)},
    "The category of need is not a code of the return.",
    "Give N1 to N8, the main reason why the child came to be looked after.",
)
def category_of_need(care: Care) -> Rows:
    return _wrong(care, "Episodes", "CIN")


@rule(
    "146",
    {"Episodes": ("PLACE",)},
    "The placement is not a code of this year's return.",
    "Give a placement code of this collection year. Since 2025/26 H5, P2 and Z1 are no longer used.",
)
def placement(care: Care) -> Rows:
    return _wrong(care, "Episodes", "PLACE")


@rule(
    "149",
    {"Episodes": ("REC",)},
    "The reason why the episode ceased is not a code of the return.",
    "Give one of the reasons, X1 if another episode follows at once; leave it blank while the episode is open.",
)
def reason_episode_ceased(care: Care) -> Rows:
    return _wrong(care, "Episodes", "REC")


@rule(
    "167",
    {"Reviews": ("REVIEW_CODE",)},
    "How the child took part in the review is blank or not a code, or a code stands without a review date.",
    "Give PN0 to PN7 for each review, with the date of the review.",
)
def participation(care: Care) -> Rows:
    both = given("REVIEW") & among("REVIEW_CODE", care.codes("participation"))
    neither = blank("REVIEW") & blank("REVIEW_CODE")
    return care.view("Reviews").where(~(both | neither))


@rule(
    "175",
    {"AD1": ("NB_ADOPTR",)},
    "The number of adopters is neither 1 nor 2.",
    "Give 1 or 2.",
)
def number_of_adopters(care: Care) -> Rows:
    return _wrong(care, "AD1", "NB_ADOPTR")


@rule(
    "176",
    {"AD1": ("SEX_ADOPTR",)},
    "The sex of the adopters is not a code of the return.",
    "Give M1 or F1 for one adopter, MM, FF or MF for two.",
)
def sex_of_adopters(care: Care) -> Rows:
    return _wrong(care, "AD1", "SEX_ADOPTR")


@rule(
    "177",
    {"AD1": ("LS_ADOPTR",)},
    "The legal status of the adopters is not a code of the return.",
    "Give L0, L11, L12, L2, L3 or L4.",
)
def status_of_adopters(care: Care) -> Rows:
    return _wrong(care, "AD1", "LS_ADOPTR")


@rule(
    "180",
    {"OC2": ("SDQ_SCORE",)},
    "The strengths and difficulties score is not a whole number from 0 to 40.",
    "Give the total score from 0 to 40, or leave it blank and give the reason.",
)
def score(care: Care) -> Rows:
    number = col("SDQ_SCORE").cast(float, strict=False)
    whole = number.is_between(0, 40) & (number == number.floor())
    return care.view("OC2").where(given("SDQ_SCORE") & ~yes(whole))


@rule(
    "181",
    {"OC2": OUTCOMES},
    "A yes-or-no field for a child looked after for twelve months is neither 0 nor 1.",
    "Give 0 for no or 1 for yes in each of these fields, or leave it blank where it does not apply.",
)
def outcomes(care: Care) -> Rows:
    wrong = [given(name) & ~among(name, ("0", "1")) for name in OUTCOMES]
    test = wrong[0]
    for one in wrong[1:]:
        test = test | one
    return care.view("OC2").where(test)


@rule(
    "196",
    {"OC2": ("SDQ_REASON",)},
    "The reason for having no strengths and difficulties score is not a code of the return.",
    "Give SDQ1 to SDQ5, or leave it blank if there is a score.",
)
def score_reason(care: Care) -> Rows:
    return _wrong(care, "OC2", "SDQ_REASON")


@rule(
    "631",
    {"PrevPerm": ("PREV_PERM",)},
    "The previous permanence option is not a code of the return.",
    "Give P1 to P4, or Z1 if the child had none.",
)
def previous_permanence(care: Care) -> Rows:
    return _wrong(care, "PrevPerm", "PREV_PERM")


@rule(
    "633",
    {"PrevPerm": ("LA_PERM",)},
    "The authority that arranged the previous permanence option is not a known authority code.",
    "Give the three-figure code of the authority, 999 if it is not known, or WAL, SCO, NIR or NUK outside England.",
)
def permanence_authority(care: Care) -> Rows:
    return _wrong(care, "PrevPerm", "LA_PERM")


@rule(
    "1006",
    {"Missing": ("MISSING",)},
    "Whether the child was missing or away without authorisation is neither M nor A.",
    "Give M for missing or A for away from placement without authorisation.",
)
def missing(care: Care) -> Rows:
    return _wrong(care, "Missing", "MISSING")


@rule(
    "1009",
    {"Episodes": ("REASON_PLACE_CHANGE",)},
    "The reason for the change of placement is not a code of the return.",
    "Give one of the reasons, or leave it blank if the placement did not change.",
)
def reason_placement_change(care: Care) -> Rows:
    return _wrong(care, "Episodes", "REASON_PLACE_CHANGE")
