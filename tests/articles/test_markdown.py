from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from articles.markdown import article_markdown, escape_markdown
from articles.record import (
    Article,
    Block,
    Callout,
    Code,
    Derivation,
    Faq,
    Figure,
    Image,
    ListBlock,
    ListItem,
    Paragraph,
    Quote,
    Reference,
    Section,
    Table,
)


def an_article(
    *blocks: Block, title: str = "Title", references: tuple[Reference, ...] = ()
) -> Article:
    return Article(
        url="https://x.example/a",
        requested_url=None,
        site=None,
        publisher=None,
        language=None,
        title=title,
        text="",
        sections=(Section(heading="Part", level=3, blocks=blocks),),
        references=references,
        extractor=Derivation(version="1", route="blocks", confidence=1.0),
        text_digest="",
        word_count=0,
    )


def markdown_of(*blocks: Block) -> str:
    return article_markdown(an_article(*blocks)).split("### Part\n\n")[1].rstrip("\n")


def test_title_headings_and_references_frame_the_article() -> None:
    reference = Reference(text="A study", url="https://doi.org/10.1/x")

    assert article_markdown(an_article(Paragraph(text="Body."), references=(reference,))) == (
        "# Title\n\n### Part\n\nBody.\n\n## References\n\n1. A study <https://doi.org/10.1/x>\n"
    )


def test_lists_nest_and_number() -> None:
    inner = (ListItem(text="deep"),)
    block = ListBlock(items=(ListItem(text="a", items=inner), ListItem(text="b")), ordered=True)

    assert markdown_of(block) == "1. a\n   - deep\n2. b"


def test_a_table_without_header_gets_an_empty_one_and_ragged_rows_are_filled() -> None:
    block = Table(rows=(("a|b", "c"), ("d",)))

    assert markdown_of(block) == "|  |  |\n| --- | --- |\n| a\\|b | c |\n| d |  |"


def test_every_kind_of_block_has_a_form() -> None:
    assert markdown_of(Quote(text="a\nb")) == "> a\\\n> b"
    assert markdown_of(Callout(text="rest", title="Tip")) == "> **Tip**\n>\n> rest"
    assert markdown_of(Faq(question="Why?", answer="So.")) == "**Why?**\n\nSo."
    assert markdown_of(Code(text="a ``` b")) == "````\na ``` b\n````"
    image = Image(url="https://x.example/i.jpg", alt="seen")
    assert markdown_of(Figure(image=image)) == "![seen](<https://x.example/i.jpg>)"


def test_two_lists_after_each_other_stay_two() -> None:
    bullets = ListBlock(items=(ListItem(text="a"),))
    numbers = ListBlock(items=(ListItem(text="b"),), ordered=True, start=7)

    assert markdown_of(bullets, bullets, bullets) == "- a\n\n* a\n\n- a"
    assert markdown_of(numbers, numbers) == "7. b\n\n7) b"
    assert markdown_of(bullets, numbers, bullets) == "- a\n\n7. b\n\n- a"


def test_header_cells_at_the_left_are_bold_and_what_spans_a_row_is_said_once() -> None:
    wide = "This row speaks of all the columns"
    block = Table(
        rows=(("Age", "Dose"), ("2", "5 ml"), (wide, wide)), header_rows=1, header_columns=1
    )

    assert markdown_of(block) == (
        f"| Age | Dose |\n| --- | --- |\n| **2** | 5 ml |\n| **{wide}** |  |"
    )


def test_boxes_and_answers_keep_their_lists() -> None:
    blocks = (Paragraph(text="For:"), ListBlock(items=(ListItem(text="flu"),)))

    callout = Callout(text="For:\nflu", title="Tip", blocks=blocks)
    assert markdown_of(callout) == "> **Tip**\n>\n> For:\n>\n> - flu"
    answered = Faq(question="Why?", answer="For:\nflu", blocks=blocks)
    assert markdown_of(answered) == "**Why?**\n\nFor:\n\n- flu"


def test_a_quote_names_its_speaker_under_it() -> None:
    assert markdown_of(Quote(text="a", attribution="Ann Other")) == "> a\n>\n> — Ann Other"


def test_a_picture_has_its_caption_as_title() -> None:
    image = Image(url="https://x.example/a b.jpg", alt="seen", caption='the "caption"')

    assert markdown_of(Figure(image=image)) == (
        '![seen](<https://x.example/a%20b.jpg> "the \\"caption\\"")'
    )


def test_an_address_that_is_no_web_address_is_left_out() -> None:
    picture = Figure(image=Image(url="javascript:alert(1)", alt="x"))
    article = an_article(picture, references=(Reference(text="r", url="data:text/html,x"),))

    text = article_markdown(article)

    assert "javascript" not in text
    assert "data:" not in text


def test_lines_that_would_become_markup_stay_text() -> None:
    assert escape_markdown("# not a heading") == "\\# not a heading"
    assert escape_markdown("1. not a list") == "1\\. not a list"
    assert escape_markdown("- not a list") == "\\- not a list"
    assert escape_markdown("C & A &copy; &#60;") == "C &amp; A &amp;copy; &amp;#60;"
    assert escape_markdown("2.5 mg - 5 mg") == "2.5 mg - 5 mg"


@given(st.text(max_size=60))
def test_no_markup_of_the_page_gets_through(text: str) -> None:
    escaped = escape_markdown(f"<script>{text}</script>")

    assert "<" not in escaped
    assert ">" not in escaped
    assert "\n" not in escaped
