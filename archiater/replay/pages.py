"""The pages of the view itself as HTML: the banner over a frame, lists, one-line errors.

Whatever comes from an archive goes through `_text`; no page here holds a script.
"""

from __future__ import annotations

import html
import sqlite3
from collections.abc import Iterable, Sequence

from archiater.replay.addresses import Addresses, digits_of

CSS_PATH = "replay.css"


def framed_page(
    addresses: Addresses,
    capture: sqlite3.Row,
    *,
    count: int,
    before: sqlite3.Row | None,
    after: sqlite3.Row | None,
    has_article: bool,
    player: str | None,
) -> str:
    """The banner of a capture, and the archived page in a frame that forbids scripts below it."""
    url, at = capture["url"], (capture["warc_file"], capture["offset"])
    exact = digits_of(capture["fetched_at"], length=20)
    links = [
        f'<a href="{_text(addresses.times(url))}">{count} capture{"s" if count != 1 else ""}</a>',
        f'<a href="{_text(addresses.raw(*at))}" download>payload</a>',
        f'<a href="{_text(addresses.record(*at))}">WARC record</a>',
    ]
    if has_article:
        links.append(f'<a href="{_text(addresses.article(*at))}">article record</a>')
    if player is not None:
        links.append(f'<a href="{_text(player)}" rel="noreferrer">with scripts</a>')
    return _page(
        addresses,
        f"{_time(capture)} {url}",
        f"""<header class="banner">
<div class="what"><a class="home" href="{_text(addresses.root)}/">archiater</a>
<strong>{_time(capture)}</strong> <span class="url">{_text(url)}</span>
<span class="steps">{_step(addresses, before, "earlier")}{_step(addresses, after, "later")}</span>
</div>
<div class="proof">{_state(capture)} · {_text(_digest(capture))} ·
{_text(capture["warc_file"])} at {capture["offset"]} · {_text(capture["record_id"])}</div>
<nav>{" ".join(links)} <em>archived copy, shown without scripts</em></nav>
</header>
<iframe title="archived page" sandbox="allow-top-navigation-by-user-activation"
referrerpolicy="no-referrer" src="{_text(addresses.framed(url, exact, "page"))}"></iframe>""",
        body_class="framing",
    )


def times_page(
    addresses: Addresses, url: str, captures: Sequence[sqlite3.Row], *, most: int
) -> str:
    """Every capture of a URL, the latest first; equal payloads can be told by their digest."""
    shown = f"the {most} latest captures" if len(captures) == most else f"{len(captures)} captures"
    seconds = [digits_of(row["fetched_at"]) for row in captures]
    rows: list[str] = []
    previous: sqlite3.Row | None = None
    for row, second in zip(captures, seconds, strict=True):
        # Two in one second need all of their digits to be told apart.
        length = 14 if seconds.count(second) == 1 else 20
        address = addresses.page(row["url"], digits_of(row["fetched_at"], length=length))
        digest = row["payload_digest"]
        note = "same" if previous is not None and _has_same_payload(row, previous) else ""
        previous = row
        rows.append(
            f'<tr><td><a href="{_text(address)}">{_time(row)}</a></td>'
            f"<td>{_text(row['status'])}</td><td>{_text(row['content_type'])}</td>"
            f"<td>{_text(row['payload_bytes'])}</td>"
            f"<td><code>{_text(digest)}</code></td><td>{note}</td></tr>"
        )
    return _page(
        addresses,
        f"Captures of {url}",
        f"""<main><p><a class="home" href="{_text(addresses.root)}/">archiater</a></p>
<h1>{_text(url)}</h1><p>{shown}</p>
<table><tr><th>time (UTC)</th><th>status</th><th>type</th><th>bytes</th><th>payload digest</th>
<th></th></tr>{"".join(reversed(rows))}</table></main>""",
    )


def home_page(addresses: Addresses, articles: Iterable[sqlite3.Row], *, captures: int) -> str:
    """Where one begins: a field for a URL, and the articles that were seen last."""
    rows = "".join(
        f"<tr><td>{_text(row['last_seen_at'])[:10]}</td>"
        f'<td><a href="{_text(addresses.page(row["url"]))}">{_text(row["title"] or row["url"])}</a>'
        f"</td><td>{_text(row['site'])}</td></tr>"
        for row in articles
    )
    return _page(
        addresses,
        "archiater: archived pages",
        f"""<main><h1>Archived pages</h1>
<form action="{_text(addresses.root)}/web" method="get"><input name="url" size="60" required
placeholder="https://..." aria-label="URL"> <button>Show</button></form>
<p>{captures} captures. The articles seen last:</p><table>{rows}</table></main>""",
    )


def line_page(addresses: Addresses, line: str) -> str:
    """A page of one line: an error, or why something cannot be shown."""
    return _page(addresses, line, f"<main><p>{_text(line)}</p></main>")


def _page(addresses: Addresses, title: str, body: str, *, body_class: str = "") -> str:
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{_text(title)}</title>'
        f'<meta name="viewport" content="width=device-width">'
        f'<link rel="stylesheet" href="{_text(addresses.root)}/{CSS_PATH}"></head>'
        f'<body class="{body_class}">{body}</body></html>'
    )


def _text(value: object) -> str:
    return "" if value is None else html.escape(str(value))


def _time(capture: sqlite3.Row) -> str:
    return _text(capture["fetched_at"][:19].replace("T", " ")) + " UTC"


def _state(capture: sqlite3.Row) -> str:
    kind = (capture["content_type"] or "no type").partition(";")[0]
    cut = f" · cut: {_text(capture['truncated'])}" if capture["truncated"] else ""
    return f"{_text(capture['status'] or capture['record_type'])} {_text(kind[:80])}{cut}"


def _digest(capture: sqlite3.Row) -> str:
    return capture["payload_digest"] or "no payload digest"


def _has_same_payload(capture: sqlite3.Row, other: sqlite3.Row) -> bool:
    """A 304 has the digest of what it confirms, and no SHA-256."""
    sha256s = {capture["payload_sha256"], other["payload_sha256"]} - {None}
    digest = capture["payload_digest"]
    return digest is not None and digest == other["payload_digest"] and len(sha256s) <= 1


def _step(addresses: Addresses, capture: sqlite3.Row | None, word: str) -> str:
    if capture is None:
        return ""
    digits = digits_of(capture["fetched_at"], length=20)
    address = addresses.page(capture["url"], digits)
    return f' <a href="{_text(address)}">{word}: {_time(capture)}</a>'
