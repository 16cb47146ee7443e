"""Bringing the published return of 332 children into an empty record, and out again, beside only parsing the file."""

import os
import statistics
import sys
import time
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "throughline.config.settings")

SAMPLE = Path(os.environ.get("THROUGHLINE_SHARED", ROOT.parent / "shared")) / "data" / "cin" / "fake_CIN_data.xml"
BUDGET, RUNS = 10.0, 3


def main() -> int:
    """Measure; print medians, sizes and the ratio to the floor; return 1 past the budget."""
    if not SAMPLE.exists():
        print(f"{SAMPLE} is missing: set THROUGHLINE_SHARED to the folder that holds data/.")
        return 1
    import django

    django.setup()
    from tests.database import fresh

    content = SAMPLE.read_bytes()
    floor = statistics.median(timed(lambda: parse(content)) for _ in range(RUNS))
    times: dict[str, list[float]] = {"brought in": [], "brought in again": [], "exported": []}
    size = ""
    for _ in range(RUNS):
        with fresh("bench"):
            size = once(content, times)
    print(f"{SAMPLE.name}: 332 children, {len(content) / 1000:,.0f} kB of XML; {size}")
    print(f"  floor, only parsing the file: {floor:.3f} s")
    for what, taken in times.items():
        median = statistics.median(taken)
        print(f"  {what}: median {median:.2f} s of {RUNS} ({median / floor:,.0f} times the floor)")
    median = statistics.median(times["brought in"])
    print(f"  budget {BUDGET:.0f} s: {'kept' if median <= BUDGET else 'BROKEN'}")
    return 0 if median <= BUDGET else 1


def once(content: bytes, times: dict[str, list[float]]) -> str:
    """Bring in, bring in again, export; add the times and return the size of the database in words."""
    from django.db import connection

    from throughline.readings.census.exporting import export_cin
    from throughline.readings.census.importing import import_cin
    from throughline.record.journey.models import Entry
    from throughline.record.people.models import Person

    connection.ensure_connection()
    times["brought in"].append(timed(lambda: import_cin(by=None, name=SAMPLE.name, content=content)))
    times["brought in again"].append(timed(lambda: import_cin(by=None, name=SAMPLE.name, content=content)))
    times["exported"].append(timed(lambda: export_cin(by=None, year=2022)))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_size_pretty(pg_database_size(current_database()))")
        on_disk = cursor.fetchone()[0]
    return f"the record then {Person.objects.count():,} people, {Entry.objects.count():,} entries, {on_disk}"


def parse(content: bytes) -> None:
    """Only read the file into tables."""
    from throughline.returns.cin.read import read_cin

    read_cin(BytesIO(content))


def timed(act: object) -> float:
    """Return how long it took, in seconds."""
    assert callable(act)
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


if __name__ == "__main__":
    sys.exit(main())
