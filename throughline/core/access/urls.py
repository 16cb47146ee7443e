"""Addresses of this room."""

from django.urls import path

from throughline.core.access import views

app_name = "access"
urlpatterns = [
    path("child/<int:pk>/allocate/", views.Allocate.as_view(), name="allocate"),
    path("allocate/", views.to_allocate, name="to_allocate"),
    path("allocation/<int:pk>/end/", views.End.as_view(), name="end_allocation"),
    path("child/<int:pk>/restrict/", views.Restrict.as_view(), name="restrict"),
    path("child/<int:pk>/restrict/change/", views.change_restriction, name="change_restriction"),
    path("open/<int:pk>/", views.OpenWithReason.as_view(), name="open_with_reason"),
    path("opened-with-a-reason/", views.glass, name="glass"),
    path("child/<int:pk>/log/", views.log, name="log"),
]
