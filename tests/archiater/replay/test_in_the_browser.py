"""The view in a real browser: a site is crawled, then gone; its pages look as they did."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from starlette.applications import Starlette
from starlette.responses import FileResponse, HTMLResponse
from starlette.routing import Route

from archiater.replay.player import FILES, has_player, player_folder
from archiater.replay.player_application import player_page
from archiater.replay.serving import address_of, bind, served
from archive.collection import Collection
from archive.exporting.wacz import export_wacz

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Frame, Page

    from archiater.replay.serving import Bound

# One crawl and one browser for all tests of this file.
pytestmark = pytest.mark.xdist_group("replay-browser")

_PAGE = b"""<!doctype html>
<html lang="en" class="plain"><head><title>Fever in children</title>
<link rel="stylesheet" href="/style.css"><link rel="preconnect" href="https://tracker.example">
<style>#said { color: rgb(7, 8, 9) }</style></head>
<body class="health" onload="document.title = 'changed'"><main><article>
<h1>Fever in children</h1><p>By Ann Author</p>
<p id="said">as the server sent it</p>
<p>Give the child enough to drink and let it rest for as long as it wants to, for a fever is a sign
that the body fights an infection, and it often goes away by itself within a day or two.</p>
<p>Call a doctor after three days, or at once where the child is hard to wake up or does not drink,
and take with you a note of the temperatures that you have measured since the fever began.</p>
<p><img id="picture" src="/picture.png" alt="A thermometer">
<img id="other" src="http://tracker.example/pixel.gif" alt=""></p>
<p><a id="next" href="/second?x=1&amp;y=2">More</a> <a id="gone" href="/never-crawled">Gone</a></p>
</article></main>
<iframe src="https://tracker.example/frame"></iframe>
<script>
document.getElementById('said').textContent = 'changed by a script';
fetch('https://tracker.example/beacon');
</script></body></html>"""
_STYLE = b"""@import "more.css";
@font-face { font-family: Own; src: url(font.woff2) format("woff2") }
h1 { color: rgb(1, 2, 3); font-family: Own, serif }
.plain body.health { background-image: url('/background.png') }"""


@pytest.fixture(scope="module")
def site_pages(png_bytes: Any) -> dict[str, tuple[str, bytes]]:
    return {
        "/fever": ("text/html; charset=utf-8", _PAGE),
        "/style.css": ("text/css", _STYLE),
        "/more.css": ("text/css", b"main p { color: rgb(4, 5, 6) }"),
        # No browser can read it as a font; that it is asked for and given is what we see.
        "/font.woff2": ("font/woff2", b"wOF2" + bytes(60)),
        "/picture.png": ("image/png", png_bytes(7, 5)),
        "/background.png": ("image/png", png_bytes(2, 2)),
        "/second?x=1&y=2": ("text/html", b"<!doctype html><title>2</title><h1>Second page</h1>"),
    }


class Replayed:
    """A crawled site that no longer answers, and its views."""

    def __init__(self, bound: Bound, site: str, home: Path) -> None:
        self.origin = bound.origin
        self.player_origin = bound.player_origin
        self.site = site
        self.home = home

    def address(self, path: str) -> str:
        return f"{self.origin}/web/{self.site}{path}"


@pytest.fixture(scope="module")
def replayed(
    tmp_path_factory: pytest.TempPathFactory,
    site_pages: dict[str, tuple[str, bytes]],
    serving_a_site: Any,
    crawling: Any,
    serving_a_view: Any,
    browser: Browser,  # first, for without one nothing need be crawled
) -> Iterator[Replayed]:
    home = tmp_path_factory.mktemp("replayed") / "home"
    with serving_a_site(site_pages) as site:
        crawling(home, [site.url + path for path in site_pages])
    with serving_a_view(home, player_folder()) as bound:
        yield Replayed(bound, site.url, home)


class Watched:
    """A page whose every request and message is noted."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.asked: list[str] = []
        self.answers: dict[str, int] = {}
        self.dialogs: list[str] = []
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("response", lambda answer: self.answers.update({answer.url: answer.status}))
        page.on("dialog", self._dismiss)

    def _dismiss(self, dialog: Any) -> None:
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    @property
    def outside(self) -> list[str]:
        """What was asked of anybody but this machine."""
        return [
            url
            for url in self.asked
            if urlsplit(url).scheme not in ("data", "blob", "about")
            and urlsplit(url).hostname != "127.0.0.1"
        ]


