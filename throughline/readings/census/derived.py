"""What workers recorded in other rooms, as the rows that a return asks for. Nothing here is saved."""

from throughline.readings.census.holdings import Holdings
from throughline.readings.sight import Sight


def derive(sight: Sight, holdings: Holdings) -> None:
    """Add to the holdings what no row of in_need, protection or court says and another room does."""
