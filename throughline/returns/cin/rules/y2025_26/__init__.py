"""2025/26 changed no rule."""

WITHDRAWN: tuple[str, ...] = ()
