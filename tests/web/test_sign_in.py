"""Signing in: what opens the door, what does not, and what is written down of both."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.test import Client

from tests.cast import Cast
from throughline.core.access.models import User
from throughline.core.audit.models import Event

PASSWORD = "a long enough password"


def enter(client: Client, name: str, password: str = PASSWORD, **more: Any) -> Any:
    return client.post("/sign-in/", {"login": name, "password": password}, **more)


def verbs(user: User | None = None) -> list[str]:
    events = Event.objects.filter(verb__startswith="access.sign")
    return list((events.filter(actor_id=user.pk) if user else events).order_by("pk").values_list("verb", flat=True))


def code_of(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


def with_second_factor(user: User) -> str:
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return str(secret)


def test_name_and_password_open_the_door_and_it_is_written_down(client: Client, cast: Cast) -> None:
    answer = enter(client, "ruth")
    assert (answer.status_code, answer.url) == (302, "/")
    assert client.get("/").status_code == 200
    assert verbs(cast.social_worker) == ["access.signed_in"]


def test_the_email_address_does_as_well(client: Client, cast: Cast) -> None:
    assert enter(client, "RUTH@example.org").status_code == 302


def test_after_signing_in_one_is_where_one_wanted_to_be(client: Client, cast: Cast) -> None:
    asked = client.get(f"/child/{cast.ada.pk}/?window=1y")
    assert asked.status_code == 302
    page = client.get(asked.url)
    assert 'name="next"' in page.content.decode()
    answer = client.post(
        "/sign-in/", {"login": "ruth", "password": PASSWORD, "next": f"/child/{cast.ada.pk}/?window=1y"}
    )
    assert answer.url == f"/child/{cast.ada.pk}/?window=1y"


def test_one_is_never_sent_to_another_site(client: Client, cast: Cast) -> None:
    answer = client.post("/sign-in/", {"login": "ruth", "password": PASSWORD, "next": "https://elsewhere.example/"})
    assert answer.url == "/"


def test_a_wrong_password_is_written_down_without_what_was_typed(client: Client, cast: Cast) -> None:
    answer = enter(client, "ruth", "hunter2 hunter2")
    assert "do not belong together" in answer.content.decode()
    assert verbs(cast.social_worker) == ["access.sign_in_failed"]
    assert not any("hunter2" in str(event.data) + event.actor_label for event in Event.objects.all())


def test_an_unknown_name_reads_the_same_as_a_wrong_password(client: Client, cast: Cast) -> None:
    known = enter(client, "ruth", "wrong password here").content.decode()
    unknown = enter(client, "nobody", "wrong password here").content.decode()
    told = "That name and password do not belong together. Check both, and that capitals are not locked."
    assert told in known
    assert told in unknown


@pytest.mark.parametrize("name", ["", "x" * 300, "Ruth\x00", "רות", "' OR 1=1 --", "👩‍👧"])
def test_odd_names_get_a_sentence_and_not_a_traceback(client: Client, cast: Cast, name: str) -> None:
    assert enter(client, name).status_code == 200


def test_a_closed_account_does_not_open(client: Client, cast: Cast) -> None:
    User.objects.filter(pk=cast.social_worker.pk).update(is_active=False)
    enter(client, "ruth")
    assert client.get("/").status_code == 302


def test_five_wrong_passwords_lock_the_name_for_a_quarter_of_an_hour(client: Client, cast: Cast) -> None:
    for _ in range(5):
        assert "do not belong together" in enter(client, "ruth", "wrong password here").content.decode()
    # The right password does not open it now, from whichever computer; and it says what to do.
    refused = enter(Client(), "ruth").content.decode()
    assert "Wait 15 minutes" in refused
    assert "Nothing that you wrote is lost" in refused
    # A colleague in the same office is not locked out with her.
    assert enter(Client(), "maya").status_code == 302


def test_locking_is_counted_in_the_database_where_every_worker_process_sees_it(client: Client, cast: Cast) -> None:
    from throughline.web.models import Cached

    enter(client, "ruth", "wrong password here")
    assert Cached.objects.filter(cache_key__contains="login_failed").exists()


def test_signing_out_is_written_down_and_closes_the_door(client: Client, cast: Cast) -> None:
    enter(client, "ruth")
    assert client.post("/sign-out/").url == "/sign-in/"
    assert verbs(cast.social_worker) == ["access.signed_in", "access.signed_out"]
    assert client.get("/").status_code == 302


def test_with_a_second_factor_the_password_alone_opens_nothing(client: Client, cast: Cast) -> None:
    secret = with_second_factor(cast.social_worker)
    assert enter(client, "ruth").url.startswith("/sign-in/code/")
    assert client.get("/").status_code == 302
    wrong = client.post("/sign-in/code/", {"code": "000000" if code_of(secret) != "000000" else "111111"})
    assert "That code is not right" in wrong.content.decode()
    right = client.post("/sign-in/code/", {"code": code_of(secret)})
    assert right.url == "/"
    assert verbs(cast.social_worker) == ["access.sign_in_failed", "access.signed_in"]


def test_a_recovery_code_opens_once_and_no_more(client: Client, cast: Cast) -> None:
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    with_second_factor(cast.social_worker)
    codes = RecoveryCodes.activate(cast.social_worker).get_unused_codes()
    enter(client, "ruth")
    assert client.post("/sign-in/code/", {"code": codes[0]}).status_code == 302
    again = Client()
    enter(again, "ruth")
    assert again.post("/sign-in/code/", {"code": codes[0]}).status_code == 200


def test_secrets_of_second_factors_are_not_in_the_clear_in_the_database(cast: Cast) -> None:
    secret = with_second_factor(cast.social_worker)
    assert secret not in str(Authenticator.objects.get(user=cast.social_worker).data)


def test_where_a_second_factor_is_required_nothing_opens_before_there_is_one(
    client: Client, cast: Cast, settings: Any
) -> None:
    settings.SECOND_FACTOR = "required"
    enter(client, "ruth")
    assert client.get("/").url == "/your-sign-in/second-factor/add/"
    page = client.get("/your-sign-in/second-factor/add/")
    secret = page.context["form"].secret
    assert secret in page.content.decode()
    done = client.post("/your-sign-in/second-factor/add/", {"code": code_of(secret)})
    assert done.url == "/your-sign-in/recovery-codes/"
    assert len(client.get(done.url).context["unused_codes"]) == 10
    assert client.get("/").status_code == 200


def test_a_required_second_factor_cannot_be_removed(client: Client, cast: Cast, settings: Any) -> None:
    settings.SECOND_FACTOR = "required"
    secret = with_second_factor(cast.social_worker)
    enter(client, "ruth")
    client.post("/sign-in/code/", {"code": code_of(secret)})
    client.post("/your-sign-in/second-factor/remove/")
    assert Authenticator.objects.filter(user=cast.social_worker, type="totp").exists()


def test_nobody_signs_themselves_up(client: Client, db: None) -> None:
    assert client.get("/sign-up/").status_code == 302
    assert "sign up" not in client.get("/sign-in/").content.decode().lower()


def test_a_new_password_is_asked_for_with_the_old_one(client: Client, cast: Cast) -> None:
    enter(client, "ruth")
    new = "three words remembered"
    wrong = {"oldpassword": "not this", "password1": new, "password2": new}
    assert "not your password now" in client.post("/your-sign-in/password/", wrong).content.decode()
    assert client.post("/your-sign-in/password/", {**wrong, "oldpassword": PASSWORD}).url == "/your-sign-in/"
    assert enter(Client(), "ruth", new).status_code == 302
