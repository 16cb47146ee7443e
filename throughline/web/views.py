"""The pages of the shell."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from throughline.core.access import reach
from throughline.core.access.roles import ROLES
from throughline.core.requests import SignedInRequest
from throughline.web.context import installed


def account(request: SignedInRequest) -> HttpResponse:
    """Show how this person signs in."""
    roles = [
        {"role": ROLES[one.role].name, "where": one.team or one.service or "", "since": one.started_on}
        for one in reach.grants(request.user)
    ]
    context = {
        "roles": roles,
        "second_factor": Authenticator.objects.filter(user=request.user, type=Authenticator.Type.TOTP).first(),
        "required": settings.SECOND_FACTOR == "required",
        "idle": settings.SESSION_COOKIE_AGE // 60,
    }
    return render(request, "web/account.html", context)


def back(request: HttpRequest) -> HttpResponse:
    """Tell someone who signed in again in a new tab that they may go back to the other one."""
    return render(request, "web/back.html")


def healthz(request: HttpRequest) -> JsonResponse:
    """Answer whether the service works, for machines: 503 when the database is away."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        state = "ok"
    except DatabaseError:
        state = "unavailable"
    told = {"status": "ok" if state == "ok" else "unavailable", "database": state, "version": installed()}
    return JsonResponse(told, status=200 if state == "ok" else 503)
