"""The rules of 2022/23, from which every later year inherits."""

WITHDRAWN: tuple[str, ...] = ()
