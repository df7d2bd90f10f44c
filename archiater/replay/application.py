"""The view as an ASGI application: archived pages of any time, shown without scripts.

    /                          articles seen last, a field for a URL
    /web/[TIME/]URL            the capture nearest to a time, in a frame under a banner
    /web/*/URL                 all captures of a URL
    /in/TOKEN/TIMEif_/URL      what stands in the frame, and what that embeds (cs_, im_)
    /raw, /block, /record, /article, each with FILE/OFFSET: bytes, WARC record, article record

It reads and never writes. Three walls stand between an archived page and the reader: the markup is
made anew (`markup`), the frame is a sandbox without scripts and without an origin, and a policy
lets a browser load from here alone.
"""

from __future__ import annotations

import json
import re
import secrets
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from urllib.parse import quote, unquote

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp

from archiater.replay import pages
from archiater.replay.addresses import Addresses, Wanted, digits_of, read_address
from archiater.replay.archived import record_text, shown_capture
from archiater.replay.checked_host import CheckedHost
from archive.collection import Collection
from archive.errors import ArchiveError
from archive.large_captures import open_capture
from archive.reading import read_records
from archive.replaying import (
    MOST_LISTED,
    find_capture,
    find_capture_at,
    list_captures,
    neighbours,
)
from archive.warc_reading import read_capture

_OPEN = "sandbox allow-top-navigation-by-user-activation"
FRAMED_POLICY = (
    "default-src 'none'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; "
    f"font-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; {_OPEN}"
)
# A picture has no links of ours: those in an SVG lead out.
_SEALED_POLICY = FRAMED_POLICY.replace(_OPEN, "sandbox")
PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
DATA_POLICY = (
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"
)
_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-DNS-Prefetch-Control": "off",
    "X-Robots-Tag": "noindex, noarchive",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}
_SHOWN_ARTICLES = 50
_LONGEST_ADDRESS = 16_384

PlayerLink = Callable[[str, str], str | None]
"""From a URL and 14 digits to the address where replayweb.page shows that."""


def application(
    collection: Path,
    *,
    host_names: frozenset[str] = frozenset({"localhost"}),
    player_link: PlayerLink | None = None,
) -> ASGIApp:
    """The view of the collection at a path.

    A request must name an IP address or one of `host_names` as its host: a name that somebody
    else's DNS can turn to this machine would let his page read the archive.
    """
    view = _View(collection, player_link)
    app = Starlette(
        routes=[
            Route("/", view.home),
            Route(f"/{pages.CSS_PATH}", view.css),
            Route("/web", view.look_up),
            Route("/web/{rest:path}", view.web),
            Route("/in/{token}/{rest:path}", view.framed),
            *(
                Route(f"/{name}/{{file}}/{{offset}}", endpoint)
                for name, endpoint in (
                    ("raw", view.raw),
                    ("block", view.block),
                    ("record", view.record),
                    ("article", view.article),
                )
            ),
            Route("/{rest:path}", view.nothing),
        ],
        exception_handlers={
            _Refused: view.refuse,
            ArchiveError: view.fail,
            405: view.only_get,
            Exception: view.fail_unknown,
        },
    )
    return CheckedHost(app, host_names)


class _Refused(Exception):
    """What was asked for is not here; the message is one line for the reader."""

    def __init__(self, line: str, status: int = 404) -> None:
        super().__init__(line)
        self.status = status


