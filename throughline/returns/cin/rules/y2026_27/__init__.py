"""What 2026/27 changed: the pre-proceedings and family group decision-making block."""

WITHDRAWN: tuple[str, ...] = ()
