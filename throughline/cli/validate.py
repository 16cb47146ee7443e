"""``throughline validate`` and ``throughline rules``: check a return, and explain a rule.

Nothing heavy is imported until a return is read, so that the first word appears at once.
"""

import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand

if TYPE_CHECKING:
    from throughline.returns.findings import Report, RuleInfo

UNREADABLE = 2
"""Exit code of input that cannot be read; 1 is a return with findings, 0 one without."""

COLLECTIONS = ("cin", "903")


def add_to(app: typer.Typer) -> None:
    """Add both commands to the application."""
    validate = typer.Typer(help="Check a statutory return and say what to do about each fault.", no_args_is_help=True)
    validate.command("cin", help=validate_cin.__doc__)(validate_cin)
    validate.command("903", cls=_ManyPrevious, help=validate_903.__doc__)(validate_903)
    app.add_typer(validate, name="validate")
    app.command("rules", help=rules.__doc__)(rules)


class _ManyPrevious(TyperCommand):
    """Lets ``--previous`` take several paths in a row, as people write them."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put ``--previous`` before each path that follows it."""
        spread: list[str] = []
        previous = False
        for word in args:
            if word == "--previous":
                previous = True
            elif word.startswith("-") and word != "-":
                previous = False
                spread.append(word)
            elif previous:
                spread += ["--previous", word]
            else:
                spread.append(word)
        return super().parse_args(ctx, spread)


Ruleset = Annotated[str | None, typer.Option(help="The year of the rules, such as 2025-26.", metavar="YEAR")]
Format = Annotated[str, typer.Option("--format", help="table, json, csv or html.")]
Output = Annotated[Path | None, typer.Option(help="Write the report to this file.", dir_okay=False)]
Reference = Annotated[Path | None, typer.Option(help="A folder with postcodes.csv, providers.csv, authority.json.")]


def validate_cin(
    paths: Annotated[list[Path], typer.Argument(metavar="FILE", help="The XML file, or the tables as CSV or Excel.")],
    ruleset: Ruleset = None,
    form: Format = "table",
    output: Output = None,
    reference: Reference = None,
) -> None:
    """Check a Children in Need census return. Without --ruleset, the year in its header decides."""
    _check(form)

    def run(progress: Any) -> "Report":
        from throughline.returns.cin.checking import validate

        return validate(paths, ruleset=ruleset, reference=reference, progress=progress)

    _report(paths, run, form, output)


def validate_903(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="CSV files, a zip, a workbook or the XML.")],
    previous: Annotated[list[Path] | None, typer.Option(help="Last year's return, after the paths.")] = None,
    ruleset: Ruleset = None,
    form: Format = "table",
    output: Output = None,
    reference: Reference = None,
) -> None:
    """Check an SSDA903 return. Rules that need last year or reference tables are skipped without them, and named."""
    _check(form)

    def run(progress: Any) -> "Report":
        from throughline.returns.ssda903.validate import validate

        return validate(paths, previous=previous or None, ruleset=ruleset, reference=reference, progress=progress)

    _report(paths, run, form, output)


def _check(form: str) -> None:
    if form not in ("table", "json", "csv", "html"):
        _stop(f"There is no format “{form}”. Choose table, json, csv or html.")


def _stop(message: str) -> None:
    typer.echo(message, err=True)
    raise typer.Exit(UNREADABLE)


def _report(paths: list[Path], run: Any, form: str, output: Path | None) -> None:
    """Run a check, write its report, and end with the exit code that says how it went."""
    names = ", ".join(path.name for path in paths[:3]) + (" …" if len(paths) > 3 else "")
    # Before the libraries load: the person should see at once that something happens.
    typer.echo(f"Reading {names}", err=True)
    from throughline.returns.common.errors import UnreadableReturn

    # The process ends with its answer and makes no cycles to speak of; looking for them costs a tenth of the time.
    gc.disable()
    progress = _Progress()
    try:
        report = run(progress.tell)
    except (UnreadableReturn, ValueError) as problem:
        progress.end()
        _stop(str(problem))
        raise AssertionError from problem
    progress.end()
    _write(report, form, output)
    raise typer.Exit(1 if len(report.findings) else 0)


