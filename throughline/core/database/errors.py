"""What can be wrong with the database before any record is read."""

from django.db.utils import OperationalError


class DatabaseUnavailable(OperationalError):
    """The database is lost, locked or too old; the text says which, and what to do."""
