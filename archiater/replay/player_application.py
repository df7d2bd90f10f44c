"""replayweb.page on an origin of its own, over the WARC files of a collection.

    /?site=SITE&url=URL&ts=14DIGITS     the player with one archived page
    /ui.js, /replay/sw.js               its files, unchanged
    /archive/STAMP/SITE/index.cdxj      the index of a site, made from the database
    /archive/STAMP/SITE/NAME.warc.gz    a WARC file, by ranges

Here archived scripts do run. So nothing of ours is on this origin: no view, no database, and what
a page may load comes from here alone.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import quote, urlencode

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from archiater.replay.checked_host import LOCAL_NAMES, CheckedHost
from archive.cdxj import cdxj_lines
from archive.collection import Collection
from archive.replaying import find_capture

# What replayweb.page itself needs: it makes styles and blobs as it goes, and evaluates code.
PLAYER_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-eval' 'wasm-unsafe-eval'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self' data: blob:; frame-src 'self' blob:; worker-src 'self' blob:; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_SCRIPT = "text/javascript; charset=utf-8"
_LONGEST_URL = 16_384


def player_link(origin: str, collection: Path, url: str, digits: str) -> str:
    """The address at which the player shows the capture of `url` nearest to `digits`."""
    with Collection.open(collection, read_only=True) as opened:
        capture = find_capture(opened, url)
    site = capture["site"] if capture is not None else ""
    return f"{origin}/?{urlencode({'site': site, 'url': url, 'ts': digits})}"


def player_application(
    collection: Path, files: Path, *, host_names: frozenset[str] = LOCAL_NAMES
) -> ASGIApp:
    """The player over the collection at a path; `files` is the folder with what npm brought."""
    player = _Player(collection, files)
    app = Starlette(
        routes=[
            Route("/", player.page),
            Route("/ui.js", player.ui),
            Route("/replay/ui.js", player.ui),
            Route("/replay/sw.js", player.worker),
            Route("/archive/{stamp}/{site}/index.cdxj", player.index),
            Route("/archive/{stamp}/{site}/{file}", player.warc),
        ],
    )
    return CheckedHost(app, host_names)


def player_page(source: str, url: str, digits: str) -> str:
    """The page with the player in it: its files at /ui.js and /replay/sw.js, its archive (CDXJ,
    WARC or WACZ) at `source`, all on one origin."""
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Archived page</title>'
        "<style>html, body, replay-web-page { height: 100%; margin: 0; display: block }</style>"
        '<script src="/ui.js"></script><body>'
        f'<replay-web-page source="{html.escape(source)}" url="{html.escape(url)}" '
        f'ts="{digits}" replayBase="/replay/" embed="replayonly"></replay-web-page></body></html>'
    )


class _Player:
    def __init__(self, collection: Path, files: Path) -> None:
        self._path = collection
        self._files = files

    def page(self, request: Request) -> Response:
        site = request.query_params.get("site", "")
        url = request.query_params.get("url", "")[:_LONGEST_URL]
        digits = "".join(filter(str.isdecimal, request.query_params.get("ts", "")))[:14]
        with Collection.open(self._path, read_only=True) as collection:
            # The player keeps what it read of a source: another state is another address.
            stamp = collection.connection.execute(
                "select coalesce(max(id), 0) from captures where site = ?", (site,)
            ).fetchone()[0]
        source = f"/archive/{stamp}/{quote(site, safe='')}/index.cdxj"
        headers = _headers({"Content-Type": "text/html; charset=utf-8"})
        return Response(player_page(source, url, digits), headers=headers)

    def ui(self, request: Request) -> Response:
        return FileResponse(self._files / "ui.js", headers=_headers(), media_type=_SCRIPT)

    def worker(self, request: Request) -> Response:
        return FileResponse(self._files / "sw.js", headers=_headers(), media_type=_SCRIPT)

    def index(self, request: Request) -> Response:
        lines = self._lines(request.path_params["site"])
        return Response(b"".join(lines), headers=_headers({"Content-Type": "text/plain"}))

    def warc(self, request: Request) -> Response:
        name = request.path_params["file"]
        with Collection.open(self._path, read_only=True) as collection:
            known = collection.connection.execute(
                "select 1 from warc_files where name = ? and state = 'sealed'", (name,)
            ).fetchone()
            path = collection.warcs / name
        if known is None or not path.is_file():
            return Response(b"", status_code=404, headers=_headers())
        return FileResponse(path, headers=_headers(), media_type="application/octet-stream")

    def _lines(self, site: str) -> Iterator[bytes]:
        with Collection.open(self._path, read_only=True) as collection:
            yield from cdxj_lines(collection.connection, where="c.site = ?", values=(site,))


def _headers(more: Mapping[str, str] | None = None) -> dict[str, str]:
    return {**_ALWAYS, "Content-Security-Policy": PLAYER_POLICY, **(more or {})}
