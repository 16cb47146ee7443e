"""``throughline audit``: seal the account and check that it has not been tampered with."""

from typing import Annotated

import typer

from throughline.cli.django import in_words, ready

audit = typer.Typer(no_args_is_help=True, help="Seal the account of acts and views, or verify it.")


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.add_typer(audit, name="audit")


@audit.command()
def seal() -> None:
    """Seal every event that is not sealed yet, and print the newest digest. Keep it outside the database."""
    ready()
    with in_words():
        from throughline.core.audit import sealing

        count = sealing.seal()
        head = sealing.head()
    typer.echo(f"{count} events sealed. Newest digest: {head}")


@audit.command()
def verify(
    expect: Annotated[str, typer.Option(help="A digest that you kept: it must still be in the chain.")] = "",
) -> None:
    """Recompute the chain. Exit 0 when it holds, 1 when it was tampered with."""
    ready()
    with in_words():
        from throughline.core.audit import sealing

        found = sealing.verify(expect or None)
    typer.echo(
        f"{found.events} events in {found.seals} seals, {found.unsealed} not sealed yet. Newest digest: {found.head}"
    )
    for fault in found.faults:
        typer.echo(fault, err=True)
    if found.faults:
        raise typer.Exit(1)
    typer.echo("The account holds: nothing sealed was changed or removed.")