def _write(report: "Report", form: str, output: Path | None) -> None:
    from throughline.returns.common.reports import write_report

    if output is None:
        try:
            write_report(report, form, sys.stdout)
            sys.stdout.flush()
        except BrokenPipeError:
            # The reader has seen enough (`| head`); what is left in the buffer has nowhere to go.
            sys.stdout = open("/dev/null", "w", encoding="utf-8")  # noqa: SIM115
        return
    part = output.with_name(output.name + ".part")
    try:
        with part.open("w", encoding="utf-8", newline="") as file:
            write_report(report, form, file)
        part.replace(output)
    except OSError as problem:
        part.unlink(missing_ok=True)
        _stop(f"The report cannot be written to {output}: {problem.strerror or problem}. Choose another place.")
    typer.echo(f"The report is in {output}.", err=True)


class _Progress:
    """One line on standard error that is written over, if a person is looking; else nothing."""

    def __init__(self) -> None:
        self.shown = ""
        self.wanted = sys.stderr.isatty()

    def tell(self, what: str, done: int, total: int) -> None:
        """Say how far it is. Called often; writes only when the percentage changes."""
        if not self.wanted:
            return
        line = f"{what}: {done * 100 // total}%" if total else f"{what} …"
        if line != self.shown:
            sys.stderr.write(f"\r{line:<40}")
            sys.stderr.flush()
            self.shown = line

    def end(self) -> None:
        """Clear the line."""
        if self.shown:
            sys.stderr.write("\r" + " " * 40 + "\r")
            sys.stderr.flush()


def rules(
    collection: Annotated[str, typer.Argument(help="cin or 903.")],
    code: Annotated[str | None, typer.Argument(help="One rule, as the sector writes it: 8525Q.")] = None,
    ruleset: Ruleset = None,
) -> None:
    """List the rules of a collection, or explain one."""
    if collection not in COLLECTIONS:
        _stop(f"There is no collection “{collection}”. Choose cin or 903.")
    if code is None:
        # Said before the libraries load, as in _report.
        typer.echo(f"Rules of {'the Children in Need census' if collection == 'cin' else 'the SSDA903'}:")
        sys.stdout.flush()
    try:
        known = _rules_of(collection, ruleset)
    except ValueError as problem:
        _stop(str(problem))
        return
    if code is None:
        for one in known:
            typer.echo(f"{one.code:<12} {one.severity.value:<6} {one.tables[0]:<22} {_general(one.message)}")
        return
    found = [one for one in known if one.code.lower() == code.lower()]
    if not found:
        import difflib

        near = difflib.get_close_matches(code.upper(), [one.code for one in known], 4, 0.5)
        hint = f" Did you mean {', '.join(near)}?" if near else ""
        _stop(f"There is no rule {code} for {collection} in this ruleset.{hint}")
    typer.echo("\n\n".join(_explained(one) for one in found))


def _general(message: str) -> str:
    """A message with the names of the fields in place of their values."""
    return message.replace("{", "[").replace("}", "]")


def _rules_of(collection: str, ruleset: str | None) -> "list[RuleInfo]":
    if collection == "903":
        from throughline.returns.ssda903.registry import load_rules as load_903

        return list(load_903(ruleset).values())
    from throughline.returns.cin.registry import load_rules
    from throughline.returns.cin.structure import CHECKS

    return [*load_rules(ruleset).values(), *CHECKS.values()]


def _explained(rule: "RuleInfo") -> str:
    from throughline.returns.findings import ruleset_name

    years = f"from {ruleset_name(rule.since)}" + (f" to {ruleset_name(rule.until)}" if rule.until else "")
    named = [f"{table}: {', '.join(fields)}" for table, fields in rule.fields.items() if fields]
    lines = [
        f"{rule.code} ({'a check of ours' if rule.ours else 'published'}, {rule.severity.value}, {years})",
        f"What is wrong: {_general(rule.message)}",
        f"What to do: {rule.action}",
        *(["Fields: " + "; ".join(named)] if named else []),
        f"Source: {rule.citation}",
    ]
    return "\n".join(lines)
