"""Finds Chromium for the browser tests; installs it on Debian as root; else says in one line how to."""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def found() -> str | None:
    """Return the path of a Chromium, or None."""
    chosen = os.environ.get("THROUGHLINE_CHROMIUM")
    return chosen or next(filter(None, map(shutil.which, NAMES)), None)


def main() -> None:
    """Make sure that there is a browser; exit 1 only in CI, where every browser test must run."""
    if found():
        return
    if shutil.which("apt-get") and os.geteuid() == 0:
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "chromium"]):
            subprocess.run(command, check=False, env=environment, stdout=subprocess.DEVNULL)
    if not found():
        print("Browser tests need Chromium: sudo apt-get install chromium, or set THROUGHLINE_CHROMIUM to one.")
        sys.exit(1 if os.environ.get("CI") else 0)


if __name__ == "__main__":
    main()
