"""WARC 1.1 files as we write them: each record one gzip member, each exchange one write.

A file grows as `warcs/NAME.warc.gz.open`, locked by the process that writes it, and gets its name
when it is whole. What was not made durable is not acknowledged; `recording` sees to that, and
`recovery` to what a killed process left. Decisions and measurements: WARC 1.1; blocks go in byte
for byte, `sha256:` block digests in hexadecimal, no payload digest where readers disagree on it.
"""

from __future__ import annotations

import base64
import errno
import fcntl
import hashlib
import ipaddress
import os
import re
import secrets
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from isal import isal_zlib

from archive.errors import ArchiveError, DiskFailed, DiskFull, LockedCollection
from archive.exchange import Exchange
from archive.http_messages import HttpResponse
from archive.times import as_text

OPEN_SUFFIX = ".open"
FAILURE_FIELD = "Archiater-Error"
"""Our own WARC field: the error of an exchange that was cut after its head came whole."""

_CONFORMS_TO = "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"
# Level 2 of isal: 16 times as fast as zlib's level 9, 15 % larger.
_COMPRESSION_LEVEL = 2
_CONTROL_CHARACTERS = re.compile(r"[\x00-\x1f\x7f]+")
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})

Fields = Iterable[tuple[str, str]]


def fresh_record_id() -> str:
    """A new WARC-Record-ID, without its angle brackets."""
    return f"urn:uuid:{uuid.uuid4()}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Members:
    """The gzip members of one exchange, in order. Offsets count from the start of the first."""

    data: bytes
    record_id: str
    record_type: str
    """response, or metadata where no whole head of an answer came"""
    offset: int
    length: int
    request_offset: int | None
    request_length: int | None


def exchange_members(
    exchange: Exchange,
    response: HttpResponse | None,
    *,
    digest: str | None,
    new_id: Callable[[], str] = fresh_record_id,
) -> Members:
    """The WARC records of `exchange`: its request, then its response or what is known of a failure.

    `response` is the parsed response block, None where no whole head came; `digest` that of its
    payload.
    """
    record_id = new_id()
    request = b""
    if exchange.request_block:
        request = _request_member(exchange, new_id(), record_id)
    if response is None:
        record_type, main = "metadata", _failure_member(exchange, record_id)
    else:
        record_type, main = "response", _response_member(exchange, response, digest, record_id)
    extra = _extra_member(exchange, new_id(), record_id) if exchange.extra else b""
    return Members(
        data=request + main + extra,
        record_id=record_id,
        record_type=record_type,
        offset=len(request),
        length=len(main),
        request_offset=0 if request else None,
        request_length=len(request) if request else None,
    )


def record_member(fields: Fields, block: bytes) -> bytes:
    """One WARC record as a gzip member; block digest and length are added to `fields`.

    No value can start a line of its own: control characters become a space.
    """
    lines = ["WARC/1.1"]
    lines += [f"{name}: {_CONTROL_CHARACTERS.sub(' ', value).strip()}" for name, value in fields]
    lines.append(f"WARC-Block-Digest: sha256:{hashlib.sha256(block).hexdigest()}")
    lines.append(f"Content-Length: {len(block)}\r\n\r\n")
    head = "\r\n".join(lines).encode("utf-8", "replace")
    member: bytes = isal_zlib.compress(b"".join((head, block, b"\r\n\r\n")), _COMPRESSION_LEVEL, 31)
    return member


def warc_fields(fields: Fields) -> bytes:
    """A block of the media type `application/warc-fields`; values cannot inject lines."""
    return "".join(
        f"{name}: {_CONTROL_CHARACTERS.sub(' ', value).strip()}\r\n" for name, value in fields
    ).encode("utf-8", "replace")


def warcinfo_member(
    name: str, info: Mapping[str, str], *, record_id: str, created_at: datetime
) -> bytes:
    """The first record of the file `name`: what wrote it, for whom, by which rules."""
    fields = {**info, "format": "WARC File Format 1.1", "conformsTo": _CONFORMS_TO}
    return record_member(
        (
            ("WARC-Type", "warcinfo"),
            ("WARC-Record-ID", f"<{record_id}>"),
            ("WARC-Date", as_text(created_at)),
            ("WARC-Filename", name),
            ("Content-Type", "application/warc-fields"),
        ),
        warc_fields(fields.items()),
    )


