"""Addresses of this room."""

from django.urls import path

from throughline.record.journey import views
from throughline.record.journey.views import chronology, entries, page

app_name = "journey"
urlpatterns = [
    path("child/<int:pk>/", page.child, name="child"),
    path("child/<int:pk>/record/", entries.choose, name="record"),
    path("child/<int:pk>/record/<slug:kind>/", entries.Write.as_view(), name="write"),
    path("entry/<int:pk>/", entries.entry, name="entry"),
    path("entry/<int:pk>/revise/", entries.Revise.as_view(), name="revise"),
    path("child/<int:pk>/chronologies/", chronology.all_of, name="chronologies"),
    path("child/<int:pk>/chronologies/new/", chronology.Make.as_view(), name="chronology_make"),
    path("chronology/<int:pk>/", chronology.read, name="chronology"),
    path("chronology/<int:pk>/choose/", chronology.choose, name="chronology_choose"),
    path("chronology/<int:pk>/add/", chronology.AddOwn.as_view(), name="chronology_add"),
    path("chronology/<int:pk>/order/", chronology.order, name="chronology_order"),
    path("chronology/event/<int:pk>/", chronology.WriteItem.as_view(), name="chronology_item"),
    path("chronology/event/<int:pk>/move/", chronology.move, name="chronology_move"),
    path("chronology/event/<int:pk>/take-out/", chronology.take_out, name="chronology_take_out"),
]

__all__ = ["app_name", "urlpatterns", "views"]
