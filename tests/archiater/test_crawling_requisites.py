"""Real crawls of a small site with images, styles and fonts, half of them on another host."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from archive.collection import Collection

LARGEST = 40_000

ARTICLE = """<!doctype html><html lang="en"><head><title>{title}</title>
<link rel="stylesheet" href="{cdn}/css/site.css"></head><body><main><article><h1>{title}</h1>
<p>By Ann Author</p><p>Give the child enough to drink and let it rest as long as it wants to.</p>
<p>A fever is a sign that the body fights an infection, and it often goes away by itself.</p>
<p>Call a doctor after three days, or at once where the child is hard to wake up.</p>
{images}</article></main><a href="/">Home</a> <a href="/cough/">Cough</a></body></html>"""
IMAGES = """<img src="photo.png" srcset="photo-2x.png 2x"><img src="/moved.png">
<img src="/huge.png"><img src="/secret/hidden.png"><img src="/gone.png"><img src="/soft.png">
<img src="/cough/">"""
CSS = """@import "base.css"; @font-face { src: url(../font.woff2) }
body { background: url(/private/tile.png) }"""

Answer = tuple[int, str, bytes, dict[str, str]]


class Server(ThreadingHTTPServer):
    """Answers from a table and counts what it was asked."""

    daemon_threads = True

    def __init__(self, host: str) -> None:
        super().__init__((host, 0), Handler)
        self.host = host
        self.answers: dict[str, Answer] = {}
        self.asked: Counter[str] = Counter()
        self.log: list[str] = []
        """Whole URLs; two servers may share one."""
        self.was_asked = threading.Event()

    def handle_error(self, request: object, client_address: object) -> None:
        """Who hangs up on a body that is too large does so on purpose."""

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.server_address[1]}"

    def put(
        self, path: str, body: str | bytes, kind: str, status: int = 200, **headers: str
    ) -> None:
        raw = body if isinstance(body, bytes) else body.encode()
        self.answers[path] = (status, kind, raw, headers)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Server

    def do_GET(self) -> None:
        self.server.asked[self.path] += 1
        self.server.was_asked.set()
        self.server.log.append(f"http://{self.headers['Host']}{self.path}")
        missing: Answer = (404, "text/html", b"<html><body><p>Nothing here.</p></body></html>", {})
        status, kind, body, headers = self.server.answers.get(self.path, missing)
        self.send_response(status)
        for name, value in {**headers, "Content-Type": kind}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None: ...


@contextmanager
def serving(host: str) -> Iterator[Server]:
    with Server(host) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def furnish(site: Server, cdn: Server) -> None:
    site.put("/robots.txt", "User-agent: *\nDisallow: /secret/\n", "text/plain")
    home = '<html><body><img src="/home.png"><a href="/fever/">Fever</a></body></html>'
    site.put("/", home, "text/html")
    fever = ARTICLE.format(title="Fever in children", cdn=cdn.url, images=IMAGES)
    site.put("/fever/", fever, "text/html")
    site.put("/cough/", ARTICLE.format(title="A cough", cdn=cdn.url, images=""), "text/html")
    site.put("/fever/photo.png", b"\x89PNG" + bytes(range(256)) * 20, "image/png")
    site.put("/fever/photo-2x.png", b"\x89PNG photo, larger", "image/png")
    site.put("/huge.png", bytes(LARGEST + 1), "image/png")
    site.put("/moved.png", "", "text/plain", status=301, Location=f"{cdn.url}/new.png")
    site.put("/soft.png", fever.replace("Fever", "Error"), "text/html")
    rules = f"User-agent: *\nDisallow: /private/\nSitemap: {cdn.url}/sitemap.xml\n"
    cdn.put("/robots.txt", rules, "text/plain")
    cdn.put("/css/site.css", CSS, "text/css")
    cdn.put("/css/base.css", "h1 { background: url('deep.png') }", "text/css")
    cdn.put("/css/deep.png", b"\x89PNG deep", "image/png")
    cdn.put("/font.woff2", b"wOF2", "font/woff2")
    cdn.put("/new.png", b"\x89PNG new", "image/png")


@dataclass(frozen=True, kw_only=True)
class Crawled:
    """What a crawl did: its row, its collection, and what the servers were asked."""

    folder: Path
    row: dict[str, object]
    site: Server
    cdn: Server

    @property
    def counts(self) -> dict[str, int]:
        counts = self.row["counts"]
        assert isinstance(counts, dict)
        return counts


def crawl(
    folder: Path, site: Server, cdn: Server, *arguments: str, key: str = "true", delay_s: float = 0
) -> Crawled:
    furnish_collection(folder, site, key=key, delay_s=delay_s)
    done = archiater(folder, "crawl", *(arguments or ("small",)), "--json")
    assert done.returncode == 0, done.stderr
    (row,) = json.loads(done.stdout)
    return Crawled(folder=folder, row=row, site=site, cdn=cdn)


def furnish_collection(folder: Path, site: Server, *, key: str = "true", delay_s: float) -> None:
    """A site file for `site`, with the shortest of waits."""
    sites = folder / "sites"
    sites.mkdir(parents=True, exist_ok=True)
    (folder / "archiater.toml").write_text("[crawl]\ndelay_s = 0\ntries = 1\n", "utf-8")
    (sites / "small.toml").write_text(
        f"name = 'small'\nhosts = ['{site.url.partition('://')[2]}']\nrequisites = {key}\n"
        f"seeds.pages = ['{site.url}/']\npoliteness.delay_s = {delay_s}\n"
        f"limits.requisite_bytes = {LARGEST}\n",
        "utf-8",
    )


def archiater(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command_line = [sys.executable, "-m", "archiater", "-C", str(folder), *arguments]
    return subprocess.run(command_line, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def servers() -> Iterator[tuple[Server, Server]]:
    with serving("127.0.0.1") as site, serving("127.0.0.2") as cdn:
        furnish(site, cdn)
        yield site, cdn


@pytest.fixture(scope="module")
def crawled(servers: tuple[Server, Server], tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    for server in servers:
        server.asked.clear()
    return crawl(tmp_path_factory.mktemp("requisites") / "c", *servers)


@pytest.fixture
def again(servers: tuple[Server, Server]) -> tuple[Server, Server]:
    """The servers with nothing counted yet, for a crawl of one's own."""
    for server in servers:
        server.asked.clear()
        server.was_asked.clear()
    return servers


