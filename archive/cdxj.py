"""CDXJ, the index that replay tools share: one line a capture, sorted as bytes.

A line is the URL's key, a time of 14 digits and a JSON object of strings, by which a reader finds
the WARC record: file, offset, length. Lines stand here, and how many of them are sorted in little
memory. The collection's own index is kept by `cdxj_index`; exports make theirs.

Source: CDXJ as pywb, cdxj-indexer and replayweb.page read it. Records that are lines: response,
revisit and resource; not requests, and not the metadata of exchanges that failed.
"""

from __future__ import annotations

import heapq
import re
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from json.encoder import encode_basestring_ascii
from pathlib import Path

from archive.surt import surt_key

LINE_COLUMNS = (
    "c.url, c.fetched_at, c.record_type, c.status, c.content_type, c.payload_digest, "
    "c.offset, c.length, w.name"
)
"""What `cdxj_line` needs of `captures c join warc_files w`."""

IS_LINE = "c.record_type in ('response', 'revisit', 'resource')"

_ABSENT = "-"
_UNKNOWN_MIME = "unk"
_END_OF_MIME = re.compile(r"[;\s]")
_NO_DIGIT = re.compile(r"\D")
# About 60 MB of lines: 5 million captures are 25 sorted runs, which are then read side by side.
_LINES_IN_RUN = 200_000
_BUFFER_BYTES = 1 << 18


def cdxj_lines(
    connection: sqlite3.Connection, *, where: str = "1", values: Iterable[object] = ()
) -> Iterator[bytes]:
    """The lines of the captures in sealed WARC files, in no order; `where` is a condition on them.

    A file that is still being written has no line: nobody finds it by its name yet.
    """
    rows = connection.execute(
        f"""
        select {LINE_COLUMNS}
        from captures c
        join warc_files w on w.id = c.warc_file_id
        where {IS_LINE}
          and w.state = 'sealed'
          and {where}
        """,  # noqa: S608 - only our own words
        tuple(values),
    )
    for row in rows:
        yield cdxj_line(*row)


def cdxj_line(
    url: str,
    fetched_at: str,
    record_type: str,
    status: int | None,
    content_type: str | None,
    digest: str | None,
    offset: int,
    length: int,
    filename: str,
    *,
    record_digest: str | None = None,
) -> bytes:
    """One line with its line feed, ASCII.

    `digest` is of the payload by the book: transfer coding off, content coding on. Tools that
    digest the body as it was sent give another for a chunked response. `record_digest` is of the
    compressed record, as WACZ has it.
    """
    if record_type == "revisit":
        mime = "warc/revisit"
    else:
        mime = _END_OF_MIME.split((content_type or "").strip(), 1)[0] or _UNKNOWN_MIME
    tail = f', "recordDigest": "{record_digest}"' if record_digest else ""
    return (
        f'{surt_key(url)} {timestamp(fetched_at)} {{"url": {encode_basestring_ascii(url)}, '
        f'"mime": {encode_basestring_ascii(mime)}, '
        f'"status": "{_ABSENT if status is None else status}", '
        f'"digest": {encode_basestring_ascii(digest or _ABSENT)}, '
        f'"length": "{length}", "offset": "{offset}", '
        f'"filename": {encode_basestring_ascii(filename)}{tail}}}\n'
    ).encode("ascii")


def timestamp(moment: str) -> str:
    """A time of the database as an index writes it.

    >>> timestamp("2026-11-22T09:30:00.123456Z")
    '20261122093000'
    """
    return _NO_DIGIT.sub("", moment[:19])


@contextmanager
def sorted_lines(lines: Iterable[bytes], *, folder: Path | None) -> Iterator[Iterator[bytes]]:
    """The lines in the order of their bytes (`LC_ALL=C sort`), whatever their number.

    What does not fit into memory lies in `folder` meanwhile (None: where the system has room for
    such), in files without a name.
    """
    with ExitStack() as files:
        runs: list[Iterable[bytes]] = []
        run: list[bytes] = []
        for line in lines:
            run.append(line)
            if len(run) >= _LINES_IN_RUN:
                run.sort()
                file = files.enter_context(
                    tempfile.TemporaryFile(dir=folder, buffering=_BUFFER_BYTES)
                )
                file.writelines(run)
                file.seek(0)
                runs.append(file)
                run.clear()
        run.sort()
        yield heapq.merge(*runs, run) if runs else iter(run)
