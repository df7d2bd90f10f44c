"""Pages with very many of one thing: links, items, cells, headings, sources, cards."""

from __future__ import annotations

from tests.articles.hostile.markup import SENTENCE, hostile, linked, page


@hostile
def line_breaks_in_one_block() -> str:
    return page("<p>" + "fever<br>" * 37_500)


@hostile
def double_line_breaks() -> str:
    return page("<div>" + (SENTENCE + "<br><br>") * 12_000)


@hostile
def links_in_one_block() -> str:
    return page("<p>" + "".join(f"<a href='/a{n}'>fever {n}</a> " for n in range(24_000)))


@hostile
def links_and_breaks_in_one_block() -> str:
    return page("<p>" + "".join(f"<a href='/a{n}'>fever {n}</a><br>" for n in range(12_000)))


@hostile
def unclosed_links() -> str:
    return page("<p>" + "".join(f"<a href='/a{n}'>fever {n} " for n in range(24_000)))


@hostile
def links_around_blocks() -> str:
    return page("<a href='/x'><div>fever</div>" * 12_000)


@hostile
def list_items() -> str:
    return page("<ul>" + "<li>Drink water and rest" * 37_500)


@hostile
def list_items_with_links() -> str:
    return page("<ul>" + "<li><a href='/fever'>Fever and cough</a> in children" * 12_000)


@hostile
def definition_list() -> str:
    return page("<dl>" + "<dt>fever<dd>A temperature above 38 degrees." * 12_000)


@hostile
def table_cells() -> str:
    return page("<table>" + ("<tr>" + "<td>38 C" * 10) * 3_500)


@hostile
def one_table_row_of_many_cells() -> str:
    return page("<table><tr>" + "<td>38 C" * 37_500)


@hostile
def huge_spans() -> str:
    cell = "<td colspan=65534 rowspan=65534>38 C"
    return page("<table>" + f"<tr>{cell}{cell}{cell}" * 1000 + "</table>")


@hostile
def huge_spans_in_the_head() -> str:
    cell = "<th colspan=1000 rowspan=65534>38 C"
    return page("<table><thead>" + f"<tr>{cell * 20}" * 2000 + "</table>")


@hostile
def spans_past_all_numbers() -> str:
    return page(
        f"<table><tr><td colspan={'9' * 5000}>a<td rowspan=-1>b<td colspan=x>c</table>" * 99
    )


@hostile
def uneven_table() -> str:
    rows = "".join("<tr>" + "<td>a" * (n % 300) for n in range(270))
    return page(f"<table>{rows}</table>")


@hostile
def headings() -> str:
    return page("<h2>Fever in children</h2>" * 37_500)


@hostile
def headings_and_paragraphs() -> str:
    return page(f"<h2>Fever in children</h2><p>{SENTENCE}</p>" * 12_000)


@hostile
def headings_of_every_level() -> str:
    return page(
        "".join(f"<h{n % 6 + 1}>Fever {n}</h{n % 6 + 1}><p>{SENTENCE}" for n in range(12_000))
    )


@hostile
def main_headings() -> str:
    return page("".join(f"<h1>Fever in children {n}</h1><p>{SENTENCE}" for n in range(12_000)))


@hostile
def source_headings() -> str:
    return page("<h2>Sources</h2><p>Roe A. Fever. J Ped. 2020;1:2-3.</p>" * 12_000)


@hostile
def source_lines_in_one_paragraph() -> str:
    return page("<p>" + "Sources:<br>Roe A. Fever. J Ped. 2020;1:2-3.<br>" * 12_000)


@hostile
def references() -> str:
    cited = "<li>Roe A, Doe B. Fever. J Ped. 2020;1:2-3. doi:10.1000/182 PMID: 123456"
    return page("<h2>References</h2><ol>" + cited * 24_000 + "</ol>")


@hostile
def footnotes() -> str:
    marks = "".join(f"<p>Rest helps.<a href='#fn{n}' id='r{n}'>[{n}]</a></p>" for n in range(6_000))
    notes = "".join(
        f"<p id='fn{n}'>Roe A. Fever. J Ped. 2020;1. <a href='#r{n}'>back</a></p>"
        for n in range(6_000)
    )
    return page(marks + notes)


