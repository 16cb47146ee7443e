"""How long it takes to check a large Children in Need return, ours and the peer's in the same run.

``python -m bench.cin_validate`` makes a return of 8,000 children with every module, runs our command on it
from a cold start to the finished report, and the peer from file to findings. Budgets: at most 2.5 s, at
least 60 times the peer, and the first word of the command within 0.4 s. ``--ours`` leaves the peer out.
"""

# ruff: noqa: E402  (the project's folder is put on the path first, so that this runs as a script too)
import json
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bench.cin_file import make

WORK = ROOT / "build" / "bench"
COMMAND = str(Path(sys.executable).with_name("throughline"))
CHILDREN = 8000
SECONDS, TIMES, FIRST_WORD = 2.5, 60, 0.4


def ours(path: Path, runs: int = 3) -> tuple[float, float, int]:
    """Median seconds of the whole command, those of the processor, and how many findings it wrote."""
    report = WORK / "cin.json"
    took = []
    spent = _processor()
    for _ in range(runs):
        start = time.perf_counter()
        done = subprocess.run(
            [COMMAND, "validate", "cin", str(path), "--format", "json", "--output", str(report)],
            check=False,
            capture_output=True,
            text=True,
        )
        took.append(time.perf_counter() - start)
        assert done.returncode == 1, done.stderr
    found = len(json.loads(report.read_text(encoding="utf-8"))["findings"])
    return statistics.median(took), (_processor() - spent) / runs, found


def _processor() -> float:
    """Processor seconds of every command run so far: what the wall clock would say on a quiet machine."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def first_word(path: Path, runs: int = 5) -> float:
    """Median seconds until the command says anything."""
    took = []
    for _ in range(runs):
        start = time.perf_counter()
        with subprocess.Popen(
            [COMMAND, "validate", "cin", str(path)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        ) as one:
            assert one.stderr is not None
            assert one.stderr.read(1)
            took.append(time.perf_counter() - start)
            one.kill()
    return statistics.median(took)


def peer(path: Path) -> float:
    """Seconds of the peer, from the file to its findings, in its own Python."""
    from tools.conformance import cin, peers

    told = peers.run("cin", cin.SCRIPT, "time", str(path), "2025")
    return float(json.loads(told.strip().splitlines()[-1])["seconds"])


def main(with_peer: bool = True) -> bool:
    """Print each figure beside its budget; whether all are met."""
    WORK.mkdir(parents=True, exist_ok=True)
    path = WORK / "cin.xml"
    size = make(path, CHILDREN)
    print(f"A Children in Need return of {CHILDREN:,} children, {size / 1e6:.1f} MB")
    seconds, processor, findings = ours(path)
    word = first_word(path)
    print(
        f"  throughline validate cin, start to report: {seconds:.2f} s ({processor:.2f} s of processor) for {findings:,} findings "
        f"(budget {SECONDS} s)"
    )
    print(f"  first word of the command: {word:.2f} s (budget {FIRST_WORD} s)")
    met = seconds <= SECONDS and word <= FIRST_WORD
    if with_peer:
        theirs = peer(path)
        print(
            f"  csc-validator-be-cin, file to findings: {theirs:.0f} s, {theirs / seconds:.0f} times (budget {TIMES})"
        )
        met = met and theirs >= TIMES * seconds
    return met


if __name__ == "__main__":
    sys.exit(0 if main("--ours" not in sys.argv) else 1)