class _View:
    """The endpoints. Each request opens the collection anew (0.4 ms): they run in threads."""

    def __init__(self, collection: Path, player_link: PlayerLink | None) -> None:
        self._path = collection
        self._token = secrets.token_urlsafe(12)
        self._player_link = player_link
        self._css = (Path(__file__).parent / pages.CSS_PATH).read_bytes()

    def home(self, request: Request) -> Response:
        with self._open() as collection:
            articles = collection.connection.execute(
                "select url, title, site, last_seen_at from articles order by id desc limit ?",
                (_SHOWN_ARTICLES,),
            ).fetchall()
            captures = collection.connection.execute("select count(*) from captures").fetchone()[0]
        return _page(pages.home_page(self._addresses(request), articles, captures=captures))

    def css(self, request: Request) -> Response:
        return _answer(self._css, "text/css; charset=utf-8", DATA_POLICY)

    def look_up(self, request: Request) -> Response:
        url = request.query_params.get("url", "").strip()[:_LONGEST_ADDRESS]
        return _lead(self._addresses(request).page(url) if url else self._addresses(request).root)

    def web(self, request: Request) -> Response:
        addresses, rest = self._addresses(request), _rest(request, "/web/")
        if rest.startswith(("*/", "%2A/")):
            return self._times(addresses, _wanted(rest.partition("/")[2]))
        wanted = _wanted(rest)
        with self._open() as collection:
            capture = _found(collection, wanted)
            exact = _exact_digits(collection, capture)
            if not _names(wanted, capture):
                return _lead(addresses.page(capture["url"], exact))
            if capture["location"] is not None:
                return _lead(addresses.page(capture["location"], exact))
            before, after = neighbours(collection, capture)
            count = len(list_captures(collection, capture["url"]))
            has_article = _version_of(collection.connection, capture) is not None
        player = self._player_link(capture["url"], exact[:14]) if self._player_link else None
        return _page(
            pages.framed_page(
                addresses,
                capture,
                count=count,
                before=before,
                after=after,
                has_article=has_article,
                player=player,
            ),
            {
                "Memento-Datetime": _http_date(capture["fetched_at"]),
                "Link": f'<{quote(capture["url"], safe=_URL_CHARACTERS)}>; rel="original"',
            },
        )

    def framed(self, request: Request) -> Response:
        if not secrets.compare_digest(request.path_params["token"].encode(), self._token.encode()):
            raise _Refused("this address was given out by an earlier run; go back and load again")
        wanted = _wanted(_rest(request, f"/in/{self._token}/"))
        addresses = self._addresses(request)
        with self._open() as collection:
            capture = _found(collection, wanted)
            if capture["location"] is not None and (capture["status"] or 0) // 100 == 3:
                return _lead(addresses.framed(capture["location"], wanted.digits, wanted.kind))
            if (capture["payload_bytes"] or 0) > _MOST_SHOWN_BYTES:
                raise _Refused("too large to be shown; `payload` above has its bytes", 413)
            found = read_capture(collection, capture, limit=_MOST_SHOWN_BYTES)
        body, media_type = shown_capture(capture, found, wanted, addresses)
        # The document in the frame has no origin of its own, so that all it loads comes from
        # another; what may load this is decided by the token.
        open_to_frames = {
            "Cross-Origin-Resource-Policy": "cross-origin",
            "Access-Control-Allow-Origin": "*",
        }
        policy = FRAMED_POLICY if media_type.startswith("text/html") else _SEALED_POLICY
        return _answer(body, media_type, policy, open_to_frames)

    def raw(self, request: Request) -> Response:
        with self._open() as collection:
            opened = open_capture(collection, _capture_at(collection, request))
        return _download(request, opened.payload(), "payload")

    def block(self, request: Request) -> Response:
        with self._open() as collection:
            opened = open_capture(collection, _capture_at(collection, request))
        return _download(request, opened.block(), "block")

    def record(self, request: Request) -> Response:
        with self._open() as collection:
            capture = _capture_at(collection, request)
            text = record_text(capture, open_capture(collection, capture))
        return _answer(text.encode("utf-8", "replace"), "text/plain; charset=utf-8", DATA_POLICY)

    def article(self, request: Request) -> Response:
        with self._open() as collection:
            capture = _capture_at(collection, request)
            version = _version_of(collection.connection, capture)
            records = list(read_records(collection, [version])) if version else []
        if not records:
            raise _Refused("no article was extracted from this capture")
        text = json.dumps(records[0], ensure_ascii=True, indent=2)
        return _answer(text.encode("ascii"), "application/json", DATA_POLICY)

    def nothing(self, request: Request) -> Response:
        raise _Refused("there is nothing at this address; archived pages are below /web/")

    def refuse(self, request: Request, error: Exception) -> Response:
        status = error.status if isinstance(error, _Refused) else 500
        return self._line(request, str(error), status)

    def fail(self, request: Request, error: Exception) -> Response:
        return self._line(request, str(error), 500)

    def fail_unknown(self, request: Request, error: Exception) -> Response:
        """What nobody foresaw is logged by the server, and no answer goes without a policy."""
        return self._line(request, f"this cannot be shown ({type(error).__name__})", 500)

    def only_get(self, request: Request, error: Exception) -> Response:
        line = "an archive is only read: GET and HEAD"
        return _page(pages.line_page(self._addresses(request), line), {"Allow": "GET, HEAD"}, 405)

    def _line(self, request: Request, line: str, status: int) -> Response:
        text = pages.line_page(self._addresses(request), line)
        # In the frame it is to be seen too, where a page of ours may not stand.
        policy = FRAMED_POLICY if "token" in request.path_params else PAGE_POLICY
        return _answer(
            text.encode("utf-8", "replace"), "text/html; charset=utf-8", policy, status=status
        )

    def _times(self, addresses: Addresses, wanted: Wanted) -> Response:
        with self._open() as collection:
            captures = list_captures(collection, wanted.url)
        if not captures:
            raise _Refused(f"not archived: {wanted.url}")
        return _page(pages.times_page(addresses, wanted.url, captures, most=MOST_LISTED))

    def _addresses(self, request: Request) -> Addresses:
        return Addresses(root=request.scope.get("root_path", ""), token=self._token)

    def _open(self) -> Collection:
        return Collection.open(self._path, read_only=True)