@hostile
def footnotes_inside_of_each_other() -> str:
    marks = "".join(f"<a href='#fn{n}'>[{n}]</a> " for n in range(10_000))
    return page(f"<p>{marks}</p>" + "".join(f"<div id='fn{n}'>Roe 2020" for n in range(10_000)))


@hostile
def numbers_in_one_source_paragraph() -> str:
    return page("<h2>References</h2><p>" + "1. 2. 3. " * 120_000 + "</p>")


@hostile
def works_in_one_source_paragraph() -> str:
    cited = "".join(f"{n}. Roe A. Fever. J Ped. 2020;{n}:2-3. " for n in range(1, 30_000))
    return page(f"<h2>References</h2><p>{cited}</p>")


@hostile
def linked_lines_in_one_source_paragraph() -> str:
    cited = "".join(f"<a href='/{n}'>Roe A. Fever {n}. J Ped. 2020</a><br>" for n in range(12_000))
    return page(f"<h2>References</h2><p>{cited}</p>")


@hostile
def links_not_in_their_source_paragraph() -> str:
    cited = "<a href='/'>Roe A. <a href='#fn1'>[1]</a> Fever. 2020</a><br>" * 8_000
    return page(f"<h2>References</h2><p>{cited}</p>")


@hostile
def paragraphs_that_begin_with_sources() -> str:
    return page("<p>Sources: Rye Institute, 2020; Oat Council, 2021; Salt Board, 2019</p>" * 12_000)


@hostile
def quoted_titles_in_one_source_paragraph() -> str:
    return page(
        "<p>SOURCES: "
        + "Rye Institute: 'Bread.' " * 40_000
        + "</p><h2>Sources</h2><p>"
        + ". 'a: " * 100_000
        + "</p>"
    )


@hostile
def semicolons_in_one_source_paragraph() -> str:
    return page("<h2>Sources</h2><p>" + "Rye Institute, 2020; " * 50_000 + "</p>")


@hostile
def cited_works_in_linked_data() -> str:
    return linked(
        '{"@type":"Article","citation":["'
        + '","'.join(["Roe A. 2020. doi:10.1/a"] * 40_000)
        + '"]}'
    )


@hostile
def one_long_reference() -> str:
    cited = "Roe A. Fever. J Ped. 2020;1:2-3. https://x.example/10.1000/182 doi:10.1000/182 "
    return page("<h2>References</h2><ol><li>" + cited * 31_000 + "</ol>")


@hostile
def pictures() -> str:
    return page("".join(f"<img src='/{n}.png' alt='fever {n}'>" for n in range(24_000)))


@hostile
def figures() -> str:
    return page("<figure><img src='/a.png' alt='a'><figcaption>Fever</figcaption></figure>" * 8_000)


@hostile
def accordions() -> str:
    return page(f"<details><summary>Is it fever?</summary><p>{SENTENCE}</p></details>" * 8_000)


@hostile
def questions_and_answers() -> str:
    return page(f"<h3>Is it fever?</h3><p>{SENTENCE}</p>" * 12_000)


@hostile
def articles() -> str:
    return page(f"<article><h2>Fever</h2><p>{SENTENCE}</p></article>" * 8_000)


@hostile
def comments_of_readers() -> str:
    one = f"<div class=comment id=comment-1><p>{SENTENCE}</p><a href=x>Reply</a></div>"
    return page(one * 8_000)


@hostile
def related_cards() -> str:
    headline = "<a href=/x><img src=/x.png><h3>Fever and cough</h3></a>"
    return page(f"<div class=card>{headline}<p>Read on</p></div>" * 7_500)


@hostile
def equal_paragraphs_and_the_headline() -> str:
    return page("<p>Fever in children</p>" * 37_500)


@hostile
def statements() -> str:
    return page("<p>This article is not medical advice. Ask a doctor.</p>" * 37_500)


@hostile
def one_long_statement() -> str:
    return page("<p>" + "This article is for information only, no medical advice. " * 42_000)


@hostile
def notes_of_footnotes() -> str:
    return page("<p>" + "fever<sup><a href=#n1>[1]</a></sup> " * 12_000)


@hostile
def code_blocks() -> str:
    return page("<pre>" + "    fever\n" * 240_000 + "</pre>")


@hostile
def html_elements_behind_the_end() -> str:
    return page("") + "</html>" + "<p>fever</p></html><!-- a -->" * 24_000


@hostile
def many_bodies() -> str:
    return page("<body class=a><html lang=de>" * 90_000)
