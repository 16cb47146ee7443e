"""Who is signed in, and who acts."""

import time
from collections.abc import Callable

import pghistory
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.http import urlencode

from throughline.core.access import reach
from throughline.web import errors
from throughline.web.sign_in.account import KEPT_AT, second_factor_due

Get = Callable[[HttpRequest], HttpResponse]
# What is open to everyone: signing in, health, static files.
OPEN = ("/sign-in/", "/sign-out/", "/healthz", settings.STATIC_URL)
# What someone who must first set up a second factor may open.
BEFORE_SECOND_FACTOR = ("/your-sign-in/", "/sign-out/", "/healthz", settings.STATIC_URL)


class SignedIn:
    """Every page but the few that are listed as open asks for a sign-in, and ends after an idle hour."""

    def __init__(self, get_response: Get) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            if not request.path.startswith(OPEN):
                return _ask(request)
            return self.get_response(request)
        if not request.path.startswith(BEFORE_SECOND_FACTOR) and second_factor_due(request):
            return HttpResponseRedirect(reverse("mfa_activate_totp"))
        _keep_alive(request)
        response = self.get_response(request)
        # Records stay in no cache, and "back" after signing out shows nothing.
        response.headers.setdefault("Cache-Control", "no-store")
        return response


def _ask(request: HttpRequest) -> HttpResponse:
    """Ask for a sign-in; what was typed and sent is not thrown away."""
    if by_script(request):
        return JsonResponse({"message": "You have been signed out."}, status=401)
    if request.method == "POST":
        return errors.signed_out(request)
    there = "" if request.path == "/" else f"?{urlencode({'next': request.get_full_path()})}"
    return HttpResponseRedirect(f"{reverse('account_login')}{there}")


def by_script(request: HttpRequest) -> bool:
    """Return whether a script asks: autosave, a beacon, htmx."""
    headers = request.headers
    return (
        "HX-Request" in headers
        or headers.get("X-Requested-With") == "fetch"
        or headers.get("Sec-Fetch-Dest") == "empty"
        or headers.get("Accept") == "application/json"
    )


def _keep_alive(request: HttpRequest) -> None:
    """Begin the idle hour anew, with a write only every few minutes."""
    now = int(time.time())
    every = min(300, settings.SESSION_COOKIE_AGE // 6)
    if now - request.session.get(KEPT_AT, 0) >= every:
        request.session[KEPT_AT] = now


class Acting:
    """Tells the history triggers who acts, by number and not by name."""

    def __init__(self, get_response: Get) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return self.get_response(request)
        if request.method in ("GET", "HEAD"):
            reach.remember(request.user)
            return self.get_response(request)
        with pghistory.context(user=request.user.pk):
            return self.get_response(request)
