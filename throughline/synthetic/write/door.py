"""The typed rows of contacts, consultations and referrals."""

from throughline.synthetic.write.laying import Ids


def write(ids: Ids) -> None:
    """Write them for the events of each kind."""
