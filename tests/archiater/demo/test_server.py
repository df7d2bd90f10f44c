from __future__ import annotations

import gzip
import threading
from collections.abc import Callable
from typing import Any

import pytest

from archiater.demo import DemoServer
from archiater.demo.site import REDIRECTS, TRACKED_PATH

LIBRARY = "/library/migraine.html"
CARE = "/conditions/asthma/"


def test_a_page_is_served_with_its_type_and_validators(client: Any) -> None:
    answer = client.ask("/wellness/vitamin-d")

    assert answer.status == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["content-length"] == str(len(answer.body))
    assert answer.headers["etag"].startswith('"')
    assert answer.headers["last-modified"] == "Tue, 29 Oct 2024 08:00:00 GMT"


def test_two_requests_travel_over_one_connection(client: Any) -> None:
    client.ask("/")
    socket = client.connection.sock

    client.ask(CARE)

    assert socket is not None
    assert client.connection.sock is socket


@pytest.mark.parametrize("path", [LIBRARY, CARE, "/sitemap-english.xml.gz"])
def test_the_entity_tag_of_an_unchanged_page_gets_304_without_body(client: Any, path: str) -> None:
    first = client.ask(path)

    second = client.ask(path, If_None_Match=first.headers["etag"])

    assert (second.status, second.body) == (304, b"")
    assert second.headers["etag"] == first.headers["etag"]


def test_a_tag_of_the_packed_page_validates_too(client: Any) -> None:
    packed = client.ask(LIBRARY, Accept_Encoding="gzip")

    again = client.ask(LIBRARY, If_None_Match=packed.headers["etag"], Accept_Encoding="gzip")

    assert packed.headers["etag"].endswith('-gzip"')
    assert again.status == 304


def test_a_foreign_tag_gets_the_page_even_with_a_fresh_date(client: Any) -> None:
    last_modified = client.ask(LIBRARY).headers["last-modified"]

    answer = client.ask(LIBRARY, If_None_Match='"other"', If_Modified_Since=last_modified)

    assert answer.status == 200


@pytest.mark.parametrize(
    ("since", "status"),
    [
        ("Mon, 23 Feb 2015 08:00:00 GMT", 304),
        ("Mon, 23 Feb 2015 07:59:59 GMT", 200),
        ("soon", 200),
    ],
    ids=["same moment", "a second before", "no date"],
)
def test_the_date_of_the_held_copy_decides(client: Any, since: str, status: int) -> None:
    assert client.ask(LIBRARY, If_Modified_Since=since).status == status


def test_a_page_travels_packed_when_the_client_takes_gzip(client: Any) -> None:
    plain = client.ask(LIBRARY)

    packed = client.ask(LIBRARY, Accept_Encoding="gzip")

    assert packed.headers["content-encoding"] == "gzip"
    assert len(packed.body) < len(plain.body)
    assert gzip.decompress(packed.body) == plain.body


@pytest.mark.parametrize("accepted", ["br", "gzip;q=0, br"])
def test_a_client_that_takes_no_gzip_gets_none(client: Any, accepted: str) -> None:
    assert "content-encoding" not in client.ask(LIBRARY, Accept_Encoding=accepted).headers


def test_a_packed_sitemap_is_not_packed_again(client: Any) -> None:
    answer = client.ask("/sitemap-english.xml.gz", Accept_Encoding="gzip")

    assert "content-encoding" not in answer.headers
    assert gzip.decompress(answer.body).startswith(b"<?xml")


def test_some_pages_come_in_chunks(client: Any) -> None:
    answer = client.ask(CARE)

    assert answer.headers["transfer-encoding"] == "chunked"
    assert "content-length" not in answer.headers
    assert answer.body.rstrip().endswith(b"</html>")


@pytest.mark.parametrize("path", [LIBRARY, CARE])
def test_head_has_the_headers_of_get_and_no_body(client: Any, path: str) -> None:
    page = client.ask(path)

    head = client.ask(path, method="HEAD")

    assert head.body == b""
    assert head.headers == page.headers


def test_an_old_address_leads_to_its_article(client: Any) -> None:
    for old, new in REDIRECTS.items():
        answer = client.ask(old)

        assert answer.status == 301
        assert client.ask(answer.headers["location"]).status == 200
        assert answer.headers["location"] == new


def test_a_query_does_not_change_the_page(client: Any) -> None:
    assert client.ask(TRACKED_PATH).body == client.ask(TRACKED_PATH.partition("?")[0]).body


def test_an_unknown_address_gets_404_without_validators(client: Any) -> None:
    answer = client.ask("/nowhere")

    assert answer.status == 404
    assert "etag" not in answer.headers


def test_the_log_names_method_path_status_and_user_agent(server: DemoServer, client: Any) -> None:
    client.ask("/robots.txt?x=1", User_Agent="probe/1")
    client.ask("/nowhere", method="HEAD")

    first, second = server.requests

    assert (first.method, first.path, first.status) == ("GET", "/robots.txt?x=1", 200)
    assert first.user_agent == "probe/1"
    assert (second.method, second.status) == ("HEAD", 404)


def test_a_new_log_begins_empty(server: DemoServer, client: Any) -> None:
    client.ask("/")

    server.forget_requests()

    assert server.requests == ()


def test_the_edition_can_be_switched_while_the_server_runs(server: DemoServer, client: Any) -> None:
    page = "/conditions/ibuprofen-for-adults/"
    before = client.ask(page)

    server.edition = 2
    after = client.ask(page, If_None_Match=before.headers["etag"])

    assert b"200 mg to 400 mg every six" in before.body
    assert after.status == 200
    assert b"200 mg to 40 mg every six" in after.body
    assert client.ask("/wellness/cold-showers").status == 410


def test_an_edition_that_does_not_exist_is_refused(server: DemoServer) -> None:
    with pytest.raises(ValueError, match="edition is 3"):
        server.edition = 3

    assert server.edition == 1


def test_the_same_edition_sends_the_same_bytes_and_headers(server: DemoServer, client: Any) -> None:
    paths = (LIBRARY, CARE, "/feed.xml", "/files/plate-guide.pdf", "/nowhere")
    first = [client.ask(path) for path in paths]

    server.edition = 2
    server.edition = 1

    assert [client.ask(path) for path in paths] == first


def test_closing_the_server_ends_connections_that_clients_keep_alive(
    make_client: Callable[[str], Any],
) -> None:
    with DemoServer() as server:
        client = make_client(server.url)
        client.ask("/")

    assert not [thread for thread in threading.enumerate() if "process_request" in thread.name]
    assert client.connection.sock.recv(1) == b""
