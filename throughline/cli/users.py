"""``throughline user``: the first accounts of an installation."""

from typing import Annotated

import typer

from throughline.cli.django import in_words, ready

user = typer.Typer(no_args_is_help=True, help="Add people who sign in.")


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.add_typer(user, name="user")


@user.command()
def add(
    username: str,
    role: Annotated[str, typer.Option(help="A role of docs/reference/roles.md, such as social_worker.")],
    first: Annotated[str, typer.Option(help="First name.")],
    last: Annotated[str, typer.Option(help="Last name.")],
    email: Annotated[str, typer.Option(help="Email, by which an identity provider knows them.")] = "",
    team: Annotated[str, typer.Option(help="The team's name; made if it is new.")] = "",
    service: Annotated[str, typer.Option(help="The service of a new team.")] = "Children's social care",
    password: Annotated[str, typer.Option(prompt=True, confirmation_prompt=True, hide_input=True)] = "",
) -> None:
    """Add a person with a role."""
    ready()
    with in_words():
        from throughline.core.access import accounts

        made = accounts.add_user(
            username=username,
            role=role,
            first=first,
            last=last,
            email=email,
            team=team,
            service=service,
            password=password,
        )
    typer.echo(f"{made.username} can sign in.")


@user.command()
def password(
    username: str,
    new: Annotated[str, typer.Option("--password", prompt=True, confirmation_prompt=True, hide_input=True)] = "",
) -> None:
    """Give someone a new password: they ring, and are known by their voice or in person."""
    ready()
    with in_words():
        from throughline.core.access import accounts

        accounts.set_password(by=None, user=accounts.named(username), password=new)
    typer.echo(f"{username} has a new password, and is signed out everywhere.")


@user.command("lost-second-factor")
def lost_second_factor(username: str) -> None:
    """Remove the second factor of someone who lost it; they are asked to set up another."""
    ready()
    with in_words():
        from throughline.core.access import accounts

        removed = accounts.remove_second_factor(by=None, user=accounts.named(username))
    typer.echo(f"{removed} removed." if removed else f"{username} had none.")


@user.command()
def roles() -> None:
    """List the roles and what each may do."""
    from throughline.core.access.roles import ROLES

    for role in ROLES.values():
        may = ", ".join(f"{action} ({scope.name.lower()})" for action, scope in role.may.items()) or "nothing yet"
        typer.echo(f"{role.code}: {role.name}. {role.who}\n    may: {may}")
