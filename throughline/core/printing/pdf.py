"""Printing as PDF with Typst: no network, no system libraries, what people wrote never read as markup."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import typst
from django.conf import settings

from throughline.core.printing.document import Document, as_data

_TEMPLATES = Path(__file__).parent / "templates"
# Inside the typst wheel itself.
_BUNDLED = ("Libertinus Serif",)
# Common ones that a machine may have, for letters that the bundled font lacks. Their absence is no fault.
_WIDER = (
    "Noto Serif", "Noto Sans", "Noto Naskh Arabic", "Noto Sans Arabic", "Noto Sans Bengali", "Noto Sans Devanagari",
    "Noto Sans Gurmukhi", "Noto Sans Tamil", "Noto Sans CJK SC", "Noto Serif CJK SC", "DejaVu Serif", "DejaVu Sans",
    "Noto Color Emoji", "Noto Emoji",
)  # fmt: skip

_MISSING = (
    "Some letters have no font here, and are shown as boxes. "
    "Put a font that has them in the folder fonts of the authority's configuration."
)


@dataclass(frozen=True)
class Printed:
    """A PDF, and how far it may be called accessible.

    ``standard`` is "PDF/UA-1", or "" where some letter has no font on this machine: then the file is tagged all the
    same, and ``missing`` says what to do about it.
    """

    content: bytes
    standard: str
    missing: str = ""


def pdf(template: str, data: dict[str, Any]) -> bytes:
    """Return ``data`` (JSON-serialisable) set by the template of that name as PDF.

    Raises LookupError for a template that is not here.
    """
    return printed(template, data).content


def to_pdf(document: Document) -> bytes:
    """Return a document as PDF."""
    return pdf("document", as_data(document))


def printed(template: str, data: dict[str, Any]) -> Printed:
    """Return ``data`` set by the template, with how accessible the file is.

    First with the bundled font alone, so that it is the same everywhere; where that has no letter for what was
    written (an emoji, an Arabic name), with the authority's own fonts and the machine's; and where they have none
    either, without the claim of PDF/UA rather than not at all.
    """
    path = _TEMPLATES / f"{template}.typ"
    if not path.is_file():
        raise LookupError(f"There is no printing template called {template!r}")
    text = json.dumps(data)
    try:
        return Printed(_compiled(path, text, _BUNDLED, system=False, standard="ua-1"), "PDF/UA-1")
    except typst.TypstError as problem:
        if not _for_want_of_a_letter(problem):
            raise
    fonts = (*_BUNDLED, *_own_families(), *_WIDER)
    try:
        return Printed(_compiled(path, text, fonts, system=True, standard="ua-1"), "PDF/UA-1")
    except typst.TypstError as problem:
        if not _for_want_of_a_letter(problem):
            raise
    return Printed(_compiled(path, text, fonts, system=True, standard=None), "", _MISSING)


def _compiled(
    path: Path, text: str, fonts: tuple[str, ...], *, system: bool, standard: Literal["ua-1"] | None
) -> bytes:
    own = _own_folder()
    made: bytes = typst.compile(
        path,
        format="pdf",
        sys_inputs={"data": text, "fonts": json.dumps(fonts)},
        font_paths=[own] if own else [],
        ignore_system_fonts=not system,
        # Words are data, and a template needs no file beside it: nothing on disk is in its reach.
        root=_TEMPLATES,
        timestamp=int(datetime.now(UTC).timestamp()),
        pdf_standards=standard,
    )
    return made


def _for_want_of_a_letter(problem: Exception) -> bool:
    return "could not be displayed with" in str(problem)


def _own_folder() -> Path | None:
    folder = Path(settings.AUTHORITY) / "fonts"
    return folder if folder.is_dir() else None


def _own_families() -> tuple[str, ...]:
    own = _own_folder()
    if own is None:
        return ()
    found = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(own)])
    return tuple(found.families())
