"""The Ofsted reference number of a placement, against the placement and the list of providers."""

import datetime

import polars as pl

from throughline.returns.ssda903.care import Care, Rows, View
from throughline.returns.ssda903.expr import (
    ADOPTION,
    FOSTERING,
    NO_URN,
    SHORT_BREAKS,
    TEMPORARY,
    among,
    blank,
    col,
    given,
    is_,
    yes,
)
from throughline.returns.ssda903.reference import tidy_postcode
from throughline.returns.ssda903.registry import rule

OUTSIDE = ("CON", "NIR", "SCO", "WAL", "NUK")
"""Places outside England, or confidential, in place of an authority's code."""


def _without_urn(care: Care) -> tuple[str, ...]:
    """Placements that have no Ofsted reference number, which fewer have from year to year."""
    always = ("P1", "P3", "R1", "R2", "R5", *TEMPORARY)
    if care.year >= 2026:
        return (*always, "Z11", "Z12", "Z13", "Z14")
    return (*always, "Z1")


def _outside(care: Care) -> pl.Expr:
    if care.year >= 2026:
        return among("PL_LA", OUTSIDE)
    return yes(col("PL_LA").str.contains("^[NWSC]"))


def _numbered() -> pl.Expr:
    return given("URN") & ~is_("URN", NO_URN)


def _listed(care: Care) -> View:
    """Episodes with a reference number, and what the list has for it: ``place_codes``, ``known`` and so on."""
    assert care.reference.providers is not None
    providers = care.reference.providers.rename(lambda name: f"list_{name}").with_columns(known=pl.lit(value=True))
    frame = care.table("Episodes").filter(_numbered())
    return View(
        frame.join(providers, left_on="URN", right_on="list_urn", how="left", maintain_order="left"),
        {"Episodes": "row"},
    )


CHECK = "Look the number up in Ofsted's list and correct it, or correct the placement."


@rule(
    "218",
    {"Episodes": ("URN",)},
    "The placement has no Ofsted reference number, and needs one.",
    "Give the provider's number, or XXXXXXX for a regional adoption agency.",
    needs=("postcodes",),
)
def number_missing(care: Care) -> Rows:
    exempt = _without_urn(care)
    if care.year < 2025:
        exempt = (*exempt, "H5", "P2")
    this_year = yes(col("DEC") >= care.start) | blank("DEC")
    return care.view("Episodes").where(this_year & blank("URN") & ~among("PLACE", exempt) & ~_outside(care))


@rule(
    "219",
    {"Episodes": ("URN", "PLACE")},
    "The provider with this reference number does not offer this kind of placement.",
    CHECK,
    needs=("providers",),
)
def placement_of_provider(care: Care) -> Rows:
    return _listed(care).where(~yes(col("list_place_codes").list.contains(col("PLACE"))))


@rule(
    "221",
    {"Episodes": ("PL_POST", "URN")},
    "The postcode of the placement is not that of the provider with this reference number.",
    "Correct the postcode or the number: a home, a school or a centre has one address.",
    needs=("providers",),
)
def postcode_of_provider(care: Care) -> Rows:
    places = {2023: ("K1", "K2", "R3", "S1"), 2024: ("H5", "K1", "K2", "R3", "S1")}
    one_address = among("PLACE", places.get(care.year, ("K1", "K2", "K3", "R3", "S1")))
    same = yes(tidy_postcode(col("PL_POST")) == col("list_postcode"))
    return _listed(care).where(~among("LS", SHORT_BREAKS) & one_address & given("PL_POST") & ~same)


@rule(
    "222",
    {"Episodes": ("URN",)},
    "An Ofsted reference number is given for a placement that has none.",
    "Take the number out, or correct the placement.",
)
def number_not_asked(care: Care) -> Rows:
    places = _without_urn(care)
    if care.year < 2025:
        places = (*places, "P2")
    if care.year < 2024:
        places = (*places, "H5")
    return care.view("Episodes").where(among("PLACE", places) & _numbered())


@rule(
    "224",
    {"Episodes": ("PLACE_PROVIDER", "URN")},
    "The provider with this reference number is of another kind than the placement provider says.",
    CHECK,
    needs=("providers",),
)
def kind_of_provider(care: Care) -> Rows:
    return _listed(care).where(~yes(col("list_provider_codes").list.contains(col("PLACE_PROVIDER"))))


