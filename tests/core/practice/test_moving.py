"""Moving a record to another wording of its template loses no words."""

from hypothesis import given
from hypothesis import strategies as st

from throughline.core.practice import moving
from throughline.core.practice.model import Column, Part, PracticeModel, Section


def model(*sections: Section) -> PracticeModel:
    return PracticeModel("m", "1", "M", "", "a test", (Part("p", "P"),), sections)


def words(code: str, **more: object) -> Section:
    return Section(code, "p", code, "words", **more)  # type: ignore[arg-type]


def test_a_section_that_kept_its_code_keeps_its_words() -> None:
    moved = moving.plan(model(words("a")), model(words("a"), words("b")), [("a", None)])

    assert moved.to == {("a", None): "a"}
    assert moved.left == ()


def test_a_section_with_a_new_code_is_found_by_what_it_was() -> None:
    moved = moving.plan(model(words("a")), model(words("b", was=("a",))), [("a", None)])

    assert moved.to == {("a", None): "b"}


def test_of_two_sections_made_one_the_second_stays_beside_it() -> None:
    old, new = model(words("a"), words("b")), model(words("c", was=("a", "b")))
    moved = moving.plan(old, new, [("a", None), ("b", None)])

    assert moved.to == {("a", None): "c"}
    assert moved.left == (("b", None),)


def test_the_familys_words_do_not_become_one_childs() -> None:
    moved = moving.plan(model(words("a")), model(words("a", per="child")), [("a", None)])

    assert moved.left == (("a", None),)


def test_a_table_that_lost_a_column_does_not_take_the_rows() -> None:
    one, two = Column("who", "Who"), Column("when", "When")
    old = model(Section("a", "p", "A", "table", columns=(one, two)))
    new = model(Section("a", "p", "A", "table", columns=(one,)))

    assert moving.plan(old, new, [("a", None)]).left == (("a", None),)


CODES = st.sampled_from("abcdef")
SECTIONS = st.lists(
    st.builds(
        lambda code, per, was: words(code, per=per, was=tuple(was)),
        CODES,
        st.sampled_from(["family", "child"]),
        st.lists(CODES, max_size=2),
    ),
    unique_by=lambda section: section.code,
    max_size=6,
)


@given(SECTIONS, SECTIONS, st.sets(st.tuples(CODES, st.sampled_from([None, 1, 2])), max_size=8))
def test_every_place_goes_somewhere_and_no_two_go_to_one(
    old: list[Section], new: list[Section], held: set[tuple[str, int | None]]
) -> None:
    moved = moving.plan(model(*old), model(*new), held)

    assert set(moved.to) | set(moved.left) == held
    assert not set(moved.to) & set(moved.left)
    targets = [(code, person) for (_, person), code in moved.to.items()]
    assert len(targets) == len(set(targets))
