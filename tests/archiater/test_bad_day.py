"""Bad input and bad days, as a user meets them: one clear line, the right exit code, nothing lost.

What is tested here goes through the whole command line; what one module does on a bad day stands
in the tests of that module, what happens to a collection in `test_bad_day_of_a_collection.py`.
"""

from __future__ import annotations

import errno
import io
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archiater.command_line import _COMMANDS, run
from archive.collection import Collection

Run = Callable[..., tuple[int, str, str]]


def _is_one_line(err: str) -> bool:
    return err.startswith("archiater: ") and err.count("\n") == 1 and err.endswith("\n")


# Asked wrongly ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        ("nosuch",),
        ("show",),
        ("show", "-1"),
        ("show", "https://example.org/none"),
        ("show", "9" * 40),
        ("show", "1", "--version", "0"),
        ("show", "1", "--version", "9" * 20),
        ("show", "1", "--json", "--raw"),
        ("diff", "1", "9" * 20),
        ("diff", "1", "x"),
        ("history", "http://["),
        ("crawls", "show", "9" * 20),
        ("crawls", "show", "7"),
        ("crawls", "list", "--limit", "9" * 20),
        ("search", "--limit", "0"),
        ("search", "--page", "9" * 20),
        ("search", "--reviewed-after", "2024-02-31"),
        ("search", "--status", "nonsense"),
        ("search", "--jsn"),
        ("sql", "select 1", "--limit", "9" * 20),
        ("sql", "drop table articles"),
        ("export", "xml", "out"),
        ("export", "jsonl"),
        ("export", "jsonl", "/"),
        ("import", "nosuch.warc.gz"),
        ("import", "--jobs", "9999", "nosuch.warc.gz"),
        ("reextract", "--site", "nosuch"),
        ("sites", "show", "nosuch"),
        ("sites", "new", "../x", "--url", "https://example.org/"),
        ("sites", "check", "ftp://example.org/"),
        ("crawl",),
        ("crawl", "nosuch"),
        ("crawl", "http://["),
        ("crawl", "file:///etc/passwd"),
        ("demo", "--port", "99999"),
        ("completion", "nosuch"),
    ],
    ids=" ".join,
)
def test_what_is_asked_wrongly_is_answered_with_one_line(
    archiater: Run, arguments: tuple[str, ...]
) -> None:
    code, out, err = archiater(*arguments)

    assert (code, out) == (2, "")
    assert _is_one_line(err), err


def test_a_line_on_standard_error_stays_short_and_ends_with_what_to_do(archiater: Run) -> None:
    _, _, err = archiater("show", "https://example.org/" + "x" * 100_000)

    assert len(err) < 1100
    assert "`archiater search` finds both" in err


def test_a_file_of_urls_that_is_no_text_is_named(archiater: Run, tmp_path: Path) -> None:
    urls = tmp_path / "urls.txt"
    urls.write_bytes(b"\xff\xd8\xff\xe0")

    code, _, err = archiater("crawl", "--urls", urls)

    assert code == 2
    assert f"{urls}: byte 0 is no UTF-8" in err


def test_a_taken_port_for_the_demo_is_said_in_one_line(archiater: Run) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        code, _, err = archiater("demo", "--serve", "--port", taken.getsockname()[1])

    assert code == 2
    assert _is_one_line(err)
    assert "--port" in err


# Not what fetches, serves for ever or tells of the machine.
_COMMAND = st.sampled_from(
    sorted(set(_COMMANDS) - {"crawl", "demo", "schedule", "doctor", "replay"}),
)
_WORDS = st.one_of(
    st.sampled_from(
        [
            *("list", "show", "new", "jsonl", "csv", "parquet", "-", "--", "--json", "--version"),
            *(
                "--limit",
                "--page",
                "--site",
                "--since",
                "--status",
                "--sort",
                "--raw",
                "--markdown",
            ),
            *("--evidence", "--force", "--use", "--query", "--manifest", "--csv", "--timeout"),
            *("--stdio", "--url", "--text", "--jobs", "--no-extract", "--language", "-q", "-v"),
            *(
                "named",
                "train",
                "newest",
                "nhs.uk",
                "select 1",
                "select * from articles",
                "out.csv",
            ),
            *(
                "1",
                "0",
                "-1",
                "1.5",
                "nan",
                "9" * 20,
                "2024",
                "2024-02-31",
                "",
                ".",
                "/",
                "\x1b[31m",
            ),
        ]
    ),
    st.text(st.characters(exclude_characters="\0"), max_size=6),
)


