"""A practice model is read from TOML, or refused with what to mend."""

import contextlib
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.core.authority import ConfigurationError
from throughline.core.practice import library
from throughline.core.practice.model import PracticeModel
from throughline.core.practice.reading import model_from

SHORT = """
code = "short"
version = "1"
title = "A short one"
source = "made for this test"
[[part]]
code = "only"
title = "All of it"
[[section]]
code = "what"
part = "only"
title = "What happened"
kind = "words"
"""


def read(text: str) -> object:
    return model_from(tomllib.loads(text), "short.toml")


def refusal(text: str) -> str:
    with pytest.raises(ConfigurationError) as refused:
        read(text)
    return str(refused.value)


def test_a_small_model_is_read() -> None:
    made = model_from(tomllib.loads(SHORT), "short.toml")

    assert made.title == "A short one"
    assert [section.code for section in made.of_part("only")] == ["what"]
    assert made.section("what").per == "family"


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (SHORT.replace('version = "1"', ""), "version is missing"),
        (SHORT.replace('kind = "words"', 'kind = "wrods"'), "kind is 'wrods'; choose from words, table"),
        (SHORT.replace('part = "only"', 'part = "gone"'), "belongs to part 'gone', which is not there"),
        (SHORT + "essentail = true", "essentail is not a setting of a section"),
        (SHORT + 'essential = "yes"', "essential is true or false, without quotation marks"),
        (SHORT + 'prompts = "one"', "prompts must be a list of texts: prompts = […]"),
        (SHORT.replace('kind = "words"', 'kind = "table"'), "a table needs columns"),
        (SHORT.replace('kind = "words"', 'kind = "voice"'), "a voice is one child's"),
        (SHORT + 'relevant = [{ answer = "nowhere", is = "yes" }]', "depends on section 'nowhere'"),
        (SHORT + 'relevant = [{ colour = "red" }]', "a condition cannot ask colour"),
        (SHORT + 'relevant = [{ person = "unborn" }]', "cannot depend on one person's age or birth"),
        (SHORT + "[sign_off]\nneeds = ['stamp']", "sign_off needs stamp, which is not known"),
        (SHORT + SHORT[SHORT.index("[[section]]") :], "section what is there twice"),
        (SHORT.replace("[[section]]", "[[sections]]"), "there are no sections"),
    ],
)
def test_a_faulty_model_is_refused_with_the_file_and_what_to_mend(wrong: str, told: str) -> None:
    message = refusal(wrong)

    assert message.startswith("short.toml cannot be used as a practice model: ")
    assert told in message


def test_every_fault_of_a_file_is_told_at_once() -> None:
    message = refusal(SHORT.replace('version = "1"', "").replace('kind = "words"', 'kind = "wrods"'))

    assert "version is missing" in message
    assert "wrods" in message


JSON_LIKE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
KEYS = st.sampled_from(
    ["code", "part", "title", "kind", "per", "prompts", "relevant", "columns", "choices", "was", "reads", "means"]
)


@given(st.dictionaries(KEYS, JSON_LIKE, max_size=8))
def test_whatever_stands_in_a_section_it_is_read_or_refused_in_words(section: dict[str, object]) -> None:
    raw = {**tomllib.loads(SHORT), "section": [section]}

    # Anything but a model or this refusal, with its file, fails the test.
    with contextlib.suppress(ConfigurationError):
        assert isinstance(model_from(raw, "short.toml"), PracticeModel)


@pytest.mark.parametrize("path", sorted(library.SHIPPED.glob("*.toml")), ids=lambda path: path.stem)
def test_what_is_shipped_is_read_and_kept_without_loss(path: Path) -> None:
    made = model_from(tomllib.loads(path.read_text(encoding="utf-8")), str(path))

    assert library.from_data(library.as_data(made)) == made
    assert made.code == path.stem
    assert all(section.why for section in made.sections), "every heading says why it is there"
