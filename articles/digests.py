"""The digests of the house: of an article's text and of a capture's payload."""

from __future__ import annotations

import base64
import hashlib

from articles.normal_form import composed


def text_digest(text: str) -> str:
    """What decides whether two versions of an article differ: `sha256:` and 64 hex digits.

    Taken over the text in Unicode form NFC with white space folded, so that neither a reflowed
    paragraph nor another spelling of the same letters makes a new version.

    >>> text_digest("a  b") == text_digest("a\\nb")
    True
    """
    folded = " ".join(composed(text).split())
    return "sha256:" + hashlib.sha256(folded.encode("utf-8", "surrogatepass")).hexdigest()


def payload_digest(payload: bytes) -> str:
    """The digest by which tools know a payload: `sha1:` and 32 base32 letters.

    `payload` is the body with its content coding (gzip, br) still on, as it was sent; a decoded
    body gives another digest. Source: WARC 1.1, field WARC-Payload-Digest.

    >>> payload_digest(b"")
    'sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ'
    """
    digests = PayloadDigests()
    digests.update(payload)
    return digests.sha1


class PayloadDigests:
    """Both digests of a payload that comes in pieces, of those so far.

    Two captures count as identical where both are equal. All tools and indexes know SHA-1; but two
    payloads with one SHA-1 can be made (SHAttered, 2017), and of the second the first would be
    shown.
    """

    def __init__(self) -> None:
        self._sha1 = hashlib.sha1(usedforsecurity=False)
        self._sha256 = hashlib.sha256(usedforsecurity=False)

    def update(self, piece: bytes) -> None:
        self._sha1.update(piece)
        self._sha256.update(piece)

    @property
    def sha256(self) -> str:
        """64 hex digits."""
        return self._sha256.hexdigest()

    @property
    def sha1(self) -> str:
        """As `payload_digest` has it."""
        return "sha1:" + base64.b32encode(self._sha1.digest()).decode("ascii")