@pytest.fixture(scope="module")
def playground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("playground")
    Collection.create(folder / "collection").close()
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.delenv("ARCHIATER_COLLECTION", raising=False)
        yield folder


@given(command=_COMMAND, words=st.lists(_WORDS, max_size=5))
@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_list_of_arguments_makes_a_traceback(
    playground: Path, monkeypatch: pytest.MonkeyPatch, command: str, words: list[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("nosuch.html\n"))

    assert run([command, *words]) in (0, 1, 2, 3)


# Settings and site files --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[crawl\n", "line 1, column 7"),
        ("x = " + "[" * 100_000, "not valid TOML"),
        ("[crawl]\n\ndelai_s = 3\n", "line 3: there is no setting crawl.delai_s"),
        ("[crawl]\ndelay_s = inf\n", "line 2: crawl.delay_s is inf, expected at most 86400"),
        ("[crawl]\ndelay_s = nan\n", "line 2: crawl.delay_s is nan"),
        ("[extract]\njobs = 100000\n", "line 2: extract.jobs is 100000, expected at most 256"),
        ('[crawl]\n"\\u001b[31m" = 3\n', "there is no setting crawl.\\x1b[31m"),
    ],
    ids=["syntax", "deep", "unknown key", "endless", "not a number", "too many", "escapes"],
)
def test_broken_settings_are_told_with_file_line_and_key(
    archiater: Run, home: Path, text: str, said: str
) -> None:
    (home / "archiater.toml").write_text(text)

    code, _, err = archiater("config", "show")

    assert code == 2
    assert _is_one_line(err)
    assert str(home / "archiater.toml") in err
    assert said in err


def test_a_broken_site_file_is_told_once_and_not_for_each_page(
    archiater: Run, home: Path, page: Path
) -> None:
    (home / "sites" / "mine.toml").write_text("name = \n")

    code, out, err = archiater("extract", page, page, "--url", "https://example.org/")

    assert (code, out) == (2, "")
    assert _is_one_line(err)
    assert "mine.toml" in err


def test_a_new_site_file_that_finds_no_room_leaves_nothing_behind(
    archiater: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> Path:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "replace", refuse)

    code, _, err = archiater("sites", "new", "nhs.uk")

    assert code == 2
    assert _is_one_line(err)
    assert list((home / "sites").iterdir()) == []


# Pages --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + b"stream\x00\xff" * 1000,
        b"\x1f\x8b\x08" + bytes(1000),
        bytes(100_000),
        b"<div>" * (10 * 2**20),
    ],
    ids=["empty", "PDF", "gzip", "zeros", "50 MB of nested tags"],
)
def test_a_file_that_is_no_page_is_one_line(archiater: Run, tmp_path: Path, body: bytes) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(body)

    code, out, err = archiater("extract", page)

    assert (code, out) == (1, "")
    assert _is_one_line(err)
    assert str(page) in err


def test_a_file_without_end_is_not_read_to_its_end(archiater: Run) -> None:
    code, _, err = archiater("extract", "/dev/zero")

    assert code == 1
    assert _is_one_line(err)


# Where output goes --------------------------------------------------------------------------------


def test_export_does_not_put_a_file_in_the_place_of_a_device(
    archiater: Run, tmp_path: Path
) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)

    code, _, err = archiater("export", "jsonl", pipe, "--force")

    assert code == 2
    assert _is_one_line(err)
    assert pipe.is_fifo()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
def test_a_full_disk_under_standard_output_is_one_line() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "archiater", "sites", "list"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )

    assert done.returncode == 3
    assert _is_one_line(done.stderr)
    assert os.strerror(errno.ENOSPC) in done.stderr


def test_a_reader_that_goes_away_is_no_error(home: Path) -> None:
    rows = "with recursive n(i) as (select 1 union all select i + 1 from n) select i from n"
    with subprocess.Popen(
        [sys.executable, "-m", "archiater", "-C", str(home), "sql", rows, "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        err = process.stderr.read()

    assert (process.returncode, err) == (0, b"")


def test_closed_standard_streams_lead_nowhere(home: Path) -> None:
    done = subprocess.run(
        [
            *("sh", "-c", '"$@" >&- <&-', "sh"),
            *(sys.executable, "-m", "archiater", "-C", str(home), "crawls", "list", "--json"),
        ],
        stderr=subprocess.PIPE,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, b"")
