"""Every address of the site: each room's are in its own urls.py, whole paths with no prefix."""

from django.urls import URLPattern, URLResolver, include, path

_ROOMS = [
    "web",
    "core.access",
    "core.audit",
    "core.clocks",
    "core.documents",
    "core.drafts",
    "record.people",
    "record.families",
    "record.journey",
    "record.front_door",
    "record.assessment",
    "record.plans",
    "record.visits",
    "readings",
]

urlpatterns: list[URLPattern | URLResolver] = [path("", include(f"throughline.{room}.urls")) for room in _ROOMS]