@pytest.fixture
def watched(browser: Browser) -> Iterator[Watched]:
    context = browser.new_context()
    context.set_default_timeout(15_000)
    yield Watched(context.new_page())
    context.close()


def archived_frame(page: Page) -> Frame:
    """The document below the banner, loaded with all that it embeds."""
    (frame,) = page.main_frame.child_frames
    frame.wait_for_load_state("load")
    return frame


def test_a_page_looks_as_it_did_and_no_request_leaves_the_machine(
    replayed: Replayed, watched: Watched
) -> None:
    page = watched.page

    page.goto(replayed.address("/fever"))
    frame = archived_frame(page)

    assert frame.locator("h1").inner_text() == "Fever in children"
    assert colour(frame, "h1") == "rgb(1, 2, 3)", "from the style sheet"
    assert colour(frame, "main p") == "rgb(4, 5, 6)", "from a style sheet that it imports"
    assert colour(frame, "#said") == "rgb(7, 8, 9)", "from a style in the page"
    assert frame.locator("#picture").evaluate("e => e.naturalWidth") == 7
    given = {url.rpartition("/")[2] for url, status in watched.answers.items() if status == 200}
    assert {"background.png", "font.woff2"} <= given
    assert watched.outside == []


def test_no_script_of_the_page_runs_in_the_view(replayed: Replayed, watched: Watched) -> None:
    page = watched.page

    page.goto(replayed.address("/fever"))
    frame = archived_frame(page)

    assert frame.locator("#said").inner_text() == "as the server sent it"
    assert frame.title() == "Fever in children"
    assert not any("beacon" in url for url in watched.asked)
    assert watched.dialogs == []


def test_every_answer_comes_with_a_policy(replayed: Replayed, watched: Watched) -> None:
    policies: dict[str, str] = {}
    watched.page.on(
        "response",
        lambda answer: policies.update(
            {answer.url: answer.headers.get("content-security-policy", "")}
        ),
    )

    watched.page.goto(replayed.address("/fever"))
    archived_frame(watched.page)

    assert len(policies) > 6
    assert all(policy.startswith("default-src 'none'") for policy in policies.values()), policies
    (framed,) = [policy for url, policy in policies.items() if "if_/" in url]
    assert "sandbox" in framed
    assert "allow-scripts" not in framed


def test_the_banner_stands_outside_the_page_and_tells_what_it_is(
    replayed: Replayed, watched: Watched
) -> None:
    page = watched.page

    page.goto(replayed.address("/fever"))

    banner = page.locator("header").inner_text()
    assert "UTC" in banner
    assert "sha1:" in banner
    assert ".warc.gz at " in banner
    assert "urn:uuid:" in banner
    assert page.locator("iframe").get_attribute("sandbox") == (
        "allow-top-navigation-by-user-activation"
    )


def test_a_link_leads_to_the_second_archived_page(replayed: Replayed, watched: Watched) -> None:
    page = watched.page
    page.goto(replayed.address("/fever"))

    archived_frame(page).locator("#next").click()
    page.wait_for_url("**/second?x=1&y=2")

    assert archived_frame(page).locator("h1").inner_text() == "Second page"
    assert watched.outside == []


def test_a_link_to_what_was_not_archived_says_so(replayed: Replayed, watched: Watched) -> None:
    page = watched.page
    page.goto(replayed.address("/fever"))

    archived_frame(page).locator("#gone").click()
    page.wait_for_url("**/never-crawled")

    assert page.locator("main").inner_text() == f"not archived: {replayed.site}/never-crawled"


def test_the_article_that_was_extracted_can_be_read(replayed: Replayed, watched: Watched) -> None:
    page = watched.page
    page.goto(replayed.address("/fever"))

    page.get_by_text("article record").click()
    page.wait_for_url("**/article/**")

    assert '"schema": "archiater/article/1"' in page.content()


