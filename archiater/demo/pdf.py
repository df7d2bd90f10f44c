"""A one-page PDF by hand: a file in the crawl's way that is no HTML."""

from __future__ import annotations

_LINES = (
    "Plate guide",
    "Fill half of the plate with vegetables and fruit,",
    "a quarter with whole grains, a quarter with protein.",
)


def plate_guide() -> bytes:
    """A small valid PDF 1.4 with three lines of text; always the same bytes."""
    shown = "".join(f"({line}) Tj 0 -24 Td " for line in _LINES)
    stream = f"BT /F1 18 Tf 72 720 Td {shown}ET".encode("ascii")
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    written = b"%PDF-1.4\n"
    offsets = []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    count = len(objects) + 1
    return (
        written
        + b"xref\n0 %d\n0000000000 65535 f \n%s" % (count, table)
        + b"trailer << /Size %d /Root 1 0 R >>\n" % count
        + b"startxref\n%d\n%%%%EOF\n" % len(written)
    )
