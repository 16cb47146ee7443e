"""The tables of one return agree with each other about who the children are."""

from throughline.returns.ssda903.care import Care, Rows, View
from throughline.returns.ssda903.expr import col
from throughline.returns.ssda903.registry import rule

BIRTH = "Give the same date of birth in both tables: find out which is right and correct the other."
ABSENT = "Add the child to Header, or correct the child's identifier in this row."
TWICE = "Keep one row for the child. If two children share an identifier, give each their own."


def _absent(care: Care, table: str) -> Rows:
    return care.view(table, "in_Header").where(~col("in_Header"))


def _another_birth(care: Care, table: str) -> Rows:
    return care.view(table, "h_DOB").where(col("DOB") != col("h_DOB"))


def _twice(care: Care, table: str) -> Rows:
    view: View = care.view(table)
    return view.where(col("child").is_duplicated() & col("child").is_not_null())


@rule("INT01", {"AD1": ("CHILD",)}, "A child in AD1 is not in Header.", ABSENT, uses=("Header", "AD1"))
def adoption_without_header(care: Care) -> Rows:
    return _absent(care, "AD1")


@rule(
    "INT02",
    {"PlacedAdoption": ("CHILD",)},
    "A child in PlacedAdoption is not in Header.",
    ABSENT,
    uses=("Header", "PlacedAdoption"),
)
def placed_without_header(care: Care) -> Rows:
    return _absent(care, "PlacedAdoption")


@rule("INT03", {"Episodes": ("CHILD",)}, "A child in Episodes is not in Header.", ABSENT, uses=("Header", "Episodes"))
def episode_without_header(care: Care) -> Rows:
    return _absent(care, "Episodes")


@rule("INT04", {"Missing": ("CHILD",)}, "A child in Missing is not in Header.", ABSENT, uses=("Header", "Missing"))
def missing_without_header(care: Care) -> Rows:
    return _absent(care, "Missing")


@rule("INT05", {"OC2": ("CHILD",)}, "A child in OC2 is not in Header.", ABSENT, uses=("Header", "OC2"))
def outcomes_without_header(care: Care) -> Rows:
    return _absent(care, "OC2")


@rule("INT06", {"OC3": ("CHILD",)}, "A young person in OC3 is not in Header.", ABSENT, uses=("Header", "OC3"))
def leaver_without_header(care: Care) -> Rows:
    return _absent(care, "OC3")


@rule("INT07", {"PrevPerm": ("CHILD",)}, "A child in PrevPerm is not in Header.", ABSENT, uses=("Header", "PrevPerm"))
def permanence_without_header(care: Care) -> Rows:
    return _absent(care, "PrevPerm")


@rule("INT08", {"Reviews": ("CHILD",)}, "A child in Reviews is not in Header.", ABSENT, uses=("Header", "Reviews"))
def review_without_header(care: Care) -> Rows:
    return _absent(care, "Reviews")


@rule("INT09", {"UASC": ("CHILD",)}, "A child in UASC is not in Header.", ABSENT, uses=("Header", "UASC"))
def asylum_without_header(care: Care) -> Rows:
    return _absent(care, "UASC")


@rule("INT11", {"AD1": ("DOB",)}, "AD1 and Header give different dates of birth.", BIRTH, uses=("Header", "AD1"))
def adoption_birth(care: Care) -> Rows:
    return _another_birth(care, "AD1")


@rule(
    "INT12",
    {"PlacedAdoption": ("DOB",)},
    "PlacedAdoption and Header give different dates of birth.",
    BIRTH,
    uses=("Header", "PlacedAdoption"),
)
def placed_birth(care: Care) -> Rows:
    return _another_birth(care, "PlacedAdoption")


@rule(
    "INT13",
    {"Missing": ("DOB",)},
    "Missing and Header give different dates of birth.",
    BIRTH,
    uses=("Header", "Missing"),
)
def missing_birth(care: Care) -> Rows:
    return _another_birth(care, "Missing")