@rule(
    "227",
    {"Episodes": ("URN", "DECOM")},
    "The provider had closed before the episode began.",
    CHECK,
    needs=("providers",),
)
def closed_before(care: Care) -> Rows:
    return _listed(care).where(col("DECOM") >= col("list_closed"))


@rule(
    "228",
    {"Episodes": ("URN", "DEC")},
    "The provider closed before the episode ceased.",
    "Give the episode that followed with the number of its provider, or correct the dates.",
    needs=("providers",),
)
def closed_during(care: Care) -> Rows:
    ends = pl.when(blank("DEC")).then(pl.lit(care.end)).otherwise(col("DEC"))
    return _listed(care).where(ends > col("list_closed"))


@rule(
    "229",
    {"Episodes": ("URN", "PLACE_PROVIDER")},
    "Whether the provision is the authority's own does not fit the authority in which the provider is.",
    "Give PR1 only for the authority's own provision and PR2 for another's, or correct the number.",
    needs=("providers", "authority"),
)
def whose_provision(care: Care) -> Rows:
    view = _listed(care)
    if care.year >= 2026:
        view = view.only(~among("PLACE", ("K3", *_without_urn(care))))
    here = yes(col("list_la_code").list.contains(pl.lit(care.reference.authority)))
    return view.where((is_("PLACE_PROVIDER", "PR1") & ~here) | (is_("PLACE_PROVIDER", "PR2") & here))


@rule(
    "230",
    {"Episodes": ("PLACE", "DEC", "URN")},
    "Supported accommodation in England after 28 October 2023 has no Ofsted reference number.",
    "Give the number of the provider, who must be registered.",
    since=2024,
    until=2024,
    needs=("postcodes",),
    cite="Supported Accommodation (England) Regulations 2023",
)
def supported_number(care: Care) -> Rows:
    after = yes(col("DEC") >= datetime.date(2023, 10, 29)) | blank("DEC")
    none = blank("URN") | is_("URN", NO_URN)
    return care.view("Episodes").where(is_("PLACE", "H5") & after & none & ~_outside(care))


@rule(
    "241",
    {"Episodes": ("URN", "PL_POST")},
    "The supported accommodation is in an authority in which the provider has no premises.",
    "Correct the postcode of the placement or the reference number.",
    since=2026,
    needs=("providers", "postcodes"),
)
def premises(care: Care) -> Rows:
    there = yes(col("list_la_code").list.contains(col("PL_LA")))
    return _listed(care).where(is_("PLACE", "K3") & col("known") & ~there)


@rule(
    "242",
    {"Episodes": ("URN", "PLACE")},
    "XXXXXXX is given for a placement that is neither for adoption nor in foster care.",
    "Give the provider's number: XXXXXXX is for regional adoption agencies only.",
    since=2026,
)
def regional_agency(care: Care) -> Rows:
    return care.view("Episodes").where(is_("URN", NO_URN) & ~among("PLACE", (*ADOPTION, *FOSTERING)))


@rule(
    "243",
    {"Episodes": ("URN",)},
    "An Ofsted reference number is given for a placement outside England.",
    "Take the number out: Ofsted registers providers in England only.",
    since=2026,
    needs=("postcodes",),
)
def outside_england(care: Care) -> Rows:
    return care.view("Episodes").where(among("PL_LA", OUTSIDE) & given("URN"))


@rule(
    "1008",
    {"Episodes": ("URN",)},
    "The Ofsted reference number is not in the list of providers.",
    CHECK,
    needs=("providers",),
)
def number_unknown(care: Care) -> Rows:
    return _listed(care).where(col("known").is_null())


@rule(
    "1015",
    {"Episodes": ("PLACE_PROVIDER", "PL_POST")},
    "The provision is the authority's own, but the placement is not in the authority.",
    "Correct the provider or the postcode of the placement.",
    needs=("postcodes", "authority"),
)
def own_provision_elsewhere(care: Care) -> Rows:
    anywhere = (*ADOPTION, *FOSTERING, "K3") if care.year >= 2026 else (*ADOPTION, *FOSTERING)
    asked = given("LS") & given("PLACE") & ~among("LS", SHORT_BREAKS) & ~among("PLACE", anywhere)
    here = yes(col("PL_LA") == care.reference.authority)
    return care.view("Episodes").where(asked & is_("PLACE_PROVIDER", "PR1") & ~here)
