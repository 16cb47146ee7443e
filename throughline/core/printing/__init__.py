"""Documents for people to hold: one description, read on screen and printed as PDF."""

from throughline.core.printing.document import (
    Block,
    Bullets,
    Document,
    Facts,
    Heading,
    Quote,
    Table,
    Words,
)
from throughline.core.printing.pdf import Printed, pdf, printed, to_pdf

__all__ = [
    "Block",
    "Bullets",
    "Document",
    "Facts",
    "Heading",
    "Printed",
    "Quote",
    "Table",
    "Words",
    "pdf",
    "printed",
    "to_pdf",
]
