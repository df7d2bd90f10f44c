"""A page parsed once: the tree that every reader of the core walks, with its base URL and language.

`parse_document` is the door of the core's reading side and the first place that says "this is no
article": empty bodies, PDF files, pictures, pages past the limits below.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urljoin

import lxml.etree
import lxml.html

from articles.decoding import decode
from articles.language import read_language
from articles.page import NotAnArticle, Page
from articles.profile import SiteProfile
from articles.start_tags import attributes_of_long_start_tags

# Of 595 recorded articles the largest has 1.3 MB, 9,800 tags, 5,000 elements 42 deep with 154,000
# characters of text, and 32 attributes on one element. Most limits lie five times higher or more,
# and all low enough that the worst page that meets them is answered in two seconds.
MAX_BODY_BYTES = 16 * 1024 * 1024
"""Pictures written into a page make it long; past this it is a dump or an attack on the parser."""
MAX_TAGS = 200_000
"""`<` characters in the body; counted before the parser makes a tree of them."""
MAX_ELEMENTS = 25_000
MAX_TEXT = 2_500_000
"""Characters outside scripts."""
MAX_DEPTH = 128
"""What lies deeper is flattened: it is unclosed tags, and rules ask for all that is around."""
MAX_ATTRIBUTES = 5_000
"""On one element: libxml2 compares each with all before it."""
MAX_CROWDED_ATTRIBUTES = 20_000
"""On all elements together that have many, see `start_tags`."""


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
    stated: tuple[lxml.html.HtmlElement, ...] = ()
    """The elements by which a page speaks to machines (`STATING_TAGS`), in page order."""


def parse_document(page: Page, profile: SiteProfile | None = None) -> Document:
    """The page as a tree. Raises `NotAnArticle` where the bytes are no HTML page."""
    _refuse_what_is_no_html(page.body)
    decoded = decode(page.body, page.header("content-type"))
    tree = _parse(decoded.text)
    _refuse_large_tree(tree, decoded.text)
    _flatten_deep_elements(tree)
    stated = read_stated(tree)
    return Document(
        page=page,
        tree=tree,
        url=page.url,
        base_url=_base_url(stated, page.url),
        language=read_language(tree, hint=profile.language if profile else None),
        charset=decoded.charset,
        stated=stated,
    )


STATING_TAGS = ("base", "link", "meta", "script", "time", "title")


def read_stated(tree: lxml.html.HtmlElement) -> tuple[lxml.html.HtmlElement, ...]:
    """Found in one walk for all readers: each further one costs a twentieth of the parse."""
    return tuple(tree.iter(*STATING_TAGS))


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
    # A shorter body cannot hold more.
    tags = body.count(b"<") if len(body) > MAX_TAGS else 0
    if tags > MAX_TAGS:
        raise NotAnArticle(f"the body has {tags} tags, at most {MAX_TAGS} are read")
    control = sum(head.count(code) for code in (0, 1, 2, 3, 4, 5, 6, 7, 8))
    # UTF-16 markup has a zero in every second byte and no other control characters.
    if control - head.count(0) > len(head) // 50 or (control and b"<" not in body[:65536]):
        raise NotAnArticle("the body is binary data, not HTML")


def _refuse_crowded_elements(markup: bytes) -> None:
    total = 0
    for attributes in attributes_of_long_start_tags(markup):
        total += attributes
        if attributes > MAX_ATTRIBUTES or total > MAX_CROWDED_ATTRIBUTES:
            raise NotAnArticle(
                f"an element has {attributes} attributes and the crowded ones have {total},"
                f" at most {MAX_ATTRIBUTES} and {MAX_CROWDED_ATTRIBUTES} are read"
            )


# No text has them; in a record they break the programs that read it.
_CONTROLS = bytes(code for code in range(0x20) if code not in b"\t\n\f\r") + b"\x7f"
# The five that Windows' Latin has no letter for stay controls: 129, 141, 143, 144, 157.
_CONTROL_REFERENCE = re.compile(
    rb"&#(?:0*(?:[0-8]|11|1[4-9]|2\d|3[01]|127|129|141|143|144|157)(?!\d)"
    rb"|x0*(?:[0-8bef]|1[0-9a-f]|7f|8[1df]|9[0d])(?![0-9a-f]));?",
    re.IGNORECASE,
)
_C1_CONTROL = re.compile(rb"\xc2[\x80-\x9f]")
"""In UTF-8."""


def _parse(text: str) -> lxml.html.HtmlElement:
    # `huge_tree` lifts the parser's depth limit from 256, which real pages with unclosed tags
    # reach, to 2048, where libxml2 itself stops.
    parser = lxml.html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, collect_ids=False
    )
    # One element class for all, found in C: lxml.html asks Python for the class of every element.
    parser.set_element_class_lookup(
        lxml.etree.ElementDefaultClassLookup(element=lxml.html.HtmlElement)
    )
    source = text.encode("utf-8", "replace").translate(None, _CONTROLS)
    if _CONTROL_REFERENCE.search(source):
        source = _CONTROL_REFERENCE.sub(b"", source)
    if b"\xc2" in source:
        source = _C1_CONTROL.sub(b"", source)
    _refuse_crowded_elements(source)
    try:
        tree = lxml.html.document_fromstring(source, parser=parser)
    except (lxml.etree.LxmlError, ValueError, AssertionError) as error:
        raise NotAnArticle("the body holds no HTML element") from error
    if tree.tag not in ("html", "body", "div", "span"):
        raise NotAnArticle(f"the root element is <{tree.tag!s}>, not HTML")
    # What stands behind `</html>` comes as further root elements; browsers show it all the same.
    while (behind := tree.getnext()) is not None:
        if behind.tag in ("html", "body"):
            # Two roots in one page would make two places of one CSS path.
            behind.tag = "div"
        tree.append(behind)
    return tree


# The parser leaves them in a text, but a text cannot be set with them.
_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_count_elements = lxml.etree.XPath("count(//*)")
_deepest_kept = lxml.etree.XPath("/*" * MAX_DEPTH + "[*]")


def _refuse_large_tree(tree: lxml.html.HtmlElement, text: str) -> None:
    if text.count("<") > MAX_ELEMENTS and (elements := int(_count_elements(tree))) > MAX_ELEMENTS:
        raise NotAnArticle(f"the page has {elements} elements, at most {MAX_ELEMENTS} are read")
    if len(text) > MAX_TEXT and (characters := _text_size(tree)) > MAX_TEXT:
        raise NotAnArticle(
            f"the page has {characters} characters of text, at most {MAX_TEXT} are read"
        )


def _text_size(tree: lxml.html.HtmlElement) -> int:
    size = 0
    for element in tree.iter():
        size += len(element.tail or "")
        if element.tag not in ("script", "style"):
            size += len(element.text or "")
    return size


def _flatten_deep_elements(tree: lxml.html.HtmlElement) -> None:
    """Make what lies below `MAX_DEPTH` children of the element there, all text in its order."""
    for top in _deepest_kept(tree):
        below: list[lxml.html.HtmlElement] = []
        tails: list[list[str]] = []
        for event, element in lxml.etree.iterwalk(top, events=("start", "end")):
            if element is top:
                continue
            if event == "start":
                below.append(element)
                tails.append([])
            elif element.tail:
                # What follows an element follows all that was in it.
                tails[-1].append(element.tail)
        # From the last one on, so that none is moved with elements still in it.
        for element in reversed(below):
            if (parent := element.getparent()) is not None:
                parent.remove(element)
        for element, tail in zip(below, tails, strict=True):
            element.tail = _NOT_XML.sub("", "".join(tail)) or None
            top.append(element)


def _base_url(stated: Iterable[lxml.html.HtmlElement], url: str) -> str:
    base = next((element for element in stated if element.tag == "base"), None)
    href = (base.get("href") or "").strip() if base is not None else ""
    if not href:
        return url
    try:
        return urljoin(url, href)
    except ValueError:
        return url
