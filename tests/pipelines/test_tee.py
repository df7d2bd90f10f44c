from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import ArchiveError
from pipelines import tee
from pipelines.tee import Attempt, Connection, EndlessHead, Tee

SMALL = 64


@pytest.fixture(autouse=True, scope="module")
def small_memory() -> object:
    """A few bytes for what is a mebibyte."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tee, "IN_MEMORY_BYTES", SMALL)
        patch.setattr(tee, "_SPILL_AT_ONCE", 16)
        yield patch


def an_attempt(folder: Path | None = None) -> Attempt:
    attempt = Tee(folder).begin(Connection())
    attempt.has_head = True
    return attempt


def joined(attempt: Attempt) -> bytes:
    first, rest = attempt.blocks()
    if rest is None:
        return first
    assert len(first) == SMALL
    whole = first + b"".join(rest.chunks())
    rest.close()
    return whole


@given(st.lists(st.binary(max_size=100), max_size=12), st.integers(0, 90), st.integers(0, 90))
def test_what_was_taken_comes_back_without_what_is_over_its_end(
    pieces: list[bytes], after_end: int, excess: int
) -> None:
    whole = b"".join(pieces)
    after_end = min(after_end, len(whole))
    excess = min(excess, len(whole) - after_end)
    attempt = an_attempt()

    for piece in pieces:
        attempt.take(piece)
    attempt.after_end = whole[len(whole) - after_end :]
    attempt.excess = excess

    assert joined(attempt) == whole[: len(whole) - after_end - excess]


def test_what_comes_after_the_blocks_were_given_is_not_heard() -> None:
    attempt = an_attempt()
    attempt.take(b"heard")
    attempt.blocks()

    attempt.take(b"x" * 1000)

    assert attempt.blocks() == (b"heard", None)


def test_a_head_that_does_not_end_in_memory_is_refused_and_kept() -> None:
    attempt = an_attempt()
    attempt.has_head = False
    attempt.take(b"h" * SMALL)

    with pytest.raises(EndlessHead):
        attempt.take(b"h")

    assert attempt.blocks() == (b"h" * (SMALL + 1), None)


def test_bytes_that_find_no_room_are_refused_and_what_came_before_is_kept(
    tmp_path: Path,
) -> None:
    attempt = an_attempt(tmp_path / "missing")

    with pytest.raises(ArchiveError):
        attempt.take(b"b" * 100)

    assert attempt.blocks() == (b"b" * 100, None)


def test_the_last_bytes_that_find_no_room_leave_what_was_spilled(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    attempt = an_attempt()
    attempt.take(b"a" * 100)
    attempt.take(b"b" * 10)
    attempt.after_end = b"b"

    def refuse(self: object, data: bytes) -> None:
        raise ArchiveError("full")

    with monkeypatch.context() as patch:
        patch.setattr("archive.spilling.SpilledBytes.append", refuse)
        with pytest.raises(ArchiveError):
            attempt.blocks()

    assert joined(attempt) == b"a" * 100


def test_a_connection_is_ready_when_what_is_written_to_it_goes_out() -> None:
    assert Connection().is_ready
    assert not Connection(is_tls=True).is_ready
    assert Connection(is_tls=True, tls_protocol="TLSv1.3").is_ready


def test_a_tee_without_an_attempt_has_an_empty_one() -> None:
    nothing = Tee(None)

    assert (nothing.last.sent, nothing.last.blocks()) == ([], (b"", None))
    assert len(nothing.attempts) == 1
