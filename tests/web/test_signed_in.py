"""Every page asks for a sign-in; the sign-in ends after an idle hour; what was typed outlives it."""

import time
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.cast import Cast
from throughline.core import drafts
from throughline.web.middleware import OPEN
from throughline.web.sign_in.account import KEPT_AT


def _paths(resolver: Any, before: str = "") -> list[str]:
    found = []
    for one in resolver.url_patterns:
        here = before + str(one.pattern)
        if isinstance(one, URLResolver):
            found += _paths(one, here)
        elif isinstance(one, URLPattern):
            found.append(here)
    return found


def test_every_page_but_the_open_ones_asks_for_a_sign_in(client: Client, db: None) -> None:
    asked = 0
    for path in _paths(get_resolver()):
        address = "/" + path.replace("^", "").replace("$", "")
        for kind in ("<int:", "<str:", "<slug:", "<uuid:"):
            while kind in address:
                before, rest = address.split(kind, 1)
                address = before + "1" + rest.split(">", 1)[1]
        if address.startswith(OPEN):
            continue
        answer = client.get(address)
        assert answer.status_code == 302, address
        assert answer.url.startswith("/sign-in/"), address
        asked += 1
    assert asked > 10


def test_health_needs_no_sign_in_and_tells_the_version(client: Client, db: None) -> None:
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "database": "ok", "version": "0.1.0"}


def test_health_is_unavailable_when_the_database_is_away(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import OperationalError

    from throughline.web import views

    class Away:
        def cursor(self) -> Any:
            raise OperationalError("away")

    monkeypatch.setattr(views, "connection", Away())
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["database"] == "unavailable"


def test_a_script_is_told_that_the_sign_in_has_ended_and_not_sent_elsewhere(client: Client, db: None) -> None:
    for headers in ({"X-Requested-With": "fetch"}, {"HX-Request": "true"}, {"Sec-Fetch-Dest": "empty"}):
        assert client.post("/drafts/", {"words": "x"}, headers=headers).status_code == 401


def test_what_is_sent_after_the_sign_in_ended_is_still_on_the_page(client: Client, cast: Cast) -> None:
    answer = client.post(
        f"/child/{cast.ada.pk}/record/call/", {"words": "She <said> no"}, headers={"Sec-Fetch-Site": "same-origin"}
    )
    assert answer.status_code == 401
    page = answer.content.decode()
    assert "You have been signed out" in page
    assert '<textarea hidden name="words">She &lt;said&gt; no</textarea>' in page


def test_another_sites_words_are_never_put_under_our_own_button(client: Client, cast: Cast) -> None:
    answer = client.post(
        f"/child/{cast.ada.pk}/record/call/", {"words": "planted"}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert "planted" not in answer.content.decode()
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.social_worker)
    answer = strict.post(
        f"/child/{cast.ada.pk}/record/call/", {"words": "planted"}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert answer.status_code == 403
    assert "planted" not in answer.content.decode()


def test_a_form_with_an_old_token_is_offered_again_with_its_words(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.social_worker)
    answer = client.post(
        f"/child/{cast.ada.pk}/record/call/", {"words": "kept"}, headers={"Sec-Fetch-Site": "same-origin"}
    )
    assert answer.status_code == 403
    assert '<textarea hidden name="words">kept</textarea>' in answer.content.decode()


def test_the_idle_hour_begins_anew_without_a_write_at_every_request(
    client: Client, cast: Cast, django_assert_num_queries: Any
) -> None:
    client.force_login(cast.social_worker)
    before = client.session[KEPT_AT]
    client.get("/your-sign-in/")
    assert client.session[KEPT_AT] == before
    session = client.session
    session[KEPT_AT] = int(time.time()) - 301
    session.save()
    client.get("/your-sign-in/")
    assert client.session[KEPT_AT] > before - 10


def test_after_an_idle_hour_the_draft_is_still_there(client: Client, cast: Cast) -> None:
    client.force_login(cast.social_worker)
    address = f"/child/{cast.ada.pk}/record/call/"
    token = client.get(address).context["draft_token"]
    assert client.post("/drafts/", {"_draft": token, "words": "Half a sentence"}).json()["saved"]
    client.session.flush()
    late = client.post("/drafts/", {"_draft": token, "words": "more"}, headers={"X-Requested-With": "fetch"})
    assert late.status_code == 401
    client.post("/sign-in/", {"login": "ruth", "password": "a long enough password"})
    assert "Half a sentence" in client.get(address).content.decode()
    # The page that was left open goes on saving, with the token that it had.
    assert client.post("/drafts/", {"_draft": token, "words": "Half a sentence more"}).json()["saved"]


def test_a_draft_cannot_be_written_with_another_users_token(client: Client, cast: Cast) -> None:
    client.force_login(cast.social_worker)
    token = client.get(f"/child/{cast.ada.pk}/record/call/").context["draft_token"]
    client.force_login(cast.other_worker)
    assert client.post("/drafts/", {"_draft": token, "words": "mine now"}).status_code == 409
    assert not drafts.mine(cast.social_worker).exists()


def test_pages_of_records_are_kept_in_no_cache(client: Client, cast: Cast) -> None:
    client.force_login(cast.social_worker)
    assert client.get(f"/child/{cast.ada.pk}/").headers["Cache-Control"] == "no-store"


def test_restricted_missing_and_anothers_look_the_same(client: Client, cast: Cast) -> None:
    client.force_login(cast.outsider)
    missing = client.get("/child/987654321/")
    anothers = client.get(f"/child/{cast.ada.pk}/")
    assert missing.status_code == anothers.status_code == 404
    assert _without_tokens(missing) == _without_tokens(anothers)


def _without_tokens(answer: Any) -> str:
    import re

    return re.sub(r'value="[\w]{64}"', "", answer.content.decode())


def test_no_page_asks_for_inline_scripts_or_styles(client: Client, cast: Cast) -> None:
    policy = client.get("/sign-in/").headers["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "unsafe-eval" not in policy
