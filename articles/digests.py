"""The two digests of the house: of an article's text and of a capture's payload."""

from __future__ import annotations

import base64
import hashlib
import unicodedata


def text_digest(text: str) -> str:
    """What decides whether two versions of an article differ: `sha256:` and 64 hex digits.

    Taken over the text in Unicode form NFC with white space folded, so that neither a reflowed
    paragraph nor another spelling of the same letters makes a new version.

    >>> text_digest("a  b") == text_digest("a\\nb")
    True
    """
    folded = " ".join(unicodedata.normalize("NFC", text).split())
    return "sha256:" + hashlib.sha256(folded.encode("utf-8", "surrogatepass")).hexdigest()


def payload_digest(payload: bytes) -> str:
    """The digest by which two captures count as identical: `sha1:` and 32 base32 letters.

    `payload` is the body with its content coding (gzip, br) still on, as it was sent; a decoded
    body gives another digest. Source: WARC 1.1, field WARC-Payload-Digest.

    >>> payload_digest(b"")
    'sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ'
    """
    digest = hashlib.sha1(payload, usedforsecurity=False).digest()
    return "sha1:" + base64.b32encode(digest).decode("ascii")
