"""``throughline documents``: the files kept beside the record."""

import typer

from throughline.cli.django import in_words, ready

documents = typer.Typer(no_args_is_help=True, help="Look after the files kept beside the record.")


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.add_typer(documents, name="documents")


@documents.callback()
def _together() -> None:
    """Look after the files kept beside the record."""


@documents.command()
def sweep() -> None:
    """Remove files that a killed save left behind and that no document names. Run it each night."""
    ready()
    with in_words():
        from throughline.core.documents.actions import sweep as swept

        count = swept()
    typer.echo(f"{count} stray files removed.")