@rule("INT14", {"OC2": ("DOB",)}, "OC2 and Header give different dates of birth.", BIRTH, uses=("Header", "OC2"))
def outcomes_birth(care: Care) -> Rows:
    return _another_birth(care, "OC2")


@rule("INT15", {"OC3": ("DOB",)}, "OC3 and Header give different dates of birth.", BIRTH, uses=("Header", "OC3"))
def leaver_birth(care: Care) -> Rows:
    return _another_birth(care, "OC3")


@rule(
    "INT16",
    {"PrevPerm": ("DOB",)},
    "PrevPerm and Header give different dates of birth.",
    BIRTH,
    uses=("Header", "PrevPerm"),
)
def permanence_birth(care: Care) -> Rows:
    return _another_birth(care, "PrevPerm")


@rule(
    "INT17",
    {"Reviews": ("DOB",)},
    "Reviews and Header give different dates of birth.",
    BIRTH,
    uses=("Header", "Reviews"),
)
def review_birth(care: Care) -> Rows:
    return _another_birth(care, "Reviews")


@rule("INT18", {"UASC": ("DOB",)}, "UASC and Header give different dates of birth.", BIRTH, uses=("Header", "UASC"))
def asylum_birth(care: Care) -> Rows:
    return _another_birth(care, "UASC")


@rule(
    "INT21",
    {"UASC": ("SEX",)},
    "UASC and Header give different sexes for the child.",
    "Give the same sex in both tables: find out which is right and correct the other.",
    uses=("Header", "UASC"),
)
def asylum_sex(care: Care) -> Rows:
    return care.view("UASC", "h_SEX").where(col("SEX") != col("h_SEX"))


@rule("INT31", {"AD1": ("CHILD",)}, "The child is in AD1 more than once.", TWICE)
def adoption_twice(care: Care) -> Rows:
    return _twice(care, "AD1")


@rule("INT32", {"Header": ("CHILD",)}, "The child is in Header more than once.", TWICE)
def header_twice(care: Care) -> Rows:
    return _twice(care, "Header")


@rule("INT33", {"OC2": ("CHILD",)}, "The child is in OC2 more than once.", TWICE)
def outcomes_twice(care: Care) -> Rows:
    return _twice(care, "OC2")


@rule("INT34", {"OC3": ("CHILD",)}, "The young person is in OC3 more than once.", TWICE)
def leaver_twice(care: Care) -> Rows:
    return _twice(care, "OC3")


@rule("INT35", {"PrevPerm": ("CHILD",)}, "The child is in PrevPerm more than once.", TWICE)
def permanence_twice(care: Care) -> Rows:
    return _twice(care, "PrevPerm")


@rule("INT36", {"UASC": ("CHILD",)}, "The child is in UASC more than once.", TWICE)
def asylum_twice(care: Care) -> Rows:
    return _twice(care, "UASC")


@rule(
    "EPI",
    {"Header": ("CHILD",)},
    "The child has neither an episode nor care leaver information, so little can be checked.",
    "Add the child's episodes, or leave the child out of the return.",
    query=True,
)
def nothing_known(care: Care) -> Rows:
    return care.view("Header", "in_Episodes", "in_OC3").where(~col("in_Episodes") & ~col("in_OC3"))


@rule(
    "1012",
    {
        **{"PlacedAdoption": ("CHILD",), "Missing": ("CHILD",), "Reviews": ("CHILD",)},
        **{"AD1": ("CHILD",), "PrevPerm": ("CHILD",), "OC2": ("CHILD",)},
    },
    "There is information about a child who has no episode this year.",
    "Take the row out, or add the episode that the child had this year.",
    uses=("Episodes",),
)
def no_episode_this_year(care: Care) -> Rows:
    found: Rows = {}
    for table in ("PlacedAdoption", "Missing", "Reviews", "AD1", "PrevPerm", "OC2"):
        if care.has(table):
            found |= care.view(table, "in_Episodes").where(~col("in_Episodes"))
    return found
