"""``throughline synth``: fill an empty record with a made-up authority."""

from datetime import date, datetime
from typing import Annotated

import typer

from throughline.cli.django import in_words, migrated, ready

# The demo's, printed by it; nobody's real one.
PASSWORD = "throughline-demo"  # noqa: S105


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(synth)


def synth(
    children: Annotated[int, typer.Option(help="How many referred children, at least.", min=1)] = 300,
    seed: Annotated[int, typer.Option(help="The same seed makes the same authority.")] = 1,
    as_of: Annotated[datetime | None, typer.Option(help="The day that is today in it.", formats=["%Y-%m-%d"])] = None,
    password: Annotated[str, typer.Option(help="The password of every made-up account.")] = PASSWORD,
) -> None:
    """Fill an empty record with linked families, workers and six years of work with them. Refuses a record in use."""
    ready()
    with in_words():
        migrated()
        fill(children, seed, as_of.date() if as_of else None, password)


def fill(children: int, seed: int, as_of: date | None, password: str) -> None:
    """Build and write it, saying how far it is."""
    from django.utils import timezone
    from rich.console import Console

    from throughline.synthetic.build import build
    from throughline.synthetic.write import write

    console = Console(stderr=True)
    with console.status("Making up an authority") as status:
        authority = build(children, seed, as_of or timezone.localdate())
        write(authority, password=password, tell=status.update)
    console.print(
        f"{len(authority.people):,} people in {len(authority.families):,} families, "
        f"{len(authority.events):,} entries, {len(authority.workers)} workers."
    )
