"""Pages of extreme size, length or depth of nesting."""

from __future__ import annotations

from tests.articles.hostile.markup import SENTENCE, hostile, page


@hostile
def nested_divs() -> str:
    return page("<div>" * 100_000 + SENTENCE)


@hostile
def nested_inline_tags() -> str:
    return page("<p>" + "<b><i>" * 50_000 + SENTENCE)


@hostile
def nested_fonts_with_text() -> str:
    return page("<p>" + "<font>fever " * 100_000)


@hostile
def nested_lists() -> str:
    return page("<ul><li>fever " * 10_000)


@hostile
def nested_lists_many_times() -> str:
    return page(("<ul><li>fever and cough " * 900 + "</ul>" * 900) * 21)


@hostile
def nested_tables() -> str:
    return page("<table><tr><td>fever " * 10_000)


@hostile
def nested_tables_many_times() -> str:
    return page(("<table><tr><td>fever and cough " * 600 + "</table>" * 600) * 21)


@hostile
def nested_quotes_with_text() -> str:
    return page(("<blockquote>" + SENTENCE) * 1800)


@hostile
def nested_divs_with_text() -> str:
    return page(("<div>" + SENTENCE) * 1900)


@hostile
def nested_divs_with_text_many_times() -> str:
    deep = ("<div>" + SENTENCE) * 1900 + "</div>" * 1900
    return page(deep * 20)


@hostile
def nested_sections_with_headings() -> str:
    return page((f"<section><h2>Fever</h2><p>{SENTENCE}</p>") * 1900)


@hostile
def unclosed_paragraphs_and_spans() -> str:
    return page("<p><span>fever " * 12_000)


@hostile
def misnested_formatting() -> str:
    return page("<a href=x><b><p>fever</a></b>" * 8_000)


@hostile
def one_text_node() -> str:
    return page("<p>" + SENTENCE * (2_400_000 // len(SENTENCE)))


@hostile
def one_text_node_without_spaces() -> str:
    return page("<p>" + "x" * (2_400_000))


@hostile
def one_text_node_of_thai() -> str:
    return page("<p>" + "ไข้จะลดลงภายในไม่กี่วัน " * 100_000)


@hostile
def one_text_node_of_han() -> str:
    return page("<p>" + "發燒通常在幾天內消退，但咳嗽可能會持續數週。" * 80_000)


@hostile
def long_paragraphs() -> str:
    return page(("<p>" + SENTENCE * 10) * (2_400_000 // (10 * len(SENTENCE))))


@hostile
def twenty_megabytes() -> str:
    return page("<p>" + SENTENCE * (20 * 1024 * 1024 // len(SENTENCE)))


@hostile
def a_million_tiny_elements() -> str:
    return page("<i>a</i>" * 1_000_000)


@hostile
def tiny_elements() -> str:
    return page("<i>a</i>" * 37_500)


@hostile
def paragraphs() -> str:
    return page(("<p>" + SENTENCE) * 37_500)


@hostile
def short_paragraphs() -> str:
    return page("<p>fever</p>" * 37_500)


@hostile
def divs() -> str:
    return page("<div class='card related'>a</div>" * 37_500)


@hostile
def spans_with_classes() -> str:
    return page("".join(f"<span class='c{n} x'>a </span>" for n in range(24_000)))


@hostile
def many_different_classes() -> str:
    return page(
        "".join(f"<div class='c{n}-x y{n}' id=i{n}>{SENTENCE}</div>" for n in range(24_000))
    )


@hostile
def empty_elements() -> str:
    return page("<p></p>" * 37_500)
