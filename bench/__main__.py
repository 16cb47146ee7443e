"""``make bench``: every bench, one after another. Name some to run only those: ``python -m bench pages search``."""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
BENCHES = ["pages", "search", "import_cin", "cin_validate", "ssda903_validate"]


def main() -> int:
    """Run the named benches, or all; return the number that failed."""
    wanted = sys.argv[1:] or [name for name in BENCHES if (HERE / f"{name}.py").exists()]
    failed = 0
    for name in wanted:
        print(f"\n== {name}", flush=True)
        failed += subprocess.run([sys.executable, str(HERE / f"{name}.py")], check=False).returncode != 0
    return failed


if __name__ == "__main__":
    sys.exit(main())
