"""The index as other tools make it of the same files; see `test_readers`."""

from __future__ import annotations

import gzip
import json
import random
import re
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from archive.cdxj_index import index_path
from archive.collection import Collection
from archive.exporting.wacz import export_wacz
from archive.surt import surt_key
from archive.warc_reading import WarcRecord

ORG = "https://www.example.org"

Tool = Callable[[str, str], str]
Run = Callable[..., str]
Found = Any
"""A WARC record with its place."""


def test_cdxj_indexer_makes_the_same_index(
    collection: Collection, warcs: Sequence[Path], records: Sequence[Found], tool: Tool, run: Run
) -> None:
    indexer = tool("pywb", "cdxj-indexer")
    own = _own_index(collection)

    theirs = _index_of(run(indexer, "--sort", *warcs))

    of = _kind_of(records)
    assert theirs.keys() == own.keys()
    for place, line in theirs.items():
        expected = dict(own[place])
        # It leaves out what is not there.
        if expected["mime"] == "unk":
            del expected["mime"]
        # Digests the body as it was sent, chunks and all.
        if _is_framed_oddly(of[place]):
            del expected["digest"], line["digest"]
        if of[place].block.startswith(b"HTTP/1.1 103"):
            _take_the_early_hint(line, expected)
        # Is sent no reason, and finds no status.
        if re.match(rb"HTTP/1.1 \d+\r\n", of[place].block):
            line["status"] = expected["status"]
        assert line == expected, of[place].fields


def test_pywb_makes_the_same_index(
    collection: Collection, warcs: Sequence[Path], records: Sequence[Found], tool: Tool, run: Run
) -> None:
    indexer = tool("pywb", "cdx-indexer")
    own = _own_index(collection)

    theirs = _index_of(run(indexer, "--cdxj", "--sort", *warcs))

    of = _kind_of(records)
    assert theirs.keys() == own.keys()
    for place, line in theirs.items():
        expected = {**own[place], "digest": own[place]["digest"].removeprefix("sha1:")}
        # By its convention a revisit has no status.
        if expected["mime"] == "warc/revisit":
            del expected["status"]
        if _is_framed_oddly(of[place]):
            del expected["digest"], line["digest"]
        if of[place].block.startswith(b"HTTP/1.1 103"):
            _take_the_early_hint(line, expected)
        assert line == expected, of[place].fields


def _take_the_early_hint(line: dict[str, str], expected: dict[str, str]) -> None:
    """Both tools take a 1xx head for the answer."""
    assert line["status"] == "103"
    line.update(status=expected["status"], mime=expected["mime"])


def test_surt_makes_the_same_keys(collection: Collection, tool: Tool, run: Run) -> None:
    python = tool("pywb", "python")
    urls = [row[0] for row in collection.connection.execute("select distinct url from captures")]
    urls += _odd_urls(3000)
    script = (
        "import json, socket, sys, surt\n"
        # It would ask the network for the address of a host such as 999.1.1.1.
        "def look_up(host):\n"
        "    try: return host, [], [socket.inet_ntoa(socket.inet_aton(host.decode()))]\n"
        "    except OSError: raise socket.gaierror\n"
        "socket.gethostbyname_ex = look_up\n"
        "for line in sys.stdin:\n"
        "    try: key = surt.surt(json.loads(line))\n"
        "    except Exception: key = None\n"
        "    print(json.dumps(key))\n"
    )

    said = run(python, "-W", "ignore", "-c", script, given="\n".join(map(json.dumps, urls)))

    theirs = [json.loads(line) for line in said.splitlines()]
    assert len(theirs) == len(urls)
    differing = [
        (url, key, surt_key(url))
        for url, key in zip(urls, theirs, strict=True)
        if key is not None and key != surt_key(url)
    ]
    assert differing == []


_URL_PARTS = (
    *("www.", "www2.", "example.org", "Example.ORG", ".com", "..", "/", "//", "/./", "/../", "?"),
    *("&", "=", "#", "a", "B", "%41", "%25", "%2541", "%zz", "é", "ệ", "%E1%BB%87", " ", "\t"),
    *(":80", ":443", ":8080", ":", "@", "user:word@", "127.0.0.1", "2130706433", "[::1]", ";"),
    *("sid=0123456789abcdef0123456789abcdef", "PHPSESSID=0123456789abcdef0123456789abcdef"),
    *("cfid=1&cftoken=2", "(s(0123456789abcdef01234567))/", "x.aspx", "+", "'", '"', "<", "\\"),
    *("^", "{", "|", "~", "\x00", "\x7f", "b=2&a=1", "b&a", "a=&a"),
)


def _odd_urls(count: int) -> list[str]:
    chance = random.Random(3)  # noqa: S311 - the same ones each time
    starts = (f"{ORG}/", "http://example.org/", "http://", "https://h.example:8443/x/", "")
    return [
        chance.choice(starts) + "".join(chance.choices(_URL_PARTS, k=chance.randint(1, 8)))
        for _ in range(count)
    ]


def test_cdxj_indexer_digests_records_as_our_package_does(
    collection: Collection, warcs: Sequence[Path], tmp_path: Path, tool: Tool, run: Run
) -> None:
    indexer = tool("pywb", "cdxj-indexer")
    export_wacz(collection, tmp_path / "out.wacz")
    with zipfile.ZipFile(tmp_path / "out.wacz") as package:
        own = _index_of(gzip.decompress(package.read("indexes/index.cdx.gz")).decode())

    theirs = _index_of(run(indexer, "--digest-records", "--post-append", *warcs))

    assert {place: line["recordDigest"] for place, line in theirs.items()} == {
        place: line["recordDigest"] for place, line in own.items()
    }


def _index_of(text: str) -> dict[tuple[str, str], dict[str, str]]:
    """File and offset -> the JSON of a line, with key and time."""
    found = {}
    for line in text.splitlines():
        key, time, rest = line.split(" ", 2)
        value = {"key": key, "time": time, **json.loads(rest)}
        found[value["filename"], value["offset"]] = value
    assert len(found) == len(text.splitlines())
    return found


def _own_index(collection: Collection) -> dict[tuple[str, str], dict[str, str]]:
    return _index_of(index_path(collection).read_text("ascii"))


def _kind_of(records: Sequence[Found]) -> dict[tuple[str, str], WarcRecord]:
    return {(found.file, str(found.offset)): found.record for found in records}


def _is_framed_oddly(record: WarcRecord) -> bool:
    """Behind a transfer coding, a 1xx head or bare line feeds readers differ on what the payload
    is: these responses have no payload digest, and each tool makes its own."""
    return record.field("WARC-Payload-Digest") is None
