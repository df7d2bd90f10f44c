from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from pipelines import self_test
from pipelines.self_test import Server

ROOT = Path(__file__).parents[2]
REQUEST = b"GET /%d HTTP/1.1\r\nHost: x\r\n\r\n"
ANSWERS = self_test._ANSWERS


@pytest.fixture
def server() -> Server:
    """One that has read each request."""
    return Server(base="http://x", requests=[REQUEST % n for n in range(len(ANSWERS))])


def all_captured() -> dict[str, tuple[bytes, bytes]]:
    return {f"http://x/{n}": (REQUEST % n, answer) for n, answer in enumerate(ANSWERS)}


def test_the_capture_is_exact_here_and_now() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pipelines.self_test"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert (done.returncode, done.stdout) == (0, ""), done.stderr


def test_a_capture_that_is_exact_has_no_differences(server: Server) -> None:
    assert list(self_test._differences(server, all_captured())) == []


@pytest.mark.parametrize("number", range(len(ANSWERS)))
def test_one_byte_that_was_changed_is_a_difference(server: Server, number: int) -> None:
    captured = all_captured()
    request, answer = captured[f"http://x/{number}"]
    captured[f"http://x/{number}"] = (request, answer.replace(b"\n", b" ", 1))

    [line] = self_test._differences(server, captured)

    assert line.startswith(f"answer {number} over http was sent as b'HTTP/1.1")
    assert len(line) < 1000


def test_a_request_that_was_changed_or_is_missing_is_a_difference(server: Server) -> None:
    captured = all_captured()
    captured["http://x/0"] = (captured["http://x/0"][0].lower(), ANSWERS[0])
    del captured["http://x/1"]

    lines = list(self_test._differences(server, captured))

    assert [line.split(" was ")[0] for line in lines] == [
        "request 0 over http",
        "request 1 over http",
        "answer 1 over http",
    ]


def test_the_first_difference_is_told_on_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert self_test._tell(["a", "b"]) == 1
    assert capsys.readouterr().out == "a (differences found: 2)\n"
    assert self_test._tell([]) == 0
