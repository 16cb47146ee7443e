"""Signing in, failing to and signing out, as they are written to the account; and what a new sign-in begins with."""

import time
from typing import Any

from allauth.account import signals as signing
from allauth.mfa import signals as second_factor
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import signals as plain
from django.dispatch import receiver
from django.http import HttpRequest

from throughline.core.access import told  # noqa: F401  (registers the sentences)
from throughline.core.access.models import User
from throughline.core.audit import account

# In the session: when it was last kept alive, and whether a second factor must be set up before anything else.
KEPT_AT = "kept_at"
SECOND_FACTOR_DUE = "second_factor_due"


@receiver(plain.user_logged_in)
def begin(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Begin the idle hour."""
    request.session[KEPT_AT] = int(time.time())


@receiver(signing.user_logged_in)
def signed_in(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Write it down; ask for a second factor where the authority requires one and the provider did not see to it."""
    way = "identity provider" if "sociallogin" in kwargs else "password"
    account.record("access.signed_in", by=user, way=way)
    request.session["signed_in_at"] = int(time.time())
    if settings.SECOND_FACTOR == "required" and way == "password" and not _has_second_factor(user):
        request.session[SECOND_FACTOR_DUE] = True


def second_factor_due(request: HttpRequest) -> bool:
    """Return whether this sign-in must add a second factor first; asks the database only while it must."""
    if not request.session.get(SECOND_FACTOR_DUE):
        return False
    if _has_second_factor(request.user):
        del request.session[SECOND_FACTOR_DUE]
        return False
    return True


def _has_second_factor(user: Any) -> bool:
    return bool(Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists())


@receiver(plain.user_login_failed)
def failed(sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any) -> None:
    """Write down a wrong password: for whom, if the name is known; never what was typed."""
    typed = str(credentials.get("username") or credentials.get("email") or "")
    account.record("access.sign_in_failed", by=User.objects.filter(username=typed).first(), way="password")


@receiver(second_factor.authentication_failed)
def wrong_code(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Write down a wrong code."""
    account.record("access.sign_in_failed", by=user, way="code")


@receiver(plain.user_logged_out)
def signed_out(sender: Any, request: HttpRequest, user: User | None = None, **kwargs: Any) -> None:
    """Write it down."""
    if user is not None:
        account.record("access.signed_out", by=user)
