"""The pages of the shell."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from throughline.web.context import installed


def home(request: HttpRequest) -> HttpResponse:
    """Show what the person comes for."""
    return render(request, "web/home.html")


def account(request: HttpRequest) -> HttpResponse:
    """Show how this person signs in."""
    return render(request, "web/account.html")


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
