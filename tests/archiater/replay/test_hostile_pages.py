"""Hostile pages in a real browser, against each wall alone: the sanitiser, then the policy.

`hostile.txt` holds the pages. Without any wall most of them run or ask outside: that is tested too,
so that a wall is known to have had something to stop.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from archiater.replay.application import FRAMED_POLICY
from archiater.replay.markup import safe_markup

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Route

pytestmark = pytest.mark.xdist_group("replay-browser")

ORIGIN = "http://127.0.0.1:1"
_LINES = Path(__file__).with_name("hostile.txt").read_text("utf-8").splitlines()[1:]
PAGES = tuple(
    line.replace("RUN", f"console.log('ran-{number}')").replace("OUT", "http://outside.example")
    for number, line in enumerate(_LINES)
)


@dataclass
class Seen:
    """What a browser did with all pages, each in a frame of its own."""

    ran: set[int] = field(default_factory=set)
    asked_outside: set[str] = field(default_factory=set)
    asked_inside: set[str] = field(default_factory=set)


Load = Callable[..., Seen]


@pytest.fixture
def load(browser: Browser) -> Iterator[Load]:
    """Load pages in frames; no request leaves the browser: all is answered or refused here."""
    context = browser.new_context()
    context.set_default_timeout(20_000)
    page = context.new_page()

    def load_all(bodies: list[str], headers: Mapping[str, str] | None = None) -> Seen:
        seen = Seen()
        frames = "".join(f'<iframe src="/{number}"></iframe>' for number in range(len(bodies)))

        def answer(route: Route) -> None:
            parts = urlsplit(route.request.url)
            name = parts.path.removeprefix("/")
            if parts.hostname != "127.0.0.1":
                seen.asked_outside.add(route.request.url)
                route.abort()
            elif not name:
                route.fulfill(body=f"<!doctype html>{frames}", content_type="text/html")
            elif name.isdecimal():
                route.fulfill(
                    body=bodies[int(name)],
                    headers={"Content-Type": "text/html; charset=utf-8", **(headers or {})},
                )
            else:
                seen.asked_inside.add(name)
                route.abort()

        def note(text: str) -> None:
            if found := re.fullmatch(r"ran-(\d+)", text):
                seen.ran.add(int(found[1]))

        page.on("console", lambda message: note(message.text))
        page.route("**/*", answer)
        page.goto(f"{ORIGIN}/", wait_until="load")
        # One more turn of the event loop: errors of pictures come after the load.
        page.wait_for_timeout(300)
        return seen

    yield load_all
    context.close()


def made_safe(page: str) -> str:
    return safe_markup(
        page,
        url="https://archived.example/page",
        lead=lambda url, kind: f"{ORIGIN}/in/{kind}/{url}",
        lead_link=lambda url: f"{ORIGIN}/web/{url}",
    )


def test_without_a_wall_the_pages_do_run_and_ask_outside(load: Load) -> None:
    seen = load(list(PAGES))

    assert len(seen.ran) > 45
    assert len(seen.asked_outside) > 30


def test_the_sanitiser_alone_lets_nothing_run_and_leads_all_into_the_archive(load: Load) -> None:
    seen = load([made_safe(page) for page in PAGES])

    assert {PAGES[number] for number in seen.ran} == set()
    assert seen.asked_outside == set()
    assert len(seen.asked_inside) > 20


def test_the_policy_alone_lets_nothing_run_and_nothing_out(load: Load) -> None:
    seen = load(list(PAGES), {"Content-Security-Policy": FRAMED_POLICY})

    assert {PAGES[number] for number in seen.ran} == set()
    assert seen.asked_outside == set()


def test_what_is_made_safe_is_safe_when_it_is_made_safe_again(load: Load) -> None:
    twice = [made_safe(made_safe(page)) for page in PAGES]

    assert load(twice).ran == set()


@pytest.mark.parametrize("page", PAGES)
def test_no_handler_and_no_code_stands_in_what_is_made_safe(page: str) -> None:
    safe = made_safe(page)

    tags = re.findall(r"<[a-zA-Z][^>]*>", re.sub(r"<style[^>]*>.*?</style>", "", safe, flags=re.S))
    assert not [tag for tag in tags if re.search(r"\son\w+\s*=", re.sub(r'"[^"]*"', "", tag))]
    assert not [tag for tag in tags if "javascript:" in html.unescape(tag).lower()]
    assert "<script" not in safe.lower()
    assert "<iframe" not in safe.lower()
