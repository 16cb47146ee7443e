"""Addresses of this room."""

from django.urls import path

from throughline.core.drafts import views

app_name = "drafts"
urlpatterns = [
    path("drafts/", views.keep, name="keep"),
    path("drafts/throw-away/", views.throw_away, name="throw_away"),
]
