"""Other people's tools and the collections that they read; see `test_readers`."""

from __future__ import annotations

import gzip
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from archive.cdxj_index import update_cdxj
from archive.collection import Collection
from archive.exchange import Exchange
from archive.recording import Recorder
from archive.spilling import SpilledBytes
from archive.warc_members import Member, scan_members
from archive.warc_reading import WarcRecord, parse_record

ROOT = Path(__file__).resolve().parent.parent.parent.parent
WITNESSES = ROOT / ".witnesses"
ORG = "https://www.example.org"
_START = datetime(2026, 11, 22, 9, 30, 1, 250000, tzinfo=UTC)
_BREAK = b"\r\n"

Tool = Callable[[str, str], str]
Run = Callable[..., str]


@pytest.fixture(scope="session")
def tool() -> Tool:
    """The path of a tool, by environment and name; without it the test is skipped."""
    return _tool


@pytest.fixture(scope="session")
def run() -> Run:
    """Run a command: `run(tool("plain", "warcio"), "check", path)` gives what it prints."""
    return _run


def _tool(environment: str, name: str) -> str:
    path = WITNESSES / environment / "bin" / name
    if not path.exists():
        pytest.skip(f"no {path.relative_to(ROOT)}: run `make witnesses`")
    return str(path)


def _run(*command: str | Path, given: str | None = None, code: int = 0) -> str:
    """What the command prints, on both outputs; its exit code must be `code`."""
    done = subprocess.run(
        command,
        input=given,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=100,
    )
    assert done.returncode == code, done.stdout
    return done.stdout


@dataclass(frozen=True, kw_only=True)
class Found:
    """A WARC record and its place in its file."""

    file: str
    offset: int
    length: int
    record: WarcRecord

    @property
    def type(self) -> str:
        return self.record.type


def _answer(head: str, body: bytes = b"", *, line_end: bytes = _BREAK) -> bytes:
    lines = [line.encode("latin-1") for line in head.split("\n")]
    return line_end.join([*lines, b"", b""]) + body


def _chunked(*chunks: bytes, trailer: bytes = b"") -> bytes:
    parts = [b"%x\r\n%s\r\n" % (len(chunk), chunk) for chunk in chunks]
    return b"".join([*parts, b"0\r\n", trailer, b"\r\n"])


_PAGE = b"<!doctype html><title>Fever</title><p>Rest and drink water.</p>"
_LARGE = b"<p>" + b"Fever comes and goes. " * 100_000
_REPEATED = b"<p>The same payload, long enough to be worth a revisit. " * 60
_PACKED = gzip.compress(_PAGE, mtime=0)
_HTML = "HTTP/1.1 200 OK\nContent-Type: text/html; charset=utf-8"

# Path, block of the answer, other fields of the exchange.
_ANSWERS: tuple[tuple[str, bytes, dict[str, Any]], ...] = (
    ("/plain", _answer(f"{_HTML}\nContent-Length: {len(_PAGE)}", _PAGE), {}),
    ("/empty", _answer(f"{_HTML}\nContent-Length: 0"), {}),
    ("/until-close", _answer(_HTML, _PAGE), {}),
    (
        "/chunked",
        _answer(f"{_HTML}\nTransfer-Encoding: chunked", _chunked(_PAGE[:9], _PAGE[9:])),
        {},
    ),
    (
        "/chunked-trailer",
        _answer(f"{_HTML}\nTransfer-Encoding: chunked", _chunked(_PAGE, trailer=b"X-End: 1\r\n")),
        {},
    ),
    (
        "/gzip",
        _answer(f"{_HTML}\nContent-Encoding: gzip\nContent-Length: {len(_PACKED)}", _PACKED),
        {},
    ),
    (
        "/gzip-chunked",
        _answer(
            f"{_HTML}\nContent-Encoding: gzip\nTransfer-Encoding: chunked",
            _chunked(_PACKED[:20], _PACKED[20:]),
        ),
        {},
    ),
    (
        "/latin-1",
        _answer(f"HTTP/1.1 200 Voil\xe0\nX-Name: Caf\xe9\nContent-Length: {len(_PAGE)}", _PAGE),
        {},
    ),
    (
        "/bare-line-feeds",
        _answer(f"{_HTML}\nContent-Length: {len(_PAGE)}", _PAGE, line_end=b"\n"),
        {},
    ),
    (
        "/early-hints",
        _answer("HTTP/1.1 103 Early Hints\nLink: </a.css>; rel=preload")
        + _answer(f"{_HTML}\nContent-Length: {len(_PAGE)}", _PAGE),
        {},
    ),
    ("/old", _answer("HTTP/1.0 200 OK\nContent-Type: text/html", _PAGE), {}),
    ("/no-reason", _answer(f"HTTP/1.1 200\nContent-Length: {len(_PAGE)}", _PAGE), {}),
    (
        "/folded",
        _answer(f"{_HTML}\nX-Long: one\n  two\nSet-Cookie: a=1\nSet-Cookie: b=2", _PAGE),
        {},
    ),
    ("/moved", _answer(f"HTTP/1.1 301 Moved\nLocation: {ORG}/plain\nContent-Length: 0"), {}),
    ("/nothing", _answer("HTTP/1.1 204 No Content"), {}),
    ("/gone", _answer("HTTP/1.1 410 Gone\nContent-Length: 4", b"gone"), {}),
    ("/Odd%20Path/?b=2&a=1&q=s%E1%BB%91t", _answer(f"{_HTML}\nContent-Length: 2", b"ok"), {}),
    ("/posted", _answer(f"{_HTML}\nContent-Length: 2", b"ok"), {"method": "POST"}),
    ("/v6", _answer(f"{_HTML}\nContent-Length: 2", b"ok"), {"ip_address": "2001:db8::7"}),
    ("/too-large", _answer(_HTML, _PAGE), {"truncated": "length"}),
    (
        "/cut",
        _answer(f"{_HTML}\nContent-Length: 9000", _PAGE),
        {"truncated": "disconnect", "error": "receive: connection lost"},
    ),
    ("/more", _answer(f"{_HTML}\nContent-Length: 2", b"ok"), {"extra": b"and more"}),
    ("/repeated", _answer(f'{_HTML}\nETag: "1"\nContent-Length: {len(_REPEATED)}', _REPEATED), {}),
    ("/repeats", _answer(f"{_HTML}\nContent-Length: {len(_REPEATED)}", _REPEATED), {}),
    ("/repeated", _answer('HTTP/1.1 304 Not Modified\nETag: "1"'), {}),
    (
        "/style.css",
        _answer("HTTP/1.1 200 OK\nContent-Type: text/css\nContent-Length: 3", b"p{}"),
        {"requisite_of": f"{ORG}/plain"},
    ),
    ("/half-a-head", b"HTTP/1.1 200 OK\r\nContent-", {"error": "receive: connection lost"}),
    ("/unreached", b"", {"error": "connect: refused", "request_block": b""}),
)


