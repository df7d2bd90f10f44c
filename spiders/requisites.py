"""What a page needs to be shown as it was: images, style sheets, fonts, and scripts where asked.

Found in the page's tree (`requisites_of_page`) and in its style sheets (`requisites_of_style`),
the most needed first. Other hosts than the site's are allowed; whether an address may be asked at
all tells `why_not_fetched`. Sound and film are left out: they are not what an article shows at
first, and one of them is larger than all articles of a site.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import IntEnum

from lxml import etree
from lxml.html import HtmlElement

from articles.decoding import decode
from articles.private_hosts import why_out_of_reach
from articles.urls import absolute_url, host_of, normalise_url

DEEPEST_STYLE = 4
"""A style sheet of a page is 1, one that it imports 2; what lies deeper is not fetched."""
_LONGEST_ADDRESS = 2000
_MOST_STYLE_BYTES = 2_000_000
_MOST_ATTRIBUTE_CHARACTERS = 100_000


class _Rank(IntEnum):
    """How much is lost without it; the limit per page cuts off from the end."""

    STYLE = 0
    IMAGE = 1
    FONT = 2
    SCRIPT = 3
    OTHER_SIZE = 4
    """A further candidate of a `srcset`: the same image in other pixels."""
    ICON = 5


_Found = Iterator[tuple[str, _Rank]]
"""Addresses as they stand in the page, each with its rank."""


def requisites_of_page(
    tree: HtmlElement, url: str, *, most: int, scripts: bool = False
) -> tuple[str, ...]:
    """What the page fetched from `url` needs: at most `most` normalised URLs, each once."""
    base = next((b.get("href") for b in tree.iter("base") if b.get("href") is not None), None)
    return _wanted(
        _found_in_tree(tree, scripts=scripts), absolute_url(url, base or "") or url, url, most
    )


def requisites_of_style(
    body: bytes, url: str, *, most: int, content_type: str = "", imports: bool = True
) -> tuple[str, ...]:
    """What a style sheet fetched from `url` names: its imports, then images and fonts.

    Without `imports` other style sheets are left out.
    """
    found = _found_in_style(decode(body[:_MOST_STYLE_BYTES], content_type).text)
    if not imports:
        found = ((address, rank) for address, rank in found if rank is not _Rank.STYLE)
    return _wanted(found, url, url, most)


def is_style(url: str, content_type: str) -> bool:
    """Whether an answer is to be read as a style sheet; browsers go by its type alone, servers
    without a type for it give the name away."""
    media_type = content_type.partition(";")[0].strip().lower()
    if media_type in ("", "text/plain", "application/octet-stream"):
        return url.partition("?")[0].lower().endswith(".css")
    return media_type == "text/css"


def why_not_fetched(url: str, found_on: str) -> str | None:
    """Why a requisite that `found_on` names is not asked for, in words; None where it is.

    A page of the web must not make us knock at the doors of the network that we stand in. What a
    name resolves to is looked at where it is asked for.
    """
    if len(url) > _LONGEST_ADDRESS:
        return f"the address is longer than {_LONGEST_ADDRESS} characters"
    host = host_of(url)
    if not host:
        return "not a web address"
    return why_out_of_reach(host, host_of(found_on))


def _wanted(found: _Found, base: str, url: str, most: int) -> tuple[str, ...]:
    """The addresses as URLs that may be asked for, by rank and then in their order."""
    ranks: dict[str, _Rank] = {}
    # A page of a million addresses is cut before the work, a long one after the sorting.
    for _, (address, rank) in zip(range(50 * most), found, strict=False):
        address = address.strip()
        if address and address[:5].lower() != "data:" and len(address) <= _LONGEST_ADDRESS:
            ranks[address] = min(rank, ranks.get(address, rank))
    urls: dict[str, None] = {}
    page = normalise_url(url)
    own_start = "/".join(page.split("/", 3)[:3]) + "/"
    for address in sorted(ranks, key=ranks.__getitem__):
        if len(urls) >= most:
            break
        target = absolute_url(base, address)
        if target is None:
            continue
        target = normalise_url(target)
        # `src="#"` and the like: the page is no image of itself.
        if target == page:
            continue
        if target.startswith(own_start) or why_not_fetched(target, page) is None:
            urls[target] = None
    return tuple(urls)


# Lazy loading: the attributes in which scripts look for the address that belongs in `src`.
_LAZY = ("data-src", "data-lazy-src", "data-original", "data-lazy", "data-orig-src")
_LAZY_SETS = ("data-srcset", "data-lazy-srcset")
_TAGS = (
    "img", "amp-img", "source", "link", "style", "input", "video", "image", "use", "script",
    "object", "embed",
)  # fmt: skip
# Attributes of any element. A style attribute without a parenthesis names nothing.
_ATTRIBUTES = etree.XPath(
    "//@style[contains(., '(')] | //@background | //@data-bg | //@data-background-image"
    " | //@data-background"
)


def _found_in_tree(tree: HtmlElement, *, scripts: bool) -> _Found:
    for element in tree.iter(*_TAGS):
        match element.tag:
            case "img" | "amp-img":
                yield from _of_image(element)
            case "source":
                yield from _of_sets(element, _Rank.IMAGE)
            case "link":
                yield from _of_link(element, scripts=scripts)
            case "style":
                yield from _found_in_style((element.text or "")[:_MOST_STYLE_BYTES])
            case "input":
                if (element.get("type") or "").strip().lower() == "image":
                    yield element.get("src") or "", _Rank.IMAGE
            case "video":
                yield element.get("poster") or "", _Rank.IMAGE
            case "script":
                if scripts:
                    yield element.get("src") or "", _Rank.SCRIPT
            case "object" | "embed":
                if (element.get("type") or "").strip().lower().startswith("image/"):
                    yield element.get("data") or element.get("src") or "", _Rank.IMAGE
            case _:
                # `image` and `use` of SVG; `use` mostly points into the page itself.
                address = element.get("href") or element.get("xlink:href") or ""
                if not address.startswith("#"):
                    yield address, _Rank.IMAGE
    for value in _ATTRIBUTES(tree):
        if value.attrname == "style":
            yield from _found_in_style(value[:_MOST_ATTRIBUTE_CHARACTERS])
        elif "(" in value:
            # Some write what belongs in a style: `url(a.jpg)`.
            yield from _found_in_style(value[:_MOST_ATTRIBUTE_CHARACTERS])
        else:
            yield value, _Rank.IMAGE


def _of_image(image: HtmlElement) -> _Found:
    if image.get("width") in ("0", "1") and image.get("height") in ("0", "1"):
        # It counts visitors and shows nothing.
        return
    for name in ("src", *_LAZY):
        if address := image.get(name):
            yield address, _Rank.IMAGE
    has_address = any(image.get(name) for name in ("src", *_LAZY))
    yield from _of_sets(image, _Rank.OTHER_SIZE if has_address else _Rank.IMAGE)


def _of_sets(element: HtmlElement, first_rank: _Rank) -> _Found:
    """The candidates of a `srcset`; the first stands for the image where nothing else does."""
    for name in ("srcset", *_LAZY_SETS):
        rank = first_rank
        for address in _candidates(element.get(name) or ""):
            yield address, rank
            rank = _Rank.OTHER_SIZE


def _of_link(link: HtmlElement, *, scripts: bool) -> _Found:
    href = link.get("href") or ""
    rel = (link.get("rel") or "").lower().split()
    if "stylesheet" in rel:
        if "alternate" not in rel:
            yield href, _Rank.STYLE
    elif "preload" in rel:
        match (link.get("as") or "").strip().lower():
            case "style":
                yield href, _Rank.STYLE
            case "font":
                yield href, _Rank.FONT
            case "image":
                yield href, _Rank.IMAGE
                for address in _candidates(link.get("imagesrcset") or ""):
                    yield address, _Rank.OTHER_SIZE
            case "script" if scripts:
                yield href, _Rank.SCRIPT
    elif "modulepreload" in rel and scripts:
        yield href, _Rank.SCRIPT
    elif "icon" in rel:
        yield href, _Rank.ICON


_CANDIDATE = re.compile(r"[\s,]*+(\S++)")


def _candidates(srcset: str) -> Iterator[str]:
    """The addresses of a `srcset` as HTML parses it: a comma inside an address is part of it."""
    srcset = srcset[:_MOST_ATTRIBUTE_CHARACTERS]
    place = 0
    while match := _CANDIDATE.match(srcset, place):
        address = match[1].rstrip(",")
        place = match.end()
        if address == match[1]:
            # Its width or density follows.
            comma = srcset.find(",", place)
            place = comma if comma >= 0 else len(srcset)
        yield address


# What matters of CSS: where a name, a string, a comment begins and ends. Source: CSS Syntax 3,
# section 4.3. Possessive throughout, so that no text makes the pattern go back; and it passes over
# all that is no address by itself, to be 20 times as fast as a tokenizer in Python. A name written
# with escapes (`\75rl(`) is not read.
_STRING = r"""(?:"(?:[^"\\\n]|\\[\s\S])*+"|'(?:[^'\\\n]|\\[\s\S])*+')"""
_COMMENT = r"/\*(?:[^*]|\*(?!/))*+\*/"
_OPEN_URL = r"(?<![\w\-\\])[uU][rR][lL]\("
_URL = rf"""{_OPEN_URL}\s*+(?:{_STRING}|(?:[^\s"'()\\]|\\[\s\S])*+)\s*+\)"""
_TOKEN = rf"""
    (?P<address{{0}}>{_URL})
    | @[iI][mM][pP][oO][rR][tT](?:\s|{_COMMENT})*+(?P<imported{{0}}>{_URL}|{_STRING})
    | (?P<set{{0}}>(?<![\w\\])[iI][mM][aA][gG][eE]-[sS][eE][tT]\()
"""
_NEXT_TOKEN = re.compile(
    rf"""
    (?:
        [^"'/\\@uUiI]++
        | {_COMMENT}
        | /\*[\s\S]*+
        | "(?:[^"\\\n]|\\[\s\S])*+"?
        | '(?:[^'\\\n]|\\[\s\S])*+'?
        | \\[\s\S]?
        | @[nN][aA][mM][eE][sS][pP][aA][cC][eE][^;{{}}]*+
        | (?!{_TOKEN.format("_ahead")})
          (?:{_OPEN_URL}(?!\s*+["'])(?:[^)\\]|\\[\s\S])*+ | [\s\S])
    )*+
    (?: {_TOKEN.format("")} | \Z )
    """,
    re.VERBOSE,
)
_SET_MEMBER = re.compile(rf"\)|[tT][yY][pP][eE]\([^()]*+\)|(?P<address>{_URL}|{_STRING})|\(")
_FONT = re.compile(r"\.(?:woff2?|ttf|otf)(?:[?#]|\Z)", re.IGNORECASE)
# The font format of one browser that nobody has any more.
_DEAD_FONT = re.compile(r"\.eot(?:[?#]|\Z)", re.IGNORECASE)