def _request_member(exchange: Exchange, record_id: str, concurrent_to: str) -> bytes:
    return record_member(
        (
            *_common_fields("request", exchange, record_id),
            ("WARC-Concurrent-To", f"<{concurrent_to}>"),
            *_connection_fields(exchange),
            ("Content-Type", "application/http; msgtype=request"),
        ),
        exchange.request_block,
    )


def _response_member(
    exchange: Exchange, response: HttpResponse, digest: str | None, record_id: str
) -> bytes:
    fields = [*_common_fields("response", exchange, record_id), *_connection_fields(exchange)]
    if exchange.truncated is not None:
        fields.append(("WARC-Truncated", exchange.truncated))
    if exchange.error is not None:
        fields.append((FAILURE_FIELD, exchange.error))
    # Readers differ on what the payload is behind a transfer coding, a 1xx head or bare line
    # feeds: each would call another's digest wrong. The database has the digest of every payload.
    if digest is not None and response.is_plainly_framed and not response.is_transfer_encoded:
        fields.append(("WARC-Payload-Digest", digest))
    fields.append(("Content-Type", "application/http; msgtype=response"))
    return record_member(fields, exchange.response_block)


def _failure_member(exchange: Exchange, record_id: str) -> bytes:
    stage, _, message = (exchange.error or "receive: no whole head came").partition(": ")
    block = [
        ("stage", stage),
        ("error", message),
        ("bytesSeen", str(len(exchange.response_block))),
    ]
    if exchange.response_block:
        block.append(("seen", base64.b64encode(exchange.response_block).decode("ascii")))
    return record_member(
        (
            *_common_fields("metadata", exchange, record_id),
            *_connection_fields(exchange),
            ("Content-Type", "application/warc-fields"),
        ),
        warc_fields(block),
    )


def _extra_member(exchange: Exchange, record_id: str, concurrent_to: str) -> bytes:
    return record_member(
        (
            *_common_fields("metadata", exchange, record_id),
            ("WARC-Concurrent-To", f"<{concurrent_to}>"),
            ("Content-Type", "application/warc-fields"),
        ),
        warc_fields([("bytesAfterResponse", base64.b64encode(exchange.extra).decode("ascii"))]),
    )


def _common_fields(record_type: str, exchange: Exchange, record_id: str) -> Fields:
    return (
        ("WARC-Type", record_type),
        ("WARC-Record-ID", f"<{record_id}>"),
        ("WARC-Date", as_text(exchange.started_at)),
        ("WARC-Target-URI", exchange.url),
    )


def _connection_fields(exchange: Exchange) -> Fields:
    if exchange.ip_address is not None:
        # A zone (`fe80::1%eth0`) says something about this machine only.
        try:
            address = ipaddress.ip_address(exchange.ip_address.partition("%")[0])
        except ValueError:
            pass
        else:
            yield "WARC-IP-Address", address.compressed
    for protocol in exchange.protocols:
        yield "WARC-Protocol", protocol
    if exchange.cipher_suite is not None:
        yield "WARC-Cipher-Suite", exchange.cipher_suite