def test_replayweb_page_shows_the_page_with_its_scripts(
    replayed: Replayed, watched: Watched
) -> None:
    if not has_player(player_folder()):
        pytest.skip("replayweb.page is not here; `archiater replay --get-player` (.ci/run does)")
    page = watched.page
    page.goto(replayed.address("/fever"))
    archived_frame(page)
    link = page.get_by_text("with scripts").get_attribute("href")
    assert link is not None
    assert replayed.player_origin is not None
    assert link.startswith(replayed.player_origin)

    frame = opened_by_player(page, link, "#said")

    assert frame.locator("#said").inner_text() == "changed by a script"
    assert colour(frame, "h1") == "rgb(1, 2, 3)"
    assert frame.locator("#picture").evaluate("e => e.naturalWidth") == 7
    frame.locator("#next").click()
    assert frame_with(page, "h1:text('Second page')") is not None
    assert watched.outside == []


@pytest.mark.parametrize("name", ["archive.wacz", "archive.warc.gz"])
def test_replayweb_page_opens_the_packages_and_files_that_we_write(
    replayed: Replayed, watched: Watched, tmp_path: Path, name: str
) -> None:
    if not has_player(player_folder()):
        pytest.skip("replayweb.page is not here; `archiater replay --get-player` (.ci/run does)")
    if name.endswith(".wacz"):
        with Collection.open(replayed.home) as collection:
            export_wacz(collection, tmp_path / name)
    else:
        (warc,) = (replayed.home / "warcs").iterdir()
        shutil.copy(warc, tmp_path / name)
    bound = bind("127.0.0.1", 0)

    with served({bound: the_player_over(tmp_path / name, f"{replayed.site}/fever")}):
        frame = opened_by_player(watched.page, address_of(bound), "#said")

        assert frame.locator("#said").inner_text() == "changed by a script"
        assert colour(frame, "h1") == "rgb(1, 2, 3)"
        assert frame.locator("#picture").evaluate("e => e.naturalWidth") == 7
        frame.locator("#next").click()
        assert frame_with(watched.page, "h1:text('Second page')") is not None
        assert watched.outside == []


def the_player_over(archive: Path, url: str) -> Starlette:
    """The player with one file as its source."""
    files = player_folder()
    page = player_page(f"/{archive.name}", url, "")
    return Starlette(
        routes=[
            Route("/", lambda request: HTMLResponse(page)),
            Route("/ui.js", lambda request: FileResponse(files / "ui.js")),
            Route("/replay/ui.js", lambda request: FileResponse(files / "ui.js")),
            Route("/replay/sw.js", lambda request: FileResponse(files / "sw.js")),
            Route(f"/{archive.name}", lambda request: FileResponse(archive)),
        ]
    )


def test_the_player_is_served_as_it_came(replayed: Replayed) -> None:
    folder = player_folder()
    if not has_player(folder):
        pytest.skip("replayweb.page is not here; `archiater replay --get-player` (.ci/run does)")
    assert (folder / "LICENSE").read_text("utf-8").lstrip().startswith("GNU AFFERO")
    assert set(FILES) == {path.name for path in folder.iterdir()}


def opened_by_player(page: Page, address: str, selector: str) -> Frame:
    """The archived page in replayweb.page. Now and then the player registers its service worker on
    a busy machine and then asks it for nothing; a user would reload, and so do we."""
    for _ in range(2):
        page.goto(address)
        with suppress(AssertionError):
            return frame_with(page, selector)
    page.goto(address)
    return frame_with(page, selector)


def frame_with(page: Page, selector: str) -> Frame:
    """The frame in which something is to be seen, however deep; its service worker makes waiting
    for a quiet network useless."""
    from playwright.sync_api import Error

    for _ in range(150):
        for frame in page.frames:
            with suppress(Error):  # the player takes frames away while it starts
                if frame.locator(selector).count():
                    frame.wait_for_load_state("load")
                    return frame
        page.wait_for_timeout(100)
    raise AssertionError(f"no frame with {selector}: {[frame.url for frame in page.frames]}")


def colour(frame: Frame, selector: str) -> str:
    found: str = frame.locator(selector).first.evaluate("e => getComputedStyle(e).color")
    return found
