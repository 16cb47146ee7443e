"""``throughline serve``: the web server, and the sealing of the account beside it."""

import os
import sys
import threading
from typing import Annotated

import typer

from throughline.cli.django import collected, in_words, ready

SEAL_EVERY = 60.0


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(serve)


def serve(
    port: Annotated[int, typer.Option(envvar="PORT", help="The port to listen on.")] = 8000,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    workers: Annotated[int, typer.Option(help="Server processes.")] = 2,
) -> None:
    """Serve the site until stopped. Without DATABASE_URL the embedded PostgreSQL is started and stopped with it."""
    ready()
    with in_words():
        from throughline.cli.django import migrated

        migrated()
        run(host, port, workers)


def run(host: str, port: int, workers: int) -> None:
    """Run gunicorn in this process; the account is sealed once a minute by a thread of the parent."""
    from django.db import connections
    from gunicorn.app.base import BaseApplication

    collected()
    connections.close_all()

    class Site(BaseApplication):  # type: ignore[misc]
        def load_config(self) -> None:
            self.cfg.set("bind", f"{host}:{port}")
            self.cfg.set("workers", workers)
            self.cfg.set("threads", 4)
            self.cfg.set("graceful_timeout", 20)
            self.cfg.set("timeout", 120)
            self.cfg.set("control_socket_disable", True) if "control_socket_disable" in self.cfg.settings else None
            # Access logs hold addresses and ids only; names are never in an address.
            self.cfg.set("accesslog", os.environ.get("THROUGHLINE_ACCESS_LOG"))
            self.cfg.set("loglevel", "warning")

        def load(self) -> object:
            from throughline.config.wsgi import application

            return application

    threading.Thread(target=_seal_for_ever, daemon=True).start()
    Site().run()


def _seal_for_ever() -> None:
    from django.db import close_old_connections

    from throughline.core.audit import sealing

    while True:
        threading.Event().wait(SEAL_EVERY)
        close_old_connections()
        try:
            sealing.seal()
        except Exception as problem:
            # The next round takes what this one left; an operator should know that it happened.
            sys.stderr.write(f"The account could not be sealed this minute: {type(problem).__name__}\n")
