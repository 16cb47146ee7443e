"""Keeping the wording of a practice model with the records that use it."""

from functools import lru_cache

from throughline.core.practice import library
from throughline.core.practice.model import PracticeModel
from throughline.core.practice.models import KeptModel


def keep(model: PracticeModel) -> KeptModel:
    """Return the kept row of this wording, made on first use."""
    made, _ = KeptModel.objects.get_or_create(
        digest=library.digest(model),
        defaults={
            "code": model.code,
            "version": model.version,
            "title": model.title,
            "content": library.as_data(model),
        },
    )
    return made


def read(kept: KeptModel) -> PracticeModel:
    """Return the model as it was when it was kept."""
    # A kept wording never changes, so what was read once may be read again from memory.
    if kept.digest not in _REMEMBERED:
        _REMEMBERED[kept.digest] = library.from_data(kept.content)
    return _REMEMBERED[kept.digest]


_REMEMBERED: dict[str, PracticeModel] = {}


@lru_cache(maxsize=64)
def _same(digest: str, model: PracticeModel) -> bool:
    return library.digest(model) == digest


def newer(kept: KeptModel) -> PracticeModel | None:
    """Return the wording in use now, where it differs from the kept one; None where it is the same or gone."""
    try:
        now = library.current(kept.code)
    except LookupError:
        return None
    return None if _same(kept.digest, now) else now
