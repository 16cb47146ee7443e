"""The views of sign-in: django-allauth's, each with a page of this house."""

from collections.abc import Callable

import requests
from allauth.account import views as account
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.base import views as codes
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.socialaccount import views as identity
from allauth.socialaccount.providers.openid_connect import views as oidc
from django.http import HttpRequest, HttpResponse

from throughline.web.sign_in.adapters import provider_failed

sign_in = account.LoginView.as_view(template_name="web/sign_in/login.html")
sign_out = account.LogoutView.as_view(template_name="web/sign_in/logout.html")
not_in_use = account.AccountInactiveView.as_view(template_name="web/sign_in/account_inactive.html")
again = account.ReauthenticateView.as_view(template_name="web/sign_in/reauthenticate.html")
password = account.PasswordChangeView.as_view(template_name="web/sign_in/password_change.html")
code = codes.AuthenticateView.as_view(template_name="web/sign_in/code.html")
code_again = codes.ReauthenticateView.as_view(template_name="web/sign_in/code_again.html")
second_factor_add = totp.ActivateTOTPView.as_view(template_name="web/sign_in/second_factor_add.html")
second_factor_remove = totp.DeactivateTOTPView.as_view(template_name="web/sign_in/second_factor_remove.html")
recovery_codes = recovery.ViewRecoveryCodesView.as_view(template_name="web/sign_in/recovery_codes.html")
recovery_codes_new = recovery.GenerateRecoveryCodesView.as_view(template_name="web/sign_in/recovery_codes_new.html")
cancelled = identity.LoginCancelledView.as_view(template_name="web/sign_in/cancelled.html")
not_possible = identity.LoginErrorView.as_view(template_name="web/sign_in/not_possible.html")

View = Callable[..., HttpResponse]


def _asks_the_provider(view: View) -> View:
    """Wrap a view that asks the identity provider: one that is away is said in words."""

    def asked(request: HttpRequest, provider_id: str) -> HttpResponse:
        try:
            return view(request, provider_id)
        except ImmediateHttpResponse as refused:
            answer: HttpResponse = refused.response
            return answer
        except (requests.RequestException, KeyError, ValueError):
            return provider_failed(request)

    return asked


with_provider = _asks_the_provider(oidc.login)
back_from_provider = _asks_the_provider(oidc.callback)
