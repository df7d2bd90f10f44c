"""Real processes: started apart from us, asked to end by Ctrl-C's signal, their last line kept."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from archiater.schedule import crawl_processes
from archiater.schedule.crawl_processes import CrawlProcess, log_file, starter
from archive.collection import Collection

Start = Callable[[str], CrawlProcess]


@pytest.fixture
def start(collection: Collection) -> Start:
    """Starts a Python program in the place of `archiater`; the arguments come behind it."""
    return lambda program: starter(collection, (sys.executable, "-c", program))("example.org")


def exit_code(process: CrawlProcess) -> int:
    deadline = time.monotonic() + 30
    while (code := process.exit_code()) is None:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    return code


def test_the_crawl_command_is_called_with_the_collection_and_the_site(
    collection: Collection, start: Start
) -> None:
    assert exit_code(start("import sys; sys.stdout.write(repr(sys.argv[1:]))")) == 0

    path = str(collection.path.resolve())
    expected = ["-C", path, "crawl", "--started-by", "schedule", "--", "example.org"]
    assert log_file(collection, "example.org").read_text(encoding="utf-8") == repr(expected)


def test_the_last_line_it_wrote_is_known(start: Start) -> None:
    process = start("import sys; sys.stderr.write('first\\nthe disk is full\\n\\n'); sys.exit(3)")

    assert exit_code(process) == 3
    assert process.last_words() == "the disk is full"


def test_the_words_of_an_earlier_run_are_not_taken_for_its_own(start: Start) -> None:
    exit_code(start("import sys; sys.stderr.write('of yesterday\\n')"))
    silent = start("pass")

    assert exit_code(silent) == 0
    assert silent.last_words() == ""


def test_it_is_asked_to_end_as_by_ctrl_c(collection: Collection, start: Start) -> None:
    program = (
        "import sys, time\n"
        "try:\n"
        "    sys.stdout.write('ready'); sys.stdout.flush(); time.sleep(60)\n"
        "except KeyboardInterrupt:\n"
        "    sys.exit(130)"
    )
    process = start(program)
    wait_for_text(log_file(collection, "example.org"), "ready")

    process.ask_to_end()

    assert exit_code(process) == 130


def test_its_children_are_killed_with_it(collection: Collection, start: Start) -> None:
    program = (
        "import subprocess, sys, time\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        "sys.stdout.write(f'{child.pid};'); sys.stdout.flush(); time.sleep(60)"
    )
    process = start(program)
    log = log_file(collection, "example.org")
    wait_for_text(log, ";")

    process.kill()

    assert exit_code(process) == -9
    child = Path("/proc") / log.read_text(encoding="utf-8").rstrip(";")
    deadline = time.monotonic() + 30
    while child.exists() and "Z" not in (child / "stat").read_text().split()[2]:
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_a_log_that_has_grown_long_is_put_aside(
    collection: Collection, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crawl_processes, "_LONGEST_LOG_BYTES", 10)
    for text in ("a longer line", "new"):
        exit_code(start(f"import sys; sys.stdout.write('{text}')"))

    log = log_file(collection, "example.org")
    assert log.read_text(encoding="utf-8") == "new"
    assert log.with_suffix(".log.1").read_text(encoding="utf-8") == "a longer line"


def test_a_command_that_is_not_there_cannot_be_started(collection: Collection) -> None:
    with pytest.raises(FileNotFoundError):
        starter(collection, (str(collection.path / "nothing"),))("example.org")


def wait_for_text(path: Path, text: str) -> None:
    deadline = time.monotonic() + 30
    while text not in path.read_text(encoding="utf-8"):
        assert time.monotonic() < deadline
        time.sleep(0.01)
