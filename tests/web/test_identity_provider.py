"""OpenID Connect against a real provider on this machine: it opens the door to people who have an account here."""

import json
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.test import Client

from tests.cast import Cast
from throughline.core.access.models import User
from throughline.core.audit.models import Event

PEOPLE: list[dict[str, Any]] = [
    {"sub": "ruth-1", "email": "ruth@example.org", "email_verified": True, "name": "Ruth Bell"},
    {"sub": "unverified", "email": "ruth@example.org", "email_verified": False},
    {"sub": "stranger", "email": "stranger@example.org", "email_verified": True},
    {"sub": "without"},
]


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """A running provider; its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = Path(sys.executable).with_name("oidc-provider-mock")
    claims = [part for one in PEOPLE for part in ("--user-claims", json.dumps(one))]
    running = subprocess.Popen(
        [str(program), "--port", str(port), *claims], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(150):
            try:
                httpx.get(f"{address}/.well-known/openid-configuration", timeout=1).raise_for_status()
                break
            except httpx.HTTPError:
                time.sleep(0.2)
        else:
            pytest.fail("the identity provider did not start")
        yield address
    finally:
        running.terminate()
        running.wait(timeout=10)


@pytest.fixture
def come(provider: str, settings: Any, client: Client) -> Callable[[str], Any]:
    """Sign in as someone whom the provider knows; return the last answer."""
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": "authority", "name": "your council account", "client_id": "throughline",
                    "secret": "a secret", "settings": {"server_url": provider},
                }
            ],
        }
    }  # fmt: skip

    def arrive(sub: str) -> Any:
        sign_in = client.get("/sign-in/").content.decode()
        assert "Sign in with your council account" in sign_in
        link = re.search(r'href="(/sign-in/with/authority/[^"]*)"', sign_in)
        assert link
        away = client.get(link.group(1).replace("&amp;", "&"))
        assert away.status_code == 302
        back = httpx.post(away.url, data={"sub": sub}, follow_redirects=False).headers["location"]
        return client.get(back.split("testserver", 1)[1])

    return arrive


def test_someone_with_an_account_here_comes_in(come: Callable[[str], Any], cast: Cast, client: Client) -> None:
    assert come("ruth-1").status_code == 302
    assert client.get("/your-sign-in/").status_code == 200
    assert client.session["_auth_user_id"] == str(cast.social_worker.pk)
    event = Event.objects.get(verb="access.signed_in")
    assert (event.actor_id, event.data["way"]) == (cast.social_worker.pk, "identity provider")


def test_they_come_in_the_second_time_too(come: Callable[[str], Any], cast: Cast, client: Client) -> None:
    come("ruth-1")
    client.post("/sign-out/")
    come("ruth-1")
    assert client.session["_auth_user_id"] == str(cast.social_worker.pk)


@pytest.mark.parametrize("who", ["unverified", "stranger", "without"])
def test_nobody_else_comes_in_and_no_account_is_made(
    come: Callable[[str], Any], cast: Cast, client: Client, who: str
) -> None:
    before = User.objects.count()
    answer = come(who)
    assert answer.status_code == 403
    assert "nobody has given you an account" in answer.content.decode()
    assert User.objects.count() == before
    assert client.get("/").status_code == 302
    assert Event.objects.filter(verb="access.sign_in_failed").count() == 1


def test_a_closed_account_stays_closed(come: Callable[[str], Any], cast: Cast, client: Client) -> None:
    User.objects.filter(pk=cast.social_worker.pk).update(is_active=False)
    assert come("ruth-1").status_code == 403
    assert client.get("/").status_code == 302


def test_an_identity_does_not_follow_an_address_to_another_account(
    come: Callable[[str], Any], cast: Cast, client: Client
) -> None:
    come("ruth-1")
    client.post("/sign-out/")
    User.objects.filter(pk=cast.social_worker.pk).update(email="ruth.bell@example.org")
    User.objects.filter(pk=cast.other_worker.pk).update(email="ruth@example.org")
    assert come("ruth-1").status_code == 403


def test_where_a_second_factor_is_required_the_provider_has_seen_to_it(
    come: Callable[[str], Any], cast: Cast, client: Client, settings: Any
) -> None:
    settings.SECOND_FACTOR = "required"
    come("ruth-1")
    assert client.get("/your-sign-in/").status_code == 200
    assert client.get("/").status_code == 200


def test_a_provider_that_is_away_is_said_in_words(cast: Cast, client: Client, settings: Any) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": "authority", "name": "your council account", "client_id": "x", "secret": "x",
                    "settings": {"server_url": "http://127.0.0.1:9"},
                }
            ]
        }
    }  # fmt: skip
    answer = client.get("/sign-in/with/authority/")
    assert answer.status_code == 502
    assert "could not be reached" in answer.content.decode()
