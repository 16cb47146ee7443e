"""The report as JSON: the contract with other programs, one finding a line."""

import json
from dataclasses import replace
from typing import TextIO

from throughline.returns.findings import Report


def write(report: Report, out: TextIO) -> None:
    """Write the report; findings go out one by one, since a large return has many."""
    head = replace(report, findings=[]).to_dict()
    del head["findings"]
    out.write(json.dumps(head, ensure_ascii=False)[:-1] + ', "findings": [')
    for place, one in enumerate(report.findings):
        out.write(",\n" if place else "\n")
        out.write(json.dumps(one.to_dict(), ensure_ascii=False))
    out.write("\n]}\n")
