"""`archiater schedule` as an operator types it; a scheduled crawl over loopback for real."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from archiater.command_line import run
from archive.collection import Collection
from archive.due_moments import note_due_moments
from archive.locks import site_lock

PAGE = b"""<!doctype html><html lang="en"><head><title>Fever</title></head><body><main>
<h1>Fever</h1>
<p>A fever is a rise of the body's temperature above what is usual for a person.</p></main></body>
</html>"""


class _Pages(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        found = self.path == "/fever"
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(PAGE) if found else 0))
        self.end_headers()
        if found:
            self.wfile.write(PAGE)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def origin() -> Iterator[str]:
    """The address of a site with one page."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Pages) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A collection that enables two sites, due at 03:17 in Manila and at every full hour UTC."""
    path = tmp_path / "collection"
    with Collection.create(path):
        pass
    add_site(path, "daily", "example.org", cron="17 3 * * *", timezone="Asia/Manila")
    add_site(path, "hourly", "example.net", cron="0 * * * *")
    enable(path, "daily", "hourly")
    return path


def add_site(
    folder: Path, name: str, host: str, *, cron: str | None, timezone: str = "UTC"
) -> None:
    schedule = f"[schedule]\ncron = '{cron}'\ntimezone = '{timezone}'\n" if cron else ""
    (folder / "sites" / f"{name}.toml").write_text(
        f"name = '{name}'\nhosts = ['{host}']\n[seeds]\npages = ['http://{host}/fever']\n"
        f"{schedule}[politeness]\ndelay_s = 0.0\n",
        encoding="utf-8",
    )


def enable(folder: Path, *names: str) -> None:
    text = f"[sites]\nenabled = {json.dumps(names)}\n"
    (folder / "archiater.toml").write_text(text, encoding="utf-8")


def was_due(folder: Path, site: str, ago: timedelta) -> None:
    """Leave the row of a moment some time ago, from which the schedule counts on."""
    now = datetime.now(UTC)
    with Collection.open(folder) as collection:
        note_due_moments(collection, site, [now - ago], "skipped", reason="long ago", now=now)


