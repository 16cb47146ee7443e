"""Pages for those who prepare returns: bring one in, see what became of it, make one."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from throughline.core.requests import SignedInRequest
from throughline.readings import background, queries
from throughline.readings.census.exporting import export_cin, look_ahead
from throughline.readings.census.importing import begin
from throughline.readings.forms import BringInForm, ExportForm
from throughline.readings.models import State

A_PAGE = 50


@require_http_methods(["GET", "POST"])
def imports(request: SignedInRequest) -> HttpResponse:
    """Show the returns that were brought in, and bring in another."""
    queries.require_reader(request.user)
    form = BringInForm(request.POST, request.FILES) if request.method == "POST" else BringInForm()
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["file"]
        content = given.read()
        run = begin(by=request.user, name=given.name, content=content)
        background.start(run, content)
        return HttpResponseRedirect(reverse("readings:import", args=[run.pk]))
    context = {
        "form": form,
        "export_form": ExportForm(),
        "runs": queries.runs(request.user)[:A_PAGE],
    }
    return render(request, "readings/imports.html", context, status=422 if form.errors else 200)


@require_GET
def one_import(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show how far an import is, what it did, and its remarks."""
    queries.require_reader(request.user)
    run = queries.one_run(request.user, pk)
    context = {"run": run, "busy": run.state in (State.WAITING, State.RUNNING)}
    if request.headers.get("HX-Request") and context["busy"]:
        return render(request, "readings/progress.html", context)
    kind, child = request.GET.get("kind", ""), request.GET.get("child", "").strip()
    found = queries.remarks(request.user, run, kind, child).select_related("person")
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context |= {
        "kinds": queries.kinds(request.user, run),
        "kind": kind,
        "child": child,
        "page": page,
        "filters": urlencode({"kind": kind, "child": child}),
    }
    response = render(request, "readings/import.html", context)
    if request.headers.get("HX-Request"):
        # It has finished since the page was opened: show the whole of it.
        response["HX-Refresh"] = "true"
    return response


@require_GET
def export(request: SignedInRequest) -> HttpResponse:
    """Show what the return of a year would hold and lack, before it is made."""
    queries.require_reader(request.user)
    form = ExportForm(request.GET)
    if not form.is_valid():
        return render(request, "readings/export.html", {"form": form}, status=422)
    year, everything = form.cleaned_data["year"], form.cleaned_data["everything"]
    ahead = look_ahead(by=request.user, year=year, everything=everything)
    return render(request, "readings/export.html", {"form": form, "ahead": ahead, "everything": everything})


@require_POST
def download(request: SignedInRequest) -> HttpResponse:
    """Make the return of a year of the children whom the user may see."""
    queries.require_reader(request.user)
    form = ExportForm(request.POST)
    if not form.is_valid():
        return render(request, "readings/export.html", {"form": form}, status=422)
    year = form.cleaned_data["year"]
    made = export_cin(by=request.user, year=year, everything=form.cleaned_data["everything"])
    response = HttpResponse(made.content, content_type="application/xml")
    response["Content-Disposition"] = f'attachment; filename="cin-{year}.xml"'
    return response