_MOST_SHOWN_BYTES = 64 * 1024 * 1024
_MOST_RAW_BYTES = 2 << 30
_OFFSET = re.compile(r"[0-9]{1,18}")
_URL_CHARACTERS = "%/:?&=+,;@!$*()~[]|'#"


def _rest(request: Request, start: str) -> str:
    """What follows `start` in the path, escapes as sent, with the query."""
    sent = request.scope.get("raw_path") or request.scope["path"].encode()
    path = str(sent, "latin-1").partition("?")[0]
    root = quote(str(request.scope.get("root_path", "")))
    query = str(request.scope["query_string"], "latin-1")
    rest = path[len(root) + len(start) :] + (f"?{query}" if query else "")
    if len(rest) > _LONGEST_ADDRESS:
        raise _Refused("the address is longer than any that is archived", 414)
    return rest


def _wanted(rest: str) -> Wanted:
    wanted = read_address(rest)
    if wanted is None:
        raise _Refused("no archived page is meant by this; write /web/20221115093000/https://...")
    return wanted


def _found(collection: Collection, wanted: Wanted) -> sqlite3.Row:
    capture = find_capture(collection, wanted.url, wanted.at, embedded=wanted.kind != "page")
    if capture is None:
        raise _Refused(f"not archived: {wanted.url}")
    return capture


def _capture_at(collection: Collection, request: Request) -> sqlite3.Row:
    file, offset = request.path_params["file"], request.path_params["offset"]
    capture = None
    if _OFFSET.fullmatch(offset):
        capture = find_capture_at(collection, unquote(file), int(offset))
    if capture is None:
        raise _Refused("no capture lies at this place")
    return capture


def _names(wanted: Wanted, capture: sqlite3.Row) -> bool:
    """Whether the address says exactly this capture: its URL and its time."""
    digits = digits_of(capture["fetched_at"], length=20)
    return len(wanted.digits) >= 14 and digits.startswith(wanted.digits)


def _exact_digits(collection: Collection, capture: sqlite3.Row) -> str:
    """The shortest time that leads to this capture: 14 digits, or 20 where two share a second."""
    short = Wanted(url=capture["url"], digits=digits_of(capture["fetched_at"]))
    nearest = find_capture(collection, short.url, short.at)
    if nearest is not None and nearest["id"] == capture["id"]:
        return short.digits
    return digits_of(capture["fetched_at"], length=20)


def _version_of(connection: sqlite3.Connection, capture: sqlite3.Row) -> tuple[int, int] | None:
    """Article id and version number of what was extracted from a capture."""
    row = connection.execute(
        """
        select v.article_id, v.number
        from observations o
        join versions v on v.article_id = o.article_id and v.text_digest = o.text_digest
        where o.capture_id = ?
          and o.fetched_at between v.first_seen_at and v.last_seen_at
        """,
        (capture["id"],),
    ).fetchone()
    return (row["article_id"], row["number"]) if row is not None else None


def _http_date(fetched_at: str) -> str:
    from email.utils import format_datetime

    from archive.times import from_text

    return format_datetime(from_text(fetched_at), usegmt=True)


def _page(text: str, headers: Mapping[str, str] | None = None, status: int = 200) -> Response:
    body = text.encode("utf-8", "replace")
    return _answer(body, "text/html; charset=utf-8", PAGE_POLICY, headers, status)


def _lead(address: str) -> Response:
    headers = {
        **_ALWAYS,
        "Content-Security-Policy": DATA_POLICY,
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
    return RedirectResponse(address or "/", status_code=302, headers=headers)


def _download(request: Request, pieces: Iterator[bytes], name: str) -> Response:
    headers = {
        **_headers(DATA_POLICY, "application/octet-stream"),
        "Content-Disposition": f'attachment; filename="{name}"',
    }
    if request.method == "HEAD":
        return Response(b"", headers=headers)
    return StreamingResponse(_cut(pieces), headers=headers)


def _cut(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """No more than any payload of ours has: a few bytes can be coded so that they never end."""
    left = _MOST_RAW_BYTES
    for piece in pieces:
        yield piece[:left]
        left -= len(piece)
        if left <= 0:
            return


def _answer(
    body: bytes,
    media_type: str,
    policy: str,
    headers: Mapping[str, str] | None = None,
    status: int = 200,
) -> Response:
    sent = {**_headers(policy, media_type), **(headers or {})}
    return Response(body, status_code=status, headers=sent)


def _headers(policy: str, media_type: str) -> dict[str, str]:
    return {
        **_ALWAYS,
        "Content-Security-Policy": policy,
        "Cross-Origin-Resource-Policy": "same-origin",
        "Content-Type": media_type,
    }
