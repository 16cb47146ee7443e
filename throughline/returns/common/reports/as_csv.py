"""The report as CSV: one line a finding, for a spreadsheet."""

import csv
from typing import TextIO

from throughline.returns.findings import Report

COLUMNS = ("rule", "severity", "table", "child", "row", "fields", "message", "action")


def write(report: Report, out: TextIO) -> None:
    """Write the report. Values that a spreadsheet would run as a formula are made text."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in report.findings:
        row = ("" if one.row is None else one.row, " ".join(one.fields))
        texts = (one.rule, one.severity.value, one.table, one.child or "")
        writer.writerow([*map(harmless, texts), row[0], row[1], harmless(one.message), one.action])


def harmless(text: str) -> str:
    """Text that Excel does not take for a formula: a leading =, +, - or @ gets an apostrophe before it."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
