from __future__ import annotations

import lxml.html

from articles.block_scoring import features_of, plain_value, reading_size
from articles.blocks import Block, read_blocks
from articles.markup_hints import (
    AD,
    BODY,
    COMMENTS,
    HIDDEN,
    NAVIGATION,
    RELATED,
    hints_of,
)


def blocks_of(html: str) -> list[Block]:
    return [
        block for block in read_blocks(lxml.html.document_fromstring(html)).blocks if block.text
    ]


def test_block_tags_part_runs_and_inline_tags_do_not() -> None:
    blocks = blocks_of("<div>one <b>two</b>three<p>four<i>five</i></p>six<br><br>seven</div>")

    assert [block.text for block in blocks] == ["one twothree", "fourfive", "six", "seven"]


def test_link_characters_are_counted_also_for_links_around_blocks() -> None:
    inside, around = blocks_of('<p>to <a href="/x">there</a></p><a href="/y"><div>a card</div></a>')

    assert inside.link_characters == 5
    assert around.link_characters == 6
    assert [link.get("href") for link in around.links] == ["/y"]


def test_a_link_around_blocks_is_none_of_the_blocks_after_it() -> None:
    first, second = blocks_of(
        '<a href="/one"><h3>One</h3></a><div><a href="/two"><h3>Two</h3></a></div>'
    )

    assert [link.get("href") for link in first.links] == ["/one"]
    assert [link.get("href") for link in second.links] == ["/two"]


def test_a_named_anchor_is_no_link() -> None:
    (block,) = blocks_of('<p><a name="here">text</a></p>')

    assert block.link_characters == 0


def test_scripts_styles_and_words_for_screen_readers_are_skipped_and_their_tails_kept() -> None:
    (block,) = blocks_of('<p>a<script>x</script>b<span class="sr-only">opens a window</span>c</p>')

    assert block.text == "abc"


def test_pictures_are_blocks_without_text() -> None:
    tree = read_blocks(lxml.html.document_fromstring('<p>a<img src="i.png" alt="icon">b</p>'))

    assert [(block.tag, block.text) for block in tree.blocks] == [("img", ""), ("p", "ab")]


def test_preformatted_text_keeps_its_white_space() -> None:
    (block,) = blocks_of("<pre>a\n  b</pre>")

    assert block.text == "a\n  b"


def test_soft_hyphens_are_no_letters_and_joiners_are() -> None:
    (block,) = blocks_of(
        "<p>acetyl&shy;salicylic \ufeffacid \u0645\u06cc\u200c\u0634\u0648\u062f</p>"
    )

    assert block.text == "acetylsalicylic acid \u0645\u06cc\u200c\u0634\u0648\u062f"


def test_a_node_knows_the_blocks_and_nodes_under_it() -> None:
    tree = read_blocks(lxml.html.document_fromstring("<div><p>a</p><ul><li>b</li></ul></div>"))

    listing = next(node for node in tree.nodes if node.tag == "ul")
    inside = tree.blocks[listing.first_block : listing.end_block]
    assert [block.text for block in inside] == ["b"]
    assert [node.tag for node in tree.nodes[listing.index : listing.end_node]] == ["ul", "li"]
    assert [node.tag for node in tree.ancestors(listing.index)] == ["ul", "div", "body", "html"]


def test_hints_come_from_class_id_role_and_style() -> None:
    tree = read_blocks(
        lxml.html.document_fromstring(
            '<div id="comments">a</div><div role="navigation">b</div>'
            '<div style="color:red; display : none">c</div><div itemprop="articleBody">d</div>'
        )
    )

    assert [node.hints for node in tree.nodes[2:]] == [COMMENTS, NAVIGATION, HIDDEN, BODY]


def test_names_are_read_word_by_word_in_every_spelling() -> None:
    assert hints_of("relatedPosts") == RELATED
    assert hints_of("c-related_posts--small") == RELATED
    assert hints_of("ad-slot") == AD
    assert hints_of("shadow adapt header-advice loader") == 0
    assert hints_of("has-sidebar no-comments") == 0


def test_running_text_weighs_more_than_furniture() -> None:
    text, menu, label = blocks_of(
        "<p>The spleen is a soft organ that lies under the ribs on the left side, and it cleans"
        ' the blood.</p><div><a href="/">Home</a></div><div>12 min</div>'
    )

    weights = [plain_value(features_of(block)) for block in (text, menu, label)]
    assert weights[0] > 50
    assert weights[1] < 0
    assert weights[2] < 0


def test_letters_of_scripts_without_spaces_count_for_more() -> None:
    assert reading_size("脾臟是一個柔軟的器官") > 30
    assert reading_size("spleen") == 6


def text_nodes_of(html: str) -> list[str]:
    return [text.strip() for text in read_blocks(lxml.html.document_fromstring(html)).texts.texts]


def test_text_nodes_are_those_a_reader_may_see_inside_the_body() -> None:
    html = (
        "<html><head><title>t</title></head><body>one<script>code</script> <b>two</b> three"
        "<svg><title>icon</title></svg><select><option>pick</option></select></body></html>"
    )

    assert text_nodes_of(html) == ["one", "two", "three"]


def test_text_that_no_block_holds_may_be_a_byline_all_the_same() -> None:
    html = '<div><span class="sr-only">Reviewed by</span>A<dialog><p>B</p>C</dialog>D</div>'

    assert [block.text for block in blocks_of(html)] == ["AD"]
    assert text_nodes_of(html) == ["Reviewed by", "A", "B", "C", "D"]


def test_each_text_node_knows_its_owner_and_what_ends_before_it() -> None:
    texts = read_blocks(lxml.html.document_fromstring("<p>a<b>c</b>d</p>")).texts

    assert [str(owner.tag) for owner in texts.owners] == ["p", "b", "p"]
    assert [None if end is None else str(end.tag) for end in texts.behind] == [None, None, "b"]
