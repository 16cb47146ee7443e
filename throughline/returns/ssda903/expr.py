"""The few expressions that rules are written with. A blank never makes a rule stumble.

In Polars a comparison with null is null, and a filter drops it. ``among`` and its like are true or
false, never null, so that they can be negated.
"""

from collections.abc import Collection

import polars as pl

from throughline.returns.ssda903 import layout

col = pl.col
lit = pl.lit

SHORT_BREAKS = ("V3", "V4")
ADOPTION = ("A3", "A4", "A5", "A6")
ADOPTED = ("E11", "E12")
FOSTERING = ("U1", "U2", "U3", "U4", "U5", "U6")
TEMPORARY = ("T0", "T1", "T2", "T3", "T4")
MALE = ("1", "M")
FEMALE = ("2", "F")
NO_NUMBER = ("UN1", "UN2", "UN3", "UN4", "UN5")
NO_URN = "XXXXXXX"
HEALTH = ("IMMUNISATIONS", "TEETH_CHECK", "HEALTH_ASSESSMENT", "SUBSTANCE_MISUSE")
OUTCOMES = (
    *("CONVICTED", "HEALTH_CHECK", "IMMUNISATIONS", "TEETH_CHECK", "HEALTH_ASSESSMENT"),
    *("SUBSTANCE_MISUSE", "INTERVENTION_RECEIVED", "INTERVENTION_OFFERED"),
)
LEAVER = ("IN_TOUCH", "ACTIV", "ACCOM")
ADOPTERS = ("DATE_INT", "DATE_MATCH", "FOSTER_CARE", "NB_ADOPTR", "SEX_ADOPTR", "LS_ADOPTR")

_DATES = {field.name for table in layout.tables().values() for field in table.fields if field.is_date}


def given(name: str) -> pl.Expr:
    """The field has a value, even one that is no date."""
    if name in _DATES:
        return col(name).is_not_null() | col(f"{name}_bad")
    return col(name).is_not_null()


def blank(name: str) -> pl.Expr:
    """The field has no value."""
    return ~given(name)


def any_given(*names: str) -> pl.Expr:
    """At least one of the fields has a value."""
    return pl.any_horizontal([given(name) for name in names])


def any_blank(*names: str) -> pl.Expr:
    """At least one of the fields has no value."""
    return pl.any_horizontal([blank(name) for name in names])


def among(name: str, codes: Collection[str]) -> pl.Expr:
    """The field is one of the codes; false where it is blank."""
    return col(name).is_in(list(codes)).fill_null(value=False)


def is_(name: str, code: str) -> pl.Expr:
    """The field is the code; false where it is blank."""
    return col(name).eq_missing(lit(code))


def differs(one: str, other: str) -> pl.Expr:
    """The two fields are not the same; two blanks are."""
    return col(one).ne_missing(col(other))


def birthday(name: str, years: int) -> pl.Expr:
    """The date on which someone born on the date in the field is so many years old."""
    return col(name).dt.offset_by(f"{years}y")


def yes(expr: pl.Expr) -> pl.Expr:
    """The expression, false where it is null, so that it can be negated."""
    return expr.fill_null(value=False)
