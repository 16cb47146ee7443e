"""Addresses of the shell: home, health."""

from django.urls import URLPattern

app_name = "web"
urlpatterns: list[URLPattern] = []
