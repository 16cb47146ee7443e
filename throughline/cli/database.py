"""``throughline database``: prepare it, ask where it is."""

import typer

from throughline.cli.django import in_words, ready

database = typer.Typer(no_args_is_help=True, help="Prepare the database, or ask about it.")


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.add_typer(database, name="database")


@database.command()
def prepare() -> None:
    """Bring the database's tables up to this version."""
    from throughline.cli.django import migrated

    ready()
    with in_words():
        migrated()
    typer.echo("The database is ready.")


@database.command()
def where() -> None:
    """Say which database this is, its version and its size."""
    ready()
    from django.conf import settings
    from django.db import connection

    with in_words(), connection.cursor() as cursor:
        cursor.execute("SELECT version(), pg_size_pretty(pg_database_size(current_database()))")
        version, size = cursor.fetchone()
        kind = (
            "embedded, in " + str(settings.HOME / "database")
            if "embedded" in connection.settings_dict["OPTIONS"]
            else "named by DATABASE_URL"
        )
        typer.echo(f"{version.split(' on ')[0]}, {size} ({kind})")


@database.command()
def socket() -> None:
    """Print the folder of the embedded server's socket, for pg_dump -h."""
    ready()
    from django.db import connection

    with in_words():
        connection.ensure_connection()
        typer.echo(connection.settings_dict["HOST"])
