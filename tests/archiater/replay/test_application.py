"""The view over HTTP: what it answers, under which headers, and what it refuses."""

from __future__ import annotations

import gzip
import json
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount

from archiater.replay.application import application
from archiater.replay.serving import address_of, bind, served
from archive.collection import Collection

URL = "https://example.org/fever"


def test_a_time_leads_to_the_exact_time_of_the_nearest_capture(view: Any, archive: Any) -> None:
    archive(URL, b"<p>one", day=0)
    archive(URL, b"<p>two", day=10)

    near = view.get(f"/web/20260109/{URL}")
    latest = view.get(f"/web/{URL}")
    exact = view.get(f"/web/20260101120000/{URL}")

    assert (near.status, near.headers["location"]) == (302, f"/web/20260111120000/{URL}")
    assert latest.headers["location"] == f"/web/20260111120000/{URL}"
    assert exact.status == 200
    assert exact.headers["memento-datetime"] == "Thu, 01 Jan 2026 12:00:00 GMT"
    assert exact.headers["link"] == f'<{URL}>; rel="original"'


def test_two_captures_of_one_second_are_told_apart(view: Any, archive: Any) -> None:
    archive(URL, b"<p>one", day=0)
    archive(URL, b"<p>two", day=0.000005)  # 0.432 s later

    latest = view.get(f"/web/{URL}").headers["location"]

    assert latest == f"/web/20260101120000432000/{URL}"
    assert "two" in view.frame_of(latest).text
    assert "one" in view.frame_of(f"/web/20260101120000/{URL}").text
    assert latest in view.follow(f"/web/*/{URL}").text


def test_the_banner_tells_what_is_shown_and_leads_on(view: Any, archive: Any) -> None:
    for day in (0, 1, 2):
        archive(URL, b"<p>Rest %d" % day, day=day)

    page = view.follow(f"/web/20260102120000/{URL}").text

    assert "2026-01-02 12:00:00 UTC" in page
    assert "sha1:" in page
    assert "urn:uuid:" in page
    assert "3 captures" in page
    assert "earlier: 2026-01-01" in page
    assert "later: 2026-01-03" in page


def test_a_redirect_is_followed_inside_the_archive(view: Any, archive: Any) -> None:
    archive("https://example.org/", status="301 Moved", head="Location: /fever\r\n")
    archive(URL, b"<p>Rest.", day=1)

    got = view.get("/web/20260101120000/https://example.org/")

    assert got.headers["location"] == f"/web/20260101120000/{URL}"
    assert view.follow("/web/https://example.org/").status == 200


def test_a_fragment_is_no_part_of_what_is_looked_up(view: Any, archive: Any) -> None:
    archive(URL, b'<a href="/other#dose">a</a><img src="/s.svg#icon">')
    archive("https://example.org/other", status="301 Moved", head="Location: /new#dose\r\n")
    archive("https://example.org/new", b"<p id=dose>Rest.")
    frame = view.frame_of(f"/web/{URL}").text

    link = frame.partition('href="')[2].partition('"')[0]

    assert link.endswith("/https://example.org/other#dose")
    assert "/https://example.org/s.svg#icon" in frame
    # As a browser does, which keeps the fragment to itself.
    moved = view.get(link.partition("#")[0])
    assert moved.headers["location"].endswith("/https://example.org/new")
    assert view.follow(moved.headers["location"]).status == 200


def test_what_is_not_archived_is_one_line(view: Any) -> None:
    got = view.get(f"/web/{URL}?a=<b>")

    assert got.status == 404
    assert "not archived: https://example.org/fever?a=&lt;b&gt;" in got.text


@pytest.mark.parametrize(
    "path",
    [
        "/web/",
        "/web/20261399000000/https://example.org/",
        "/web/*/https://example.org/none",
        "/raw/none.warc.gz/0",
        "/raw/none.warc.gz/999999999999999999999999",
        "/raw/none.warc.gz/" + "9" * 5000,
        "/raw/none.warc.gz/-1",
        "/raw/none.warc.gz/%D9%A1",
        "/in/%C3%A9/20260101120000if_/https://example.org/",
        "/record/..%2farchive.db/0",
        "/article/none.warc.gz/1",
        "/in/guessed/20260101120000if_/https://example.org/",
        "/nothing",
        "/..%2f..%2farchive.db",
    ],
)
def test_what_cannot_be_shown_is_one_line(view: Any, path: str) -> None:
    got = view.get(path)

    assert got.status == 404
    assert got.text.count("<p>") == 1
    assert got.headers["content-security-policy"].startswith("default-src 'none'")


