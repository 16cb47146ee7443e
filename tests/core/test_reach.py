"""Who reaches whom."""

from tests.cast import Cast
from throughline.core.access import reach


def test_a_social_worker_reaches_their_children_and_family_and_no_one_else(cast: Cast) -> None:
    assert set(reach.people(cast.social_worker)) == {cast.ada, cast.ben, cast.unborn, cast.mother}


def test_an_outsider_reaches_nobody(cast: Cast) -> None:
    for nobody in (cast.outsider, cast.partner, cast.parent, cast.young_person, cast.administrator):
        assert not reach.people(nobody).exists()
