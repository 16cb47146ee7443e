"""What a file truly is, and whether it may be kept: told by its content, whatever its name claims."""

import codecs
import hashlib
import tomllib
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import filetype
from django.core.files.base import File

_PLAIN = "text/plain"
_ENOUGH = 8192


@dataclass(frozen=True)
class FileType:
    """A type of file that may be kept. ``shown``: a browser shows it in the page."""

    media_type: str
    label: str
    extension: str
    shown: bool = False


@dataclass(frozen=True)
class Checked:
    """A file that was looked at: its true type, its size in bytes, its digest; or ``fault``, a sentence."""

    type: FileType | None
    size: int
    sha256: str
    fault: str = ""


def limit() -> int:
    """Return the most bytes that one file may have."""
    return int(_raw()["limit_mb"]) * 1024 * 1024


@cache
def known() -> Mapping[str, FileType]:
    """Return the types that may be kept, by media type."""
    return {media_type: FileType(media_type, **one) for media_type, one in _raw()["types"].items()}


def accepted() -> str:
    """Return what an upload control offers to choose: the value of its ``accept`` attribute."""
    return ",".join(known())


@cache
def _raw() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "types.toml").read_text(encoding="utf-8"))


def check(upload: "File[Any]") -> Checked:
    """Look at a file without running any of it; the file is left at its start."""
    size = upload.size or 0
    name = Path(upload.name or "the file").name
    if size == 0:
        return Checked(None, 0, "", f"{name} is empty. Choose it again, or another file.")
    if size > limit():
        return Checked(
            None,
            size,
            "",
            f"{name} is {_megabytes(size)}. The most that a file may have is {_megabytes(limit())}: "
            "save it in a smaller size, or in parts.",
        )
    upload.seek(0)
    start = upload.read(_ENOUGH)
    found = known().get(_media_type(start) or "")
    digest = hashlib.sha256(start)
    for chunk in iter(lambda: upload.read(1024 * 1024), b""):
        digest.update(chunk)
    upload.seek(0)
    if found is None:
        return Checked(None, size, digest.hexdigest(), _refusal(name, start))
    if _holds_macros(upload):
        return Checked(
            None, size, digest.hexdigest(), f"{name} holds macros, which can harm a computer. Save it without them."
        )
    return Checked(found, size, digest.hexdigest())


def _media_type(start: bytes) -> str | None:
    guessed = filetype.guess(start)
    if guessed is not None:
        return str(guessed.mime)
    return _PLAIN if _reads_as_text(start) else None


def _reads_as_text(start: bytes) -> bool:
    if b"\x00" in start:
        return False
    # Markup is text too, and a browser would run what is in it: it is no plain text here.
    if start.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<" or start[:2] == b"#!":
        return False
    try:
        # Of a longer file, the last byte may be half a letter: then it is not the end.
        codecs.getincrementaldecoder("utf-8")().decode(start, final=len(start) < _ENOUGH)
    except UnicodeDecodeError:
        return False
    return True


def _holds_macros(upload: "File[Any]") -> bool:
    if not zipfile.is_zipfile(upload.file or upload):
        upload.seek(0)
        return False
    upload.seek(0)
    try:
        with zipfile.ZipFile(upload.file or upload) as archive:
            return any(name.lower().endswith("vbaproject.bin") for name in archive.namelist())
    except (zipfile.BadZipFile, OSError):
        return True
    finally:
        upload.seek(0)


def _refusal(name: str, start: bytes) -> str:
    guessed = filetype.guess(start)
    what = f"a file of the kind “{guessed.extension}”" if guessed else "of a kind that is not known here"
    return (
        f"{name} is {what}, whatever its name says. Pictures, PDF, Word, Excel, plain text and sound can be kept: "
        "save it as one of these."
    )


def _megabytes(size: int) -> str:
    whole = size / 1024 / 1024
    return f"{whole:.1f} MB" if whole < 10 and whole != int(whole) else f"{round(whole)} MB"
