"""Addresses of signing in: those of django-allauth that this house uses. Nobody signs themselves up."""

from django.urls import path
from django.views.generic import RedirectView

from throughline.web.sign_in import views

urlpatterns = [
    # Before one is signed in.
    path("sign-in/", views.sign_in, name="account_login"),
    path("sign-in/code/", views.code, name="mfa_authenticate"),
    path("sign-in/not-in-use/", views.not_in_use, name="account_inactive"),
    path("sign-in/with/<str:provider_id>/", views.with_provider, name="openid_connect_login"),
    path("sign-in/with/<str:provider_id>/back/", views.back_from_provider, name="openid_connect_callback"),
    path("sign-in/cancelled/", views.cancelled, name="socialaccount_login_cancelled"),
    path("sign-in/not-possible/", views.not_possible, name="socialaccount_login_error"),
    path("sign-out/", views.sign_out, name="account_logout"),
    # One's own sign-in.
    path("your-sign-in/again/", views.again, name="account_reauthenticate"),
    path("your-sign-in/again/code/", views.code_again, name="mfa_reauthenticate"),
    path("your-sign-in/password/", views.password, name="account_change_password"),
    path("your-sign-in/second-factor/", RedirectView.as_view(pattern_name="web:account"), name="mfa_index"),
    path("your-sign-in/second-factor/add/", views.second_factor_add, name="mfa_activate_totp"),
    path("your-sign-in/second-factor/remove/", views.second_factor_remove, name="mfa_deactivate_totp"),
    path("your-sign-in/recovery-codes/", views.recovery_codes, name="mfa_view_recovery_codes"),
    path("your-sign-in/recovery-codes/new/", views.recovery_codes_new, name="mfa_generate_recovery_codes"),
]