def _found_in_style(text: str) -> _Found:
    if "(" not in text and "@" not in text:
        return
    for token in _NEXT_TOKEN.finditer(text):
        match token.lastgroup:
            case "imported":
                yield _address(token["imported"]), _Rank.STYLE
            case "address":
                yield from _ranked(_address(token["address"]))
            case "set":
                for member in _members(text, token.end()):
                    yield from _ranked(_address(member))
            case _:
                return


def _ranked(address: str) -> _Found:
    # `#clip` points into the page, and into the style sheet's own bytes never.
    if not address.startswith("#") and not _DEAD_FONT.search(address):
        yield address, _Rank.FONT if _FONT.search(address) else _Rank.IMAGE


def _members(text: str, start: int) -> Iterable[str]:
    """The images of an `image-set(`, which may be bare strings, up to its closing parenthesis."""
    for member in _SET_MEMBER.finditer(text, start, start + _LONGEST_ADDRESS):
        if member[0] in "()":
            return
        if member["address"] is not None and not member["address"][:4].lower().startswith("url("):
            yield member["address"]


_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})(?:\r\n|\s)?|(\r\n|[\s\S]))")


def _address(token: str) -> str:
    """What a string or `url()` token says, quotes and escapes resolved."""
    inner = token[4:-1].strip() if token[:1] in "uU" else token
    if inner[:1] in ('"', "'"):
        inner = inner[1:-1]
    return _ESCAPE.sub(_unescaped, inner) if "\\" in inner else inner


def _unescaped(escape: re.Match[str]) -> str:
    if escape[1] is None:
        return "" if escape[2] in ("\n", "\r\n", "\f", "\r") else escape[2]
    code = int(escape[1], 16)
    is_character = 0 < code < 0x110000 and not 0xD800 <= code < 0xE000
    return chr(code) if is_character else "\N{REPLACEMENT CHARACTER}"