CAPTURES = "select url, status, truncated, record_type, outcome, reason from captures order by url"


def captures(folder: Path) -> list[tuple[object, ...]]:
    with Collection.open(folder, read_only=True) as collection:
        return [tuple(row) for row in collection.connection.execute(CAPTURES)]


def test_what_an_article_needs_is_fetched_from_its_own_host_and_from_another(
    crawled: Crawled,
) -> None:
    urls = {str(capture[0]) for capture in captures(crawled.folder) if capture[1] == 200}

    assert {
        f"{crawled.site.url}/fever/photo.png",
        f"{crawled.site.url}/fever/photo-2x.png",
        f"{crawled.cdn.url}/css/site.css",
        f"{crawled.cdn.url}/css/base.css",
        f"{crawled.cdn.url}/css/deep.png",
        f"{crawled.cdn.url}/font.woff2",
        f"{crawled.cdn.url}/new.png",
    } <= urls
    assert crawled.counts["requisites_done"] == 8


def test_each_capture_says_which_page_or_style_sheet_needs_it(crawled: Crawled) -> None:
    reasons = {capture[0]: capture[4:] for capture in captures(crawled.folder)}
    site, cdn = crawled.site.url, crawled.cdn.url

    assert reasons[f"{site}/fever/photo.png"] == ("skipped", f"requisite of {site}/fever/")
    assert reasons[f"{cdn}/new.png"] == ("skipped", f"requisite of {site}/fever/")
    assert reasons[f"{cdn}/css/deep.png"] == ("skipped", f"requisite of {cdn}/css/base.css")


def test_a_page_that_answers_for_an_image_is_no_article(crawled: Crawled) -> None:
    with Collection.open(crawled.folder, read_only=True) as collection:
        titles = collection.connection.execute("select title from articles order by title")
        assert [row["title"] for row in titles] == ["A cough", "Fever in children"]


def test_what_is_too_large_is_cut_and_asked_for_once(crawled: Crawled) -> None:
    (huge,) = (row for row in captures(crawled.folder) if str(row[0]).endswith("/huge.png"))

    assert huge[2] == "length"
    assert crawled.site.asked["/huge.png"] == 1
    assert crawled.counts["requisites_failed"] == 2


def test_each_host_says_by_its_own_robots_txt_what_we_may_have(crawled: Crawled) -> None:
    assert crawled.cdn.asked["/robots.txt"] == 1
    assert not crawled.site.asked["/secret/hidden.png"]
    assert not crawled.cdn.asked["/private/tile.png"]
    assert not crawled.cdn.asked["/sitemap.xml"]
    assert crawled.counts["requisites_disallowed"] == 2


def test_a_section_page_brings_no_images(crawled: Crawled) -> None:
    assert not crawled.site.asked["/home.png"]


