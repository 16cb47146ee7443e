"""Bringing in a return beside the page that asked for it, so that a long file keeps nobody waiting."""

import logging
import threading
import traceback
from pathlib import Path

from django.conf import settings
from django.db import connections

from throughline.core.errors import Refused
from throughline.readings.census.importing import import_cin
from throughline.readings.models import ImportRun, State
from throughline.returns.common.errors import UnreadableReturn

log = logging.getLogger(__name__)


def start(run: ImportRun, content: bytes) -> None:
    """Keep the file until it is brought in, and begin."""
    kept = _folder() / f"{run.pk}.xml"
    kept.write_bytes(content)
    kept.chmod(0o600)
    # A thread of the server: it dies with the server, and bringing the file in again completes what it began.
    threading.Thread(target=_work, args=(run.pk, kept), name=f"import-{run.pk}", daemon=True).start()


def _work(run_id: int, kept: Path) -> None:
    try:
        work(ImportRun.objects.get(pk=run_id), kept.read_bytes())
    finally:
        kept.unlink(missing_ok=True)
        connections.close_all()


def work(run: ImportRun, content: bytes) -> None:
    """Bring it in; what goes wrong is written on the run, where the page shows it."""
    try:
        import_cin(by=run.started_by, name=run.file_name, content=content, run=run)
    except (UnreadableReturn, Refused):
        return  # the run says it already
    except Exception as fault:
        where = "".join(traceback.format_tb(fault.__traceback__))
        log.error("Import %s stopped: %s\n%s", run.pk, type(fault).__name__, where)
        ImportRun.objects.filter(pk=run.pk).update(
            state=State.STOPPED,
            problem=f"Something failed that is nobody's fault here ({type(fault).__name__}). What was brought in is "
            "kept. Bring the file in again to complete it; if it stops again, tell those who look after Throughline.",
        )


def _folder() -> Path:
    folder = Path(settings.HOME) / "imports"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder
