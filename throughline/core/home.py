"""The folder in which an installation keeps what is its own: database, documents, secret key."""

import os
import secrets
from pathlib import Path


def folder() -> Path:
    """Return the installation's folder (``THROUGHLINE_HOME``), made on first use, private to its owner."""
    chosen = os.environ.get("THROUGHLINE_HOME")
    path = Path(chosen).expanduser() if chosen else Path(__file__).resolve().parents[2] / ".throughline"
    path.mkdir(parents=True, exist_ok=True)
    return path.resolve()


def secret_key() -> str:
    """Return the signing key: from the environment, or made once and kept in the folder."""
    given = os.environ.get("THROUGHLINE_SECRET_KEY")
    if given:
        return given
    kept = folder() / "secret-key"
    try:
        # O_EXCL: of two processes that start together, one writes and the other reads.
        handle = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return kept.read_text().strip()
    key = secrets.token_urlsafe(50)
    with os.fdopen(handle, "w") as out:
        out.write(key)
    return key