def test_no_requisite_is_asked_for_twice(crawled: Crawled) -> None:
    # The page that another page took for an image is fetched as both.
    assert set(crawled.site.asked.values()) <= {1, 2}
    assert [path for path, times in crawled.site.asked.items() if times == 2] in ([], ["/cough/"])
    assert set(crawled.cdn.asked.values()) == {1}


def test_a_database_made_again_from_the_files_tells_requisites_apart(
    crawled: Crawled, tmp_path: Path
) -> None:
    shutil.copytree(crawled.folder / "warcs", tmp_path / "again" / "warcs")
    files = [str(path) for path in (tmp_path / "again" / "warcs").iterdir()]

    done = archiater(tmp_path / "again", "import", *files)

    assert done.returncode == 0, done.stderr
    assert captures(tmp_path / "again") == captures(crawled.folder)


def test_a_limit_of_pages_lets_their_requisites_come(
    again: tuple[Server, Server], tmp_path: Path
) -> None:
    crawled = crawl(tmp_path / "c", *again, "small", "--limit", "2")

    assert crawled.row["state"] == "finished"
    assert crawled.site.asked["/fever/photo.png"] == 1
    assert crawled.cdn.asked["/css/deep.png"] == 1


def test_one_page_comes_with_what_it_needs(again: tuple[Server, Server], tmp_path: Path) -> None:
    site, _ = again

    crawled = crawl(tmp_path / "c", *again, "--one-page", f"{site.url}/")

    assert set(site.asked) == {"/robots.txt", "/", "/home.png"}
    assert crawled.counts["urls_done"] == 1


def test_without_the_key_nothing_but_pages_is_fetched(
    again: tuple[Server, Server], tmp_path: Path
) -> None:
    crawled = crawl(tmp_path / "c", *again, key="false")

    assert not crawled.cdn.asked
    assert not crawled.site.asked["/fever/photo.png"]
    assert not [name for name in crawled.counts if name.startswith("requisites")]


def test_another_host_is_asked_beside_the_site_and_not_after_it(
    tmp_path: Path,
) -> None:
    with serving("127.0.0.1") as site, serving("127.0.0.2") as cdn:
        furnish(site, cdn)
        cdn.log = site.log
        links = "".join(f'<a href="/page-{number}/">p</a>' for number in range(8))
        site.put("/", f'<a href="/fever/">Fever</a>{links}', "text/html")

        crawl(tmp_path / "c", site, cdn, delay_s=0.1)

        pages = [f"{site.url}/page-{number}/" for number in range(8)]
        last_page = max(map(site.log.index, pages))
        assert site.log.index(f"{cdn.url}/font.woff2") < last_page
        assert site.log.index(f"{site.url}/fever/photo.png") > last_page


def test_what_did_not_change_since_the_last_crawl_is_kept_as_a_revisit(
    again: tuple[Server, Server], tmp_path: Path
) -> None:
    site, cdn = again
    crawl(tmp_path / "c", *again)

    crawl(tmp_path / "c", *again)

    kinds = [
        (record_type, reason)
        for url, _, _, record_type, _, reason in captures(tmp_path / "c")
        if url == f"{site.url}/fever/photo.png"
    ]
    reason = f"requisite of {site.url}/fever/"
    assert sorted(kinds, key=str) == [("response", reason), ("revisit", reason)]
    assert cdn.asked["/font.woff2"] == 2
    verified = archiater(tmp_path / "c", "verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr


def test_a_failure_says_what_needed_the_thing_that_is_missing(crawled: Crawled) -> None:
    shown = json.loads(archiater(crawled.folder, "crawls", "show", "1", "--json").stdout)

    site = crawled.site.url
    assert {
        "state": "failed",
        "url": f"{site}/gone.png",
        "reason": f"requisite of {site}/fever/: HTTP 404",
    } in shown["failures"]


def test_an_interrupted_crawl_goes_on_with_the_requisites_that_are_left(
    again: tuple[Server, Server], tmp_path: Path
) -> None:
    site, cdn = again
    folder = tmp_path / "c"
    furnish_collection(folder, site, delay_s=0.3)
    with subprocess.Popen(
        [sys.executable, "-m", "archiater", "-C", str(folder), "crawl", "small", "--json"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as running:
        assert cdn.was_asked.wait(60)
        running.send_signal(signal.SIGINT)
    assert running.returncode == 130

    crawled = crawl(folder, *again)

    assert crawled.row["id"] == 1
    assert crawled.row["state"] == "finished"
    assert crawled.counts["requisites_done"] == 8
    assert set(cdn.asked) >= {"/css/site.css", "/css/base.css", "/css/deep.png", "/font.woff2"}
