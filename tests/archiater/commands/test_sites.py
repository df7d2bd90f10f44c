"""`archiater sites` as an operator types it, and a page fetched from loopback."""

from __future__ import annotations

import gzip
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from archiater.command_line import run
from spiders.site_files import read_site_file

ARTICLE = """<html lang="en"><head><title>Heartburn | Example</title>
<meta name="robots" content="noarchive"></head><body><nav><a href="/health/">Home</a></nav>
<main><article class="story"><h1>What heartburn is</h1>
<p class="byline">Written by Ana Reyes</p>
<p>Heartburn is a burning feeling in the chest that rises from the stomach towards the throat. It
comes when acid flows back, often after a heavy meal or when lying down.</p>
<h2>What helps</h2><p>Smaller meals, an earlier dinner and a raised head of the bed help most. If it
comes back twice a week, a doctor should have a look at it, because it can be treated well.</p>
<p><a href="/health/stomach/ulcer">More about ulcers</a> and other things that hurt.</p>
</article></main></body></html>"""


@dataclass
class Served:
    """A site on loopback: what it answers, and what it was asked."""

    answers: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    origin: str = ""


@pytest.fixture
def served() -> Iterator[Served]:
    site = Served()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append((self.path, self.headers.get("User-Agent", "")))
            status, headers, body = site.answers.get(self.path, (404, {}, b"no"))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site.origin = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield site
    server.shutdown()
    thread.join()
    server.server_close()


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    error: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    return tmp_path / "collection"


@pytest.fixture
def archiater(collection: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    def call(*arguments: str) -> Ran:
        try:
            code = run(["-C", str(collection), "sites", *arguments])
        except SystemExit as stop:
            code = int(stop.code or 0)
        said = capsys.readouterr()
        return Ran(code, said.out, said.err)

    return call


def write_site(collection: Path, name: str, text: str) -> None:
    (collection / "sites").mkdir(parents=True, exist_ok=True)
    (collection / "sites" / f"{name}.toml").write_text(text, encoding="utf-8")


def test_list_names_every_site_and_which_are_enabled(archiater: Any, collection: Path) -> None:
    collection.mkdir()
    (collection / "archiater.toml").write_text('[sites]\nenabled = ["nhs.uk"]\n')

    shown = archiater("list")
    listed = {site["name"]: site for site in archiater("list", "--json").json}

    assert shown.code == 0
    assert "hellodoctor.com.ph\tHello Health Group\ten-PH\t" in shown.out
    assert listed["nhs.uk"]["enabled"]
    assert not listed["cdc.gov"]["enabled"]
    assert listed["cdc.gov"]["tried_on_live_web"] is False


def test_show_takes_a_name_or_a_url(archiater: Any) -> None:
    by_name = archiater("show", "hellodoctor.com.ph-fil", "--json").json
    by_url = archiater("show", "https://hellodoctor.com.ph/fil/kanser/", "--json").json

    assert by_name == by_url
    assert by_name["path_prefixes"] == ["/fil"]
    assert by_name["hints"]["sponsored"] == [".hhg-disclaimer-text"]
    assert "politeness.delay_s\t3.0" in archiater("show", "hellodoctor.com.ph").out


def test_an_unknown_site_is_one_line_and_exit_code_2(archiater: Any) -> None:
    ran = archiater("show", "hellodoctr.com.ph")

    assert ran.code == 2
    assert ran.error.startswith("archiater: there is no site 'hellodoctr.com.ph'; did you mean")
    assert ran.error.count("\n") == 1


def test_a_broken_site_file_is_one_line_with_file_line_and_key(
    archiater: Any, collection: Path
) -> None:
    write_site(collection, "mine", 'name = "mine"\nhosts = ["example.org"]\nlangauge = "en"\n')

    ran = archiater("list")

    assert ran.code == 2
    assert "mine.toml, line 3: langauge is no key" in ran.error
    assert "did you mean language?" in ran.error
    assert ran.error.count("\n") == 1


def test_new_writes_a_commented_file_that_is_sound_as_it_is(
    archiater: Any, collection: Path
) -> None:
    ran = archiater("new", "my-site", "--url", "https://www.example.org/health/?utm_source=x")

    path = collection / "sites" / "my-site.toml"
    site = read_site_file(path)
    assert ran.code == 0
    assert str(path) in ran.out
    assert site.seeds.pages == ("https://www.example.org/health/",)
    assert site.hosts == ("www.example.org", "example.org")
    assert archiater("show", "my-site", "--json").json["origin"] == str(path)


def test_the_examples_in_a_new_file_hold_when_they_are_taken_in(
    archiater: Any, collection: Path
) -> None:
    archiater("new", "my-site", "--url", "https://www.example.org/health/")
    path = collection / "sites" / "my-site.toml"
    keys = ("publisher", "path_prefixes", "language", "sitemaps", "feeds", "allow", "deny",
            "articles", "max_depth", "[schedule]", "cron", "timezone", "jitter_s", "content",
            "drop", "byline", "sponsored", "disclaimer", "day_first")  # fmt: skip
    text = path.read_text()
    for key in keys:
        assert f"\n# {key}" in text
        text = text.replace(f"\n# {key}", f"\n{key}")
    path.write_text(text.replace('"/en"', '"/health"'))

    site = read_site_file(path)

    assert site.schedule is not None
    assert site.profile.day_first is True


def test_new_copies_a_shipped_site_and_overwrites_nothing(archiater: Any, collection: Path) -> None:
    first = archiater("new", "nhs.uk")
    path = collection / "sites" / "nhs.uk.toml"
    path.write_text(path.read_text().replace("delay_s = 3.0", "delay_s = 9.0"))
    second = archiater("new", "nhs.uk")

    assert (first.code, second.code) == (0, 2)
    assert "is there already" in second.error
    assert archiater("show", "nhs.uk", "--json").json["politeness"]["delay_s"] == 9.0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("nobody",), "add --url with a page of the new site"),
        (("../nobody", "--url", "https://example.org/"), "expected a name of small letters"),
        (("nobody", "--url", "example"), "is no web address"),
    ],
)
def test_new_refuses_what_would_make_no_site_and_writes_nothing(
    archiater: Any, collection: Path, arguments: tuple[str, ...], message: str
) -> None:
    ran = archiater("new", *arguments)

    assert ran.code == 2
    assert message in ran.error
    assert not (collection / "sites").exists()


