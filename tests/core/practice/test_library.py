"""An authority changes its practice models without code, and a record keeps the one it was begun with."""

from pathlib import Path

import pytest
from django.db import Error, transaction

from throughline.core.authority import ConfigurationError
from throughline.core.practice import keeping, library
from throughline.core.practice.models import KeptModel

SHIPPED = (library.SHIPPED / "proportionate.toml").read_text(encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path, settings: object) -> Path:
    settings.AUTHORITY = tmp_path  # type: ignore[attr-defined]
    made = tmp_path / "practice"
    made.mkdir()
    return made


def test_without_a_folder_of_its_own_the_shipped_models_are_there(tmp_path: Path, settings: object) -> None:
    settings.AUTHORITY = tmp_path  # type: ignore[attr-defined]

    assert set(library.every()) == {"understanding-families", "proportionate"}


def test_an_authority_adds_a_model_by_putting_a_file_there(folder: Path) -> None:
    (folder / "short-breaks.toml").write_text(SHIPPED.replace('"proportionate"', '"short-breaks"'), encoding="utf-8")

    assert set(library.every()) == {"understanding-families", "proportionate", "short-breaks"}


def test_a_file_with_a_shipped_code_takes_its_place(folder: Path) -> None:
    (folder / "ours.toml").write_text(SHIPPED.replace("Why we are doing this work", "What brings us here"))

    assert library.current("proportionate").section("reason").title == "What brings us here"


def test_a_changed_file_is_read_anew(folder: Path) -> None:
    path = folder / "ours.toml"
    path.write_text(SHIPPED)
    library.every()
    path.write_text(SHIPPED.replace('version = "1"', 'version = "2"'))
    # Files written within one tick of the clock look alike; an editor is slower than a test.
    import os

    os.utime(path, ns=(1, 1))

    assert library.current("proportionate").version == "2"


def test_a_faulty_file_is_refused_by_its_name(folder: Path) -> None:
    (folder / "ours.toml").write_text('code = "ours')

    with pytest.raises(ConfigurationError, match=r"ours\.toml cannot be read"):
        library.every()


def test_two_files_with_one_code_are_refused(folder: Path) -> None:
    for name in ("one.toml", "two.toml"):
        (folder / name).write_text(SHIPPED)

    with pytest.raises(ConfigurationError, match=r"both have the code proportionate"):
        library.every()


@pytest.mark.django_db
def test_a_kept_model_reads_as_it_did_when_the_file_has_changed(folder: Path) -> None:
    before = library.current("proportionate")
    kept = keeping.keep(before)
    (folder / "ours.toml").write_text(SHIPPED.replace("Analysis", "What we make of it"))

    assert keeping.read(KeptModel.objects.get(pk=kept.pk)) == before
    now = keeping.newer(kept)
    assert now is not None
    assert now.section("analysis").title == "What we make of it"


@pytest.mark.django_db
def test_a_wording_that_did_not_change_is_kept_once_and_has_nothing_newer() -> None:
    kept = keeping.keep(library.current("proportionate"))

    assert keeping.keep(library.current("proportionate")) == kept
    assert keeping.newer(kept) is None


@pytest.mark.django_db
def test_a_kept_wording_cannot_be_changed() -> None:
    kept = keeping.keep(library.current("proportionate"))

    with pytest.raises(Error), transaction.atomic():
        KeptModel.objects.filter(pk=kept.pk).update(title="Another")
