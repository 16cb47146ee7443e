"""Saving while one types, and throwing away."""

from django.core.signing import BadSignature
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from throughline.core import drafts
from throughline.core.drafts import tokens
from throughline.core.errors import Refused
from throughline.core.requests import SignedInRequest


@require_POST
def keep(request: SignedInRequest) -> HttpResponse:
    """Keep what was typed into the form that the token was made for; answer when it was saved."""
    try:
        place = tokens.read(request.user, request.POST.get(tokens.FIELD, ""))
    except BadSignature:
        return JsonResponse({"message": "This page is from an earlier sign-in. Open the form again."}, status=409)
    try:
        kept = drafts.save(
            request.user, place.key, place.title, place.url, place.person_id, tokens.typed(request.POST), place.page
        )
    except Refused as refusal:
        return JsonResponse({"message": str(refusal)}, status=413)
    if kept is None:
        return JsonResponse({"sent": True})
    return JsonResponse({"saved": f"{timezone.localtime(kept.saved_at):%H:%M}"})


@require_POST
def throw_away(request: SignedInRequest) -> HttpResponse:
    """Forget one draft, by the token of its form or its number in the list."""
    try:
        place = tokens.read(request.user, request.POST.get(tokens.FIELD, ""))
    except BadSignature:
        number = request.POST.get("draft", "")
        if number.isdigit():
            drafts.mine(request.user).filter(pk=int(number)).delete()
        return redirect("web:home")
    drafts.discard(request.user, place.key, place.page)
    return redirect(place.url if request.POST.get("again") else "web:home")
