"""Keeping documents. The file is on the disk before the row that names it is committed, never after:
what the record points at exists. A file that no row names (the act failed) is swept, see ``sweep``."""

import os
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, default_storage, storages
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

import throughline.core.documents.told  # noqa: F401  (registers audit sentences)
from throughline.core.access import door
from throughline.core.access.models import User
from throughline.core.access.roles import Action
from throughline.core.audit import account
from throughline.core.documents import filetypes
from throughline.core.documents.models import Document, House, Version
from throughline.core.errors import Refused


@transaction.atomic
def keep(
    *,
    by: User,
    person: Any,
    title: str,
    upload: "File[Any]",
    entry: Any | None = None,
    house: str = "",
    description: str = "",
) -> Document:
    """Keep a file as a new document about ``person``, and return it.

    Raises Refused({"upload": ...}) for a file that is empty, too large or of a type that is not kept.
    """
    door.require(by, Action.RECORD, person.pk)
    faults = {}
    if house and house not in House.values:
        faults["house"] = "Choose one of the three houses, or none."
    checked = filetypes.check(upload)
    if checked.fault:
        faults["upload"] = checked.fault
    if faults:
        raise Refused(faults)
    document = Document.objects.create(
        person=person,
        entry=entry,
        title=(title.strip() or Path(upload.name or "").stem or "Document")[:200],
        description=description.strip(),
        house=house,
    )
    version = _store(document, 1, upload, checked, by)
    account.record("documents.kept", by=by, person_id=person.pk, subject=document, kind=_kind(version))
    return document


@transaction.atomic
def add_version(*, by: User, document: Document, upload: "File[Any]", note: str = "") -> Version:
    """Add a later version of a document; the earlier ones stay. Raises Refused as ``keep`` does, or for no change."""
    door.one(by, Document, document.pk)
    current = Document.objects.select_for_update().get(pk=document.pk)
    door.require(by, Action.RECORD, current.person_id)
    checked = filetypes.check(upload)
    if checked.fault:
        raise Refused({"upload": checked.fault})
    if current.latest.sha256 == checked.sha256:
        raise Refused({"upload": "This is the same file as the version that is here already. Choose the changed one."})
    number = (current.versions.aggregate(last=Max("number"))["last"] or 0) + 1
    version = _store(current, number, upload, checked, by, note)
    account.record(
        "documents.version_added",
        by=by,
        person_id=current.person_id,
        subject=current,
        number=number,
        kind=_kind(version),
    )
    return version


@transaction.atomic
def describe(*, by: User, document: Document, title: str, description: str, house: str) -> Document:
    """Change the title, the description for those who cannot see it, or the house of a drawing."""
    door.one(by, Document, document.pk)
    current = Document.objects.select_for_update().get(pk=document.pk)
    door.require(by, Action.RECORD, current.person_id)
    if not title.strip():
        raise Refused({"title": "Give it a title by which it can be found."})
    if house and house not in House.values:
        raise Refused({"house": "Choose one of the three houses, or none."})
    current.title, current.description, current.house = title.strip()[:200], description.strip(), house
    current.save(update_fields=["title", "description", "house"])
    account.record("documents.described", by=by, person_id=current.person_id, subject=current)
    return current


def sweep(older_than: timedelta = timedelta(days=1)) -> int:
    """Remove files that no version names and that are older than ``older_than``; return how many.

    Such a file is left when the server is killed between writing it and the commit. Younger ones may belong to an
    act that is still under way.
    """
    storage = storages["default"]
    if not isinstance(storage, FileSystemStorage):
        return 0
    root = Path(storage.location)
    before = (timezone.now() - older_than).timestamp()
    found = [path for path in root.rglob("*") if path.is_file() and path.stat().st_mtime < before]
    named = set(Version.objects.values_list("file", flat=True))
    strays = [path for path in found if path.relative_to(root).as_posix() not in named]
    for path in strays:
        path.unlink(missing_ok=True)
    return len(strays)


def _store(
    document: Document, number: int, upload: "File[Any]", checked: filetypes.Checked, by: User, note: str = ""
) -> Version:
    assert checked.type is not None
    version = Version(
        document=document,
        number=number,
        name=Path(upload.name or "").name[:255],
        media_type=checked.type.media_type,
        size=checked.size,
        sha256=checked.sha256,
        note=note.strip()[:300],
        uploaded_by=by,
    )
    version.file.save(upload.name or "file", upload, save=False)
    try:
        _flush(version.file.name or "")
        version.save()
    except BaseException:
        # Only what is caught here can be tidied at once; a killed server's leavings are swept.
        version.file.storage.delete(version.file.name or "")
        raise
    return version


def _flush(name: str) -> None:
    """Make sure that the bytes are on the disk, so that a commit never outlives its file."""
    with suppress(NotImplementedError), open(default_storage.path(name), "rb") as written:
        os.fsync(written.fileno())


def _kind(version: Version) -> str:
    return version.type.label.lower().replace("pdf", "PDF")
