"""A page parsed once: the tree that every reader of the core walks, with its base URL and language.

`parse_document` is the door of the core's reading side and the first place that says "this is no
article": empty bodies, PDF files, pictures, pages past the limits below.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urljoin

import lxml.etree
import lxml.html

from articles.decoding import decode
from articles.language import read_language
from articles.page import NotAnArticle, Page
from articles.profile import SiteProfile

MAX_BODY_BYTES = 16 * 1024 * 1024
"""The largest article page seen is 3 MiB; past this it is a dump or an attack on the parser."""
MAX_TAGS = 200_000
"""`<` characters in the body, twenty times those of the largest article page seen. A tree of this
size takes about 60 MB and two seconds."""
MAX_ATTRIBUTES = 10_000
"""On one element: libxml2 compares each with all before it, half a second for as many as this."""


@dataclass(frozen=True, kw_only=True)
class Document:
    """One page as one tree; nobody changes the tree after `parse_document` made it."""

    page: Page
    tree: lxml.html.HtmlElement
    """The root element; comments and processing instructions are gone, scripts are kept."""
    url: str
    base_url: str
    """What relative links are resolved against; empty where the page's URL is not known."""
    language: str | None
    """BCP 47; None where neither the markup nor the text tells."""
    charset: str


def parse_document(page: Page, profile: SiteProfile | None = None) -> Document:
    """The page as a tree. Raises `NotAnArticle` where the bytes are no HTML page."""
    _refuse_what_is_no_html(page.body)
    decoded = decode(page.body, page.header("content-type"))
    _refuse_crowded_elements(decoded.text)
    tree = _parse(decoded.text)
    return Document(
        page=page,
        tree=tree,
        url=page.url,
        base_url=_base_url(tree, page.url),
        language=read_language(tree, hint=profile.language if profile else None),
        charset=decoded.charset,
    )


_SIGNATURES = (
    (b"%PDF", "a PDF file"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"RIFF", "a RIFF file"),
    (b"PK\x03\x04", "a ZIP file"),
    (b"\x1f\x8b", "gzip data"),
    (b"\x28\xb5\x2f\xfd", "zstd data"),
    (b"\x7fELF", "a program"),
    (b"OggS", "an Ogg file"),
    (b"ID3", "an MP3 file"),
)


def _refuse_what_is_no_html(body: bytes) -> None:
    head = body[:1024].lstrip()
    if not head and not body.strip():
        raise NotAnArticle("the body is empty")
    for signature, name in _SIGNATURES:
        if head.startswith(signature):
            raise NotAnArticle(f"the body is {name}, not HTML")
    if head.startswith((b"{", b"[")) and b"<" not in head:
        raise NotAnArticle("the body is JSON, not HTML")
    if len(body) > MAX_BODY_BYTES:
        raise NotAnArticle(f"the body has {len(body)} bytes, at most {MAX_BODY_BYTES} are read")
    tags = body.count(b"<")
    if tags > MAX_TAGS:
        raise NotAnArticle(f"the body has {tags} tags, at most {MAX_TAGS} are read")
    control = sum(head.count(code) for code in (0, 1, 2, 3, 4, 5, 6, 7, 8))
    # UTF-16 markup has a zero in every second byte and no other control characters.
    if control - head.count(0) > len(head) // 50 or (control and b"<" not in body[:65536]):
        raise NotAnArticle("the body is binary data, not HTML")


_QUOTED_VALUE = re.compile(r"""=\s*(?:"[^"]*"|'[^']*')""")


def _refuse_crowded_elements(text: str) -> None:
    """Count attributes, roughly and from above, where an element is long enough to have many."""
    for piece in text.split("<"):
        # The shortest way of writing one takes two characters, its space and its name.
        if len(piece) <= 2 * MAX_ATTRIBUTES or piece.startswith("!--"):
            continue
        start_tag = _QUOTED_VALUE.sub("= ", piece).partition(">")[0]
        # A slash parts attributes like a space does.
        attributes = len(start_tag.replace("/", " ").split())
        if attributes > MAX_ATTRIBUTES:
            raise NotAnArticle(
                f"an element has {attributes} attributes, at most {MAX_ATTRIBUTES} are read"
            )


def _parse(text: str) -> lxml.html.HtmlElement:
    # `huge_tree` lifts the parser's depth limit from 256, which real pages with unclosed tags
    # reach, to 2048, where libxml2 itself stops.
    parser = lxml.html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True
    )
    # One element class for all, found in C: lxml.html asks Python for the class of every element.
    parser.set_element_class_lookup(
        lxml.etree.ElementDefaultClassLookup(element=lxml.html.HtmlElement)
    )
    if "\x00" in text:
        text = text.replace("\x00", "")
    try:
        tree = lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (lxml.etree.LxmlError, ValueError, AssertionError) as error:
        raise NotAnArticle("the body holds no HTML element") from error
    if tree.tag not in ("html", "body", "div", "span"):
        raise NotAnArticle(f"the root element is <{tree.tag!s}>, not HTML")
    # What stands behind `</html>` comes as further root elements; browsers show it all the same.
    while (behind := tree.getnext()) is not None:
        tree.append(behind)
    return tree


def _base_url(tree: lxml.html.HtmlElement, url: str) -> str:
    base = next(tree.iter("base"), None)
    href = (base.get("href") or "").strip() if base is not None else ""
    if not href:
        return url
    try:
        return urljoin(url, href)
    except ValueError:
        return url
