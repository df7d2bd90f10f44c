"""An archived page made safe to look at: nothing in it runs, and all it names lies in the archive.

Two passes. The first is nh3's (ammonia): a parser that reads HTML as browsers do, and a list of
what may stay. It writes one spelling of markup, in which `<` always begins a tag, so that the
second pass can lead every address into the archive by plain expressions.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import islice

import nh3

from archiater.replay import allowed_markup
from archiater.replay.addresses import Kind
from archiater.replay.markup_limits import why_too_costly
from archiater.replay.styles import lead_styles
from articles.urls import absolute_url

Lead = Callable[[str, Kind], str]
"""From an absolute URL to the address at which the archive shows it."""
LeadLink = Callable[[str], str]


class UnreadableMarkup(ValueError):
    """The markup would hold the parser up; the message says what of it."""


def safe_markup(page: str, *, url: str, lead: Lead, lead_link: LeadLink) -> str:
    """The page at `url` as a document for a frame that forbids scripts.

    `lead` gives the address of what the page embeds, `lead_link` that of a page it links to, which
    opens in the top window. Raises `UnreadableMarkup`.
    """
    if reason := why_too_costly(page):
        raise UnreadableMarkup(reason)
    named = _ROOT_TAGS.sub(_renamed, page)
    cleaned = _cleaner(_custom_elements(named)).clean(named)
    base = _BASE.search(cleaned)
    based = absolute_url(url, html.unescape(base[1])) if base else None
    leading = _Leading(based or url, url, lead, lead_link)
    doctype = _DOCTYPE.search(page[:_DOCTYPE_WITHIN])
    return (doctype[0] if doctype else "") + _TAGS.sub(leading.replaced, cleaned)


class _Leading:
    """The second pass: what becomes of each tag that has attributes."""

    def __init__(self, base: str, url: str, lead: Lead, lead_link: LeadLink) -> None:
        self._base = base
        self._page = url.partition("#")[0]
        self._lead = lead
        self._lead_link = lead_link
        self._by_tag: dict[str, Callable[[dict[str, str]], bool]] = {
            "a": self._lead_anchor,
            "area": self._lead_anchor,
            "img": self._lead_picture,
            "source": self._lead_picture,
            "input": self._lead_picture,
            "video": self._lead_picture,
            "link": self._lead_link_element,
            "meta": _is_harmless_meta,
            "base": lambda attributes: False,
            "use": self._keep_fragment,
            "textPath": self._keep_fragment,
            "linearGradient": self._keep_fragment,
            "radialGradient": self._keep_fragment,
            "pattern": self._keep_fragment,
            "image": self._lead_svg_picture,
        }
        self._in_noscript = False
        self._loaded: set[str] = set()
        """Pictures that a script would have put in place, and we did."""

    def replaced(self, match: re.Match[str]) -> str:
        if match["styles"] is not None:
            # An escaped letter of `</style>` may have become a plain one.
            styles = self._styles(match["styles"]).replace("</", "<\\/")
            return f"<style{match['of_styles']}>{styles}</style>"
        if match["ended"] is not None:
            self._in_noscript = self._in_noscript and match["ended"] != "noscript"
            return ""
        tag, written = match["tag"], match["attributes"]
        if tag == f"{_MARK}noscript":
            self._in_noscript = True
            return ""
        name = tag.removeprefix(_MARK)
        handler = self._by_tag.get(name)
        if handler is None and name == tag and not _ON_ANY_TAG.search(written):
            return match[0]
        attributes = {key: html.unescape(value) for key, value in _ATTRIBUTE.findall(written)}
        if handler is not None and not handler(attributes):
            return ""
        for key in allowed_markup.STYLED.intersection(attributes):
            attributes[key] = self._styles(attributes[key])
        self._embed(attributes, "background", "picture")
        return f"<{name}{_written(attributes)}>"

    def _styles(self, css: str) -> str:
        return lead_styles(css, base=self._base, lead=self._lead)

    def _absolute(self, address: str) -> str | None:
        return absolute_url(self._base, address) if address.strip() else None

    def _embed(self, attributes: dict[str, str], name: str, kind: Kind) -> None:
        """Lead one attribute into the archive, or drop it where it names nothing there."""
        if name not in attributes or _PICTURE_DATA.match(attributes[name]):
            return
        absolute = self._absolute(attributes[name])
        if absolute is None:
            del attributes[name]
        else:
            attributes[name] = self._lead(absolute, kind)

    def _lead_anchor(self, attributes: dict[str, str]) -> bool:
        href = attributes.pop("href", None)
        absolute = self._absolute(href) if href is not None else None
        if absolute is None or href is None:
            return True
        page, mark, fragment = absolute.partition("#")
        if mark and page == self._page:
            attributes["href"] = f"#{fragment}"
        else:
            attributes["href"] = self._lead_link(absolute)
            attributes["target"] = "_top"
        return True

    def _lead_picture(self, attributes: dict[str, str]) -> bool:
        if self._in_noscript and self._absolute(attributes.get("src", "")) in self._loaded:
            return False
        self._load_lazy(attributes)
        self._embed(attributes, "src", "picture")
        self._embed(attributes, "poster", "picture")
        if "srcset" in attributes:
            attributes["srcset"] = ", ".join(
                islice(self._candidates(attributes["srcset"]), _MOST_CANDIDATES)
            )
        return True

    def _candidates(self, srcset: str) -> Iterator[str]:
        """The alternatives of a `srcset` as HTML parses it, each an address and perhaps a width or
        density; a comma ends an address only where it is the last of it."""
        place = 0
        while found := _CANDIDATE.match(srcset, place):
            place = found.end()
            address = found[1].rstrip(",")
            descriptors: list[str] = []
            if address == found[1] and (more := _DESCRIPTORS.match(srcset, place)):
                place = more.end()
                descriptors = more[0].split()
            absolute = self._absolute(address)
            if absolute is not None and all(map(_IS_DESCRIPTOR.fullmatch, descriptors)):
                yield " ".join([self._lead(absolute, "picture"), *descriptors])

    def _load_lazy(self, attributes: dict[str, str]) -> None:
        """Do what the script of the page would have done when the picture scrolled into view."""
        if attributes.get("src", "data:").startswith("data:") and "srcset" not in attributes:
            for name in _LAZY_SOURCES:
                absolute = self._absolute(attributes.get(name, ""))
                if absolute is not None:
                    attributes["src"] = absolute
                    self._loaded.add(absolute)
                    break
        if "data-srcset" in attributes and "srcset" not in attributes:
            attributes["srcset"] = attributes.pop("data-srcset")

    def _lead_link_element(self, attributes: dict[str, str]) -> bool:
        """Only style sheets stay; a preloaded one is what a script would have switched on."""
        relations = attributes.get("rel", "").lower().split()
        is_preloaded = "preload" in relations and attributes.pop("as", "").lower() == "style"
        if ("stylesheet" not in relations or "alternate" in relations) and not is_preloaded:
            return False
        self._embed(attributes, "href", "style")
        attributes["rel"] = "stylesheet"
        return "href" in attributes

    def _keep_fragment(self, attributes: dict[str, str]) -> bool:
        """What SVG refers to in the same document stays; a browser takes nothing else from it."""
        for name in ("href", "xlink:href"):
            if not attributes.get(name, "#").startswith("#"):
                del attributes[name]
        return True

    def _lead_svg_picture(self, attributes: dict[str, str]) -> bool:
        self._embed(attributes, "href", "picture")
        self._embed(attributes, "xlink:href", "picture")
        return True


def _is_harmless_meta(attributes: dict[str, str]) -> bool:
    return attributes.get("name", "").lower() in ("viewport", "color-scheme")


def _written(attributes: dict[str, str]) -> str:
    return "".join(f' {name}="{html.escape(value)}"' for name, value in attributes.items())


# nh3 reads a fragment, in which html and body have no place, and noscript as browsers with scripts
# do, which makes raw text of it. Under names of ours they pass through; written back, html and body
# give their attributes to the document.
_MARK = "x-archived-"
_ROOT_TAGS = re.compile(r"<(/?)(html|body|noscript)(?=[\s>/])", re.IGNORECASE)


def _renamed(match: re.Match[str]) -> str:
    return f"<{match[1]}{_MARK}{match[2].lower()}"


_CUSTOM_ELEMENT = re.compile(r"<([a-z][a-z0-9]{0,30}-[a-z0-9-]{1,40})(?=[\s>/])", re.IGNORECASE)
_MOST_CUSTOM_ELEMENTS = 100


def _custom_elements(page: str) -> frozenset[str]:
    """The names of elements that the page made up; styles refer to them."""
    found = {name.lower() for name in _CUSTOM_ELEMENT.findall(page)}
    custom = sorted(
        name for name in found - allowed_markup.NOT_CUSTOM if not name.startswith(_MARK)
    )[:_MOST_CUSTOM_ELEMENTS]
    return frozenset(custom) | {f"{_MARK}html", f"{_MARK}body", f"{_MARK}noscript"}


@lru_cache(maxsize=64)
def _cleaner(custom_elements: frozenset[str]) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(allowed_markup.TAGS | custom_elements),
        clean_content_tags=set(allowed_markup.REMOVED_WITH_CONTENT),
        attributes={tag: set(names) for tag, names in allowed_markup.ATTRIBUTES.items()},
        generic_attribute_prefixes=set(allowed_markup.PREFIXES),
        url_schemes=set(allowed_markup.SCHEMES),
        link_rel=None,
        strip_comments=True,
    )


# In what nh3 writes, `<` and `>` stand for themselves nowhere but around tags and in styles, and
# every value is in double quotes.
_TAGS = re.compile(
    r"<style(?P<of_styles>(?:\s[^>]*)?)>(?P<styles>.*?)</style>"
    rf"|<(?P<tag>{_MARK}[a-z]+|[a-zA-Z][^\s>]*(?=\s))(?P<attributes>[^>]*)>"
    rf"|</{_MARK}(?P<ended>[a-z]+)>",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r'\s([^\s=>]+)="([^"]*)"')
_ON_ANY_TAG = re.compile(r'\s(?:style|background)="|(?:url|set)\(|\\', re.IGNORECASE)
_BASE = re.compile(r'<base [^>]*?href="([^"]*)"')
_DOCTYPE = re.compile(r"<!doctype[\w\s\"'/.:+-]{0,300}>", re.IGNORECASE)
_DOCTYPE_WITHIN = 2048
_PICTURE_DATA = re.compile(r"\s*data:image/[^\s]", re.IGNORECASE)
_MOST_CANDIDATES = 50
_CANDIDATE = re.compile(r"[ \t\n\r\f,]*+([^ \t\n\r\f]++)")
_DESCRIPTORS = re.compile(r"(?:[^,(]|\([^)]*+(?:\)|\Z))*+")
_IS_DESCRIPTOR = re.compile(r"[0-9.eE+-]+[wxh]")
_LAZY_SOURCES = ("data-src", "data-lazy-src", "data-original", "data-lazy")
