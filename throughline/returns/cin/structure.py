"""Checks of the file itself: everything in it has a place, and every value can be read as what it is.

They are ours; the department's own loader simply refuses such a file. They run beside the rules of
every year and are not counted among them.
"""

from collections.abc import Iterator
from functools import cache

import polars as pl

from throughline.returns.cin import layout
from throughline.returns.cin.authorities import authority_codes
from throughline.returns.cin.data import Data
from throughline.returns.cin.model import Unplaced
from throughline.returns.findings import Finding, RuleInfo, Severity, ruleset_name

_SOURCE = "Throughline: reading the file against the census’s XML specification of its year"
_ANY = {"ChildIdentifiers": (), **dict.fromkeys(layout.tables(), ())}

ELEMENT, DATE, SPELLING, FLAG, CODE, LAYOUT, AUTHORITY, YEAR, TABLE, COLUMN = (
    "TL-ELEMENT",
    "TL-DATE",
    "TL-SPELLING",
    "TL-FLAG",
    "TL-CODE",
    "TL-LAYOUT",
    "TL-LEA",
    "TL-YEAR",
    "TL-TABLE",
    "TL-COLUMN",
)


def _info(code: str, message: str, action: str, severity: Severity = Severity.ERROR) -> RuleInfo:
    return RuleInfo(
        code=code,
        severity=severity,
        fields=_ANY,
        citation=_SOURCE,
        message=message,
        action=action,
        since=layout.first_year(),
        ours=True,
    )


CHECKS = {
    one.code: one
    for one in (
        _info(
            ELEMENT,
            "The file holds something that no field of the census does: {what}.",
            "Remove it, or correct the name of the element. It is kept in no table and is in no other check.",
        ),
        _info(
            DATE,
            "{field} is “{value}”, which is not a date.",
            "Enter the date as 2025-03-31. Until then the other checks take it as missing.",
        ),
        _info(
            SPELLING,
            "{field} is written “{value}”. It was read as {read}; the department’s own loader would not.",
            "Export dates as 2025-03-31.",
        ),
        _info(
            FLAG,
            "{field} is “{value}”, which is neither yes nor no.",
            "Enter 1 or true for yes, 0 or false for no. Until then the other checks take it as missing.",
        ),
        _info(
            CODE,
            "{field} is “{value}”, which is not a code of the census.",
            "Choose a code from the code set of the year, or leave the field out.",
        ),
        _info(
            LAYOUT,
            "{field} has {count} values, and it is not in the layout of {ruleset}.",
            "Export the return in the layout of its year, or check it by the rules of the year it was made for.",
        ),
        _info(
            AUTHORITY,
            "The local authority in the header (LEA) is {value}, which is no local authority.",
            "Enter the three digits of the reporting authority.",
        ),
        _info(
            YEAR,
            "The header says that the return is of {stated}, and it was checked by the rules of {ruleset}.",
            "Choose the return of the year you mean, or the ruleset of the return’s year.",
            Severity.QUERY,
        ),
        _info(
            TABLE,
            "The table {table} is not among the files.",
            "If the return has rows of it, give its file too; if it has none, nothing is to be done.",
            Severity.QUERY,
        ),
        _info(
            COLUMN,
            "The table {table} has no column {field}, so every value of it counts as missing.",
            "Export the table with that column, and write its name as the census does.",
        ),
    )
}


def structure(data: Data) -> Iterator[Finding]:
    """What is wrong with the file itself."""
    for table_name, field_name in data.source.absent:
        if field_name is None:
            yield _finding(TABLE, table_name, None, None, (), table=table_name)
        else:
            yield _finding(COLUMN, table_name, None, None, (field_name,), table=table_name, field=field_name)
    yield from _year(data)
    yield from _authority(data)
    yield from _layout(data)
    for one in data.source.unplaced:
        yield _unplaced(one)
    for table in layout.tables().values():
        if data.source.tables[table.name].height:
            for field in table.fields:
                yield from _values(data, table, field)


def _finding(
    code: str, home: str, child: str | None, row: int | None, fields: tuple[str, ...], **values: object
) -> Finding:
    info = CHECKS[code]
    return Finding(code, info.severity, home, child, row, fields, info.message.format(**values), info.action)


def _unplaced(one: Unplaced) -> Finding:
    text = f" “{one.text[:80]}”" if one.text else ""
    where = f" (line {one.line})" if one.line else ""
    what = f"{one.reason} in {one.element}{text}{where}"
    return _finding(ELEMENT, one.table or "Message", one.child, one.row, (one.element,), what=what)


def _year(data: Data) -> Iterator[Finding]:
    stated = data.source.stated_year
    if stated is not None and stated != data.year:
        names = {"stated": _name(stated), "ruleset": ruleset_name(data.year)}
        yield _finding(YEAR, "Header", None, 1, ("Year",), **names)


def _name(year: int) -> str:
    return ruleset_name(year) if 1900 < year < 2200 else str(year)


def _authority(data: Data) -> Iterator[Finding]:
    stated = data.header.get("LEA", "")
    if stated not in authority_codes(data.year):
        yield _finding(AUTHORITY, "Header", None, 1, ("LEA",), value=f"“{stated}”" if stated else "missing")


def _layout(data: Data) -> Iterator[Finding]:
    for table in layout.tables().values():
        frame = data.source.tables[table.name]
        for field in table.fields:
            if table.in_year(data.year) and field.in_year(data.year):
                continue
            count = frame.height - frame[field.name].null_count()
            if count:
                names = {"field": field.name, "count": f"{count:,}", "ruleset": ruleset_name(data.year)}
                yield _finding(LAYOUT, table.name, None, None, (field.name,), **names)


@cache
def _has_own_rule() -> frozenset[str]:
    """Fields whose values a published rule checks, so that a wrong one is reported once."""
    return frozenset(
        (
            "GenderCurrent",
            "Sex",
            "Ethnicity",
            "Disability",
            "ReferralSource",
            "PrimaryNeedCode",
            "ReasonForClosure",
            "ReferralNFA",
            "AssessmentFactors",
            "InitialCategoryOfAbuse",
            "LatestCategoryOfAbuse",
        )
    )


def _values(data: Data, table: layout.Table, field: layout.Field) -> Iterator[Finding]:
    raw = data.source.tables[table.name][field.name]
    if raw.null_count() == len(raw):
        return
    text = raw.str.strip_chars()
    given = text.is_not_null() & (text != "")
    typed = data[table.name]["factor" if field.name == table.name else field.name]
    if field.type == "date":
        yield from _rows(data, DATE, table, field, given & typed.is_null(), text)
        if data.source.form == "xml":
            spelt = given & typed.is_not_null() & ~text.str.contains(r"^\d{4}-\d{2}-\d{2}$")
            yield from _rows(data, SPELLING, table, field, spelt, text, typed)
    elif field.name in _has_own_rule():
        return
    elif field.type == "yesno":
        yield from _rows(data, FLAG, table, field, given & typed.is_null(), text)
    elif field.type == "code" and field.codes:
        known = text.is_in(list(layout.codes_in_year(field.codes, data.year)))
        yield from _rows(data, CODE, table, field, given & ~known, text)


def _rows(
    data: Data,
    code: str,
    table: layout.Table,
    field: layout.Field,
    where: pl.Series,
    text: pl.Series,
    read: pl.Series | None = None,
) -> Iterator[Finding]:
    ids = data[table.name]["LAchildID"]
    for place in where.fill_null(value=False).arg_true():
        values = {"field": field.name, "value": text[place][:80], "read": read[place] if read is not None else ""}
        yield _finding(code, table.name, ids[place], place + 1, (field.name,), **values)
