"""Numbers that pass their own checks and belong to nobody."""

from random import Random

_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


def nhs_number(random: Random, key: int) -> str:
    """Return a number of the range kept for testing (999...), with its modulus 11 check digit, unique by ``key``."""
    for attempt in range(100):
        body = f"999{(key * 7 + attempt * 1_000_003) % 1_000_000:06d}"
        check = 11 - sum(int(digit) * weight for digit, weight in zip(body, range(10, 1, -1), strict=True)) % 11
        if check != 10:
            return body + str(0 if check == 11 else check)
    raise AssertionError("one in eleven is refused; a hundred in a row cannot be")


def upn(random: Random, key: int) -> str:
    """Return a unique pupil number of authority 201 with its check letter, unique by ``key``.

    The letter is the remainder by 23 of the sum of each digit times its place (2 to 13), in the alphabet
    without I, O and S.
    """
    digits = f"201{random.randrange(1000, 9999)}{key % 100_000:05d}"
    total = sum(int(digit) * place for place, digit in enumerate(digits, start=2))
    return _LETTERS[total % 23] + digits
