from __future__ import annotations

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from articles.digests import PayloadDigests, payload_digest, text_digest


def test_reflowed_text_is_the_same_text() -> None:
    assert text_digest("one two\n\nthree") == text_digest(" one  two three ")


def test_composed_and_decomposed_letters_are_the_same_text() -> None:
    assert text_digest("caf\u00e9") == text_digest("cafe\u0301")


def test_a_changed_dose_is_another_text() -> None:
    assert text_digest("5 mg") != text_digest("50 mg")


@given(st.text())
def test_every_text_has_a_digest_of_one_shape(text: str) -> None:
    digest = text_digest(text)

    assert digest.startswith("sha256:")
    assert len(digest) == 71


def test_the_payload_digest_is_that_of_warc() -> None:
    assert payload_digest(b"") == "sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ"


@given(st.lists(st.binary()))
def test_a_payload_in_pieces_has_the_digests_of_the_whole(pieces: list[bytes]) -> None:
    digests = PayloadDigests()
    for piece in pieces:
        digests.update(piece)

    whole = b"".join(pieces)
    assert digests.sha1 == payload_digest(whole)
    assert digests.sha256 == hashlib.sha256(whole).hexdigest()
