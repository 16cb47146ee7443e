"""Signing in: what this house asks of django-allauth."""
