"""Addresses of this room."""

from django.urls import path

from throughline.record.people.views import details, finding

app_name = "people"
urlpatterns = [
    path("find/", finding.find, name="find"),
    path("people/new/", finding.Create.as_view(), name="create"),
    path("child/<int:pk>/details/", details.details, name="details"),
    path("child/<int:pk>/details/change/", details.Change.as_view(), name="change"),
    path("child/<int:pk>/details/disabilities/", details.Disabilities.as_view(), name="disabilities"),
    path("child/<int:pk>/details/add/<slug:part>/", details.Add.as_view(), name="add"),
    path("child/<int:pk>/details/<slug:part>/<int:row>/end/", details.End.as_view(), name="end"),
    path("child/<int:pk>/details/name/<int:row>/show/", details.show_name, name="show_name"),
    path("child/<int:pk>/details/address/<int:row>/", details.address, name="address"),
]