def test_check_fetches_one_page_after_asking_robots_and_says_who_asks(
    archiater: Any, collection: Path, served: Served
) -> None:
    collection.mkdir()
    (collection / "archiater.toml").write_text('[crawl]\ncontact = "me@example.org"\n')
    packed = gzip.compress(ARTICLE.encode())
    served.answers["/health/stomach/heartburn"] = (200, {"Content-Encoding": "gzip"}, packed)

    ran = archiater("check", f"{served.origin}/health/stomach/heartburn", "--json")

    assert [path for path, _ in served.asked] == ["/robots.txt", "/health/stomach/heartburn"]
    assert all("archiater/" in agent and "me@example.org" in agent for _, agent in served.asked)
    [checked] = ran.json["pages"]
    assert checked["record"]["title"] == "What heartburn is"
    assert ran.json["site"] == served.origin.removeprefix("http://")
    assert checked["links_in_scope"] == 2
    assert "Smaller meals" in checked["record"]["text"]


def test_several_pages_are_fetched_one_after_another_with_the_delay_between(
    archiater: Any, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []
    monkeypatch.setattr("archiater.fetching.time.sleep", waited.append)
    monkeypatch.setenv("ARCHIATER_CRAWL_DELAY_S", "7.5")
    for path in ("/a", "/b", "/c"):
        served.answers[path] = (200, {}, ARTICLE.encode())

    ran = archiater("check", *(f"{served.origin}{path}" for path in ("/a", "/b", "/c")), "--json")

    assert [path for path, _ in served.asked] == ["/robots.txt", "/a", "/b", "/c"]
    assert waited == [7.5, 7.5]
    assert len(ran.json["pages"]) == 3


def test_check_names_the_selectors_that_match_nothing(
    archiater: Any, collection: Path, tmp_path: Path
) -> None:
    write_site(
        collection,
        "mine",
        'name = "mine"\nhosts = ["example.org"]\n[seeds]\npages = ["https://example.org/"]\n'
        "[hints]\ncontent = ['article.story', '.old']\nbyline = ['.nobody']\n",
    )
    page = tmp_path / "page.html"
    page.write_text(ARTICLE)

    arguments = ("check", "https://example.org/health/heartburn", "--file", str(page))
    shown, found = archiater(*arguments), archiater(*arguments, "--json").json

    assert shown.code == 1
    assert "hints.content\tarticle.story: once" in shown.out
    assert "hints.content\t.old: no match" in shown.out
    assert "look at\tno selector of hints.byline matches: .nobody" in shown.out
    assert "title\tWhat heartburn is" in shown.out
    assert "archive disallow" in shown.out
    assert "Heartburn is a burning feeling" in shown.out
    assert {"key": "byline", "selector": ".nobody", "matches": 0} in found["pages"][0]["hints"]


def test_check_says_when_a_page_is_no_article_or_out_of_scope(
    archiater: Any, tmp_path: Path
) -> None:
    page = tmp_path / "page.pdf"
    page.write_bytes(b"%PDF-1.7 ...")

    ran = archiater("check", "https://www.nhs.uk/about-us/", "--file", str(page), "--json")

    assert ran.code == 1
    [checked] = ran.json["pages"]
    assert checked["record"] is None
    assert checked["explanation"] is None
    assert not checked["in_scope"]
    assert any("no article was found" in finding for finding in checked["findings"])
    assert any("scope.allow" in finding for finding in checked["findings"])


def test_what_robots_txt_disallows_is_not_fetched(archiater: Any, served: Served) -> None:
    served.answers["/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /private/\n")

    ran = archiater("check", f"{served.origin}/private/page")

    assert ran.code == 3
    assert "robots.txt" in ran.error
    assert [path for path, _ in served.asked] == ["/robots.txt"]


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_site_in_trouble_is_left_alone(archiater: Any, served: Served, status: int) -> None:
    served.answers["/robots.txt"] = (status, {}, b"")

    ran = archiater("check", f"{served.origin}/page")

    assert ran.code == 3
    assert f"the answer is {status}" in ran.error
    assert [path for path, _ in served.asked] == ["/robots.txt"]


@pytest.mark.parametrize(
    ("target", "message"),
    [("/page", "more than 5 redirects"), ("file:///etc/passwd", "the answer is 302")],
)
def test_redirects_end_and_never_leave_the_web(
    archiater: Any, served: Served, target: str, message: str
) -> None:
    served.answers["/page"] = (302, {"Location": target}, b"")

    ran = archiater("check", f"{served.origin}/page")

    assert ran.code == 3
    assert message in ran.error


def test_a_redirect_is_followed_and_the_page_known_by_its_final_address(
    archiater: Any, served: Served
) -> None:
    served.answers["/old"] = (301, {"Location": "/new"}, b"")
    served.answers["/new"] = (200, {}, ARTICLE.encode())

    ran = archiater("check", f"{served.origin}/old", "--json")

    [checked] = ran.json["pages"]
    assert checked["url"] == f"{served.origin}/new"
    assert checked["record"]["requested_url"] == f"{served.origin}/old"


def test_an_endless_page_is_refused_by_its_size(
    archiater: Any, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARCHIATER_CRAWL_MAX_BODY_BYTES", "5000")
    bomb = gzip.compress(b"<p>" * 100_000)
    served.answers["/bomb"] = (200, {"Content-Encoding": "gzip"}, bomb)

    ran = archiater("check", f"{served.origin}/bomb")

    assert ran.code == 3
    assert "larger than crawl.max_body_bytes = 5000" in ran.error


def test_no_answer_is_one_line(archiater: Any, served: Served) -> None:
    dead = f"{served.origin.rpartition(':')[0]}:9"

    ran = archiater("check", f"{dead}/page")

    assert ran.code == 3
    assert "no answer" in ran.error
    assert ran.error.count("\n") == 1
