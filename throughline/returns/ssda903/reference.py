"""Facts from outside the return that some rules need: postcodes, the provider list, who reports."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from throughline.returns.common.errors import UnreadableReturn
from throughline.returns.ssda903.typed import dates

POSTCODES = ("postcode", "la_code", "easting", "northing")
PROVIDERS = ("urn", "place_codes", "provider_codes", "closed", "postcode", "la_code")


@dataclass(frozen=True)
class Reference:
    """What was given; a part that was not given is None.

    ``postcodes``: ``postcode`` (capitals, no spaces), ``la_code`` (national statistics code; SCO,
    NIR, WAL outside England), ``easting`` and ``northing`` (metres). ``providers``: ``urn``,
    ``place_codes``, ``provider_codes`` and ``la_code`` (lists), ``closed`` (date), ``postcode``.
    ``authority``: the national statistics code of the authority that reports.
    """

    postcodes: pl.DataFrame | None = None
    providers: pl.DataFrame | None = None
    authority: str | None = None


def read_reference(folder: Path | str | None) -> Reference:
    """Read ``postcodes.csv``, ``providers.csv`` and ``authority.json``, those that are there.

    Raises ``UnreadableReturn`` where the folder or a file in it cannot be used.
    """
    if folder is None:
        return Reference()
    folder = Path(folder)
    if not folder.is_dir():
        raise UnreadableReturn(
            f"The reference folder {folder} does not exist. Give a folder that holds postcodes.csv, providers.csv "
            "and authority.json, or any of them."
        )
    return Reference(
        _postcodes(folder / "postcodes.csv"),
        _providers(folder / "providers.csv"),
        _authority(folder / "authority.json"),
    )


def tidy_postcode(text: pl.Expr) -> pl.Expr:
    """A postcode in capitals without spaces."""
    return text.str.to_uppercase().str.replace_all(" ", "", literal=True)


def _csv(path: Path, wanted: tuple[str, ...]) -> pl.DataFrame | None:
    if not path.exists():
        return None
    try:
        frame = pl.read_csv(path, infer_schema=False)
    except (pl.exceptions.PolarsError, OSError) as problem:
        raise UnreadableReturn(
            f"The reference file {path.name} cannot be read as CSV. Save it as CSV in UTF-8 with its column names."
        ) from problem
    frame = frame.rename({name: name.strip().lower() for name in frame.columns})
    absent = [name for name in wanted if name not in frame.columns]
    if absent:
        raise UnreadableReturn(
            f"The reference file {path.name} has no column {', '.join(absent)}. It needs {', '.join(wanted)}."
        )
    return frame.select(pl.col(wanted).str.strip_chars().replace("", None))


def _postcodes(path: Path) -> pl.DataFrame | None:
    frame = _csv(path, POSTCODES)
    if frame is None:
        return None
    metres = pl.col("easting", "northing").cast(pl.Float64, strict=False)
    return frame.with_columns(tidy_postcode(pl.col("postcode")), metres).unique("postcode", keep="first")


def _providers(path: Path) -> pl.DataFrame | None:
    frame = _csv(path, PROVIDERS)
    return None if frame is None else provider_table(frame)


def provider_table(frame: pl.DataFrame) -> pl.DataFrame:
    """Typed providers of text columns, one row for each URN.

    A provider with premises in several authorities has them separated by commas, or a row for each.
    """
    typed = frame.with_columns(
        pl.col("urn").str.to_uppercase(),
        pl.col("place_codes", "provider_codes").str.to_uppercase().str.replace_all(r"\s", "").str.split(","),
        pl.col("la_code").str.replace_all(r"\s", "").str.split(","),
        tidy_postcode(pl.col("postcode")),
        dates(frame.get_column("closed")),
    )
    every = typed.group_by("urn", maintain_order=True).agg(pl.all().first(), pl.col("la_code").explode().alias("all"))
    return every.with_columns(pl.col("all").list.unique().alias("la_code")).drop("all")


def _authority(path: Path) -> str | None:
    if not path.exists():
        return None
    try:
        code = json.loads(path.read_text(encoding="utf-8-sig"))["local_authority"]
    except (ValueError, KeyError, TypeError, OSError) as problem:
        raise UnreadableReturn(
            'The reference file authority.json does not say which authority reports. Write {"local_authority": '
            '"E08000025"} in it, with your own code.'
        ) from problem
    if not isinstance(code, str) or not re.fullmatch(r"E(06|07|08|09|10)\d{6}", code.strip().upper()):
        raise UnreadableReturn(
            f"“{code}” in authority.json is not the code of an English authority. Use the nine-character national "
            "statistics code, such as E08000025."
        )
    return code.strip().upper()
