"""How long it takes to check a very large SSDA903 with the year before it, ours and the peer's in the same run.

``python -m bench.ssda903_validate`` repeats the published sample sixteen times, 42,800 children in each of two years,
and checks it with our library in a process of its own, from the files to every finding; then the command on the
sample as it is, start to report; then the peer on both. Budgets: the large return at most 4 s and 1 GB and at least
35 times the peer, the sample at most 1 s. ``--ours`` leaves the peer out.
"""

import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

import polars as pl

ROOT = Path(__file__).resolve().parents[1]
WORK = ROOT / "build" / "bench"
COMMAND = str(Path(sys.executable).with_name("throughline"))
SAMPLE = Path(os.environ.get("THROUGHLINE_SHARED", ROOT.parent / "shared")) / "data" / "ssda903"
COPIES, RULESET, AUTHORITY = 16, "2026-27", "E08000025"
SECONDS, GIGABYTES, TIMES, SAMPLE_SECONDS = 4.0, 1.0, 35, 1.0

_OURS = """
import json, resource, sys, time
start = time.perf_counter()
from throughline.returns.ssda903.validate import validate
files = sys.argv[1:]
report = validate(files, files, "2026-27")
took = time.perf_counter() - start
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
print(json.dumps([took, peak, report.children, len(report.findings)]))
"""


def files() -> list[Path]:
    """The files of the published sample, without the deliberate errors."""
    return sorted(one for one in SAMPLE.glob("*.csv") if "errors" not in one.name)


def enlarged(folder: Path) -> list[Path]:
    """The sample as many times over, each time with children of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for path in files():
        table = pl.read_csv(path, infer_schema=False)
        copies = [table.with_columns(pl.col("CHILD") + f"_{number}") for number in range(COPIES)]
        made.append(folder / path.name)
        pl.concat(copies).write_csv(made[-1])
    return made


def ours(given: list[Path], runs: int = 3) -> tuple[float, float, int, int]:
    """Median seconds from the import to the findings; the most memory in GB; children and findings."""
    told = []
    for _ in range(runs):
        words = [sys.executable, "-c", _OURS, *map(str, given)]
        told.append(json.loads(subprocess.run(words, check=True, capture_output=True, text=True).stdout))
    return statistics.median(one[0] for one in told), max(one[1] for one in told), told[0][2], told[0][3]


def command(given: list[Path], runs: int = 3) -> float:
    """Median seconds of the whole command with a report in JSON."""
    took = []
    for _ in range(runs):
        start = time.perf_counter()
        names = [str(one) for one in given]
        words = ["--ruleset", RULESET, "--format", "json", "--output", str(WORK / "903.json")]
        subprocess.run([COMMAND, "validate", "903", *names, "--previous", *names, *words], check=False)
        took.append(time.perf_counter() - start)
    return statistics.median(took)


def peer(given: list[Path]) -> float:
    """Seconds of the peer's own session, from the files to its findings."""
    from tools.conformance import peers, ssda903

    names = [str(one) for one in given]
    told = peers.run("903", ssda903.SCRIPT, "time", "2027", AUTHORITY, *names, "--", *names)
    return float(json.loads(told.strip().splitlines()[-1])["seconds"])


def main(with_peer: bool = True) -> bool:
    """Print each figure beside its budget; whether all are met."""
    if not SAMPLE.is_dir():
        print(f"The published sample is not at {SAMPLE}: set THROUGHLINE_SHARED.")
        return False
    large = enlarged(WORK / "903")
    seconds, memory, children, findings = ours(large)
    print(f"An SSDA903 of {children:,} children with the year before it")
    print(f"  throughline, files to {findings:,} findings: {seconds:.2f} s (budget {SECONDS} s)")
    print(f"  most memory: {memory:.2f} GB (budget {GIGABYTES} GB)")
    small = command(files())
    print(f"The published sample with a previous year, start to report: {small:.2f} s (budget {SAMPLE_SECONDS} s)")
    met = seconds <= SECONDS and memory <= GIGABYTES and small <= SAMPLE_SECONDS
    if with_peer:
        theirs, theirs_small = peer(large), peer(files())
        print(f"  csc-validator-be-903, large: {theirs:.0f} s, {theirs / seconds:.0f} times (budget {TIMES})")
        print(f"  csc-validator-be-903, sample: {theirs_small:.1f} s, {theirs_small / small:.0f} times")
        met = met and theirs >= TIMES * seconds
    return met


if __name__ == "__main__":
    sys.exit(0 if main("--ours" not in sys.argv) else 1)
