"""Pages whose head and machine-readable data are too much of something."""

from __future__ import annotations

import json

from tests.articles.hostile.markup import SENTENCE, hostile, linked, page


@hostile
def one_long_title() -> str:
    return f"<title>{'Fever | ' * 300_000}</title>" + page("")


@hostile
def titles() -> str:
    return page("", head="<title>Fever in children</title>" * 37_500)


@hostile
def one_long_heading() -> str:
    return page("<h1>" + "Fever - in | children " * 110_000 + "</h1>" + SENTENCE * 9)


@hostile
def metas() -> str:
    metas = "".join(f"<meta name='article:tag' content='fever {n}'>" for n in range(24_000))
    return page("", head=metas)


@hostile
def metas_of_dates_and_authors() -> str:
    pair = "<meta name=author content='Ada Roe'><meta name=date content='2021-05-{}'>"
    return page("", head="".join(pair.format(n % 28 + 1) for n in range(12_000)))


@hostile
def a_meta_of_five_megabytes() -> str:
    return page("", head=f"<meta name=description content='{'fever ' * 800_000}'>")


@hostile
def keywords_of_five_megabytes() -> str:
    return page("", head=f"<meta name=keywords content='{'fever, ' * 700_000}'>")


@hostile
def bases() -> str:
    return page("<a href=x>fever</a>", head="<base href='//[x'><base href='http://a/'>" * 12_000)


@hostile
def a_base_of_a_megabyte() -> str:
    base = f"<base href='http://a.example/{'x/' * 500_000}'>"
    return page("<p>" + "<a href='../../x'>fever</a> " * 20_000, head=base)


@hostile
def long_addresses_of_links() -> str:
    return page("<p>" + f"<a href='/{'../x' * 2_000}?{'a=b&' * 100}'>fever</a> " * 1_500)


@hostile
def alternate_links() -> str:
    link = "<link rel=canonical href='https://a.example/{}'><link rel=alternate hreflang=de href=/>"
    return page("", head="".join(link.format(n) for n in range(12_000)))


@hostile
def linked_data_scripts() -> str:
    one = '<script type="application/ld+json">{"@type":"Article","author":{"name":"A"}}</script>'
    return page("", head=one * 37_500)


@hostile
def empty_linked_data_scripts() -> str:
    return page("", head='<script type="application/ld+json"></script>' * 37_500)


@hostile
def broken_linked_data() -> str:
    one = '<script type="application/ld+json">{"@type":"Article",,}{{</script>'
    return page("", head=one * 37_500)


@hostile
def deep_linked_data() -> str:
    return linked('{"a":' * 1_000_000 + "1" + "}" * 1_000_000)


@hostile
def deep_linked_data_within_the_recursion_limit() -> str:
    deep = '{"@type":"Article","author":' * 900 + '"Ada"' + "}" * 900
    return linked("[" + ",".join([deep] * 200) + "]")


@hostile
def deep_lists_of_linked_data() -> str:
    return linked("[" * 5_000_000)


@hostile
def wide_linked_data() -> str:
    return linked(json.dumps([{"@type": "Article", "name": f"n{n}"} for n in range(300_000)]))


@hostile
def linked_data_with_many_people() -> str:
    people = [{"@type": "Person", "name": f"Ada Roe {n}"} for n in range(200_000)]
    return linked(json.dumps({"@type": "Article", "author": people, "reviewedBy": people}))


@hostile
def linked_data_that_points_at_itself() -> str:
    nodes = [
        {"@id": f"#{n}", "@type": "Article", "author": {"@id": f"#{(n + 1) % 50_000}"}}
        for n in range(50_000)
    ]
    return linked(json.dumps({"@graph": nodes}))


@hostile
def linked_data_of_one_node_pointed_at_by_all() -> str:
    people = [{"@id": "#p", "name": "Ada", "knows": [{"@id": f"#{n}"} for n in range(200)]}]
    nodes = [
        {"@id": f"#{n}", "@type": "Article", "author": [{"@id": "#p"}] * 200} for n in range(200)
    ]
    return linked(json.dumps({"@graph": people + nodes}))


@hostile
def an_article_body_of_ten_megabytes() -> str:
    return linked(json.dumps({"@type": "Article", "articleBody": SENTENCE * 130_000}))


@hostile
def an_article_body_beside_many_blocks() -> str:
    body = json.dumps({"@type": "Article", "articleBody": SENTENCE * 60_000})
    return page(
        f"<p>{SENTENCE}</p>" * 45_000, head=f'<script type="application/ld+json">{body}</script>'
    )


@hostile
def long_numbers_in_linked_data() -> str:
    return linked('{"@type":"Article","name":' + "9" * 4_000_000 + "}")


@hostile
def linked_data_of_strings() -> str:
    return linked('{"@type":"Article","name":"' + "\\ud800\\u0000<b>&amp;lt;" * 300_000 + '"}')


@hostile
def nested_microdata() -> str:
    scope = "<div itemscope itemtype='https://schema.org/Article' itemprop=author>fever "
    return page(scope * 1_900)


@hostile
def microdata() -> str:
    scope = (
        "<div itemscope itemtype='https://schema.org/Person' itemprop=author>"
        "<span itemprop=name>Ada</span></div>"
    )
    return page("<div itemscope itemtype='https://schema.org/Article'>" + scope * 12_000)


@hostile
def microdata_that_refers() -> str:
    ids = " ".join(f"i{n}" for n in range(300))
    scope = f"<div itemscope itemtype='https://schema.org/Article' itemref='{ids}'>fever</div>"
    return page(scope * 2_000 + "".join(f"<p id=i{n} itemprop=name>a</p>" for n in range(300)))


@hostile
def microdata_of_long_text() -> str:
    scope = (
        "<div itemprop=author itemscope itemtype='https://schema.org/Person'><div itemprop=name>"
    )
    return page((scope + SENTENCE * 4) * 900)


@hostile
def hidden_page_state() -> str:
    return page("<script>window.__STATE__=" + '{"a":[' * 1_500_000 + "</script>")
