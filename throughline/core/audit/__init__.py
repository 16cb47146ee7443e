"""The append-only account of each act and view. Import from ``core.audit.account`` and ``core.audit.sentences``."""
