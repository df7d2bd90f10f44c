"""Digests as WARC headers declare them, in any spelling that is in use."""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass
from typing import Any

from archive.verifying.faults import Wrong

_SIZES = {"sha1": 20, "sha224": 28, "sha256": 32, "sha384": 48, "sha512": 64, "md5": 16}


@dataclass(frozen=True, slots=True)
class DeclaredDigest:
    """What a digest field says."""

    field: str
    algorithm: str
    """As hashlib names it."""
    value: bytes
    is_hex: bool

    def hasher(self) -> Any:
        return hashlib.new(self.algorithm, usedforsecurity=False)

    def spell(self, value: bytes) -> str:
        """Another value in the spelling of this one."""
        return f"{self.algorithm}:{value.hex() if self.is_hex else base32(value)}"

    def compare(self, kind: str, actual: bytes) -> list[Wrong]:
        if actual == self.value:
            return []
        said = self.spell(self.value)
        return [Wrong(kind, f"{self.field} {said}", f"{self.spell(actual)} by the bytes")]


def read_digest(field: str, text: str) -> DeclaredDigest | Wrong:
    """The digest that the value of `field` declares: `sha1:` with base32, `sha-256:` with hex."""
    label, colon, value = text.partition(":")
    algorithm = label.strip().lower().replace("-", "").replace("_", "")
    size = _SIZES.get(algorithm)
    if not colon or size is None:
        return Wrong("digest-form", f"{field} {text[:80]!r}", "sha1, sha256, sha512 or md5")
    value = value.strip()
    # Padded base32 of MD5 is as long as its hexadecimal.
    is_hex = len(value) == 2 * size and not value.endswith("=")
    try:
        if is_hex:
            decoded = binascii.unhexlify(value)
        else:
            bare = value.rstrip("=").upper()
            decoded = base64.b32decode(bare + "=" * (-len(bare) % 8))
    except (ValueError, UnicodeEncodeError):
        decoded = b""
    if len(decoded) != size:
        expected = f"{size} bytes in hexadecimal or base32"
        return Wrong("digest-form", f"{field} {text[:200]!r}", expected)
    return DeclaredDigest(field, algorithm, decoded, is_hex)


def base32(value: bytes) -> str:
    return base64.b32encode(value).decode("ascii").rstrip("=")
