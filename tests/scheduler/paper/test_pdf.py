"""Documents as PDF: tagged, steady, and whatever anybody typed stays what they typed."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.paper import (
    Bar,
    BarPart,
    Block,
    Bullets,
    Document,
    Heading,
    Paragraph,
    Quote,
    Shade,
    Sheet,
    pdf_of,
)


def document(*blocks: Block) -> Document:
    return Document(
        title="Wat u meeneemt",
        language="nl",
        made_at=datetime(2027, 3, 2, tzinfo=UTC),
        blocks=blocks,
        foot="Aan Tafel",
    )


EVERYTHING = document(
    Heading("1. Voorrang"),
    Paragraph("Mag dat?", lead="De vraag:"),
    Heading("Voor", level=2),
    Quote("MEVM", "11.220 woningen", "Zorg houdt niet op.", ("Via Samen Sterk.",), marked=True),
    Bullets(("Eerst dit.", "Dan dat.")),
    Sheet(("Standpunt", "Aantal"), (("Voor", "5"),), "Geteld", frozenset({1})),
    Bar((BarPart("voor", 5, Shade.FULL), BarPart("tegen", 2, Shade.BLACK)), "5 voor, 2 tegen"),
)


def test_a_file_is_tagged_and_says_its_language() -> None:
    made = pdf_of(EVERYTHING)
    assert made.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in made
    assert b"/Lang" in made
    assert b"pdfuaid:part" in made


def test_the_same_document_gives_the_same_bytes() -> None:
    assert pdf_of(EVERYTHING) == pdf_of(EVERYTHING)


def test_many_may_ask_at_once() -> None:
    with ThreadPoolExecutor(4) as workers:
        made = list(workers.map(lambda _: pdf_of(EVERYTHING), range(12)))
    assert len(set(made)) == 1


def test_a_sign_that_our_letter_lacks_is_set_without_claiming_the_standard() -> None:
    made = pdf_of(document(Paragraph("Mooi 😀 中")))
    assert b"/StructTreeRoot" in made
    assert b"pdfuaid:part" not in made


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=60))
def test_no_text_of_anybodys_is_markup(text: str) -> None:
    block = (Paragraph(text, text), Quote(text, text, text, (text,)), Bullets((text,)))
    assert pdf_of(document(*block)).startswith(b"%PDF-")


def test_an_empty_table_and_an_empty_bar_can_be_set() -> None:
    assert pdf_of(document(Sheet(("Wat",), ()), Bar((), "niemand"))).startswith(b"%PDF-")


def test_a_row_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="every row has 2 cells"):
        Sheet(("A", "B"), (("1",),))


def test_a_heading_has_a_level_that_there_is() -> None:
    with pytest.raises(ValueError, match="from 1 to 4, not 5"):
        Heading("Te diep", level=5)
