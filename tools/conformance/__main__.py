"""``python -m tools.conformance``: our rules against the peers' own tests and on whole files.

Each collection's module has ``run()``, which prints its comparison and says whether each disagreement
is in ``docs/reference/disagreements.md``. With a word, only that collection: ``cin`` or ``903``.
"""

import importlib
import sys

MODULES = {"cin": "tools.conformance.cin", "903": "tools.conformance.ssda903"}


def run(collection: str) -> bool:
    """Compare one collection."""
    print(f"{collection.upper()}")
    return bool(importlib.import_module(MODULES[collection]).run())


if __name__ == "__main__":
    sound = [run(one) for one in (sys.argv[1:] or MODULES)]
    sys.exit(0 if all(sound) else 1)
