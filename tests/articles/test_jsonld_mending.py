"""JSON-LD blocks that no parser reads: what is saved of each kind, and what it may cost."""

from __future__ import annotations

import pytest

from articles.jsonld_mending import MOST_MENDED, Json, Patience, load_block


def load(block: str) -> Json:
    values = load_block(block, Patience())
    return values[0] if len(values) == 1 else values or None


AUTHOR = '"author": {"@type": "Person", "name": "Bo Penn"}'


@pytest.mark.parametrize(
    ("block", "headline"),
    [
        ('{"headline": "The "best" rye", %s}', 'The "best" rye'),
        ('{"headline": "50\\% rye", %s}', "50\\% rye"),
        ('{"headline": "Rye" %s}', "Rye"),
        ('{"headline": "Rye",, %s}', "Rye"),
        ('{"headline": "Rye", "tags": ["a",,"b",], %s}', "Rye"),
        ('{"headline": "Rye", %s, "image": ["a', "Rye"),
        ('{"headline": "Rye", %s, "image": {"url": "a", "wid', "Rye"),
        ('{"headline": "Rye", %s, ', "Rye"),
    ],
    ids=[
        "quote nobody escaped",
        "escape that is none",
        "missing comma",
        "doubled comma",
        "commas in a list",
        "cut off in a text",
        "cut off in an object",
        "cut off after a comma",
    ],
)
def test_a_broken_block_keeps_what_stands_around_the_fault(block: str, headline: str) -> None:
    loaded = load(block.replace("%s", AUTHOR))

    assert isinstance(loaded, dict)
    assert loaded["headline"] == headline
    assert loaded["author"] == {"@type": "Person", "name": "Bo Penn"}


def test_single_quotes_become_double_ones_and_apostrophes_stay() -> None:
    block = "{'@type': 'Article', 'headline': 'Ann's \"own\" rye', 'author': 'Bo O\\'Penn'}"

    assert load(block) == {
        "@type": "Article",
        "headline": 'Ann\'s "own" rye',
        "author": "Bo O'Penn",
    }


def test_blocks_that_were_glued_together_are_all_read() -> None:
    assert load('{"a": 1}{"b": 2};\n[{"c": 3}]}') == [{"a": 1}, {"b": 2}, [{"c": 3}]]


@pytest.mark.parametrize("block", ["{not json", "", "var a = 1", "{a: 1}", "<b>", '"', "}", "{"])
def test_what_is_no_json_gives_nothing(block: str) -> None:
    assert load_block(block, Patience()) == []


@pytest.mark.parametrize(
    "block",
    [
        "{" + '"a" "b" ' * 20_000,
        '{"a": "' + '"x" ' * 20_000 + "}",
        '{"a": "' + '\\"' * 50_000,
        "{'" + " '" * 50_000,
        "[" * 50_000,
        '{"a": [' + "{" * 20_000,
        '{"a": 1}' * 20_000,
        '{"a": 1' + ",," * 20_000,
    ],
    ids=["words", "quotes", "escapes", "single", "lists", "objects", "glued", "commas"],
)
def test_mending_ends_when_the_patience_of_a_page_does(block: str) -> None:
    patience = Patience()

    load_block(block, patience)

    # The last attempt may overdraw it by the length of one block.
    assert patience.characters > -len(block) - 50_000
    assert patience.characters <= MOST_MENDED
