from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from archive.searching.analyser import CHARACTERS, PIECE_BREAK, WORD_BREAK
from archive.searching.query import Needle, Query, parse_query

TEXTS = {
    1: "alpha beta",
    2: "alpha gamma",
    3: "beta gamma",
    4: "alpha beta gamma delta-4",
    5: "Vitamin C? C++ covid-19 and OR not",
    6: "",
}
TOKENIZE = "unicode61 remove_diacritics 2 categories ''L* N* Co Mn Mc''"


@pytest.fixture(scope="module")
def table() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    connection.execute(
        "create virtual table found using fts5"
        f" (title, headings, text, pieces, tokenize = '{TOKENIZE}')"
    )
    for article_id, text in TEXTS.items():
        analysed = CHARACTERS.analyse(text)
        connection.execute(
            "insert into found (rowid, text, pieces) values (?, ?, ?)",
            (article_id, analysed.replace(PIECE_BREAK, ""), analysed),
        )
    yield connection
    connection.close()


def found(table: sqlite3.Connection, query: Query) -> set[int]:
    if query.finds_nothing:
        return set()
    if query.match is None:
        return set(TEXTS)
    matched = {
        row[0]
        for row in table.execute("select rowid from found where found match ?", (query.match,))
    }
    return set(TEXTS) - matched if query.is_complement else matched


@pytest.mark.parametrize(
    ("typed", "articles"),
    [
        ("alpha beta", {1, 4}),
        ("alpha AND beta", {1, 4}),
        ("alpha OR gamma", {1, 2, 3, 4}),
        ("alpha -beta", {2}),
        ("alpha NOT beta", {2}),
        ("alpha AND NOT beta", {2}),
        ("-beta alpha", {2}),
        ('"beta gamma"', {3, 4}),
        ('alpha -"beta gamma"', {1, 2}),
        ("“beta gamma”", {3, 4}),
        ("gam*", {2, 3, 4}),
        ('"alpha be"*', {1, 4}),
        ("(alpha OR beta) gamma", {2, 3, 4}),
        ("alpha OR beta gamma", {1, 2, 3, 4}),
        ("gamma -(alpha OR delta)", {3}),
        ("-alpha", {3, 5, 6}),
        ("NOT alpha NOT beta", {5, 6}),
        ("-(alpha beta)", {2, 3, 5, 6}),
        ("beta OR -alpha", {1, 3, 4, 5, 6}),
        ("--alpha", {1, 2, 4}),
        ("NOT NOT alpha", {1, 2, 4}),
        ("-(-alpha)", {1, 2, 4}),
        ("delta-4", {4}),
        ("delta - 4", {4}),
        ("", set(TEXTS)),
        ("  \t ", set(TEXTS)),
    ],
)
def test_operators_mean_what_a_person_means(
    table: sqlite3.Connection, typed: str, articles: set[int]
) -> None:
    query = parse_query(typed)

    assert found(table, query) == articles


@pytest.mark.parametrize(
    "typed",
    [
        "covid-19",
        "Vitamin C?",
        "C++",
        "vitamin AND",
        "AND vitamin",
        "vitamin OR",
        "NOT",
        "OR",
        "vitamin NOT",
        "(vitamin",
        "vitamin)",
        "vitamin ()",
        '"vitamin',
        'vitamin "',
        'vitamin "" -""',
        "vitamin 😀",
        "vitamin -😀",
        "vitamin AND ?!",
        "?! OR vitamin",
        "vitamin\x00c",
        "vita*",
        "COVID＊",
        "vitamin \ud800",
        "and (or)",
    ],
)
def test_what_cannot_be_an_operator_is_text(table: sqlite3.Connection, typed: str) -> None:
    assert found(table, parse_query(typed)) == {5}


@pytest.mark.parametrize("typed", ["?!", "😀", "-", '""', "()", "(-)", "***", "\x00", "\u0301"])
def test_text_without_a_letter_or_digit_finds_nothing(
    table: sqlite3.Connection, typed: str
) -> None:
    query = parse_query(typed)

    assert found(table, query) == set()


def test_a_colon_names_no_column(table: sqlite3.Connection) -> None:
    assert found(table, parse_query("site:who.int")) == set()
    assert found(table, parse_query("text:alpha pieces:alpha")) == set()


def test_an_unspaced_run_is_a_phrase_of_words_or_of_pieces() -> None:
    query = parse_query("เบาหวาน ตา")

    words, pieces = WORD_BREAK.join(("เบา", "หวาน")), WORD_BREAK.join(("เบา", "ห", "วา", "น"))
    columns = "{title headings text}"
    assert query.match == (f'({columns} : "{words}" OR pieces : "{pieces}") AND {columns} : "ตา"')


def test_a_vietnamese_d_is_folded_as_the_index_folds_it() -> None:
    assert parse_query("Đường đỏ").match == '"Dường" AND "dỏ"'


def test_needles_are_what_is_asked_for_and_not_what_is_asked_away() -> None:
    query = parse_query('alpha -beta "gamma delta" eps* -(zeta -eta)')

    assert query.needles == (
        Needle(text="alpha"),
        Needle(text="gamma delta"),
        Needle(text="eps", is_prefix=True),
        Needle(text="eta"),
    )


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("(" * 5000 + "a" + ")" * 5000, id="deep"),
        pytest.param("word " * 20_000, id="long"),
        pytest.param("a OR " * 5000 + "b", id="many alternatives"),
        pytest.param("-a " * 5000, id="many exclusions"),
        pytest.param("(a OR -(b c " * 2000, id="unclosed"),
        pytest.param("(a OR (-b " * 300 + "c" + ") d)" * 300, id="deep and mixed"),
        pytest.param('"' * 9999, id="quotes"),
        pytest.param("NOT " * 5000 + "a", id="negations"),
        pytest.param("x" * 1_000_000, id="one word"),
        pytest.param("癌" * 10_000, id="one run"),
    ],
)
def test_what_is_pasted_in_bulk_is_no_error(table: sqlite3.Connection, typed: str) -> None:
    found(table, parse_query(typed))


PIECES = st.sampled_from(
    [
        *("alpha", "beta", " ", " ", "AND", "OR", "NOT", "-", "(", ")", '"', "*", ":", "+", "^"),
        *("{", "}", "NEAR(", ",", "covid-19", "เบาหวาน", "糖尿病", "😀", "\x00", "“", "＂", "é"),
        *("\u0301", "'", ";", "ตา", "\u200b"),
    ]
)


@settings(max_examples=400, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.lists(PIECES).map("".join), st.text()))
@example("NEAR(alpha beta, 3)")
@example("^alpha + beta")
@example("{text} : alpha")
@example('alpha"beta"gamma')
def test_no_text_is_an_error(table: sqlite3.Connection, typed: str) -> None:
    found(table, parse_query(typed))


WORDS = st.sampled_from(["alpha", "beta", "gamma", "vitamin", '"beta gamma"', "gam*"])
QUERIES = st.recursive(
    WORDS,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]} {pair[1]})"),
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]} OR {pair[1]})"),
        inner.map(lambda one: f"-{one}"),
    ),
    max_leaves=8,
)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(QUERIES, QUERIES)
def test_operators_are_those_of_sets(table: sqlite3.Connection, left: str, right: str) -> None:
    one, other = found(table, parse_query(left)), found(table, parse_query(right))

    assert found(table, parse_query(f"({left}) ({right})")) == one & other
    assert found(table, parse_query(f"({left}) OR ({right})")) == one | other
    assert found(table, parse_query(f"-({left})")) == set(TEXTS) - one
