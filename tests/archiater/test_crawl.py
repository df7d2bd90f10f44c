"""Real crawls over loopback, each in a process of its own, as an operator runs them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from archiater.demo.server import DemoServer
from archiater.demo.site_file import site_file_text
from archive.collection import Collection

FORBIDDEN = "/private/"


@pytest.fixture
def server() -> Iterator[DemoServer]:
    with DemoServer() as running:
        yield running


@pytest.fixture
def folder(tmp_path: Path, server: DemoServer) -> Path:
    (tmp_path / "c" / "sites").mkdir(parents=True)
    (tmp_path / "c" / "sites" / "demo.toml").write_text(site_file_text(server.url), "utf-8")
    return tmp_path / "c"


def command_line(folder: Path, *arguments: str) -> list[str]:
    return [sys.executable, "-m", "archiater", "-C", str(folder), *arguments]


def archiater(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command_line(folder, *arguments), capture_output=True, text=True, check=False
    )


def crawl(folder: Path, *arguments: str) -> dict[str, object]:
    done = archiater(folder, "crawl", *arguments, "--no-extract", "--json")
    assert done.returncode == 0, done.stderr
    (row,) = json.loads(done.stdout)
    assert isinstance(row, dict)
    return row


def asked_pages(server: DemoServer) -> list[str]:
    return [request.path for request in server.requests]


def is_page(path: str) -> bool:
    return not path.endswith((".xml", ".gz", ".txt")) and not path.startswith("/static/")


def slow_down(folder: Path, delay_s: float) -> None:
    path = folder / "sites" / "demo.toml"
    path.write_text(path.read_text("utf-8").replace("delay_s = 0", f"delay_s = {delay_s}"), "utf-8")


def states(folder: Path) -> dict[str, int]:
    with Collection.open(folder, read_only=True) as collection:
        rows = collection.connection.execute(
            "select state, count(*) from frontier group by state"
        ).fetchall()
    return {row[0]: row[1] for row in rows}


def test_every_request_the_server_saw_is_preserved(server: DemoServer, folder: Path) -> None:
    crawl(folder, "demo")

    with Collection.open(folder, read_only=True) as collection:
        urls = [row["url"] for row in collection.connection.execute("select url from captures")]
    assert sorted(urls) == sorted(server.url.rstrip("/") + path for path in asked_pages(server))


def test_what_robots_txt_forbids_is_never_asked_for(server: DemoServer, folder: Path) -> None:
    crawl(folder, "demo")

    rules = [path for path in asked_pages(server) if path == "/robots.txt"]
    assert rules == ["/robots.txt"]
    with Collection.open(folder, read_only=True) as collection:
        (row,) = collection.connection.execute(
            "select url from frontier where state = 'disallowed'"
        ).fetchall()
    assert row["url"].removeprefix(server.url.rstrip("/")) not in asked_pages(server)


def test_no_page_is_asked_for_twice(server: DemoServer, folder: Path) -> None:
    crawl(folder, "demo")

    asked = asked_pages(server)
    assert len(asked) > 60
    assert len(asked) == len(set(asked))


def test_we_say_who_we_are(server: DemoServer, folder: Path) -> None:
    (folder / "archiater.toml").write_text("[crawl]\ncontact = 'mailto:me@example.org'\n", "utf-8")

    crawl(folder, "demo", "--limit", "1")

    agents = {request.user_agent for request in server.requests}
    assert len(agents) == 1
    assert agents.pop().endswith("(+mailto:me@example.org)")


def test_the_log_tells_how_a_crawl_began_and_ended(server: DemoServer, folder: Path) -> None:
    crawl(folder, "demo", "--limit", "1")

    (log,) = (folder / "logs").iterdir()
    told = log.read_text("utf-8")
    assert "demo: crawl 1 begins" in told
    assert "demo: crawl 1 finished" in told


def test_a_limit_counts_pages_and_not_sitemaps(server: DemoServer, folder: Path) -> None:
    row = crawl(folder, "demo", "--limit", "5")

    pages = [path for path in asked_pages(server) if is_page(path)]
    assert len(pages) == 5
    assert row["state"] == "finished"


def test_one_page_follows_nothing(server: DemoServer, folder: Path) -> None:
    url = f"{server.url.rstrip('/')}/conditions/asthma/"

    crawl(folder, "--one-page", url)

    assert [path for path in asked_pages(server) if is_page(path)] == ["/conditions/asthma/"]


def test_since_leaves_out_what_the_sitemap_dates_earlier(server: DemoServer, folder: Path) -> None:
    crawl(folder, "demo")
    whole = len(server.requests)
    server.forget_requests()

    crawl(folder, "demo", "--since", "2025-01-01")

    with Collection.open(folder, read_only=True) as collection:
        dates = [
            row["lastmod"]
            for row in collection.connection.execute(
                "select lastmod from frontier"
                " where crawl_id = (select max(id) from crawls) and found_by = 'sitemap'"
            )
        ]
    assert 0 < len(server.requests) < whole
    assert all(day is None or day >= "2025-01-01" for day in dates)


def test_ctrl_c_stops_cleanly_and_the_next_crawl_goes_on(server: DemoServer, folder: Path) -> None:
    slow_down(folder, 0.05)
    process = start_and_wait_for_requests(server, folder, 12)

    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=30)
    first = asked_pages(server)
    row = crawl(folder, "demo")

    assert process.returncode == 130, errors
    assert "Traceback" not in errors
    assert row["id"] == 1
    assert set(states(folder)) <= {"done", "disallowed", "failed", "out_of_scope"}
    again = [path for path in asked_pages(server)[len(first) :] if path in first]
    assert set(again) <= {"/robots.txt"}


def test_a_limit_is_of_the_crawl_however_often_it_is_interrupted(
    server: DemoServer, folder: Path
) -> None:
    slow_down(folder, 0.05)
    process = start_and_wait_for_requests(server, folder, 12, "--limit", "20")
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=30)
    assert process.returncode == 130

    row = crawl(folder, "demo", "--limit", "20")

    pages = [path for path in asked_pages(server) if is_page(path)]
    assert row["id"] == 1
    assert len(pages) == 20


def test_a_killed_crawl_loses_no_page(server: DemoServer, folder: Path) -> None:
    slow_down(folder, 0.05)
    process = start_and_wait_for_requests(server, folder, 25)

    process.kill()
    process.communicate(timeout=30)
    crawl(folder, "demo")
    killed = set(asked_pages(server))
    server.forget_requests()
    crawl(folder, "demo", "--limit", "1000")

    assert killed == set(asked_pages(server))


INTERRUPTED_WHILE_EXTRACTING = """
import os, signal, sys
import archiater.crawl
from archiater.command_line import run

