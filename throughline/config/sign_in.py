"""Sign-in by django-allauth."""
