"""Writing the document: the page, and each heading's save."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from throughline.core.access import door
from throughline.core.access.roles import Action
from throughline.core.errors import EditConflict, Refused
from throughline.core.practice import keeping
from throughline.core.requests import SignedInRequest
from throughline.record.assessment import actions, pages, queries
from throughline.record.assessment.forms import SectionForm
from throughline.record.assessment.models import Answer, Quotation
from throughline.record.assessment.views.shared import AssessmentView, frame, opened
from throughline.record.journey.models import Entry
from throughline.record.people.models import Person


def write(request: SignedInRequest, pk: int) -> HttpResponse:
    """The document as it is being written; who may only read it is led to the reading page."""
    assessment, children = opened(request, pk, "an assessment, to write in")
    context = frame(request, assessment, children)
    if not assessment.open or not context["may_record"]:
        return HttpResponseRedirect(reverse("assessment:read", args=[pk]))
    whole = queries.whole(request.user, assessment, children)
    context |= {
        "whole": whole,
        "chapters": pages.chapters(whole),
        "earlier": pages.earlier(whole),
        "newer": keeping.newer(assessment.practice),
        "today": timezone.localdate(),
        "section_47": whole.contents.answered("section_47") == "yes",
        "conference": whole.contents.answered("conference") == "yes",
        "returned": next((one for one in reversed(whole.signings)), None),
    }
    return render(request, "assessment/write.html", context)


class WriteSection(AssessmentView):
    """One heading by itself: what a phone opens, what works without script, and where both versions meet."""

    form_class = SectionForm
    draft_kind = "assessment-section"
    page = "one heading of an assessment"
    success = "Saved."

    def reach(self) -> None:
        """Fetch the heading and what stands under it."""
        super().reach()
        self.person = self._person(self.kwargs["person"])
        whole = queries.whole(self.request.user, self.assessment, self.children)
        if not whole.model.has(self.kwargs["section"]):
            raise door.NotFound
        self.place = pages.place(whole, whole.model.section(self.kwargs["section"]), self.person)
        if not self.place.writable or (self.place.section.per == "family") != (self.person is None):
            raise door.NotFound
        self.title = self.place.title

    def _person(self, pk: int) -> Person | None:
        if pk == 0:
            return None
        found: Person = door.person(self.request.user, pk)
        return found

    def form_kwargs(self) -> dict[str, Any]:
        """Tell the form its heading."""
        return {"place": self.place}

    def initial(self) -> dict[str, Any]:
        """Begin with what stands there."""
        return SectionForm(place=self.place).begin_with()

    def context(self) -> dict[str, Any]:
        """Add the heading with its prompts."""
        return {**super().context(), "place": self.place}

    def draft_title(self) -> str:
        """Name the draft without a child's name."""
        return f"Assessment: {self.place.section.code.replace('_', ' ')}"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save; a script that saves as one types is answered in JSON."""
        if request.headers.get("X-Requested-With") != "fetch":
            return super().post(request, *args, **kwargs)
        form = SectionForm(request.POST, initial=self.initial(), **self.form_kwargs())
        if not form.is_valid():
            first = next(iter(form.errors.values()))[0]
            return JsonResponse({"message": str(first)}, status=422)
        try:
            saved = self._save(form)
        except Refused as refused:
            return JsonResponse({"message": str(refused)}, status=422)
        except EditConflict:
            return JsonResponse({"message": "Someone else saved this while you were writing."}, status=409)
        at = timezone.localtime(saved.written_at).strftime("%H:%M")
        return JsonResponse({"saved": at, "version": saved.version})

    def act(self, form: Any) -> str:
        """Save the words and go back to where they stand."""
        self._save(form)
        return f"{reverse('assessment:write', args=[self.assessment.pk])}#{self.place.anchor}"

    def _save(self, form: SectionForm) -> Answer:
        return actions.write_section(
            by=self.request.user,
            assessment=self.assessment,
            section=self.place.section.code,
            person=self.person,
            version=form.cleaned_data["version"],
            words=form.words(),
            rows=form.rows(),
        )


def quote(request: SignedInRequest, pk: int, section: str, person: int) -> HttpResponse:
    """Earlier words, each a click away from being quoted under a heading with its source."""
    assessment, children = opened(request, pk, "earlier words to quote", Action.RECORD)
    whole = queries.whole(request.user, assessment, children)
    whose = _someone(request, person)
    if not whole.model.has(section):
        raise door.NotFound
    place = pages.place(whole, whole.model.section(section), whose)
    context = frame(request, assessment, children) | {"place": place, "text": request.GET.get("q", "").strip()}
    back = f"{reverse('assessment:write', args=[pk])}#{place.anchor}"
    if request.method == "POST":
        try:
            _quote(request, assessment, section, whose)
        except Refused as refused:
            context["refused"] = refused.messages
        else:
            return HttpResponseRedirect(back)
    only = place.section.kind == "voice"
    # A parent's section quotes what the family shares.
    about = whose if whose in children else None
    context["sources"] = queries.sources(request.user, assessment, about, said_only=only, text=context["text"])
    context["back"] = back
    return render(request, "assessment/quote.html", context, status=422 if "refused" in context else 200)


def _someone(request: SignedInRequest, pk: int) -> Person | None:
    if pk == 0:
        return None
    found: Person = door.person(request.user, pk)
    return found


def _quote(request: SignedInRequest, assessment: Any, section: str, person: Person | None) -> None:
    posted = request.POST
    entry, whose = _number(posted.get("entry")), _number(posted.get("whose"))
    if posted.get("which") not in ("words", "part", "said"):
        raise Refused("Choose the words to quote from the list.")
    actions.quote(
        by=request.user,
        assessment=assessment,
        section=section,
        entry=door.one(request.user, Entry, entry),
        which=posted["which"],
        words=posted.get("words", ""),
        person=person,
        whose=_someone(request, whose),
    )


def _number(text: str | None) -> int:
    return int(text) if text and text.isdigit() and len(text) < 19 else 0


@require_POST
def unquote(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a quotation out."""
    quotation = door.one(request.user, Quotation, pk)
    actions.unquote(by=request.user, quotation=quotation)
    anchor = f"{quotation.section}-{quotation.person_id}" if quotation.person_id else quotation.section
    return HttpResponseRedirect(f"{reverse('assessment:write', args=[quotation.assessment_id])}#{anchor}")


@require_POST
def move(request: SignedInRequest, pk: int) -> HttpResponse:
    """Move the record to the wording of its template that is in use now."""
    assessment, _ = opened(request, pk, "an assessment, to move it to a newer template", Action.RECORD)
    actions.move_to(by=request.user, assessment=assessment)
    return HttpResponseRedirect(reverse("assessment:write", args=[pk]))
