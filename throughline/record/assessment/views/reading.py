"""Reading the document: the whole of it, the family's copy, each child's own, and the child's story."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from throughline.core.access import door
from throughline.core.access.roles import Action
from throughline.core.audit import account
from throughline.core.errors import Refused
from throughline.core.printing import Document, printed
from throughline.core.printing.document import as_data
from throughline.core.requests import SignedInRequest
from throughline.record.assessment import actions, copies, pages, queries, story
from throughline.record.assessment.contents import called
from throughline.record.assessment.permission import permission
from throughline.record.assessment.views.shared import frame, opened
from throughline.record.people.models import Person


def read(request: SignedInRequest, pk: int) -> HttpResponse:
    """The whole record as it stands, with who signed, who has a copy and what was added since."""
    assessment, children = opened(request, pk, "an assessment")
    whole = queries.whole(request.user, assessment, children)
    context = frame(request, assessment, children) | {
        "whole": whole,
        "chapters": pages.chapters(whole),
        "earlier": pages.earlier(whole),
        "consents": queries.consents(request.user, assessment),
        "today": timezone.localdate(),
    }
    return render(request, "assessment/read.html", context)


def sharing(request: SignedInRequest, pk: int) -> HttpResponse:
    """What the family agreed to, who has a copy, and with whom it was talked through."""
    assessment, children = opened(request, pk, "how an assessment is shared")
    consents = queries.consents(request.user, assessment)
    standing = [one for one in consents if one.ended_on is None]
    context = frame(request, assessment, children) | {
        "whole": queries.whole(request.user, assessment, children),
        "standing": [(one, permission(standing, one.agency)) for one in standing],
        "earlier_answers": [one for one in consents if one.ended_on is not None],
    }
    return render(request, "assessment/sharing.html", context)


def family_copy(request: SignedInRequest, pk: int) -> HttpResponse:
    """The family's copy, on screen."""
    assessment, children = opened(request, pk, "the family's copy of an assessment")
    document = copies.family_copy(queries.whole(request.user, assessment, children))
    context = frame(request, assessment, children) | {
        "document": document,
        "pdf": reverse("assessment:family_copy_pdf", args=[pk]),
    }
    return render(request, "assessment/copy.html", context)


def family_copy_pdf(request: SignedInRequest, pk: int) -> HttpResponse:
    """The family's copy, as PDF."""
    assessment, children = opened(request, pk, "the family's copy of an assessment, to print")
    document = copies.family_copy(queries.whole(request.user, assessment, children))
    _printed(request, children, copy="the family's copy")
    return as_pdf(document, f"family-copy-{pk}.pdf")


def child_copy(request: SignedInRequest, pk: int, child: int) -> HttpResponse:
    """One child's own copy, on screen, with the shared words that someone still has to read for it."""
    assessment, children, own = _of_child(request, pk, child, "a child's own copy of an assessment")
    whole = queries.whole(request.user, assessment, children)
    fit = queries.fit_for(request.user, assessment, own)
    context = frame(request, assessment, children) | {
        "child": own,
        "called": called(own),
        "document": copies.child_copy(whole, own, fit),
        "own_only": [own],
        "left_out_titles": copies.not_in_child_copy(whole, fit),
        "put_in": copies.put_in(whole, fit),
        "pdf": reverse("assessment:child_copy_pdf", args=[pk, child]),
    }
    return render(request, "assessment/child_copy.html", context)


def child_copy_pdf(request: SignedInRequest, pk: int, child: int) -> HttpResponse:
    """One child's own copy, as PDF."""
    assessment, children, own = _of_child(request, pk, child, "a child's own copy of an assessment, to print")
    whole = queries.whole(request.user, assessment, children)
    document = copies.child_copy(whole, own, queries.fit_for(request.user, assessment, own))
    _printed(request, [own], copy="the child's own copy")
    return as_pdf(document, f"own-copy-{pk}-{child}.pdf")


def _of_child(request: SignedInRequest, pk: int, child: int, page: str) -> tuple[Any, list[Person], Person]:
    assessment = queries.one(request.user, pk)
    children = queries.children_of(request.user, assessment)
    own = next((one for one in children if one.pk == child), None)
    if own is None:
        raise door.NotFound
    door.looked(request.user, own.pk, page)
    return assessment, children, own


@require_POST
def fit(request: SignedInRequest, pk: int, child: int) -> HttpResponse:
    """Say that shared words were read and are fit, or are not, for one child's copy."""
    assessment, _, own = _of_child(request, pk, child, "a child's own copy of an assessment")
    door.require(request.user, Action.RECORD, own.pk)
    version = request.POST.get("version", "")
    try:
        actions.share_words(
            by=request.user,
            assessment=assessment,
            section=request.POST.get("section", "")[:80],
            child=own,
            version=int(version) if version.isdigit() and len(version) < 10 else 0,
            fit="put_in" in request.POST,
        )
    except Refused as refused:
        messages.warning(request, str(refused))
    return HttpResponseRedirect(reverse("assessment:child_copy", args=[pk, child]))


def child_story(request: SignedInRequest, pk: int) -> HttpResponse:
    """The story for an adult who was this child: to read through, to choose, and to print."""
    person = door.person(request.user, pk, page="the child's story, to give to them")
    told = story.chapters(request.user, person, _chosen(request))
    context = {
        "person": person,
        "chapters": told,
        "to_read": [one for one in told if one.choosable],
        "document": story.document(request.user, person, told),
        "query": request.GET.urlencode(),
    }
    return render(request, "assessment/story.html", context)


def child_story_pdf(request: SignedInRequest, pk: int) -> HttpResponse:
    """The story as PDF, with the shared words that were chosen."""
    person = door.person(request.user, pk, page="the child's story, to print")
    told = story.chapters(request.user, person, _chosen(request))
    account.record("assessment.story_printed", by=request.user, person_id=person.pk)
    return as_pdf(story.document(request.user, person, told), f"story-{pk}.pdf")


def _chosen(request: SignedInRequest) -> set[int] | None:
    if "chosen" not in request.GET:
        return None
    return {int(one) for one in request.GET.getlist("with") if one.isdigit() and len(one) < 19}


def _printed(request: SignedInRequest, children: list[Person], *, copy: str) -> None:
    for child in children:
        account.record("assessment.printed", by=request.user, person_id=child.pk, copy=copy)


def as_pdf(document: Document, name: str) -> HttpResponse:
    """Return a document as a PDF to keep. Its name has no person's name in it."""
    made = printed("document", as_data(document))
    response = HttpResponse(made.content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response
