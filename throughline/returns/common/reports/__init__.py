"""A report of findings as JSON, CSV, plain text and one web page."""

from collections.abc import Callable
from importlib import import_module
from typing import TextIO

from throughline.returns.findings import Report

FORMATS = ("table", "json", "csv", "html")

TITLES = {"cin": "Children in need census", "903": "Children looked after (SSDA903)"}


def write_report(report: Report, form: str, out: TextIO) -> None:
    """Write a report in one of ``FORMATS`` to an open text file. Raises ``KeyError`` for another."""
    modules = {"table": "plain", "json": "as_json", "csv": "as_csv", "html": "page"}
    write: Callable[[Report, TextIO], None] = import_module(f"{__name__}.{modules[form]}").write
    write(report, out)
