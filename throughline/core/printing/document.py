"""A document as plain values: headings, words, quotations, facts, lists and tables.

The page on screen and the PDF are both made from it, so that what is left out of one is left out of the other.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Heading:
    """A heading; ``level`` 2 for a chapter, 3 below it. The document's title is the only level 1."""

    text: str
    level: int = 2
    kind: str = "heading"


@dataclass(frozen=True)
class Words:
    """Someone's words as they wrote them: an empty line begins a paragraph, a line end a new line."""

    text: str
    kind: str = "words"

    @property
    def paragraphs(self) -> list[list[str]]:
        """The paragraphs, each a list of lines."""
        found: list[list[str]] = [[]]
        for line in self.text.split("\n"):
            if line.strip():
                found[-1].append(line.rstrip())
            elif found[-1]:
                found.append([])
        return [lines for lines in found if lines]


@dataclass(frozen=True)
class Quote:
    """Words of someone else, with where they come from. ``said``: spoken, so in quotation marks."""

    text: str
    source: str
    said: bool = False
    kind: str = "quote"


@dataclass(frozen=True)
class Facts:
    """Pairs of what and what it is."""

    pairs: Sequence[tuple[str, str]]
    kind: str = "facts"


@dataclass(frozen=True)
class Bullets:
    """A list of short things."""

    items: Sequence[str]
    kind: str = "bullets"


@dataclass(frozen=True)
class Table:
    """Rows under column titles; ``title`` says what the table is of, for those who hear it read."""

    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    title: str = ""
    kind: str = "table"


Block = Heading | Words | Quote | Facts | Bullets | Table


@dataclass
class Document:
    """Something to hold and read."""

    title: str
    blocks: list[Block] = field(default_factory=list)
    # A line under the title: what it is, for whom.
    about: str = ""
    # In the foot of each page, and in the file's properties.
    made_by: str = ""
    made_on: date | None = None
    # Larger type and shorter lines, for a child.
    large: bool = False

    def add(self, *blocks: Block) -> None:
        """Add blocks at the end."""
        self.blocks.extend(blocks)

    def text(self) -> str:
        """Return every word of it, for a search or a check."""
        return "\n".join(_texts(as_data(self)))


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for key, one in value.items() if key != "kind" for text in _texts(one)]
    if isinstance(value, list):
        return [text for one in value for text in _texts(one)]
    return []


def as_data(document: Document) -> dict[str, Any]:
    """Return the document as JSON-serialisable data, as the Typst template reads it."""
    return {
        "title": document.title,
        "about": document.about,
        "made_by": document.made_by,
        "made_on": f"{document.made_on.day} {document.made_on:%B %Y}" if document.made_on else "",
        "large": document.large,
        "blocks": [_block(one) for one in document.blocks],
    }


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Heading):
        return {"kind": "heading", "text": block.text, "level": block.level}
    if isinstance(block, Words):
        return {"kind": "words", "paragraphs": block.paragraphs}
    if isinstance(block, Quote):
        return {
            "kind": "quote",
            "paragraphs": Words(block.text).paragraphs,
            "source": block.source,
            "said": block.said,
        }
    if isinstance(block, Facts):
        return {"kind": "facts", "pairs": [[what, value] for what, value in block.pairs]}
    if isinstance(block, Bullets):
        return {"kind": "bullets", "items": list(block.items)}
    return {
        "kind": "table",
        "title": block.title,
        "columns": list(block.columns),
        "rows": [list(row) for row in block.rows],
    }
