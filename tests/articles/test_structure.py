"""Structure that pages set in their own ways, from the page to the blocks of the record."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from articles.extract import extract
from articles.page import Page
from articles.record import (
    Article,
    Block,
    Callout,
    Faq,
    Figure,
    ListBlock,
    ListItem,
    Paragraph,
    Quote,
    Table,
)

FILLERS = tuple(
    f"<p>Sleep is the time in which the body mends what {what} has worn, and a child needs more of "
    "it than its parents do, night after night and well into its teens.</p>"
    for what in ("the day", "the school", "the road", "the garden")
)
LONG = "Rest, drink enough and stay at home until a full day has gone by without fever."
LATER = "It mostly ends by itself within three days, sooner in older children than in babies."


def an_article(inside: str, *, head: str = "") -> Article:
    """The record of a page with running text before and after `inside`."""
    body = f"<article><h1>Sleep of children</h1>{FILLERS[0]}{FILLERS[1]}{inside}{FILLERS[2]}"
    page = f"<html lang=en><head>{head}<title>Sleep of children</title></head><body>{body}"
    return extract(Page(url="https://site.example/sleep", body=page.encode()))


def blocks_of(inside: str) -> list[Block]:
    """The blocks between the first two paragraphs and the last one, headings left out."""
    blocks = [block for section in an_article(inside).sections for block in section.blocks]
    return blocks[2:-1]


def headings_of(inside: str) -> list[tuple[int | None, str]]:
    return [
        (section.level, section.heading)
        for section in an_article(inside).sections
        if section.heading is not None
    ]


class TestLines:
    def test_a_line_in_bold_over_a_text_is_a_heading_below_the_last_one(self) -> None:
        inside = (
            f"<h2>Help</h2>{FILLERS[3]}<p><strong>When to call a doctor</strong></p><p>{LONG}</p>"
        )

        assert headings_of(inside) == [(2, "Help"), (3, "When to call a doctor")]

    def test_lines_in_bold_are_headings_where_the_page_has_no_others(self) -> None:
        inside = f"<div><b>What is fever?</b></div><p>{LONG}</p>"

        assert headings_of(inside) == [(2, "What is fever?")]

    @pytest.mark.parametrize(
        "line",
        [
            "<b>This is more than anyone had thought.</b>",
            "<b>For example:</b>",
            "<b>Prep time: 15 minutes</b>",
            "<b>“I never slept”</b>",
            "<b>and then it was</b> over",
            "<b><a href=/other>How babies sleep</a> and wake</b>",
        ],
        ids=["sentence", "lead-in", "label and value", "quotation", "partly bold", "link"],
    )
    def test_other_lines_in_bold_stay_paragraphs(self, line: str) -> None:
        assert headings_of(f"<p>{line}</p><p>{LONG}</p>") == []

    def test_a_line_in_bold_over_text_in_bold_is_no_heading(self) -> None:
        assert headings_of(f"<p><b>Fever at night</b></p><p><b>{LONG}</b></p>") == []

    def test_the_button_of_a_part_that_folds_is_its_heading(self) -> None:
        inside = f"<div><button aria-expanded=false>Signs of fever</button><div>{LONG}</div></div>"

        assert headings_of(inside) == [(2, "Signs of fever")]


class TestLists:
    def test_a_list_that_goes_on_after_a_paragraph_keeps_its_numbers(self) -> None:
        (_, block) = blocks_of(f"<p>{LONG}</p><ol start=3><li>Wash hands</li><li>Wait</li></ol>")

        assert block == ListBlock(
            items=(ListItem(text="Wash hands"), ListItem(text="Wait")), ordered=True, start=3
        )

    def test_a_nested_list_keeps_its_own_kind(self) -> None:
        (block,) = blocks_of("<ul><li>Wash<ol><li>wet</li><li>soap</li></ol></li><li>Dry</li></ul>")

        steps = (ListItem(text="wet"), ListItem(text="soap"))
        assert block == ListBlock(
            items=(ListItem(text="Wash", items=steps, ordered=True), ListItem(text="Dry"))
        )

    def test_paragraphs_with_typed_bullets_are_a_list(self) -> None:
        blocks = blocks_of("<p>• Fever</p><p>• Rash</p><p>Signs:<br>✓ Cough<br>✓ Cold</p>")

        assert blocks == [
            ListBlock(items=(ListItem(text="Fever"), ListItem(text="Rash"))),
            Paragraph(text="Signs:"),
            ListBlock(items=(ListItem(text="Cough"), ListItem(text="Cold"))),
        ]

    def test_a_bullet_alone_and_two_lines_of_speech_stay_text(self) -> None:
        blocks = blocks_of("<p>* Adults only</p><p>– Are you well?<br>– I am, she said.</p>")

        assert blocks == [
            Paragraph(text="* Adults only"),
            Paragraph(text="– Are you well?\n– I am, she said."),
        ]


class TestTables:
    def test_a_head_row_of_plain_cells_is_known_by_its_place_or_its_bold_type(self) -> None:
        rows = "<tr><td>2 years</td><td>5 ml</td></tr><tr><td>4 years</td><td>8 ml</td></tr>"
        in_thead = "<thead><tr><td>Age</td><td>Dose</td></tr></thead>"
        in_bold = "<tr><td><b>Age</b></td><td><b>Dose</b></td></tr>"

        for head in (in_thead, in_bold):
            (block,) = blocks_of(f"<table>{head}<tbody>{rows}</table>")
            assert isinstance(block, Table)
            assert (block.header_rows, block.header_columns) == (1, 0)

    def test_cells_at_the_left_can_be_the_head_of_their_row(self) -> None:
        (block,) = blocks_of(
            "<table><tr><td></td><th>Day</th><th>Night</th></tr>"
            "<tr><th>Baby</th><td>5 h</td><td>9 h</td></tr>"
            "<tr><th>Child</th><td>1 h</td><td>10 h</td></tr></table>"
        )

        assert isinstance(block, Table)
        assert (block.header_rows, block.header_columns) == (1, 1)

    def test_a_heading_in_a_grid_of_short_cells_makes_no_layout_of_it(self) -> None:
        (block,) = blocks_of(
            "<table><tr><th colspan=2><h3>Facts</h3></th></tr><tr><td>Weight</td><td>4 kg</td></tr>"
            "<tr><td>Length</td><td>51 cm</td></tr></table>"
        )

        assert isinstance(block, Table)
        assert block.rows == (("Facts", "Facts"), ("Weight", "4 kg"), ("Length", "51 cm"))

    def test_cells_outside_of_rows_and_text_outside_of_cells_are_kept(self) -> None:
        body = "<tbody><td>Age</td><td>Hours</td></tbody><tbody><td>2</td><td>13</td></tbody>"

        text = an_article(f"<table>{body}</table>").text

        assert "Age\tHours\n2\t13" in text

    def test_the_caption_of_the_figure_around_a_table_is_the_caption_of_the_table(self) -> None:
        (block,) = blocks_of(
            "<figure><table><tr><th>Age</th><th>Hours</th></tr><tr><td>2</td><td>13</td></tr>"
            "</table><figcaption>Sleep a day</figcaption></figure>"
        )

        assert isinstance(block, Table)
        assert block.caption == "Sleep a day"


class TestBoxes:
    def test_a_quote_names_who_said_it(self) -> None:
        (block,) = blocks_of(
            f"<blockquote><p>{LONG}</p><cite>— Ann Other, nurse</cite></blockquote>"
        )

        assert block == Quote(text=LONG, attribution="Ann Other, nurse")

    def test_a_list_and_a_table_in_a_box_keep_their_structure(self) -> None:
        rows = "<tr><th>Age</th><th>Hours</th></tr><tr><td>2</td><td>13</td></tr>"
        (block,) = blocks_of(
            f"<div class=callout><p><b>Good to know</b></p><ul><li>Fever</li></ul>"
            f"<table>{rows}</table></div>"
        )

        assert isinstance(block, Callout)
        assert (block.title, block.text) == ("Good to know", "Fever\nAge\tHours\n2\t13")
        assert [inner.kind for inner in block.blocks] == ["list", "table"]

    def test_a_box_in_a_box_is_one_box_with_its_title(self) -> None:
        box = f"<div class=key-takeaways><div class=callout><h4>Key takeaways</h4><p>{LONG}</p>"

        article = an_article(f"{box}</div></div>")

        assert Callout(title="Key takeaways", text=LONG) in article.sections[0].blocks
        assert article.takeaways == (LONG,)

    def test_pictures_in_lists_and_quotes_stand_behind_them(self) -> None:
        blocks = blocks_of("<ul><li>Bed<img src=/bed.jpg alt='A bed'></li><li>Cot</li></ul>")

        assert [block.kind for block in blocks] == ["list", "figure"]
        assert isinstance(blocks[1], Figure)
        assert blocks[1].image.url == "https://site.example/bed.jpg"


def the_faq(inside: str) -> tuple[Faq, ...]:
    return an_article(inside).faq


WHY, WHEN = "Why do children have fever?", "When does a fever end?"
TWO = (Faq(question=WHY, answer=LONG), Faq(question=WHEN, answer=LATER))


def accordions() -> Iterator[tuple[str, str]]:
    def both(form: str) -> str:
        pairs = ((WHY, LONG), (WHEN, LATER))
        return "".join(form.replace("QQ", ask).replace("AA", answer) for ask, answer in pairs)

    yield "details", both("<details><summary>QQ</summary><p>AA</p></details>")
    yield (
        "button and panel by id",
        f"<button aria-expanded=false aria-controls=p1>{WHY}</button><div id=p1>{LONG}</div>"
        f"<button aria-expanded=false aria-controls=p2>{WHEN}</button><div id=p2>{LATER}</div>",
    )
    yield (
        "named box of headings",
        f"<div class=accordion>{both('<h3>QQ</h3><div><p>AA</p></div>')}</div>",
    )
    yield (
        "schema.org items",
        "<div itemscope itemtype='https://schema.org/FAQPage'>"
        + both(
            "<div itemprop=mainEntity itemtype='https://schema.org/Question'><div itemprop=name>QQ"
            "</div><div itemprop=acceptedAnswer><p>AA</p></div></div>"
        )
        + "</div>",
    )
    yield "headings under a heading", f"<h2>FAQ</h2>{both('<h3>QQ</h3><p>AA</p>')}"
    yield (
        "headings beside a heading",
        f"<h3>FAQs</h3><p>Parents ask us:</p>{both('<h3>QQ</h3><p>AA</p>')}",
    )
    yield "paragraphs under a heading", f"<h2>FAQ</h2>{both('<p>QQ</p><p>AA</p>')}"
    yield "lines of a paragraph", f"<h2>FAQ</h2>{both('<p>QQ<br>AA</p>')}"
    yield "items of a list", f"<h2>FAQ</h2><ol>{both('<li><b>QQ</b> AA</li>')}</ol>"
    yield "lines marked q and a", both("<p>Q: QQ</p><p>A: AA</p>")


class TestFaq:
    @pytest.mark.parametrize(
        "inside", [page for _, page in accordions()], ids=[name for name, _ in accordions()]
    )
    def test_questions_and_answers_of_every_make_are_found(self, inside: str) -> None:
        assert the_faq(f"{inside}<h2>And now</h2>") == TWO

    def test_what_follows_the_answer_is_not_part_of_it(self) -> None:
        inside = (
            f"<div><div><button aria-expanded=true>{WHY}</button><div>{LONG}</div></div></div>"
            "<p>This paragraph is the author's own and stands under no question.</p>"
        )

        assert the_faq(inside) == TWO[:1]

    def test_a_question_of_the_author_is_no_faq(self) -> None:
        assert the_faq(f"<h2>{WHY}</h2><p>{LONG}</p><p>{WHEN}</p><p>{LONG}</p>") == ()

    def test_a_part_that_folds_under_other_words_is_a_callout(self) -> None:
        blocks = blocks_of(f"<details><summary>More on fever</summary><p>{LONG}</p></details>")

        assert blocks == [Callout(title="More on fever", text=LONG)]

    def test_an_answer_keeps_its_list(self) -> None:
        (block,) = blocks_of(
            f"<details><summary>{WHY}</summary><p>For:</p><ul><li>flu</li></ul></details>"
        )

        assert block == Faq(
            question=WHY,
            answer="For:\nflu",
            blocks=(Paragraph(text="For:"), ListBlock(items=(ListItem(text="flu"),))),
        )


class TestSideParts:
    def test_contents_are_known_by_the_headings_they_lead_to(self) -> None:
        menu = "<ul><li><a href='#s'>Signs</a><li><a href='#h'>1. Help at home</a></ul>"
        page = (
            f"<div class=col>{menu}</div><main><h1>Sleep of children</h1>{FILLERS[0]}"
            f"<h2 id=s>Signs</h2>{FILLERS[1]}<h2 id=h>Help at home</h2>{FILLERS[2]}</main>"
        )

        article = extract(Page(url="https://site.example/a", body=page.encode()))

        assert [link.text for link in article.toc] == ["Signs", "1. Help at home"]
        assert article.toc[0].url == "https://site.example/a#s"

    def test_a_menu_of_the_page_that_names_no_heading_is_no_table_of_contents(self) -> None:
        menu = "<ul><li><a href='#top'>Top</a><li><a href='#search'>Search</a></ul>"

        assert an_article(f"<div>{menu}</div><h2>Signs</h2>{FILLERS[3]}").toc == ()

    def test_takeaways_are_the_lines_of_their_list(self) -> None:
        list_ = "<ul><li>Children need sleep</li><li>So do parents</li></ul>"
        lines = ("Children need sleep", "So do parents")

        assert an_article(f"<h2>Key takeaways</h2>{list_}<p>{LONG}</p>").takeaways == lines
        assert an_article(f"<p>Key points:</p>{list_}").takeaways == lines
        assert an_article(f"<div class=callout><p>At a glance</p>{list_}</div>").takeaways == lines
