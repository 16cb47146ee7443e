"""Documents: what may be kept, what is refused and how it is said, and that nothing points at a missing file."""

import hashlib
import io
import os
import struct
import zipfile
import zlib
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from pytest_django.fixtures import Settings

from tests.cast import Cast
from throughline.core.access.door import NotFound
from throughline.core.audit import sentences
from throughline.core.audit.models import Event
from throughline.core.documents import actions, filetypes, queries
from throughline.core.documents.models import Document, Version
from throughline.core.errors import Refused


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    """Documents of a test are kept in its own folder."""
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path)},
        },
    }
    return tmp_path


def png(shade: int = 200) -> bytes:
    """Return a picture of one pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    pixels = zlib.compress(bytes([0, shade]))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def word(*, macros: bool = False) -> bytes:
    """Return a file that is laid out as a Word document is."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<w:document/>")
        if macros:
            archive.writestr("word/vbaProject.bin", "x")
    return out.getvalue()


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def keep(cast: Cast, file: SimpleUploadedFile, **more: str) -> Document:
    return actions.keep(by=cast.social_worker, person=cast.ada, title="Her house", upload=file, **more)


def test_a_drawing_is_kept_with_its_true_type_digest_and_no_name_in_its_path(cast: Cast, folder: Path) -> None:
    version = keep(cast, upload("Ada Okafor's drawing.jpg", png()), description="A red house").versions.get()
    assert (version.media_type, version.number, version.size) == ("image/png", 1, len(png()))
    assert version.sha256 == hashlib.sha256(png()).hexdigest()
    assert version.name == "Ada Okafor's drawing.jpg"
    assert "Ada" not in version.file.name
    assert (folder / version.file.name).read_bytes() == png()
    assert sentences.tell(Event.objects.latest("pk")) == "Ruth Bell added a document (picture (png))."


def test_each_version_stays_and_the_same_file_twice_is_no_version(cast: Cast, folder: Path) -> None:
    document = keep(cast, upload("a.png", png(1)))
    actions.add_version(by=cast.team_manager, document=document, upload=upload("b.png", png(2)), note="Scanned again")
    with pytest.raises(Refused, match="the same file"):
        actions.add_version(by=cast.social_worker, document=document, upload=upload("c.png", png(2)))
    assert [(one.number, one.uploaded_by) for one in document.versions.all()] == [
        (1, cast.social_worker),
        (2, cast.team_manager),
    ]
    assert queries.of_person(cast.social_worker, cast.ada.pk).get().latest.number == 2
    assert [(folder / one.file.name).read_bytes() for one in document.versions.all()] == [png(1), png(2)]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("drawing.png", b"MZ\x90\x00" + b"\x00" * 100, "whatever its name says"),
        ("drawing.png", b"<svg xmlns='x'><script>alert(1)</script></svg>", "not known here"),
        ("note.txt", b"\xef\xbb\xbf  <html><script>", "not known here"),
        ("run.txt", b"#!/bin/sh\nrm -rf /", "not known here"),
        ("bytes.txt", b"ab\x00cd", "not known here"),
        ("latin.txt", b"caf\xe9", "not known here"),
        ("all.zip", b"PK\x03\x04" + b"\x00" * 60, "kind “zip”"),
        ("letter.docx", word(macros=True), "holds macros"),
        ("empty.png", b"", "is empty"),
    ],
    ids=["program", "svg", "markup", "script", "bytes", "not utf-8", "archive", "macros", "empty"],
)
def test_what_may_not_be_kept_is_refused_in_words_that_name_the_file(
    cast: Cast, folder: Path, name: str, content: bytes, sentence: str
) -> None:
    with pytest.raises(Refused) as refused:
        keep(cast, upload(name, content))
    assert refused.value.messages["upload"].startswith(name)
    assert sentence in refused.value.messages["upload"]
    assert not Document.objects.exists()
    assert not any(folder.rglob("*"))


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("letter.docx", word(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("report.pdf", b"%PDF-1.7\n%%EOF", "application/pdf"),
        ("note.txt", "Grüße 🦖".encode(), "text/plain"),
        ("long.txt", ("é" * 9000).encode(), "text/plain"),
        ("photo", b"\xff\xd8\xff\xe0" + b"\x00" * 40, "image/jpeg"),
    ],
    ids=["word", "pdf", "text", "long text", "photograph without a name"],
)
def test_what_is_kept_is_known_by_its_content(cast: Cast, name: str, content: bytes, media_type: str) -> None:
    assert keep(cast, upload(name, content)).latest.media_type == media_type


