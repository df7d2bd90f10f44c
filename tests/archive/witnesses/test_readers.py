"""What other people's tools say of our WARC files: an independent reading, which ours cannot be.

The tools lie in environments of their own, made by `make witnesses`; without them these tests are
skipped. What is compared are records, places and counts: the exit codes of most of these tools say
little. Where a tool is known to be wrong, the expectation says so by name. Every test reads two
collections: one that the recorder wrote of all kinds of exchanges, and that of the demo's crawls.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
import shutil
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from archive.warc_reading import WarcRecord

Tool = Callable[[str, str], str]
Run = Callable[..., str]
Found = Any
"""A WARC record with its place."""


def test_the_files_hold_every_kind_of_record(folder: Path, records: Sequence[Found]) -> None:
    kinds = {found.type for found in records}

    if "crawl" in folder.parent.name:
        assert {"warcinfo", "request", "response"} <= kinds
        return
    assert kinds == {"warcinfo", "request", "response", "revisit", "metadata"}
    assert {found.record.field("WARC-Truncated") for found in records} >= {"length", "disconnect"}
    profiles = {found.record.field("WARC-Profile") for found in records} - {None}
    assert len(profiles) == 2
    assert any(len(found.record.block) > 2_000_000 for found in records)


def test_gzip_finds_every_member_whole(warcs: Sequence[Path], run: Run) -> None:
    gzip_command = shutil.which("gzip")
    if gzip_command is None:
        pytest.skip("no gzip on this machine")
    for path in warcs:
        assert run(gzip_command, "--test", path) == ""


def test_warcio_finds_every_record_and_every_digest_right(
    warcs: Sequence[Path], records: Sequence[Found], tool: Tool, run: Run
) -> None:
    warcio = tool("plain", "warcio")

    said = run(warcio, "check", "-v", *warcs)
    lines = run(warcio, "index", "-f", "filename,offset,length,warc-type", *warcs).splitlines()

    revisits = [found for found in records if found.type == "revisit"]
    assert said.count("digest present but not checked (revisit)") == len(revisits)
    assert said.count("digest pass") == len(records) - len(revisits)
    assert not re.search(r"fail|error|exception", said, re.IGNORECASE)
    indexed = [json.loads(line) for line in lines]
    assert [
        (line["filename"], int(line["offset"]), int(line["length"]), line["warc-type"])
        for line in indexed
    ] == [(found.file, found.offset, found.length, found.type) for found in records]


def test_fastwarc_finds_every_record_and_every_block_digest_right(
    warcs: Sequence[Path], records: Sequence[Found], tool: Tool, run: Run
) -> None:
    fastwarc = tool("plain", "fastwarc")

    for path in warcs:
        run(fastwarc, "check", "--quiet", path)
    fields = "filename,offset,length,warc-type"
    lines = run(fastwarc, "index", "--fields", fields, *warcs).splitlines()

    indexed = [json.loads(line[line.index("{") :]) for line in lines]
    assert {
        (Path(line["filename"]).name, int(line["offset"]), int(line["length"])) for line in indexed
    } == places(records)


def test_warcat_finds_nothing_wrong_but_what_it_is_known_for(
    records: Sequence[Found], tmp_path: Path, tool: Tool, run: Run
) -> None:
    python = tool("plain", "python")
    # In order of time, as the files of several crawls follow one another. It knows no hexadecimal
    # digest, and stops at a head that it cannot read.
    copied = sorted(
        (found.record for found in records if not _stops_warcat(found.record)),
        key=lambda record: record.field("WARC-Date") or "",
    )
    path = tmp_path / "copy.warc.gz"
    path.write_bytes(b"".join(map(_with_sha1, copied)))

    said = run(python, "-m", "warcat", "verify", path, code=1)

    problems = Counter(re.findall(r"VerifyProblem: \(['\"](.*?)(?: <urn:|\.?['\"])", said))
    kinds = Counter(record.type for record in copied)
    assert problems == {
        # It wants a request behind its response; the order is free (WARC 1.1, section 5.7).
        "Concurrent Record ID": kinds["request"],
        # It digests the head of a revisit for the payload, which is elsewhere.
        **({"Bad payload digest": kinds["revisit"]} if kinds["revisit"] else {}),
    }
    assert f"Problems: {problems.total()}." in said


def _stops_warcat(record: WarcRecord) -> bool:
    return b"\r\n\r\n" not in record.block


def _with_sha1(record: WarcRecord) -> bytes:
    digest = base64.b32encode(hashlib.sha1(record.block, usedforsecurity=False).digest())
    lines = [f"WARC/{record.version}"]
    for name, value in record.fields:
        if name == "WARC-Block-Digest":
            value = f"sha1:{digest.decode()}"
        lines.append(f"{name}: {value}")
    head = "\r\n".join([*lines, "", ""]).encode()
    return gzip.compress(head + record.block + b"\r\n\r\n", mtime=0)


def places(records: Sequence[Found], *, types: Sequence[str] = ()) -> set[tuple[str, int, int]]:
    return {
        (found.file, found.offset, found.length)
        for found in records
        if not types or found.type in types
    }
