"""The ``throughline`` command.

Each command lives in a module of its own, imported only when it is asked for: an analyst who checks a
return waits for neither Django nor the database.
"""

import sys
from importlib import import_module

# The first word of the command -> the module that adds it to the application with ``add_to(app)``.
_MODULES = {
    "validate": "validate",
    "rules": "validate",
    "import": "census",
    "export": "census",
    "synth": "synth",
    "demo": "demo",
    "serve": "serve",
    "database": "database",
    "audit": "audit",
    "documents": "documents",
    "user": "users",
}


def main() -> None:
    """Run the command that the arguments name."""
    import typer

    app = typer.Typer(
        name="throughline",
        help="The record of a child's journey, the returns that fall out of it, and what is learned from it.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    asked = next((word for word in sys.argv[1:] if not word.startswith("-")), "")
    wanted = [_MODULES[asked]] if asked in _MODULES else list(dict.fromkeys(_MODULES.values()))
    for module in wanted:
        import_module(f"throughline.cli.{module}").add_to(app)
    # Without a callback a single command would swallow its own name.
    app.callback()(_nothing)
    app()


def _nothing() -> None:
    """The record of a child's journey, the returns that fall out of it, and what is learned from it."""
