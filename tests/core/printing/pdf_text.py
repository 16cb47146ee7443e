"""Reads the words of a PDF that Typst made, so that tests see what a reader of the file sees.

Not a general reader: uncompressed objects, Flate streams, hexadecimal or literal strings shown through a font's
ToUnicode map, and metadata. A test beside it proves that it finds what is there, since a blind reader finds no leak.
"""

import re
import zlib

_OBJECT = re.compile(rb"(?:^|\n)(\d+) 0 obj\s(.*?)\sendobj", re.S)
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.S)
_TOKEN = re.compile(rb"/([A-Za-z0-9]+) [\d.]+ Tf|<([0-9A-Fa-f\s]*)>|(\()|\b(Td|Tm|TD|ET)\b", re.S)
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def words_of(pdf: bytes) -> str:
    """Return the text of every page in order, without spaces between letters that the page shows apart."""
    objects = {int(number): body for number, body in _OBJECT.findall(pdf)}
    fonts = _fonts(objects)
    return "\n".join(_page(objects, body, fonts) for body in objects.values() if b"/Type/Page/" in _tight(body))


def strings_of(pdf: bytes) -> str:
    """Return everything else that is text: properties, outline, tags, metadata."""
    outside = _STREAM.sub(b"", pdf)
    found = [_text(_literal(one)) for one in re.findall(rb"\((?:\\.|[^\\()])*\)", outside, re.S)]
    for body in _OBJECT.findall(pdf):
        stream = _unpacked(body[1])
        if b"xpacket" in stream:
            found.append(stream.decode("utf-8", "replace"))
    return "\n".join(found)


def _text(raw: bytes) -> str:
    return raw.decode("utf-16-be" if raw.startswith(b"\xfe\xff") else "latin-1", "replace")


def _tight(body: bytes) -> bytes:
    return re.sub(rb"\s+", b"", body.split(b"stream")[0])


def _unpacked(body: bytes) -> bytes:
    length = re.search(rb"/Length (\d+)", body)
    began = re.search(rb"stream\r?\n", body)
    if not length or not began:
        return b""
    raw = body[began.end() : began.end() + int(length.group(1))]
    return zlib.decompress(raw) if b"FlateDecode" in body[: began.start()] else raw


def _fonts(objects: dict[int, bytes]) -> dict[int, dict[int, str]]:
    """Return, for each font object, the character of each of its codes."""
    maps = {}
    for number, body in objects.items():
        named = re.search(rb"/ToUnicode\s+(\d+) 0 R", body)
        if named:
            maps[number] = _cmap(_unpacked(objects[int(named.group(1))]))
    return maps


def _cmap(text: bytes) -> dict[int, str]:
    found: dict[int, str] = {}
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", text, re.S):
        for code, char in re.findall(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            found[int(code, 16)] = bytes.fromhex(char.decode()).decode("utf-16-be")
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", text, re.S):
        for low, high, char in re.findall(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            first = int(char, 16)
            for offset in range(int(high, 16) - int(low, 16) + 1):
                found[int(low, 16) + offset] = chr(first + offset)
    return found


def _page(objects: dict[int, bytes], body: bytes, fonts: dict[int, dict[int, str]]) -> str:
    resources = body
    named = re.search(rb"/Resources\s+(\d+) 0 R", body)
    if named:
        resources = objects[int(named.group(1))]
    kept = re.search(rb"/Font\s+(\d+) 0 R", resources)
    if kept:
        resources = objects[int(kept.group(1))]
    names = {name.decode(): int(number) for name, number in re.findall(rb"/([A-Za-z0-9]+)\s+(\d+) 0 R", resources)}
    content = b"\n".join(
        _unpacked(objects[int(number)])
        for number in re.findall(rb"(\d+) 0 R", re.search(rb"/Contents\s*(\[[^\]]*\]|\d+ 0 R)", body).group(1))  # type: ignore[union-attr]
    )
    said: list[str] = []
    using: dict[int, str] = {}
    at = 0
    while one := _TOKEN.search(content, at):
        at = one.end()
        font, hexadecimal, literal, _ = one.groups()
        if font:
            using = fonts.get(names.get(font.decode(), -1), {})
        elif literal:
            at = _end_of(content, one.start())
            said.append(_through(using, _literal(content[one.start() : at])))
        elif hexadecimal is not None:
            said.append(_through(using, bytes.fromhex(hexadecimal.decode())))
        else:
            said.append("\n")
    return re.sub(r"\n+", "\n", "".join(said))


def _through(using: dict[int, str], raw: bytes) -> str:
    return "".join(using.get(int.from_bytes(raw[at : at + 2], "big"), "") for at in range(0, len(raw) - 1, 2))


def _end_of(content: bytes, start: int) -> int:
    """Return where a literal string ends: brackets in it may stand in pairs, or be escaped."""
    depth, at = 0, start
    while True:
        char = content[at : at + 1]
        at += 2 if char == b"\\" else 1
        depth += (char == b"(") - (char == b")")
        if depth == 0:
            return at


def _literal(raw: bytes) -> bytes:
    def unescape(found: re.Match[bytes]) -> bytes:
        token = found.group(1)
        return bytes([int(token, 8)]) if token.isdigit() else _ESCAPES.get(token, token)

    return re.sub(rb"\\([0-7]{1,3}|.)", unescape, raw[1:-1], flags=re.S)
