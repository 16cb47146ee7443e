"""Addresses of visits."""

from django.urls import path

from throughline.record.visits import views

app_name = "visits"
urlpatterns = [
    path("child/<int:pk>/visit/", views.Record.as_view(), name="record"),
    path("child/<int:pk>/unseen/", views.Answer.as_view(), name="answer"),
    path("visit/<int:pk>/", views.read, name="read"),
]
