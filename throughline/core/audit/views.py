"""The whole account, for those who check it."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render

from throughline.core.access import queries
from throughline.core.access.forms import AccountForm
from throughline.core.audit import account as writing
from throughline.core.audit import sentences
from throughline.core.audit.models import Event, Seal
from throughline.core.requests import SignedInRequest

PAGE = 50


def account(request: SignedInRequest) -> HttpResponse:
    """Show the account as sentences, newest first, by worker, person, kind of act and days."""
    if not queries.may_read_account(request.user):
        raise PermissionDenied("Auditors and the director read the account. Ask them.")
    form = AccountForm(request.GET)
    form.is_valid()
    asked = form.cleaned_data
    events = queries.between(queries.account(request.user), asked.get("since"), asked.get("until"))
    if asked.get("actor") is not None:
        events = events.filter(actor_id=asked["actor"])
    if asked.get("person") is not None:
        events = events.filter(person_id=asked["person"])
    if asked.get("verb"):
        events = events.filter(verb=asked["verb"])
    # Counting the whole account would take longer than reading a page of it: one more than the page tells enough.
    number = max(int(request.GET["page"]), 1) if request.GET.get("page", "").isdecimal() else 1
    number = min(number, 2_000)
    rows = list(events[(number - 1) * PAGE : number * PAGE + 1])
    shown: list[Event] = rows[:PAGE]
    if asked.get("person") is not None and shown:
        writing.record("access.log_read", by=request.user, person_id=asked["person"])
    query = request.GET.copy()
    query.pop("page", None)
    return render(
        request,
        "audit/account.html",
        {
            "form": form,
            "lines": queries.told(shown),
            "number": number,
            "more": len(rows) > PAGE,
            "query": query.urlencode(),
            "verbs": sorted(sentences.known()),
            "seal": Seal.objects.order_by("-pk").first(),
        },
    )
