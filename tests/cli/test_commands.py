"""The command: what it says and how it ends."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

THROUGHLINE = Path(sys.executable).parent / "throughline"


def run(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(THROUGHLINE), *words],
        capture_output=True,
        text=True,
        env={**os.environ, **environment},
        timeout=120,
        check=False,
    )


def test_help_lists_every_command_of_the_reference() -> None:
    told = run("--help").stdout
    listed = (Path(__file__).parents[2] / "docs/reference/commands.md").read_text()
    for command in (
        "demo", "serve", "import", "export", "validate", "rules", "synth", "audit", "database", "documents", "user",
    ):  # fmt: skip
        assert command in told
        assert f"`{command}" in listed


def test_the_demos_users_are_listed_as_json_with_role_and_password() -> None:
    users = json.loads(run("demo", "--users").stdout)
    roles = {user["role"] for user in users}
    assert {"social_worker", "team_manager", "front_door_worker", "analyst", "auditor", "administrator"} <= roles
    assert all(user["username"] and user["password"] for user in users)


def test_a_command_that_does_not_exist_ends_with_2_and_no_traceback() -> None:
    done = run("frobnicate")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_the_roles_are_told_with_what_each_may_do() -> None:
    told = run("user", "roles").stdout
    assert "social_worker: Social worker." in told
    assert "view (own), record (own)" in told


@pytest.mark.django_db
def test_an_account_with_a_weak_password_or_an_unknown_role_is_refused_in_words() -> None:
    from throughline.core.access import accounts
    from throughline.core.access.models import User
    from throughline.core.errors import Refused

    with pytest.raises(Refused, match="too short"):
        accounts.add_user(username="x", role="analyst", first="A", last="B", password="short")
    with pytest.raises(Refused, match="There is no role called wizard"):
        accounts.add_user(username="x", role="wizard", first="A", last="B", password="a long enough password")
    with pytest.raises(Refused, match="works in a team"):
        accounts.add_user(username="x", role="team_manager", first="A", last="B", password="a long enough password")
    assert not User.objects.exists()


@pytest.mark.django_db
def test_a_person_who_is_added_has_the_role_and_the_account_says_so() -> None:
    from throughline.core.access import accounts
    from throughline.core.audit import sentences
    from throughline.core.audit.models import Event

    made = accounts.add_user(
        username="ruth",
        role="social_worker",
        first="Ruth",
        last="Bell",
        password="a long enough password",
        team="Riverside",
    )
    assert [grant.role for grant in made.grants.all()] == ["social_worker"]
    assert sentences.tell(Event.objects.get()) == "Throughline gave Ruth Bell the role of social worker."


@pytest.mark.django_db
def test_a_new_password_replaces_the_old_and_the_account_says_so() -> None:
    from throughline.core.access import accounts
    from throughline.core.audit.models import Event
    from throughline.core.errors import Refused

    made = accounts.add_user(username="ann", role="analyst", first="Ann", last="L", password="a long enough password")
    with pytest.raises(Refused):
        accounts.set_password(by=None, user=made, password="short")
    accounts.set_password(by=None, user=accounts.named("ann"), password="another long password")
    made.refresh_from_db()
    assert made.check_password("another long password")
    assert Event.objects.filter(verb="access.password_set").count() == 1
    assert accounts.remove_second_factor(by=None, user=made) == 0
    with pytest.raises(Refused, match="There is no account called bob"):
        accounts.named("bob")
