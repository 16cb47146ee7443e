"""The request that views get: someone is signed in, because web.middleware.SignedIn lets nobody else through."""

from django.http import HttpRequest

from throughline.core.access.models import User


class SignedInRequest(HttpRequest):
    """A request whose user is one of ours."""

    user: User
