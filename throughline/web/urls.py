"""Addresses of the shell: home, health, sign-in.

The names of sign-in are django-allauth's and stand without a namespace; the rest are ``web:``.
"""

from django.urls import include, path

from throughline.web import views
from throughline.web.home import views as home

_own = [
    path("", home.home, name="home"),
    path("your-sign-in/", views.account, name="account"),
    path("back/", views.back, name="back"),
    path("healthz", views.healthz, name="healthz"),
]

urlpatterns = [
    path("", include((_own, "web"))),
    path("", include("throughline.web.sign_in.urls")),
]