class WarcFile:
    """A WARC file that this process writes. `size` is the end of what was written whole.

    Nothing here is durable before `sync`, and no reader finds the file by its name before `seal`.
    """

    def __init__(self, folder: Path, name: str, descriptor: int) -> None:
        self.name = name
        self.size = 0
        self.path = folder / (name + OPEN_SUFFIX)
        self._final = folder / name
        self._descriptor = descriptor
        self._sha256 = hashlib.sha256()

    @classmethod
    def create(
        cls,
        folder: Path,
        name: str,
        info: Mapping[str, str],
        *,
        created_at: datetime,
        new_id: Callable[[], str] = fresh_record_id,
    ) -> WarcFile:
        """A new file that starts with its warcinfo, locked against every other writer."""
        file = cls.create_empty(folder, name)
        try:
            file.append(warcinfo_member(name, info, record_id=new_id(), created_at=created_at))
            sync_folder(folder)
        except BaseException:
            file.discard()
            raise
        return file

    @classmethod
    def create_empty(cls, folder: Path, name: str) -> WarcFile:
        """A new file of which the caller writes every member."""
        path = folder / (name + OPEN_SUFFIX)
        try:
            if (folder / name).exists():
                raise FileExistsError(errno.EEXIST, "File exists", str(folder / name))
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise disk_error(path, error) from error
        if not lock(descriptor):
            os.close(descriptor)
            raise LockedCollection(f"{path}: another process took this new file; try again")
        return cls(folder, name, descriptor)

    def append(self, data: bytes) -> int:
        """Write `data` in one call and return the offset where it begins.

        Where there is no room for all of it, the file is cut back to what it was and `DiskFull` is
        raised: the same call may be made again later.
        """
        offset = self.size
        try:
            written = os.pwrite(self._descriptor, data, offset)
        except OSError as error:
            self._cut_back(error)
            raise disk_error(self.path, error) from error
        if written != len(data):
            self._cut_back(None)
            raise DiskFull(
                f"{self.path}: {written} of {len(data)} bytes written; "
                "make room on this disk and start again"
            )
        self._sha256.update(data)
        self.size = offset + written
        return offset

    def sync(self) -> None:
        """Return when everything written is on the disk."""
        try:
            os.fdatasync(self._descriptor)
        except OSError as error:
            raise disk_error(self.path, error) from error

    def seal(self) -> str:
        """Give the whole file its name; returns the SHA-256 of it in hexadecimal."""
        try:
            os.fsync(self._descriptor)
            self.path.rename(self._final)
            sync_folder(self._final.parent)
        except OSError as error:
            raise disk_error(self.path, error) from error
        finally:
            os.close(self._descriptor)
        return self._sha256.hexdigest()

    def leave_open(self) -> None:
        """Let go of the file as it is: recovery salvages and seals it."""
        os.close(self._descriptor)

    def discard(self) -> None:
        """Remove the file; only for one that holds nothing of worth."""
        self.path.unlink(missing_ok=True)
        os.close(self._descriptor)

    def _cut_back(self, cause: OSError | None) -> None:
        try:
            os.ftruncate(self._descriptor, self.size)
        except OSError as error:
            raise DiskFailed(
                f"{self.path}: cannot be cut back to {self.size} bytes ({error.strerror}); "
                "start again, recovery moves the torn rest aside"
            ) from (cause or error)


def file_name(site: str, *, now: datetime, token: str, number: int) -> str:
    """The name of the `number`th file of one writer.

    >>> file_name("nhs", now=datetime(2026, 11, 22, 9, 30, tzinfo=UTC), token="k3x7q", number=1)
    'archiater-20261122093000-nhs-k3x7q-00001.warc.gz'
    """
    stamp = now.astimezone(UTC).strftime("%Y%m%d%H%M%S")
    safe_site = re.sub(r"[^a-z0-9.-]+", "_", site.lower()).strip("._-")[:60] or "site"
    return f"archiater-{stamp}-{safe_site}-{token}-{number:05d}.warc.gz"


def fresh_token() -> str:
    """Five random letters and digits that part two writers of the same second."""
    return "".join(secrets.choice("abcdefghijkmnpqrstuvwxyz23456789") for _ in range(5))


def lock(descriptor: int) -> bool:
    """Take the lock of an open WARC file; False where a living process has it."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def sync_folder(folder: Path) -> None:
    """Return when new and changed names in `folder` are on the disk."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def disk_error(path: Path, error: OSError) -> ArchiveError:
    """The error of ours that says what `error` means for an archive."""
    if error.errno in _NO_ROOM:
        return DiskFull(
            f"{path}: no room left ({error.strerror}); make room on this disk and start again"
        )
    return DiskFailed(
        f"{path}: cannot be written ({error.strerror}); check the disk and its permissions"
    )
