"""What is printed is what was written: every word, as words, in a file that a screen reader can follow."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.printing.pdf_text import strings_of, words_of
from throughline.core.printing import Bullets, Document, Facts, Heading, Quote, Table, Words, pdf, printed, to_pdf
from throughline.core.printing.document import as_data

WORD = st.text("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZéëłšžñçøåö", min_size=3, max_size=12)


def small(*blocks: object) -> Document:
    return Document(
        "A copy",
        list(blocks),
        about="Made for a test",
        made_by="Aldermere Council",
        made_on=date(2026, 3, 3),  # type: ignore[arg-type]
    )


@settings(max_examples=25, deadline=None)
@given(st.lists(WORD, min_size=9, max_size=9, unique=True))
def test_every_word_of_every_kind_of_block_can_be_read_in_the_file(words: list[str]) -> None:
    document = small(
        Heading(words[0]),
        Words(f"{words[1]}\n\n{words[2]}"),
        Quote(words[3], words[4], said=True),
        Facts([(words[5], words[6])]),
        Bullets([words[7]]),
        Table(["When"], [[words[8]]]),
    )
    read = words_of(to_pdf(document))

    assert [word for word in words if word not in read] == []
    assert "A copy" in read
    assert "Aldermere Council, 3 March 2026" in read


@pytest.mark.parametrize(
    "written",
    [
        '#import "x.typ"',
        '#read("/etc/passwd")',
        "*bold* _it_ $x^2$ @ref <label> \\ // note",
        "= Heading",
        "- list",
        "``` raw ```",
    ],
)
def test_what_people_write_is_shown_and_never_obeyed(written: str) -> None:
    read = words_of(to_pdf(small(Words(written))))

    assert "".join(written.split()) in "".join(read.split())


def test_the_file_is_tagged_and_says_that_it_meets_pdf_ua() -> None:
    made = printed("document", as_data(small(Heading("One"), Words("Two"))))

    assert made.standard == "PDF/UA-1"
    assert b"/StructTreeRoot" in made.content
    assert "pdfuaid:part" in strings_of(made.content)
    assert b"/Lang" in made.content


def test_a_table_is_tagged_as_a_table_with_its_heads() -> None:
    made = to_pdf(small(Table(["When", "What"], [["2019", "They moved"]])))

    assert b"/TH" in made
    assert b"/TD" in made


def test_a_letter_without_a_font_does_not_stop_the_print() -> None:
    made = printed("document", as_data(small(Words("before \U000f1234 after"))))

    assert made.standard == ""
    assert "folder fonts" in made.missing
    assert "after" in words_of(made.content)


def test_a_very_long_text_is_printed_to_its_end() -> None:
    read = words_of(to_pdf(small(Words("word " * 20_000 + "thelast"))))

    assert "thelast" in read


def test_a_template_that_is_not_there_is_said_to_be_missing() -> None:
    with pytest.raises(LookupError, match="no printing template called 'nothing'"):
        pdf("nothing", {})


def test_all_the_text_of_a_document_can_be_searched() -> None:
    document = small(Words("one\ntwo"), Quote("three", "four"), Table(["five"], [["six"]], "seven"))

    assert [
        word for word in ("one", "two", "three", "four", "five", "six", "seven") if word not in document.text()
    ] == []
