"""`archiater replay` on the command line."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from archiater.command_line import run

URL = "https://example.org/fever"


def test_it_serves_the_page_that_was_asked_for_until_it_is_stopped(
    home: Path, archive: Any, view: Any, tmp_path: Path
) -> None:
    archive(URL, b"<p>Rest.")
    words = ["-C", str(home), "replay", URL, "--at", "2026-01-01", "--port", "0"]
    process = subprocess.Popen(
        [sys.executable, "-m", "archiater", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "XDG_DATA_HOME": str(tmp_path), "PYTHONUNBUFFERED": "1"},
    )
    try:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        origin, _, path = address.partition("/web/")
        got = type(view)(origin=origin).follow(f"/web/{path}")
    finally:
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=20)

    assert path == f"20260101/{URL}"
    assert got.status == 200
    assert "Traceback" not in said
    assert process.returncode == 130


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--at", "yesterday"], "expected a time"),
        (["--at", "2026-13"], "expected a time"),
        (["--port", "70000"], "70000"),
        (["--host", "256.1.1.1"], "cannot be served there"),
    ],
)
def test_what_cannot_be_done_is_one_line(
    home: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], expected: str
) -> None:
    code = run(["-C", str(home), "replay", *arguments])

    said = capsys.readouterr().err
    assert code == 2
    assert expected in said
    assert said.count("\n") == 1


def test_a_port_that_is_taken_is_named(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        code = run(["-C", str(home), "replay", "--port", str(port)])

    assert code == 2
    assert f"port {port}" in capsys.readouterr().err


def test_there_must_be_a_collection(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = run(["-C", str(tmp_path / "none"), "replay"])

    assert code == 2
    assert "no collection here" in capsys.readouterr().err


def test_a_file_that_is_not_the_player_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    (tmp_path / "other.tgz").write_bytes(b"other")

    code = run(["replay", "--player-from", str(tmp_path / "other.tgz")])

    assert code == 2
    assert "its sha512 is" in capsys.readouterr().err
    assert not (tmp_path / "data").exists()


def test_show_raw_writes_what_is_no_article_piece_by_piece(
    home: Path, archive: Any, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    payload = b"\x89PNG\r\n\x1a\n" + bytes(5 * 1024 * 1024)
    archive("https://example.org/a.png", payload, kind="image/png")

    code = run(["-C", str(home), "show", "https://example.org/a.png", "--raw"])

    assert code == 0
    assert capfdbinary.readouterr().out == payload


def test_show_raw_says_where_a_payload_is_not_complete(
    home: Path, archive: Any, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    archive(
        "https://example.org/a.png",
        b"\x1f\x8b\x08",
        kind="image/png",
        head="Content-Encoding: gzip\r\n",
    )

    code = run(["-C", str(home), "show", "https://example.org/a.png", "--raw"])

    assert code == 1
    assert b"the payload is not complete" in capfdbinary.readouterr().err
