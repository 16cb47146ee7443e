"""Addresses of signing in: those of django-allauth that this house uses. Nobody signs themselves up."""

from allauth.account import views as account
from django.urls import path

urlpatterns = [
    path("sign-in/", account.login, name="account_login"),
    path("sign-out/", account.logout, name="account_logout"),
]
