from __future__ import annotations

from articles.fragment import sections_of
from articles.record import (
    Callout,
    Code,
    Faq,
    ListBlock,
    ListItem,
    Paragraph,
    Quote,
    Section,
    Table,
)


def blocks_of(fragment: str) -> tuple[object, ...]:
    return sections_of(fragment)[0].blocks


def test_headings_part_the_text_into_sections_with_levels() -> None:
    sections = sections_of("<p>a</p><h2>B</h2><p>b</p><h3>C</h3><p>c</p>")

    assert sections == (
        Section(heading=None, level=None, blocks=(Paragraph(text="a"),)),
        Section(heading="B", level=2, blocks=(Paragraph(text="b"),)),
        Section(heading="C", level=3, blocks=(Paragraph(text="c"),)),
    )


def test_nested_lists_keep_their_nesting() -> None:
    (block,) = blocks_of("<ol><li><p>one</p><ul><li>one a</li></ul></li><li>two</li></ol>")

    inner = (ListItem(text="one a"),)
    assert block == ListBlock(
        items=(ListItem(text="one", items=inner), ListItem(text="two")), ordered=True
    )


def test_a_list_put_straight_into_a_list_belongs_to_the_item_before() -> None:
    (block,) = blocks_of("<ul><li>one</li><ul><li>one a</li></ul></ul>")

    assert block == ListBlock(items=(ListItem(text="one", items=(ListItem(text="one a"),)),))


def test_definitions_stand_under_their_terms() -> None:
    (block,) = blocks_of("<dl><dt>Fever</dt><dd><p>above 38 °C</p></dd></dl>")

    assert block == ListBlock(
        items=(ListItem(text="Fever", items=(ListItem(text="above 38 °C"),)),)
    )


def test_spans_of_a_table_are_spread_over_the_cells_they_cover() -> None:
    (block,) = blocks_of(
        "<table><caption>Doses</caption><tr><th rowspan=2>Age</th><th colspan=2>Dose</th></tr>"
        "<tr><th>day</th><th>night</th></tr><tr><td>2</td><td>5 ml</td><td></td></tr></table>"
    )

    assert block == Table(
        caption="Doses",
        header_rows=2,
        rows=(("Age", "Dose", "Dose"), ("Age", "day", "night"), ("2", "5 ml", "")),
    )


def test_a_span_of_thousands_makes_no_thousand_cells() -> None:
    rows = "<tr>" + '<td colspan="999" rowspan="999">x</td>' * 40 + "</tr>"

    (block,) = blocks_of(f"<table>{rows}<tr><td>y</td></tr></table>")

    assert isinstance(block, Table)
    assert sum(len(row) for row in block.rows) < 25_000


def test_each_kind_of_block_has_its_value() -> None:
    assert blocks_of(
        "<blockquote><p>said</p></blockquote><pre>a  b\n "
        "c</pre><aside><h3>Tip</h3><p>rest</p></aside>"
        "<details><summary>Why?</summary><p>So.</p><p>Really.</p></details>"
    ) == (
        Quote(text="said"),
        Code(text="a  b\n c"),
        Callout(text="rest", title="Tip"),
        Faq(question="Why?", answer="So.\nReally."),
    )


def test_blocks_part_words_and_inline_tags_do_not() -> None:
    assert blocks_of("<p>H<sub>2</sub>O<br>water</p>") == (Paragraph(text="H2O\nwater"),)
