"""Who may sign in, in which words they are refused, and how their secrets are kept."""

import base64
import hashlib
import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from throughline.core import authority
from throughline.core.access.models import User
from throughline.core.audit import account

# Seconds for which a password just given need not be given again.
FRESH = 300
_WRONG = "That name and password do not belong together. Check both, and that capitals are not locked."


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody makes an account for themselves; refusals are in plain words and tell nothing of who has an account."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _WRONG,
        "email_password_mismatch": _WRONG,
        "invalid_login": _WRONG,
        "incorrect_password": "That is not your password. Check that capitals are not locked.",
        "enter_current_password": "That is not your password now. Check that capitals are not locked.",
        "incorrect_code": "That code is not right. Codes change every half a minute: type the one shown now.",
        "too_many_login_attempts": "There were too many wrong attempts for this name. Wait 15 minutes and try again, "
        "or ask an administrator for a new password. Nothing that you wrote is lost.",
        "rate_limited": "There were too many attempts. Wait a few minutes and try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by an administrator."""
        return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Go back to the page about one's own sign-in."""
        return "/your-sign-in/"

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Ask for the password once more before something that matters, unless it was given a moment ago."""
        given = context.request.session.get("signed_in_at", 0)
        return bool(time.time() - given > FRESH and super().is_reauthentication_required(app=app))

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing across pages: each page says what it did."""


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets of second factors are kept encrypted: a copy of the database alone opens no account."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
        "cannot_delete_authenticator": "This authority asks everyone for a second factor. It cannot be removed.",
    }

    def get_totp_label(self, user: Any) -> str:
        """Name the account in the telephone's list."""
        return str(user.username)

    def encrypt(self, text: str) -> str:
        """Encrypt a secret with a key made from the installation's own."""
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return the secret."""
        return _box().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        """Keep the second factor where the authority requires one."""
        return bool(settings.SECOND_FACTOR != "required")


def _box() -> Fernet:
    key = hashlib.sha256(b"throughline second factor" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


class IdentityAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """An identity provider opens the door to people who have an account here, and to nobody else."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Accounts are made by an administrator."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Match by an address that the provider verified, each time; refuse the rest in plain words."""
        addresses = {
            one.email.lower()
            for one in sociallogin.email_addresses
            if one.email and (one.verified is True or settings.OIDC_EMAIL_IS_VERIFIED)
        }
        named = User.objects.annotate(address=Lower("email")).filter(is_active=True, address__in=addresses)
        found = list(named[:2])
        if len(found) != 1 or (sociallogin.is_existing and sociallogin.user.pk != found[0].pk):
            account.record("access.sign_in_failed", by=None, way="identity provider")
            raise ImmediateHttpResponse(not_known_here(request))
        if not sociallogin.is_existing:
            sociallogin.connect(request, found[0])

    def on_authentication_error(self, request: HttpRequest, provider: Any, *args: Any, **kwargs: Any) -> None:
        """Say that the provider said no, or could not be asked."""
        if kwargs.get("error") != "cancelled":
            raise ImmediateHttpResponse(provider_failed(request))


def not_known_here(request: HttpRequest) -> HttpResponse:
    """Say that the person is known to the provider and not here."""
    return render(request, "web/sign_in/not_known_here.html", {"authority": authority.current().name}, status=403)


def provider_failed(request: HttpRequest) -> HttpResponse:
    """Write down that the provider said no, or could not be reached, and say so."""
    account.record("access.sign_in_failed", by=None, way="identity provider")
    return render(request, "web/sign_in/not_possible.html", status=502)
