"""Who may see and do what. Every read of a child goes through here.

Use ``core.access.door`` in views and actions, ``core.access.reach`` for querysets.
"""
