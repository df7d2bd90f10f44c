"""A WACZ file as a ZIP of named parts, each digested as it is written; then its two lists of them.

The layer below `wacz`: it knows ZIP, datapackage.json and its digest, not what the parts say.
Nothing in it tells the time but `created`, so the same parts give the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import PurePosixPath
from types import TracebackType
from typing import IO, Any, BinaryIO, Self

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

from archive.exporting.signatures import sign

WACZ_VERSION = "1.1.1"
DATAPACKAGE = "datapackage.json"
DATAPACKAGE_DIGEST = "datapackage-digest.json"

# The first moment that a ZIP file can tell.
_NO_TIME = (1980, 1, 1, 0, 0, 0)
_PLAIN_FILE = 0o100644 << 16
_UNIX = 3


class Package:
    """A WACZ file that is being written, one part after the other, then `finish`.

    A context manager, so that a failure in between leaves nothing open.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._zip = zipfile.ZipFile(file, "w")
        self._resources: list[dict[str, Any]] = []
        self._names: set[str] = set()

    @contextmanager
    def part(self, path: str, *, size: int = 0, packed: bool = False) -> Iterator[Part]:
        """A part to write to; `size` is what it will at most have, where that may be gigabytes.

        What readers seek in (WARC files, compressed index) must not be `packed`.
        """
        with self._zip.open(_entry(path, size, packed=packed), "w") as opened:
            part = Part(opened)
            yield part
        self._resources.append(
            {
                "name": self._name(path),
                "path": path,
                "hash": f"sha256:{part.sha256}",
                "bytes": part.bytes,
            }
        )

    def finish(
        self,
        *,
        title: str,
        description: str,
        created: str,
        software: str,
        key: EllipticCurvePrivateKey | None,
    ) -> None:
        """Write datapackage.json with every part, and its digest, signed where there is a key."""
        package = {
            "profile": "data-package",
            "resources": self._resources,
            "wacz_version": WACZ_VERSION,
            "title": title,
            "description": description,
            "created": created,
            "software": software,
        }
        text = _json(package)
        self._zip.writestr(_entry(DATAPACKAGE, len(text), packed=True), text)
        hash_text = f"sha256:{hashlib.sha256(text).hexdigest()}"
        digest: dict[str, Any] = {"path": DATAPACKAGE, "hash": hash_text}
        if key is not None:
            digest["signedData"] = sign(hash_text, key, created=created, software=software)
        self._zip.writestr(_entry(DATAPACKAGE_DIGEST, 0, packed=True), _json(digest))
        self._zip.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        # It writes its directory once more, into a file that nobody will see; the disk may be full.
        with suppress(OSError) if error is not None else nullcontext():
            self._zip.close()

    def _name(self, path: str) -> str:
        """A name that no other part has, in the letters that a data package allows."""
        base = PurePosixPath(path).name.lower()
        base = "".join(letter if letter.isalnum() or letter in "-._" else "_" for letter in base)
        name, number = base, 1
        while name in self._names:
            number += 1
            name = f"{number}-{base}"
        self._names.add(name)
        return name


class Part:
    """One part of a package on its way; `bytes` and `sha256` of what was written so far."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._sha256 = hashlib.sha256()
        self.bytes = 0

    def write(self, piece: bytes) -> None:
        self._file.write(piece)
        self._sha256.update(piece)
        self.bytes += len(piece)

    @property
    def sha256(self) -> str:
        return self._sha256.hexdigest()


def _entry(path: str, size: int, *, packed: bool) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(path, _NO_TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    entry.external_attr = _PLAIN_FILE
    entry.create_system = _UNIX
    # Where it is large, zipfile makes room for a large size in the head, which it writes first.
    entry.file_size = size
    return entry


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
