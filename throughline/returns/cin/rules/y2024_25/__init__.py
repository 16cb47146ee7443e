"""What 2024/25 changed: sex in place of gender, the form of the child id, split factors of abuse."""

WITHDRAWN: tuple[str, ...] = ()
