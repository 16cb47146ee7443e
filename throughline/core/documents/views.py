"""Documents served through the door, and the pages about them."""

from typing import Any

from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from throughline.core.access import door, reach
from throughline.core.access.roles import Action
from throughline.core.documents import actions, queries
from throughline.core.documents.forms import DescribeForm, KeepForm, VersionForm
from throughline.core.documents.models import Document, Version
from throughline.core.recording import RecordingView
from throughline.core.requests import SignedInRequest


def file(request: SignedInRequest, pk: int, number: int | None = None) -> FileResponse:
    """Send a version of a document, the latest unless told, as a file that no browser runs."""
    document = door.one(request.user, Document, pk)
    versions = reach.visible(request.user, Version).filter(document=document)
    found = (versions.filter(number=number) if number else versions.order_by("-number")).first()
    if found is None:
        raise door.NotFound
    door.looked(request.user, document.person_id, "a document")
    response = FileResponse(
        found.file.open("rb"),
        content_type=found.media_type,
        as_attachment=not found.type.shown,
        # Its own number, not its name: the name may be a child's, and addresses and logs hold none.
        filename=f"document-{document.pk}-{found.number}.{found.type.extension}",
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response


def all_of(request: SignedInRequest, pk: int) -> HttpResponse:
    """List a person's documents, with the Three Houses first."""
    person = door.person(request.user, pk, page="the documents")
    houses = queries.houses(request.user, pk)
    return render(
        request,
        "documents/all.html",
        {
            "person": person,
            "houses": houses,
            "drawn": any(house.documents for house in houses),
            "others": queries.of_person(request.user, pk).filter(house=""),
            "may_record": _may_record(request, pk),
        },
    )


def about(request: SignedInRequest, pk: int) -> HttpResponse:
    """Tell of one document: what it shows, its versions."""
    document = door.one(request.user, Document, pk)
    person = door.person(request.user, document.person_id, page="a document")
    document = queries.of_person(request.user, document.person_id).get(pk=pk)
    versions = sorted(document.versions.all(), key=lambda one: -one.number)
    return render(
        request,
        "documents/about.html",
        {
            "person": person,
            "document": document,
            "latest": versions[0],
            "versions": versions,
            "may_record": _may_record(request, document.person_id),
        },
    )


def _may_record(request: SignedInRequest, person_id: int) -> bool:
    return reach.people(request.user, Action.RECORD).filter(pk=person_id).exists()


class Keep(RecordingView):
    """Add a document."""

    form_class = KeepForm
    title = "Add a document, drawing or photograph"
    draft_kind = "document"

    def reach(self) -> None:
        """Fetch the person, for recording."""
        self.person = door.person(self.request.user, self.kwargs["pk"], Action.RECORD, page="a form to add a document")

    def context(self) -> dict[str, Any]:
        """Add the person."""
        return {"person": self.person}

    def act(self, form: KeepForm) -> str:
        """Keep it."""
        made = actions.keep(by=self.request.user, person=self.person, **form.cleaned_data)
        return reverse("documents:about", args=[made.pk])


class _OfDocument(RecordingView):
    def reach(self) -> None:
        """Fetch the document and whose it is, for recording."""
        self.document = door.one(self.request.user, Document, self.kwargs["pk"])
        self.person = door.person(
            self.request.user, self.document.person_id, Action.RECORD, page="a form about a document"
        )

    def context(self) -> dict[str, Any]:
        """Add the person."""
        return {"person": self.person}

    def back(self) -> str:
        """Return to the document."""
        return reverse("documents:about", args=[self.document.pk])


class AddVersion(_OfDocument):
    """Add a newer version."""

    form_class = VersionForm
    title = "Add a newer version"
    success = "The newer version is here. The earlier one is kept."

    def act(self, form: VersionForm) -> str:
        """Add it."""
        actions.add_version(by=self.request.user, document=self.document, **form.cleaned_data)
        return self.back()


class Describe(_OfDocument):
    """Change how a document is described."""

    form_class = DescribeForm
    title = "Describe it"
    draft_kind = "describe_document"

    def initial(self) -> dict[str, Any]:
        """Begin with what is written now."""
        one = self.document
        return {"title": one.title, "description": one.description, "house": one.house}

    def act(self, form: DescribeForm) -> str:
        """Save it."""
        actions.describe(by=self.request.user, document=self.document, **form.cleaned_data)
        return self.back()
