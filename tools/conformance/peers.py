"""The peers, each installed into a virtual environment of its own under ``build/peers``.

They are judges only: nothing of the product imports them, and none of their code is here. They need
pandas below 2, which is built against numpy below 2.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PEERS = ROOT / "build" / "peers"
WORK = ROOT / "build" / "conformance"
PACKAGES = {"cin": "csc-validator-be-cin==0.1.13", "903": "csc-validator-be-903==0.1.17"}


def install(name: str) -> Path:
    """The Python of a peer, installed on first use. Raises ``SystemExit`` with what to do if it cannot be."""
    home = PEERS / name
    python = home / "bin" / "python"
    ready = home / "ready"
    if ready.exists():
        return python
    try:
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(home)], check=True, capture_output=True)
        subprocess.run(
            [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", PACKAGES[name], "numpy<2"],
            check=True,
            capture_output=True,
            text=True,
        )
    except subprocess.CalledProcessError as problem:
        raise SystemExit(
            f"The peer {PACKAGES[name]} cannot be installed; a Python package index is needed for this.\n"
            f"{problem.stderr or ''}"
        ) from problem
    ready.write_text(PACKAGES[name])
    return python


def run(name: str, script: Path, *words: str) -> str:
    """Run the peer's side of a comparison; what it printed."""
    env = {**os.environ, "PYTHONPATH": "", "QLACREF_PC_INSECURE": "True"}
    WORK.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        [str(install(name)), str(script), *words], check=False, env=env, capture_output=True, text=True, cwd=WORK
    )
    if done.returncode:
        raise SystemExit(f"The peer {PACKAGES[name]} failed:\n{done.stderr[-2000:]}")
    return done.stdout
