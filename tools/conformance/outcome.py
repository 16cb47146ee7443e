"""How a comparison with a peer came out, and the register of disagreements."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
REGISTER = ROOT / "docs" / "reference" / "disagreements.md"


@dataclass
class Outcome:
    """``agreed`` of ``total`` comparisons. ``disagreements`` maps a rule to lines that say where."""

    title: str
    agreed: int = 0
    total: int = 0
    disagreements: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))


def registered(heading: str) -> dict[str, str]:
    """Rules of the register under a second-level heading, each with its reason.

    The register is a table whose first cell is the rule's code in backticks.
    """
    text = REGISTER.read_text(encoding="utf-8") if REGISTER.exists() else ""
    section = re.search(rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    if not section:
        return {}
    rows = re.findall(r"^\| `([^`]+)` \| (.+) \|$", section[1], re.MULTILINE)
    return dict(rows)


def tell(outcomes: list[Outcome], heading: str) -> bool:
    """Print N of M and each disagreement with its reason; whether every one of them is registered."""
    reasons = registered(heading)
    sound = True
    for one in outcomes:
        print(f"{one.title}: {one.agreed:,} of {one.total:,} agree")
        for rule, places in sorted(one.disagreements.items()):
            reason = reasons.get(rule)
            sound = sound and reason is not None
            print(f"  {rule}: {len(places)} differ. {reason or 'NOT IN THE REGISTER'}")
            if reason is None:
                print("\n".join(f"    {place}" for place in places[:5]))
    stale = sorted(set(reasons) - {rule for one in outcomes for rule in one.disagreements})
    if stale:
        print(f"  The register lists rules that no longer differ: {', '.join(stale)}")
        sound = False
    return sound
