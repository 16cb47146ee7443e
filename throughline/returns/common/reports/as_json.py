"""The report as JSON: the contract with other programs, one finding a line."""

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TextIO

from throughline.returns.findings import Report


def write(report: Report, out: TextIO) -> None:
    """Write the report; findings go out one by one, since a large return has many."""
    head = replace(report, findings=[]).to_dict()
    del head["findings"]
    out.write(json.dumps(head, ensure_ascii=False)[:-1] + ', "findings": [')
    for place, text in enumerate(_texts(report)):
        out.write(",\n" if place else "\n")
        out.write(text)
    out.write("\n]}\n")


def _texts(report: Report) -> Iterable[str]:
    # A collection that keeps its findings as a table can word them all at once.
    at_once: Callable[[], Iterable[str]] | None = getattr(report.findings, "json_texts", None)
    if at_once is not None:
        return at_once()
    return (json.dumps(one.to_dict(), ensure_ascii=False) for one in report.findings)