def test_every_answer_tells_the_browser_what_it_may_do(view: Any, archive: Any) -> None:
    archive(URL, b"<p>Rest.")
    page = view.follow(f"/web/{URL}")
    answers = {
        "home": view.get("/"),
        "page": page,
        "frame": view.frame_of(f"/web/{URL}"),
        "times": view.get(f"/web/*/{URL}"),
        "style": view.get("/replay.css"),
        "redirect": view.get(f"/web/{URL}"),
        "none": view.get("/none"),
        "refused": view.get("/", method="POST"),
        "raw": view.get("/raw/" + page.text.partition('href="/raw/')[2].partition('"')[0]),
    }

    for name, got in answers.items():
        policy = got.headers["content-security-policy"]
        assert "default-src 'none'" in policy, name
        assert "script-src" not in policy, name
        assert "base-uri 'none'" in policy, name
        assert "frame-ancestors" in policy, name
        assert got.headers["x-content-type-options"] == "nosniff", name
        assert got.headers["referrer-policy"] == "no-referrer", name
        assert got.headers["cross-origin-opener-policy"] == "same-origin", name
        assert "cross-origin-resource-policy" in got.headers, name
    assert "sandbox" in answers["frame"].headers["content-security-policy"]
    assert answers["raw"].headers["content-disposition"].startswith("attachment")


def test_nothing_of_an_archived_head_reaches_the_browser(view: Any, archive: Any) -> None:
    archive(
        URL,
        b"<p>Rest.",
        kind="text/html; charset=utf-8; x=\u00e9",
        head=(
            "Set-Cookie: a=b\r\nRefresh: 0;url=https://evil.example/\r\n"
            "Link: <https://evil.example/>; rel=preconnect\r\nX-Own: a\r\n"
            "Content-Disposition: attachment\r\nAccess-Control-Allow-Credentials: true\r\n"
        ),
    )

    got = view.frame_of(f"/web/{URL}")

    assert "Rest." in got.text
    assert got.headers["content-type"] == "text/html; charset=utf-8"
    assert not {"set-cookie", "refresh", "link", "x-own", "content-disposition"} & set(got.headers)
    assert "access-control-allow-credentials" not in got.headers


@pytest.mark.parametrize(
    ("kind", "body", "served_as", "shown"),
    [
        ("text/plain", b"<b>a</b>", "text/plain; charset=utf-8", "<b>a</b>"),
        ("application/json", b"{}", "text/plain; charset=utf-8", "{}"),
        ("text/xml", b"<a><script/></a>", "text/plain; charset=utf-8", "<a>"),
        ("image/png", b"\x89PNG\r\n\x1a\nrest", "image/png", "PNG"),
        ("text/html", b"\x89PNG\r\n\x1a\nrest", "image/png", "PNG"),
        ("image/svg+xml", b"<svg onload='x()'/>", "image/svg+xml", "<svg"),
        ("image/png", b"<script>x()</script>", "text/html; charset=utf-8", "Not shown: 20 bytes"),
        ("application/pdf", b"%PDF-1.7", "text/html; charset=utf-8", "Not shown: 8 bytes"),
        ('a/b"><script>', b"x", "text/html; charset=utf-8", "a/b&quot;&gt;&lt;script&gt;"),
        ("text/html; charset=windows-1252", b"<p>caf\xe9", "text/html; charset=utf-8", "café"),
    ],
)
def test_a_payload_is_served_as_what_it_is(
    view: Any, archive: Any, kind: str, body: bytes, served_as: str, shown: str
) -> None:
    archive(URL, body, kind=kind)

    got = view.frame_of(f"/web/{URL}")

    assert got.headers["content-type"] == served_as
    assert shown in got.text
    assert "sandbox" in got.headers["content-security-policy"]


def test_a_picture_leads_nowhere_by_a_link_of_its_own(view: Any, archive: Any) -> None:
    archive(
        URL, b'<svg><a href="https://evil.example/" target="_top">a</a></svg>', kind="image/svg+xml"
    )

    policy = view.frame_of(f"/web/{URL}").headers["content-security-policy"]

    assert policy.endswith("; sandbox")


def test_what_cannot_be_shown_in_the_frame_says_so_there(view: Any, archive: Any) -> None:
    archive(URL, status="301 Moved", head="Location: /none\r\n")
    archive(URL, b"<p>Rest.", day=1)
    frame = view.follow(f"/web/{URL}").text.partition("<iframe")[2].partition('src="')[2]

    got = view.follow(frame.partition('"')[0].replace("20260102", "20260101"))

    assert got.status == 404
    assert "not archived: https://example.org/none" in got.text
    assert "frame-ancestors 'self'" in got.headers["content-security-policy"]


def test_an_error_that_nobody_foresaw_comes_with_a_policy(view: Any, home: Any) -> None:
    with Collection.open(home) as collection, collection.transaction() as connection:
        connection.execute("alter table articles rename to others")

    got = view.get("/")

    assert got.status == 500
    assert got.headers["content-security-policy"].startswith("default-src 'none'")


def test_what_a_page_embeds_comes_from_the_capture_nearest_to_the_page(
    view: Any, archive: Any
) -> None:
    archive(URL, b'<link rel=stylesheet href="/s.css">', day=5)
    archive("https://example.org/s.css", b"b{background:url(old.png)}", kind="text/css", day=4)
    archive("https://example.org/s.css", b"b{background:url(new.png)}", kind="text/css", day=20)

    page = view.frame_of(f"/web/20260106/{URL}").text
    sheet = view.get(page.partition('href="')[2].partition('"')[0])

    assert sheet.headers["content-type"] == "text/css; charset=utf-8"
    assert "20260106120000000000im_/https://example.org/old.png" in sheet.text
    assert sheet.headers["cross-origin-resource-policy"] == "cross-origin"


