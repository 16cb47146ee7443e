"""Pages for when something stands in the way. What someone typed and sent is kept on the page, to be sent again."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import render

_NOT_TYPED = {"csrfmiddlewaretoken", "password", "oldpassword", "password1", "password2", "code"}


def signed_out(request: HttpRequest) -> HttpResponse:
    """Answer someone whose sign-in ended before they sent a form (and who has no script to tell them so)."""
    return render(request, "web/signed_out.html", {"kept": _kept(request)}, status=401)


def form_not_accepted(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token is old: most often the person signed in again in another tab."""
    return render(request, "web/form_not_accepted.html", {"kept": _kept(request)}, status=403)


def _kept(request: HttpRequest) -> list[tuple[str, str]]:
    """Return what was typed, to be offered again; nothing of a form that may have come from another site.

    Offering another site's words under our own button would be the very thing that the token prevents.
    """
    if not _from_here(request):
        return []
    posted: QueryDict = request.POST
    return [(name, str(value)) for name, values in posted.lists() if name not in _NOT_TYPED for value in values]


def _from_here(request: HttpRequest) -> bool:
    if "Sec-Fetch-Site" in request.headers:
        return request.headers["Sec-Fetch-Site"] == "same-origin"
    # A browser too old to say: the form's token must then be the one that this browser holds.
    return CsrfViewMiddleware(lambda _request: HttpResponse()).process_view(request, _nothing, (), {}) is None


def _nothing(request: HttpRequest) -> HttpResponse:
    return HttpResponse()
