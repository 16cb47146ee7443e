"""Sign-in by django-allauth: password with a second factor, or the authority's identity provider (OpenID Connect).

Environment: ``THROUGHLINE_SECOND_FACTOR`` (required, or optional); ``THROUGHLINE_OIDC_SERVER``,
``THROUGHLINE_OIDC_CLIENT_ID``, ``THROUGHLINE_OIDC_CLIENT_SECRET``, ``THROUGHLINE_OIDC_NAME``, and
``THROUGHLINE_OIDC_EMAIL_IS_VERIFIED=1`` for a provider that vouches for every address without saying so;
``THROUGHLINE_PROXIES``, how many proxies of your own stand in front. Read into the settings as a whole.
"""

import os

from throughline.config.environment import choice

# An installation that holds real children's records asks everyone for a second factor.
SECOND_FACTOR = choice("THROUGHLINE_SECOND_FACTOR", ("required", "optional"), "optional")

ACCOUNT_ADAPTER = "throughline.web.sign_in.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_FORMS = {
    "login": "throughline.web.sign_in.forms.SignIn",
    "reauthenticate": "throughline.web.sign_in.forms.Again",
    "change_password": "throughline.web.sign_in.forms.ChangePassword",
}
ACCOUNT_LOGOUT_REDIRECT_URL = "/sign-in/"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
# The sign-in ends with the browser: the next person at a shared desk begins anew.
ACCOUNT_SESSION_REMEMBER = False
# Five wrong passwords for a name, and it waits a quarter of an hour. By address only against floods: a whole
# authority may come from one.
ACCOUNT_RATE_LIMITS = {"login": "600/m/ip", "login_failed": "200/5m/ip,5/15m/key", "reauthenticate": "10/m/user"}
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("THROUGHLINE_PROXIES", "0"))

MFA_ADAPTER = "throughline.web.sign_in.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Throughline"
# A telephone's clock may be half a minute out.
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_FORMS = {
    "authenticate": "throughline.web.sign_in.forms.Code",
    "reauthenticate": "throughline.web.sign_in.forms.CodeAgain",
    "activate_totp": "throughline.web.sign_in.forms.AddSecondFactor",
}

SOCIALACCOUNT_ADAPTER = "throughline.web.sign_in.adapters.IdentityAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
# A link and not a form: the content policy lets no form lead to another site.
SOCIALACCOUNT_LOGIN_ON_GET = True
OIDC_EMAIL_IS_VERIFIED = os.environ.get("THROUGHLINE_OIDC_EMAIL_IS_VERIFIED") == "1"
SOCIALACCOUNT_PROVIDERS = (
    {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": "authority",
                    "name": os.environ.get("THROUGHLINE_OIDC_NAME", "your authority's account"),
                    "client_id": os.environ.get("THROUGHLINE_OIDC_CLIENT_ID", ""),
                    "secret": os.environ.get("THROUGHLINE_OIDC_CLIENT_SECRET", ""),
                    "settings": {"server_url": os.environ["THROUGHLINE_OIDC_SERVER"]},
                }
            ],
        }
    }
    if os.environ.get("THROUGHLINE_OIDC_SERVER")
    else {}
)

# Counts of wrong attempts are shared by every worker process: see web.models.Cached.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "web_cached",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

CSRF_FAILURE_VIEW = "throughline.web.errors.form_not_accepted"
