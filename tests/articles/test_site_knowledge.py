"""Counting the blocks of a site: the same in any order, in bounded memory, copies counted once."""

from __future__ import annotations

import random
from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from articles.fingerprint import block_key
from articles.site_knowledge import MIN_TEXTS, Fingerprint, count_blocks


def a_page(number: int, *shared: int, copy_of: int | None = None) -> Fingerprint:
    """A page with 20 keys of its own and the `shared` ones."""
    text = number if copy_of is None else copy_of
    own = random.Random(text)  # noqa: S311 - a page's own numbers, no secret
    keys = [own.getrandbits(64) for _ in range(20)]
    return Fingerprint(keys=tuple(sorted({*keys, *shared})), sketch=tuple(keys[:16]))


def test_a_block_of_all_pages_is_known_and_one_of_two_is_not() -> None:
    pages = [a_page(n, 1, *([2] if n < 2 else [])) for n in range(9)]

    known = count_blocks(lambda: pages)

    assert known is not None
    assert dict(known.counts) == {1: 9}
    assert known.is_on_most(1)
    assert not known.is_on_several(2)


def test_a_site_of_few_texts_tells_nothing() -> None:
    pages = [a_page(n, 1) for n in range(MIN_TEXTS - 1)]
    copies = [a_page(10 + n, 1, copy_of=0) for n in range(20)]

    assert count_blocks(lambda: [*pages, *copies]) is None


def test_copies_of_a_text_count_once() -> None:
    pages = [a_page(n) for n in range(8)]
    copies = [a_page(20 + n, 1, copy_of=0) for n in range(10)]

    assert count_blocks(lambda: [*pages, *copies]) is None


def test_copies_that_differ_in_a_block_count_about_once() -> None:
    pages = [a_page(n) for n in range(20)]
    text = tuple(range(100, 112))
    # In one place of four the block that differs comes first.
    likes = [
        Fingerprint(keys=(*text, 500 + n), sketch=(*text, 500 + n, *text[:3])) for n in range(9)
    ]

    assert count_blocks(lambda: [*pages, *likes]) is None


def test_short_pages_with_much_furniture_are_different_texts() -> None:
    furniture = tuple(range(100, 106))
    pages = [
        Fingerprint(keys=(*furniture, 500 + n), sketch=(*furniture[:3], 500 + n) * 4)
        for n in range(6)
    ]

    known = count_blocks(lambda: pages)

    assert known is not None
    assert set(known.counts) == set(furniture)


def test_more_is_asked_for_on_a_larger_site() -> None:
    pages = [a_page(n, *([1] if n < 9 else []), *([2] if n < 12 else [])) for n in range(100)]

    known = count_blocks(lambda: pages)

    assert known is not None
    assert set(known.counts) == {2}


@given(st.randoms(use_true_random=False))
def test_the_order_of_the_pages_does_not_matter(order: random.Random) -> None:
    pages = [a_page(n, *range(n % 7)) for n in range(60)]
    known = count_blocks(lambda: pages)
    order.shuffle(pages)

    assert count_blocks(lambda: pages) == known


def test_many_texts_are_estimated_well_enough() -> None:
    def pages() -> Iterator[Fingerprint]:
        for number in range(4_000):
            yield a_page(number, 1, *([2] if number % 4 == 0 else []))

    known = count_blocks(pages)

    assert known is not None
    assert 3_200 < known.texts < 4_800
    assert known.is_on_most(1)
    assert known.is_on_several(2)
    assert not known.is_on_most(2)


def test_the_digest_says_what_follows_and_not_how_often_it_was_counted() -> None:
    few, more = ([a_page(n, 1) for n in range(count)] for count in (20, 21))
    one, other = count_blocks(lambda: few), count_blocks(lambda: more)
    less = count_blocks(lambda: [*few, *(a_page(n) for n in range(30, 60))])

    assert one is not None
    assert other is not None
    assert less is not None
    assert one.digest() == other.digest()
    assert one.digest() != less.digest()


def test_a_key_looks_through_case_white_space_and_numbers() -> None:
    assert block_key("Page 3  of 12") == block_key("PAGE 4 of 9")
    assert block_key("Page three") != block_key("Page four")
