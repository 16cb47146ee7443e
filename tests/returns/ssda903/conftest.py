"""Where the published sample of the return is."""

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def published(shared: Path) -> Path:
    """The folder of the published sample return."""
    return shared / "ssda903"


@pytest.fixture(scope="session")
def sample(published: Path) -> list[Path]:
    """The CSV files of the sample return, without the deliberate errors."""
    return sorted(one for one in published.glob("*.csv") if "errors" not in one.name)
