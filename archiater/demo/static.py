"""What the pages are shown with: style sheets and pictures, made here: no file is shipped."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping

STYLE_PATH = "/static/site.css"

_CSS = "text/css; charset=utf-8"
_STYLES = {
    STYLE_PATH: """\
@import "colours.css";
body { margin: 0 auto; max-width: 46em; padding: 1em 1.5em; font: 17px/1.6 Georgia, serif }
h1, h2, h3 { font-family: Helvetica, Arial, sans-serif; line-height: 1.25 }
main, article { display: block }
img { height: 1.6em; margin-right: 0.5em; vertical-align: middle }
table { border-collapse: collapse }
td, th { border: 1px solid; padding: 0.3em 0.7em; text-align: left }
nav { background: url("leaf.png") no-repeat left center; padding-left: 40px; min-height: 32px }
""",
    "/static/colours.css": """\
body { background: #fffdf8; color: #22302c }
h1, h2, h3, a { color: #0b5d4e }
td, th { border-color: #b9d3cb }
""",
}
# Red, green and blue of the picture and of its ground.
_PICTURES = {
    "/static/leaf.png": ((11, 93, 78), (255, 253, 248)),
    "/static/ad.png": ((214, 120, 20), (255, 240, 220)),
    "/static/face.png": ((120, 90, 70), (240, 230, 220)),
    "/static/badge.png": ((30, 110, 180), (225, 238, 250)),
}
_SIDE = 32

_Colour = tuple[int, int, int]


def static_files() -> Mapping[str, tuple[bytes, str]]:
    """Body and content type by path; always the same bytes."""
    styles = {path: (text.encode(), _CSS) for path, text in _STYLES.items()}
    pictures = {
        path: (_disc(colour, ground), "image/png") for path, (colour, ground) in _PICTURES.items()
    }
    return {**styles, **pictures}


def _disc(colour: _Colour, ground: _Colour) -> bytes:
    """A PNG of a round spot of `colour` on `ground`."""
    middle, radius = (_SIDE - 1) / 2, _SIDE * 0.42
    rows = b"".join(
        # Each row begins with the number of its filter: none.
        b"\0"
        + b"".join(
            bytes(colour if (x - middle) ** 2 + (y - middle) ** 2 < radius**2 else ground)
            for x in range(_SIDE)
        )
        for y in range(_SIDE)
    )
    header = struct.pack(">IIBBBBB", _SIDE, _SIDE, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", header)
        + _chunk(b"IDAT", zlib.compress(rows, 9))
        + _chunk(b"IEND", b"")
    )


def _chunk(kind: bytes, content: bytes) -> bytes:
    checksum = struct.pack(">I", zlib.crc32(kind + content))
    return struct.pack(">I", len(content)) + kind + content + checksum
