"""What 2023/24 changed."""

WITHDRAWN: tuple[str, ...] = ()
