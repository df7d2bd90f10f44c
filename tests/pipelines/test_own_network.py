from __future__ import annotations

import asyncio

import pytest
from scrapy import Request
from scrapy.exceptions import IgnoreRequest

from pipelines.own_network import OwnNetworkMiddleware

ADDRESSES = {
    "health.example": "93.184.216.34",
    "cdn.example": "93.184.216.35",
    "inside.example": "10.0.0.8",
    "keys.example": "169.254.169.254",
    "six.example": "2606:4700::1111",
    "six.inside.example": "fd12::1",
    "archive.corp.example": "10.0.0.2",
}


async def resolve(host: str) -> str:
    return ADDRESSES[host]


def ask(url: str, *, found_on: str, kind: str = "requisite") -> None:
    request = Request(url, meta={"kind": kind, "found_on": found_on})
    asyncio.run(OwnNetworkMiddleware(resolve).process_request(request))


@pytest.mark.parametrize("host", ["inside.example", "keys.example", "six.inside.example"])
def test_a_name_of_the_web_with_an_address_of_our_network_is_refused(host: str) -> None:
    with pytest.raises(IgnoreRequest, match="lies in a private network"):
        ask(f"https://{host}/a.png", found_on="https://health.example/")


@pytest.mark.parametrize(
    ("url", "found_on"),
    [
        ("https://cdn.example/a.png", "https://health.example/"),
        ("https://six.example/a.png", "https://health.example/"),
        ("https://[2606:4700::1111]/a.png", "https://health.example/"),
        ("https://inside.example/a.png", "https://archive.corp.example/"),
        ("https://inside.example/a.png", "https://inside.example/"),
        ("https://unknown.example/a.png", "https://health.example/"),
    ],
    ids=["web", "IPv6", "IPv6 address", "neighbours", "own host", "no address"],
)
def test_what_a_page_may_name_is_let_through(url: str, found_on: str) -> None:
    ask(url, found_on=found_on)


def test_no_page_at_all_leads_to_the_keys_of_a_cloud() -> None:
    with pytest.raises(IgnoreRequest):
        ask("http://keys.example/latest/", found_on="https://archive.corp.example/")


@pytest.mark.parametrize(
    "url", ["https://inside.example/x", "http://127.0.0.1:6379/", "http://[::ffff:a00:1]/"]
)
def test_a_robots_file_that_redirects_into_our_network_is_not_followed(url: str) -> None:
    robots = "https://health.example/robots.txt"
    request = Request(url, meta={"dont_obey_robotstxt": True, "redirect_urls": [robots]})

    with pytest.raises(IgnoreRequest):
        asyncio.run(OwnNetworkMiddleware(resolve).process_request(request))


def test_a_robots_file_may_redirect_on_the_web_and_on_its_own_host() -> None:
    for url, robots in (
        ("https://cdn.example/robots.txt", "https://health.example/robots.txt"),
        ("https://inside.example/en/robots.txt", "https://inside.example/robots.txt"),
    ):
        request = Request(url, meta={"dont_obey_robotstxt": True, "redirect_urls": [robots]})
        asyncio.run(OwnNetworkMiddleware(resolve).process_request(request))


def test_pages_are_the_affair_of_the_scope() -> None:
    ask("https://inside.example/", found_on="https://health.example/", kind="page")
