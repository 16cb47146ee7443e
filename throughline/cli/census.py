"""``throughline import cin`` and ``throughline export cin``: the census into the record, and out of it."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from throughline.cli.django import in_words, migrated, ready

if TYPE_CHECKING:
    from throughline.core.access.models import User
    from throughline.readings.models import ImportRun

_SHOWN = 40


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module."""
    imports = typer.Typer(no_args_is_help=True, help="Bring a return into the record.")
    imports.command("cin")(import_cin)
    imports.callback()(_nothing)
    exports = typer.Typer(no_args_is_help=True, help="Make a return from the record.")
    exports.command("cin")(export_cin)
    exports.callback()(_nothing)
    app.add_typer(imports, name="import")
    app.add_typer(exports, name="export")


def _nothing() -> None:
    # Without a callback a group of one command would swallow its name. The help comes from the group.
    pass


def import_cin(
    file: Annotated[Path, typer.Argument(help="The return, as XML of any year from 2017.")],
    as_: Annotated[str, typer.Option("--as", help="Who brings it in, by their sign-in name.")] = "",
    year: Annotated[int, typer.Option(help="The year you mean: a file of another year is refused.")] = 0,
    all_: Annotated[bool, typer.Option("--all", help="Show every remark, not only the first of each kind.")] = False,
) -> None:
    """Bring a Children in Need return into the record, child by child.

    Exit code 0: everything has its place. 1: brought in, with remarks. 2: not readable, nothing brought in.
    """
    content = _content(file, year)
    ready()
    with in_words():
        migrated()
        from throughline.readings.census.importing import import_cin as bring_in

        by = _user(as_)
        run = _with_progress(lambda progress: bring_in(by=by, name=file.name, content=content, progress=progress))
        remarks = _tell(run, everything=all_)
    raise typer.Exit(1 if remarks else 0)


def export_cin(
    year: Annotated[int, typer.Option(help="The collection year: 2026 is 1 April 2025 to 31 March 2026.")],
    output: Annotated[Path | None, typer.Option(help="The file to write; standard output without it.")] = None,
    all_: Annotated[bool, typer.Option("--all", help="Every case of the record, whatever its dates.")] = False,
    as_: Annotated[str, typer.Option("--as", help="Make it of what this person may see.")] = "",
) -> None:
    """Make the Children in Need return of a year from the record.

    Exit code 0: made. 1: made, and no child belongs in it. 2: it could not be made. What its maker should know is
    told on standard error.
    """
    ready()
    with in_words():
        migrated()
        from throughline.readings.census.exporting import export_cin as make

        made = make(by=_user(as_), year=year, everything=all_)
        if output is None:
            sys.stdout.buffer.write(made.content)
        else:
            try:
                output.write_bytes(made.content)
            except OSError as problem:
                _refuse(f"{output} cannot be written: {problem.strerror}. Choose another place with --output.")
    where = f" to {output}" if output else ""
    typer.echo(f"Exported the census of {year}, {_counted(made.children)}{where}.", err=True)
    for remark in made.remarks():
        typer.echo(remark, err=True)
    if made.others:
        typer.echo(
            f"{_counted(made.others)} with no case that belongs in {year} left out. --all writes every case.", err=True
        )
    if as_:
        typer.echo("Children whose record is closed to you are not in it.", err=True)
    raise typer.Exit(0 if made.children else 1)


def _content(file: Path, year: int) -> bytes:
    """Read the file, and refuse what is no return before the database is asked for anything."""
    from io import BytesIO

    from throughline.returns.cin.read import read_cin
    from throughline.returns.common.errors import UnreadableReturn

    try:
        content = file.read_bytes()
        if year:
            stated = read_cin(BytesIO(content)).stated_year
            if stated != year:
                _refuse(
                    f"{file.name} says that it is the return of {stated or 'no year'}, and you asked for {year}. "
                    "Choose the other file, or leave out --year. Nothing was brought in."
                )
    except OSError as problem:
        _refuse(f"{file} cannot be read: {problem.strerror or problem}. Check the name and the folder.")
    except UnreadableReturn as problem:
        _refuse(f"{problem.message} Nothing was brought in.")
    return content


def _with_progress(act: "Callable[[Callable[[int, int], None]], ImportRun]") -> "ImportRun":
    """Run ``act`` with a bar on standard error where a person is watching."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from throughline.returns.common.errors import UnreadableReturn

    console = Console(stderr=True)
    columns = (TextColumn("Children"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    try:
        with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
            task = bar.add_task("children", total=None)
            return act(lambda done, total: bar.update(task, completed=done, total=total))
    except UnreadableReturn as problem:
        _refuse(f"{problem.message} Nothing was brought in.")


def _tell(run: "ImportRun", *, everything: bool) -> int:
    """Print what an import did and its remarks; return how many remarks there are."""
    if run.added or run.changed:
        typer.echo(f"Brought in {run.file_name}: {_counted(run.children)} in the file.")
    else:
        typer.echo(f"Nothing changed: the record holds what {run.file_name} says.")
    for number, words in (
        (run.added, "new"),
        (run.changed, "changed"),
        (run.unchanged, "as before"),
        (run.aside, "set aside in full, not in the record"),
    ):
        if number:
            typer.echo(f"  {number:,} {words}")
    from django.db.models import F

    remarks = list(run.remarks.order_by(F("child_number").asc(nulls_first=True), "line", "pk"))
    if not remarks:
        return 0
    typer.echo(f"\n{len(remarks):,} {'remark' if len(remarks) == 1 else 'remarks'}:")
    for remark in remarks if everything else remarks[:_SHOWN]:
        place = [f"child {remark.child_number}"] if remark.child_number else ["the file"]
        place += [f"line {remark.line}"] if remark.line else []
        place += [f"{remark.element} “{_short(remark.value)}”" if remark.value else remark.element] * bool(
            remark.element
        )
        typer.echo(f"  {', '.join(place)}: {remark.why} {remark.action}")
    if not everything and len(remarks) > _SHOWN:
        typer.echo(f"  and {len(remarks) - _SHOWN:,} more: --all shows every one, and so does the page of imports.")
    return len(remarks)


def _short(value: str) -> str:
    return value if len(value) <= 60 else f"{value[:60]}…"


def _user(name: str) -> "User | None":
    if not name:
        return None
    from throughline.core.access.models import User

    found = User.objects.filter(username=name, is_active=True).first()
    if found is None:
        _refuse(f"Nobody signs in as {name}. Check the name, or leave out --as to act as the system.")
    return found


def _counted(children: int) -> str:
    return "1 child" if children == 1 else f"{children:,} children"


def _refuse(sentence: str) -> NoReturn:
    typer.echo(sentence, err=True)
    raise typer.Exit(2)
