"""Addresses of this room."""

from django.urls import path

from throughline.core.audit import views

app_name = "audit"
urlpatterns = [path("account-of-acts/", views.account, name="account")]