class Extracting:
    def __init__(self, *_, **__): ...
    def __enter__(self): ...
    def __exit__(self, *_): os.kill(os.getpid(), signal.SIGINT)

archiater.crawl.ExtractingBeside = Extracting
sys.exit(run(sys.argv[1:]))
"""


def test_ctrl_c_ends_the_extraction_and_the_crawl_itself_is_over(
    server: DemoServer, folder: Path
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED_WHILE_EXTRACTING, "-C", str(folder), "crawl", "demo"],
        capture_output=True,
        text=True,
        check=False,
    )
    row = crawl(folder, "demo")

    assert done.returncode == 130, done.stderr
    assert "Traceback" not in done.stderr
    assert (row["id"], row["state"]) == (2, "finished")
    assert asked_pages(server).count("/conditions/asthma/") == 2


def start_and_wait_for_requests(
    server: DemoServer, folder: Path, number: int, *arguments: str
) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        command_line(folder, "crawl", "demo", "--no-extract", *arguments),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    deadline = time.monotonic() + 60
    while len(server.requests) < number:
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        os.sched_yield()
    return process


def test_a_site_is_not_crawled_by_two_at_once(server: DemoServer, folder: Path) -> None:
    slow_down(folder, 0.1)
    process = start_and_wait_for_requests(server, folder, 3)

    second = archiater(folder, "crawl", "demo")
    process.kill()
    process.communicate()

    assert second.returncode == 3
    assert second.stderr.count("\n") == 1
    assert str(process.pid) in second.stderr


def test_a_site_that_does_not_answer_is_one_line_and_exit_code_3(tmp_path: Path) -> None:
    with DemoServer() as stopped:
        url = stopped.url

    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "archiater.toml").write_text("[crawl]\ntries = 1\n", "utf-8")

    done = archiater(tmp_path / "c", "crawl", "--one-page", url, "--no-extract")

    assert done.returncode == 3
    assert "nothing could be fetched" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("crawl", "hellodocter.com.ph"), "did you mean hellodoctor.com.ph"),
        (("crawl", "not a url/x"), "no web address"),
        (("crawl",), "nothing to crawl"),
        (("crawl", "nhs.uk", "--one-page"), "takes URLs"),
    ],
    ids=["unknown site", "no address", "nothing named", "a site as one page"],
)
def test_a_crawl_that_cannot_begin_is_one_line(
    tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    done = archiater(tmp_path / "c", *arguments)

    assert done.returncode == 2
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