def shown(folder: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    assert run(["-C", str(folder), "schedule", *arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_list_shows_each_enabled_site_with_its_next_moment(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    was_due(folder, "hourly", timedelta(hours=5))

    daily, hourly = shown(folder, capsys, "list")

    assert (daily["cron"], daily["timezone"]) == ("17 3 * * *", "Asia/Manila")
    assert daily["next_due_at"][11:16] == "19:17"
    assert daily["latest"] is None
    assert hourly["latest"]["state"] == "skipped"


def test_list_for_people_tells_the_time_of_the_sites_own_zone(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["-C", str(folder), "schedule", "list"]) == 0

    assert " 03:17 Asia/Manila" in capsys.readouterr().out


def test_next_mixes_the_sites_in_order_of_time(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    moments = shown(folder, capsys, "next", "--most", "25")

    assert [m["due_at"] for m in moments] == sorted(m["due_at"] for m in moments)
    assert [m["site"] for m in moments].count("daily") == 1
    assert [m["site"] for m in moments].count("hourly") == 24
    [daily] = [m for m in moments if m["site"] == "daily"]
    assert daily["due_at"][11:16] == "19:17"


def test_a_due_site_is_crawled_once_and_its_crawl_is_named(
    folder: Path, origin: str, capfd: pytest.CaptureFixture[str]
) -> None:
    add_site(folder, "demo", origin, cron="0 3 * * *")
    enable(folder, "demo")
    was_due(folder, "demo", timedelta(days=3))

    first = run(["-C", str(folder), "schedule", "run-due", "--json"])
    rows = json.loads(capfd.readouterr().out)
    second = run(["-C", str(folder), "schedule", "run-due", "--json"])

    log = (folder / "logs" / "schedule-demo.log").read_text(encoding="utf-8")
    assert (first, second) == (0, 0), log
    assert json.loads(capfd.readouterr().out) == []
    assert rows[0]["state"] == "finished"
    assert {row["state"] for row in rows[1:]} == {"missed"}
    with Collection.open(folder, read_only=True) as collection:
        [crawl] = collection.connection.execute("select id, started_by, state from crawls")
        urls = {row[0] for row in collection.connection.execute("select url from captures")}
    assert tuple(crawl) == (rows[0]["crawl_id"], "schedule", "finished")
    assert f"http://{origin}/fever" in urls


def test_a_crawl_that_fails_is_told_with_its_last_line_and_exit_code_3(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    enable(folder, "hourly")
    was_due(folder, "hourly", timedelta(hours=1))
    # The child reads a broken setting that this process is past.
    broken = {**os.environ, "ARCHIATER_CRAWL_DELAY_S": "soon"}
    program = (
        "import os, sys; from archiater.shell import Shell; from archiater import command_line\n"
        "from archiater.config import read_config\n"
        "from pathlib import Path\n"
        "Shell.config = read_config(Path(sys.argv[2]), {})\n"
        "sys.exit(command_line.run(sys.argv[1:]))"
    )

    done = subprocess.run(
        [sys.executable, "-c", program, "-C", str(folder), "schedule", "run-due", "--json"],
        env=broken,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 3, done.stderr
    [row] = json.loads(done.stdout)
    assert row["state"] == "failed"
    assert row["reason"].startswith("the crawl ended with exit code 2: archiater: ARCHIATER_CRAWL")


def test_a_site_that_is_being_crawled_is_skipped_with_the_reason(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    enable(folder, "hourly")
    was_due(folder, "hourly", timedelta(hours=1))

    with Collection.open(folder) as collection, site_lock(collection, "hourly"):
        [row] = shown(folder, capsys, "run-due")

    assert row["state"] == "skipped"
    assert f"is being crawled by process {os.getpid()}" in row["reason"]
    assert shown(folder, capsys, "list", "--past", "hourly")[0] == row


def test_the_daemon_ends_at_sigterm_without_an_error(folder: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "archiater", "-C", str(folder), "schedule", "daemon"],
        stderr=subprocess.PIPE,
        text=True,
    ) as daemon:
        assert daemon.stderr is not None
        assert "the schedule of 2 sites runs" in daemon.stderr.readline()
        daemon.send_signal(signal.SIGTERM)
        rest = daemon.stderr.read()

    assert daemon.returncode == 0
    assert "the schedule has stopped" in rest


@pytest.mark.parametrize("name", ["run-due", "daemon"])
def test_without_an_enabled_site_one_line_says_what_to_write(
    folder: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    enable(folder)

    assert run(["-C", str(folder), "schedule", name]) == 2

    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert "sites.enabled is empty" in err


def test_without_a_scheduled_site_one_line_names_those_that_are_enabled(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add_site(folder, "plain", "example.com", cron=None)
    enable(folder, "plain")

    assert run(["-C", str(folder), "schedule", "run-due"]) == 2

    assert "plain: no enabled site has a schedule" in capsys.readouterr().err


def test_install_prints_the_text_alone_on_standard_output(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["-C", str(folder), "schedule", "install", "--systemd"]) == 0

    printed = capsys.readouterr()
    assert printed.out.startswith("[Unit]\n")
    assert str(folder.resolve()) in printed.out
    assert "systemctl --user enable --now archiater-collection.service" in printed.err


def test_install_writes_the_file_where_it_is_told(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["schedule", "install", "--cron", "--write", str(tmp_path / "new")]

    assert run(["-C", str(folder), *command]) == 0

    written = tmp_path / "new" / "archiater-collection.cron"
    assert "*/5 * * * * " in written.read_text(encoding="utf-8")
    assert f"cat {written}" in capsys.readouterr().err


def test_install_asks_for_which_system(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["-C", str(folder), "schedule", "install"]) == 2

    assert "--systemd or --cron" in capsys.readouterr().err
