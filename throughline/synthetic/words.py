"""Sentences that read like practice, filled with who they are about."""

import tomllib
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from throughline.synthetic.plan import APerson


@cache
def phrases() -> dict[str, list[Any]]:
    """Return the phrases by subject."""
    return tomllib.loads((Path(__file__).parent / "phrases.toml").read_text(encoding="utf-8"))


def say(random: Random, subject: str, child: APerson, carer: APerson, worker: str = "the worker") -> str:
    """Return one phrase of the subject with names and pronouns in place."""
    return fill(random.choice(phrases()[subject]), child, carer, worker)


def fill(text: str, child: APerson, carer: APerson, worker: str = "the worker") -> str:
    """Return ``text`` with names and pronouns in place."""
    female = child.sex == "F"
    they = "she" if female else "he"
    return text.format(
        child=child.given,
        carer=carer.given,
        mother=carer.given,
        worker=worker,
        they=they,
        them="her" if female else "him",
        their="her" if female else "his",
    )


def said(random: Random, age: float) -> str:
    """Return words that a child of this age might say; nothing before they talk."""
    if age < 3:
        return ""
    subject = "said_young" if age < 7 else "said_middle" if age < 12 else "said_older"
    return str(random.choice(phrases()[subject]))


def said_how(random: Random, age: float) -> str:
    """Return how a child of this age might have given their words."""
    return str(random.choice(phrases()["said_how_young" if age < 7 else "said_how_older"]))
