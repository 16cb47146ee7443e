"""Write an SSDA903 return: a CSV file for each table, or one XML file."""

from collections import defaultdict
from pathlib import Path
from typing import Any, BinaryIO

from lxml import etree

from throughline.returns.common.errors import UnwritableReturn
from throughline.returns.ssda903 import layout
from throughline.returns.ssda903.model import Ssda903
from throughline.returns.ssda903.read_xml import ROOT

_MUST = {
    "Header": {"UPN", "SEX", "DOB", "ETHNIC"},
    "Episodes": {"DECOM", "RNE", "LS", "CIN", "PLACE", "DEC", "REC"},
    "Missing": {"MISSING", "MIS_START"},
    "Reviews": {"REVIEW", "REVIEW_CODE"},
    "PlacedAdoption": {"DATE_PLACED"},
}
"""Fields whose element stands in the XML form even when it is blank (the schema of 2021)."""

_EPISODE_ORDER = (
    *("DECOM", "RNE", "LS", "CIN", "PLACE", "PL_POST", "HOME_POST", "URN"),
    *("PLACE_PROVIDER", "DEC", "REC", "REASON_PLACE_CHANGE"),
)

_ONCE = ("Header", "UASC", "OC2", "OC3", "AD1", "PrevPerm")

Row = dict[str, str | None]


def write_csv(care: Ssda903, folder: Path) -> list[Path]:
    """Write each table that the return has to ``folder``; return the files in layout order.

    UTF-8, commas, column names in the first line, blanks empty. ``Header`` is written without
    ``UASC``, which the CSV form states by the table ``UASC`` alone.
    """
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for table in layout.tables().values():
        if table.name in care.tables:
            path = folder / f"{table.file}.csv"
            care.tables[table.name].select(table.columns).write_csv(path)
            made.append(path)
    return made


def write_xml(care: Ssda903, target: Path | BinaryIO) -> None:
    """Write the XML form, one CHILD for each row of ``Header``, streamed.

    A row of ``AD1`` or ``OC3`` that holds nothing but the child has no element and is not written.
    Raises ``UnwritableReturn`` where the XML form cannot hold the tables: a child without a
    header row, two rows where the form has room for one, a date of birth that differs between tables.
    """
    headers, rows = _by_child(care)
    with etree.xmlfile(str(target) if isinstance(target, Path) else target, encoding="UTF-8") as file:
        file.write_declaration()
        with file.element(ROOT):
            for header in headers:
                file.write(_child(header, rows[str(header["CHILD"])]))


def _by_child(
    care: Ssda903,
) -> tuple[list[Row], dict[str, dict[str, list[Row]]]]:
    if "Header" not in care.tables:
        raise UnwritableReturn(
            "The XML form needs the table Header, which is not in this return. Add it, or write the CSV form."
        )
    headers: list[Row] = care.tables["Header"].to_dicts()
    rows: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    births = {header["CHILD"]: header["DOB"] for header in headers}
    for table in layout.tables().values():
        if table.name not in care.tables:
            continue
        once = table.name in _ONCE
        for number, row in enumerate(care.tables[table.name].to_dicts(), start=1):
            child = row["CHILD"]
            if child is None or child not in births:
                raise UnwritableReturn(
                    f"Row {number} of {table.name} is about a child who is not in Header. The XML form has no "
                    "place for it: add the child to Header."
                )
            if row.get("DOB") != births[child] and "DOB" in row:
                raise UnwritableReturn(
                    f"Row {number} of {table.name} has another date of birth than Header for the same child. The "
                    "XML form has room for one: make them the same."
                )
            known = rows[child][table.name]
            if once and known:
                raise UnwritableReturn(
                    f"Row {number} of {table.name} is the second for its child. The XML form has room for one: "
                    "put them together."
                )
            known.append(row)
    for header in headers:
        mine = rows[str(header["CHILD"])]
        for row in mine.get("UASC", []):
            if header.get("UASC", "1") != "1" and row["DUC"] is None:
                raise UnwritableReturn(
                    "Header says that a child is not an unaccompanied asylum-seeking child, and the table UASC has a "
                    "row for the child. Correct the one that is wrong."
                )
    return headers, rows


def _child(header: Row, mine: dict[str, list[Row]]) -> etree._Element:
    child = etree.Element("CHILD")
    head = etree.SubElement(child, "HEADER")
    _put(head, "CHILDID", header["CHILD"], True)
    for name in ("UPN", "SEX", "DOB", "ETHNIC"):
        _put(head, name, header[name], True)
    asylum = header["UASC"] if "UASC" in header else "1" if mine.get("UASC") else "0"
    _put(head, "UASC", asylum, True)
    for name in ("UASC", "AD1", "OC3"):
        for row in mine.get(name, []):
            _fields(head, name, row)
    for element, name in layout.xml_groups().items():
        if name == "PrevPerm":
            for column in ("MOTHER", "MC_DOB"):
                _put(head, column, header[column], False)
        if name != "Episodes":
            for row in mine.get(name, []):
                _fields(etree.SubElement(head, element), name, row)
    for row in mine.get("Episodes", []):
        episode = etree.SubElement(child, "EPISODE")
        table = layout.tables()["Episodes"]
        for column in _EPISODE_ORDER:
            _put(
                episode,
                table.field(column).tag,
                row[column],
                column in _MUST["Episodes"],
            )
    return child


def _fields(parent: etree._Element, name: str, row: Row) -> None:
    for field in layout.tables()[name].fields:
        if field.name not in ("CHILD", "DOB", "SEX"):
            _put(parent, field.tag, row[field.name], field.name in _MUST.get(name, ()))


def _put(parent: etree._Element, tag: str, value: Any, must: bool) -> None:
    if value is None and not must:
        return
    element = etree.SubElement(parent, tag)
    if value is not None:
        try:
            element.text = value
        except ValueError as problem:
            raise UnwritableReturn(
                f"A value of {tag} holds a character that XML cannot. Take out control characters and try again."
            ) from problem
