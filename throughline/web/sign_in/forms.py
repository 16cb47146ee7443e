"""The forms of sign-in, with labels that people read."""

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as CodeAgainForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms


def _plain(form: forms.Form, labels: dict[str, str], required: dict[str, str]) -> None:
    for name, label in labels.items():
        field = form.fields[name]
        field.label = label
        field.help_text = ""
        field.widget.attrs.pop("placeholder", None)
        field.error_messages["required"] = required.get(name, "Write it here.")


class SignIn(LoginForm):  # type: ignore[misc]
    """Name and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Word the fields."""
        super().__init__(*args, **kwargs)
        _plain(
            self,
            {"login": "Your name here, or your email address", "password": "Password"},
            {"login": "Write your name here, or your email address.", "password": "Write your password."},
        )
        self.fields["login"].widget.attrs |= {
            "autocomplete": "username",
            "autocapitalize": "none",
            "spellcheck": "false",
        }
        # A name of this length belongs to nobody, and must not be hashed.
        self.fields["login"].max_length = 200

    def clean_login(self) -> str:
        """Return the name without what is around it, and without what no database holds."""
        return str(self.cleaned_data["login"]).replace("\x00", "").strip()[:200]


class Again(ReauthenticateForm):  # type: ignore[misc]
    """The password once more, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Word the field."""
        super().__init__(*args, **kwargs)
        _plain(self, {"password": "Password"}, {"password": "Write your password."})


class ChangePassword(ChangePasswordForm):  # type: ignore[misc]
    """A new password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Word the fields."""
        super().__init__(*args, **kwargs)
        _plain(
            self,
            {
                "oldpassword": "Your password now",
                "password1": "The new password",
                "password2": "The new password once more",
            },
            {},
        )
        self.fields["password1"].help_text = "At least 12 characters. Three words that you will remember do well."


class Code(AuthenticateForm):  # type: ignore[misc]
    """The second factor."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Word the field."""
        super().__init__(*args, **kwargs)
        _plain(self, {"code": "Code"}, {"code": "Type the code that your telephone shows."})
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "autocomplete": "one-time-code"}


class CodeAgain(CodeAgainForm):  # type: ignore[misc]
    """The second factor once more, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Word the field."""
        super().__init__(*args, **kwargs)
        _plain(self, {"code": "Code"}, {"code": "Type the code that your telephone shows."})
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "autocomplete": "one-time-code"}


class AddSecondFactor(ActivateTOTPForm):  # type: ignore[misc]
    """The first code of a new second factor."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Word the field."""
        super().__init__(*args, **kwargs)
        _plain(self, {"code": "The code that your telephone shows now"}, {"code": "Type the code that it shows."})
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "autocomplete": "one-time-code"}
