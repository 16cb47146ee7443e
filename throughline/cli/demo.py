"""``throughline demo``: a running system with a believable authority in it."""

import json
from typing import Annotated

import typer

from throughline.cli.django import in_words, migrated, ready
from throughline.cli.synth import PASSWORD

CHILDREN = 260
SEED = 7


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(demo)


def demo(
    users: Annotated[bool, typer.Option("--users", help="List sign-in names with role and password as JSON.")] = False,
    port: Annotated[int, typer.Option(envvar="PORT", help="The port to listen on.")] = 8000,
    children: Annotated[int, typer.Option(help="How many referred children to make up, at least.")] = CHILDREN,
    serve: Annotated[bool, typer.Option(help="Serve it, or only make it.")] = True,
) -> None:
    """Make up an authority if the record is empty, print who can sign in, and serve it."""
    if users:
        typer.echo(json.dumps(sign_ins(), indent=2))
        return
    ready()
    with in_words():
        migrated()
        _filled(children)
        _print_sign_ins(port)
        if serve:
            from throughline.cli.serve import run

            run("127.0.0.1", port, 2)


def sign_ins() -> list[dict[str, str]]:
    """Return the demo's sign-in names, one for each kind of user."""
    from throughline.core.access.roles import ROLES
    from throughline.synthetic.workforce import CAST

    return [
        {
            "username": username,
            "password": PASSWORD,
            "role": role,
            "name": f"{first} {last}",
            "who": ROLES[role].name,
        }
        for username, first, last, role, _team, _title in CAST
    ]


def _filled(children: int) -> None:
    from throughline.cli.synth import fill
    from throughline.core.access.models import User

    if not User.objects.exists():
        fill(children, SEED, None, PASSWORD)


def _print_sign_ins(port: int) -> None:
    typer.echo("\nEverything here is made up. Sign in as:\n")
    for one in sign_ins():
        typer.echo(f"  {one['username']:<20} {one['who']}")
    typer.echo(f"\nEach with the password {PASSWORD}\n\n  http://localhost:{port}\n\nCtrl-C stops it.", nl=True)
