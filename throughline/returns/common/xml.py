"""Reading XML that somebody else wrote: streamed, without entities, with an error that a person can act on.

A return never needs a document type declaration, so one is refused outright: it is the door for
entity bombs and for reading other files. libxml2's own limits (depth, size of one text) stay on.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, cast

from lxml import etree

from throughline.returns.common.errors import UnreadableReturn

CHUNK = 1 << 18
"""Bytes handed to the parser at a time."""

Progress = Callable[[int, int | None], None]
"""Called with bytes read and bytes in all (None if unknown)."""

_KINDS: list[tuple[bytes, str]] = [
    (b"PK\x03\x04", "a spreadsheet or a zip file"),
    (b"\xd0\xcf\x11\xe0", "an older Excel or Word file"),
    (b"%PDF", "a PDF"),
    (b"\x1f\x8b", "a compressed file"),
]

_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def local_name(tag: object) -> str:
    """The name of an element without its namespace; "" for a comment or a processing instruction."""
    if not isinstance(tag, str):
        return ""
    return tag.rpartition("}")[2]


def line_of(node: etree._Element) -> int | None:
    """The line on which an element starts (1-based), where the parser knows it."""
    line = cast(int | None, node.sourceline)
    return line or None


def refuse_unless_xml(head: bytes) -> None:
    """Raise ``UnreadableReturn`` if the first bytes of a file are plainly not those of XML."""
    if not head:
        raise UnreadableReturn("The file is empty. Export the return again and check that the file has a size.")
    for mark, kind in _KINDS:
        if head.startswith(mark):
            raise UnreadableReturn(
                f"The file is {kind}, not an XML return, whatever its name says. "
                "Choose the XML file that your system exported."
            )
    text = head
    for bom in _BOMS:
        text = text.removeprefix(bom)
    text = text.replace(b"\x00", b"").lstrip()
    if not text.startswith(b"<"):
        raise UnreadableReturn(
            "The file is not XML: it does not begin with “<”. Choose the XML file that your system exported."
        )
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        raise _doctype()


def stream(
    source: Path | BinaryIO,
    tag: str,
    progress: Progress | None = None,
    encoding: str | None = None,
) -> Iterator[etree._Element]:
    """Yield each element called ``tag`` (any namespace) when it is complete, then the root last.

    The caller clears elements it has finished with; memory then stays at one element's size.
    Raises ``UnreadableReturn`` with the line for XML that is broken, ends early or is hostile;
    every element that was complete before the break has been yielded by then.
    """
    if isinstance(source, Path):
        try:
            total: int | None = source.stat().st_size
            with source.open("rb") as handle:
                yield from _stream(handle, tag, progress, total, encoding)
        except OSError as problem:
            raise UnreadableReturn(
                f"The file {source.name} cannot be opened: {problem.strerror or problem}. "
                "Check its name and that you may read it."
            ) from problem
    else:
        yield from _stream(source, tag, progress, None, encoding)


def _stream(
    handle: BinaryIO,
    tag: str,
    progress: Progress | None,
    total: int | None,
    encoding: str | None,
) -> Iterator[etree._Element]:
    head = last = chunk = handle.read(CHUNK)
    refuse_unless_xml(chunk)
    parser = etree.XMLPullParser(
        events=("end",),
        tag="{*}" + tag,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        encoding=encoding,
    )
    done = 0
    checked = False
    while chunk:
        done += len(chunk)
        fault: etree.XMLSyntaxError | None = None
        try:
            parser.feed(chunk)
        except etree.XMLSyntaxError as problem:
            fault = problem
        for _event, element in parser.read_events():
            node = cast(etree._Element, element)
            if not checked:
                _refuse_doctype(node)
                checked = True
            yield node
        if fault is not None:
            raise _broken(fault, ended=not _closes_root(head, chunk) and not handle.read(1))
        if progress is not None:
            progress(done, total)
        last, chunk = chunk, handle.read(CHUNK)
    try:
        root = parser.close()
    except etree.XMLSyntaxError as problem:
        raise _broken(problem, ended=not _closes_root(head, last)) from problem
    _refuse_doctype(root)
    yield root


def _closes_root(head: bytes, tail: bytes) -> bool:
    """Whether the last bytes of a file close the element that its first bytes open."""
    opened = re.search(rb"<([A-Za-z_][\w.:-]*)", head.replace(b"\x00", b""))
    closed = re.search(rb"</([\w.:-]+)\s*>\s*$", tail[-1000:].replace(b"\x00", b""))
    return bool(opened and closed and opened[1] == closed[1])


def _refuse_doctype(node: etree._Element) -> None:
    if str(getattr(node.getroottree().docinfo, "doctype", "")):
        raise _doctype()


def _doctype() -> UnreadableReturn:
    return UnreadableReturn(
        "The file declares a document type or entities, which a return never needs and which can be used to "
        "harm the reader. It was not read. Export the return again from your own system."
    )


def _broken(problem: etree.XMLSyntaxError, *, ended: bool) -> UnreadableReturn:
    line = problem.lineno or None
    where = f" at line {line}" if line else ""
    text = problem.msg or ""
    if ended:
        return UnreadableReturn(
            f"The file ends before it is complete{where}: the last elements are never closed. "
            "It was probably cut off while being saved or sent; export it again.",
            line=line,
        )
    if "encod" in text.lower():
        return UnreadableReturn(
            f"The file has characters{where} that are not in the encoding it declares. "
            "Save it as UTF-8, or export it again.",
            line=line,
        )
    if "huge" in text.lower() or "depth" in text.lower() or "amplification" in text.lower():
        return UnreadableReturn(
            f"The file is built{where} in a way that no return is (too deep, or one value too long), so it was not "
            "read further. Export the return again from your own system.",
            line=line,
        )
    reason = text.split(", line")[0]
    return UnreadableReturn(
        f"The file is not well-formed XML{where}: {reason}. "
        "Mend that line, or export the file again; a stray “&” or “<” in a value is the usual cause.",
        line=line,
    )
