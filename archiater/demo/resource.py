"""One answer of the demo server as a value: bytes, type, validators."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import cached_property

HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, kw_only=True)
class Resource:
    """What one path answers; the body is as it stands before any content coding."""

    body: bytes
    content_type: str
    changed_on: str
    """Calendar day of the last change; Last-Modified is its eighth hour, UTC."""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    is_chunked: bool = False

    @classmethod
    def of_text(
        cls,
        text: str,
        content_type: str,
        *,
        changed_on: str,
        status: int = 200,
        headers: tuple[tuple[str, str], ...] = (),
        is_chunked: bool = False,
    ) -> Resource:
        return cls(
            body=text.encode(),
            content_type=content_type,
            changed_on=changed_on,
            status=status,
            headers=headers,
            is_chunked=is_chunked,
        )

    @classmethod
    def redirect(cls, target: str) -> Resource:
        """A permanent redirect to a path of this site."""
        text = (
            f'<!DOCTYPE html><title>Moved</title><p>Moved to <a href="{target}">{target}</a>.</p>\n'
        )
        return cls.of_text(
            text, HTML, changed_on="2020-01-01", status=301, headers=(("Location", target),)
        )

    @cached_property
    def packed(self) -> bytes:
        """The body in gzip coding, without a time of packing."""
        return gzip.compress(self.body, compresslevel=6, mtime=0)

    @property
    def is_packable(self) -> bool:
        """Text travels packed; what is packed already (PDF, .gz) does not."""
        return self.content_type.startswith("text/") or "xml" in self.content_type

    @cached_property
    def tag(self) -> str:
        """The value inside the entity tag of the unpacked body."""
        return hashlib.sha256(self.body).hexdigest()[:20]

    @property
    def last_modified_at(self) -> datetime:
        return datetime.fromisoformat(f"{self.changed_on}T08:00:00").replace(tzinfo=UTC)

    @property
    def last_modified(self) -> str:
        return format_datetime(self.last_modified_at, usegmt=True)