def test_a_file_that_is_too_large_is_told_both_sizes(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filetypes, "limit", lambda: 1024 * 1024)
    with pytest.raises(Refused, match=r"film.png is 1.5 MB. The most that a file may have is 1 MB: save it"):
        keep(cast, upload("film.png", b"x" * (1024 * 1024 * 3 // 2)))


def test_a_failure_while_saving_leaves_no_row_and_no_file(
    cast: Cast, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(Version, "save", broken)
    with pytest.raises(OSError, match="disk full"):
        keep(cast, upload("a.png", png()))
    assert not Document.objects.exists()
    assert not [path for path in folder.rglob("*") if path.is_file()]


def test_what_a_failed_act_leaves_behind_is_swept_and_what_the_record_names_is_not(cast: Cast, folder: Path) -> None:
    kept = keep(cast, upload("a.png", png(1))).latest
    stopped = pytest.raises(RuntimeError)
    with stopped, transaction.atomic():
        keep(cast, upload("b.png", png(2)))
        raise RuntimeError("the server was stopped here")
    assert Version.objects.count() == 1
    assert actions.sweep() == 0  # Too young: another act may be writing it.
    for path in folder.rglob("*"):
        os.utime(path, (0, 0))
    assert actions.sweep(timedelta(hours=1)) == 1
    assert (folder / kept.file.name).read_bytes() == png(1)


def test_s20_drawings_stand_in_the_house_the_child_chose(cast: Cast) -> None:
    for house, title in (("worries", "The stairs"), ("wishes", "A dog"), ("worries", "Shouting")):
        actions.keep(
            by=cast.social_worker,
            person=cast.ada,
            title=title,
            upload=upload("scan.png", png(len(title))),
            house=house,
            description=title,
        )
    keep(cast, upload("letter.docx", word()))
    shown = [
        (house.label, [one.title for one in house.documents])
        for house in queries.houses(cast.social_worker, cast.ada.pk)
    ]
    assert shown == [
        ("House of good things", []),
        ("House of worries", ["Shouting", "The stairs"]),
        ("House of wishes", ["A dog"]),
    ]
    with pytest.raises(Refused, match="one of the three houses"):
        keep(cast, upload("x.png", png()), house="cellar")


def test_a_description_can_be_mended_and_a_document_is_never_without_title(cast: Cast) -> None:
    document = keep(cast, upload("a.png", png()))
    change = {"by": cast.social_worker, "document": document, "description": "A dog", "house": "wishes"}
    assert actions.describe(title="Her wish", **change).description == "A dog"  # type: ignore[arg-type]
    with pytest.raises(Refused, match="Give it a title"):
        actions.describe(title=" ", **change)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="three houses"):
        actions.describe(title="x", **{**change, "house": "cellar"})  # type: ignore[arg-type]


def test_nobody_else_keeps_changes_or_finds_a_document(cast: Cast) -> None:
    document = keep(cast, upload("a.png", png()))
    for stranger in (cast.other_worker, cast.outsider):
        with pytest.raises(NotFound):
            actions.keep(by=stranger, person=cast.ada, title="x", upload=upload("a.png", png()))
        with pytest.raises(NotFound):
            actions.add_version(by=stranger, document=document, upload=upload("a.png", png(9)))
        with pytest.raises(NotFound):
            actions.describe(by=stranger, document=document, title="x", description="", house="")
        assert not queries.of_person(stranger, cast.ada.pk).exists()
        assert queries.of_entries(stranger, [1]) == {}
    with pytest.raises(PermissionDenied):
        actions.keep(by=cast.auditor, person=cast.ada, title="x", upload=upload("a.png", png()))