def _record_all_kinds(collection: Collection) -> None:
    with collection.transaction() as connection:
        crawl_id = connection.execute(
            """
            insert into crawls (site, started_by, state, started_at, settings, counts)
            values ('example.org', 'command', 'finished', '', '{}', '{}') returning id
            """
        ).fetchone()[0]
    # In two files, so that a revisit points from one into the other.
    for part, answers in enumerate((_ANSWERS, _ANSWERS[::-1])):
        with Recorder(
            collection,
            site="example.org",
            crawl_id=crawl_id,
            warcinfo={"robots": "obey", "operator": "Bùi Ân"},
        ) as recorder:
            for number, (path, block, fields) in enumerate(answers):
                moment = _START + timedelta(days=part, seconds=number)
                recorder.add(_exchange(path, block, moment, fields))
            head = _answer(f"{_HTML}\nContent-Length: {len(_LARGE)}")
            rest = SpilledBytes(collection.run)
            rest.append(_LARGE)
            recorder.add(_exchange(f"/large-{part}", head, moment, {"response_rest": rest}))


def _exchange(path: str, block: bytes, moment: datetime, fields: dict[str, Any]) -> Exchange:
    values: dict[str, Any] = {
        "url": ORG + path,
        "method": "GET",
        "request_block": f"GET {path} HTTP/1.1\r\nHost: www.example.org\r\n\r\n".encode(),
        "response_block": block,
        "started_at": moment,
        "ip_address": "192.0.2.7",
        "protocols": ("http/1.1", "tls/1.3"),
        "cipher_suite": "TLS_AES_128_GCM_SHA256",
        **fields,
    }
    if values["method"] == "POST":
        values["request_block"] = b"POST /posted HTTP/1.1\r\nContent-Length: 3\r\n\r\na=1"
    return Exchange(**values)


@pytest.fixture(scope="session", params=["recorder", "crawl"])
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A collection: one of all kinds of records, or that of the demo's crawls."""
    if not WITNESSES.is_dir():
        pytest.skip("no .witnesses/: run `make witnesses`")
    path = tmp_path_factory.mktemp(request.param) / "collection"
    if request.param == "crawl":
        _run(sys.executable, "-m", "archiater", "demo", "--folder", path)
        return path
    with Collection.create(path) as collection:
        _record_all_kinds(collection)
        update_cdxj(collection)
    return path


@pytest.fixture
def collection(folder: Path) -> Iterator[Collection]:
    with Collection.open(folder) as opened:
        yield opened


@pytest.fixture
def warcs(collection: Collection) -> list[Path]:
    return sorted(collection.warcs.iterdir())


@pytest.fixture
def records(warcs: Sequence[Path]) -> list[Found]:
    """Every record of every file, by our own reader, whose reading others confirm below."""
    return [found for path in warcs for found in _records_of(path)]


def _records_of(path: Path) -> list[Found]:
    found = []
    with path.open("rb") as file:
        for member in scan_members(file):
            assert isinstance(member, Member)
            record = parse_record(member.data)
            assert record is not None
            found.append(
                Found(file=path.name, offset=member.offset, length=member.length, record=record)
            )
    return found
