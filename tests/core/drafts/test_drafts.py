"""Drafts are kept, found again, one's own alone, and never brought back once sent."""

import pytest
from django.core.signing import BadSignature

from tests.cast import Cast
from throughline.core import drafts
from throughline.core.drafts import tokens
from throughline.core.errors import Refused

TYPED = {"words": ["We met at school"], "about": ["1", "2"]}


def test_what_was_typed_is_found_again(cast: Cast) -> None:
    drafts.save(cast.social_worker, "entry:pk=1", "A call", "/child/1/record/call/", 1, TYPED)
    found = drafts.load(cast.social_worker, "entry:pk=1")
    assert found is not None
    assert found.data == TYPED
    assert [one.title for one in drafts.mine(cast.social_worker)] == ["A call"]


def test_a_colleague_who_sees_the_same_child_does_not_see_the_draft(cast: Cast) -> None:
    drafts.save(cast.social_worker, "entry:pk=1", "A call", "/x/", cast.ada.pk, TYPED)
    assert drafts.load(cast.team_manager, "entry:pk=1") is None
    assert not drafts.mine(cast.team_manager).exists()


def test_the_newest_typing_stands(cast: Cast) -> None:
    drafts.save(cast.social_worker, "k", "A call", "/x/", None, TYPED)
    drafts.save(cast.social_worker, "k", "A call", "/x/", None, {"words": ["and at home"]})
    found = drafts.load(cast.social_worker, "k")
    assert found is not None
    assert found.data == {"words": ["and at home"]}
    assert drafts.mine(cast.social_worker).count() == 1


def test_a_late_autosave_of_a_page_that_was_sent_does_not_bring_its_draft_back(cast: Cast) -> None:
    drafts.save(cast.social_worker, "k", "A call", "/x/", None, TYPED, page="one")
    drafts.discard(cast.social_worker, "k", page="one")
    assert drafts.save(cast.social_worker, "k", "A call", "/x/", None, TYPED, page="one") is None
    assert drafts.load(cast.social_worker, "k") is None


def test_another_page_may_begin_a_new_draft_of_the_same_form(cast: Cast) -> None:
    drafts.discard(cast.social_worker, "k", page="one")
    assert drafts.save(cast.social_worker, "k", "A call", "/x/", None, TYPED, page="two") is not None
    assert drafts.load(cast.social_worker, "k") is not None


def test_a_hundred_thousand_characters_and_any_script_are_kept(cast: Cast) -> None:
    long = "Żółć 👩‍👧 לילה " * 8_000
    drafts.save(cast.social_worker, "k", "A note", "/x/", None, {"words": [long + "\x00"]})
    found = drafts.load(cast.social_worker, "k")
    assert found is not None
    assert found.data["words"] == [long]


def test_more_than_anyone_types_is_refused_with_what_to_do(cast: Cast) -> None:
    with pytest.raises(Refused, match="attach it as a document"):
        drafts.save(cast.social_worker, "k", "A note", "/x/", None, {"words": ["x" * 2_000_001]})


def test_a_token_is_good_for_its_own_user_alone(cast: Cast) -> None:
    token = tokens.make(cast.social_worker, tokens.Place("k", "A note", "/x/", None))
    assert tokens.read(cast.social_worker, token).key == "k"
    with pytest.raises(BadSignature):
        tokens.read(cast.other_worker, token)
    with pytest.raises(BadSignature):
        tokens.read(cast.social_worker, token[:-1] + ("a" if token[-1] != "a" else "b"))