def test_a_compressed_payload_is_decoded_and_the_record_tells_its_digest(
    view: Any, archive: Any
) -> None:
    archive(URL, gzip.compress(b"<p>Rest."), head="Content-Encoding: gzip\r\n")
    page = view.follow(f"/web/{URL}").text

    def linked(name: str) -> Any:
        return view.get(f"/{name}/" + page.partition(f'href="/{name}/')[2].partition('"')[0])

    raw, record = linked("raw"), linked("record")

    assert "Rest." in view.frame_of(f"/web/{URL}").text
    assert (raw.headers["content-type"], raw.body) == ("application/octet-stream", b"<p>Rest.")
    assert record.headers["content-type"] == "text/plain; charset=utf-8"
    assert "WARC-Type: response" in record.text
    assert "Content-Encoding: gzip" in record.text
    digests = [
        line.partition(": ")[2] for line in record.text.split("\n") if "payload digest" in line
    ]
    assert len(digests) == 2
    assert digests[0] == digests[1]


def test_a_page_that_would_hold_up_the_parser_is_named_and_not_shown(
    view: Any, archive: Any
) -> None:
    archive(URL, b"<div>" * 50_000)

    got = view.frame_of(f"/web/{URL}")

    assert got.status == 200
    assert "Not shown: 250000 bytes, 50000 tags in elements 50000 deep" in got.text


def test_a_payload_too_large_to_be_shown_can_be_had_in_pieces(view: Any, archive: Any) -> None:
    payload = gzip.compress(bytes(70 * 1024 * 1024), compresslevel=1)
    archive(URL, payload, head="Content-Encoding: gzip\r\n", kind="image/png")
    page = view.follow(f"/web/{URL}").text

    got = view.get("/raw/" + page.partition('href="/raw/')[2].partition('"')[0])

    assert "Not shown" in view.frame_of(f"/web/{URL}").text
    assert len(got.body) == 70 * 1024 * 1024
    assert "content-length" not in got.headers


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_an_archive_is_only_read(view: Any, method: str) -> None:
    got = view.get("/", method=method)

    assert got.status == 405
    assert got.headers["allow"] == "GET, HEAD"


def test_a_head_has_the_headers_of_a_get_and_no_body(view: Any, archive: Any) -> None:
    archive(URL, b"<p>Rest.")

    got = view.get(f"/web/20260101120000/{URL}", method="HEAD")

    assert (got.status, got.body) == (200, b"")
    assert got.headers["content-type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:80", 200),
        ("localhost:8780", 200),
        ("LOCALHOST", 200),
        ("[::1]:8780", 200),
        ("[::1]", 200),
        ("rebound.example", 421),
        ("rebound.example:8780", 421),
        ("127.0.0.1.rebound.example", 421),
        ("localhost.rebound.example", 421),
        ("127.0.0.1@rebound.example", 421),
        ("", 421),
    ],
)
def test_a_name_that_somebody_elses_dns_leads_here_is_refused(
    view: Any, host: str, status: int
) -> None:
    assert view.get("/", headers={"Host": host}).status == status


def test_an_address_that_is_far_too_long_is_refused(view: Any) -> None:
    assert view.get("/web/https://example.org/" + "a" * 20_000).status == 414


def test_a_field_for_an_address_leads_to_it(view: Any) -> None:
    got = view.get("/web?url=https%3A%2F%2Fexample.org%2Fa%3Fb%3Dc%0d%0aSet-Cookie:x")

    assert got.status == 302
    assert got.headers["location"] == "/web/https://example.org/a?b=c%0D%0ASet-Cookie:x"
    assert view.get("/web?url=").headers["location"] == "/"


def test_the_view_can_be_mounted_in_another_application(home: Any, archive: Any, view: Any) -> None:
    archive(URL, b'<img src="/a.png">')
    bound = bind("127.0.0.1", 0)
    outer = Starlette(routes=[Mount("/archive", application(home))])

    with served({bound: outer}):
        inside = type(view)(origin=address_of(bound))
        page = inside.follow(f"/archive/web/{URL}?")
        frame = inside.frame_of(f"/archive/web/{URL}")

    assert page.status == 200
    assert 'href="/archive/replay.css"' in page.text
    assert '<img src="/archive/in/' in frame.text


def test_the_article_of_a_capture_is_given_as_json(view: Any, home: Any, archive: Any) -> None:
    archive(URL, b"<p>Rest.")
    page = view.follow(f"/web/{URL}").text

    assert "article record" not in page
    place = page.partition('href="/raw/')[2].partition('"')[0]
    got = view.get(f"/article/{place}")
    assert got.status == 404
    assert "no article was extracted" in got.text
    with pytest.raises(json.JSONDecodeError):
        json.loads(got.text)
