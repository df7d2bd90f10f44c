"""What a page says of how it may be used: every statement kept, and one answer a category.

Read from the page and from its response headers. Files of the site (robots.txt, tdmrep.json, RSL)
are not read here: their signals join with `resolve`, which takes signals of any origin. Nothing
here decides what is exported; it only says what was stated.
"""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from lxml.html import HtmlElement

from articles.page import Page
from articles.record import RIGHTS_CATEGORIES, Rights, RightsSignal
from articles.urls import absolute_url

OUR_AGENT = "archiater"

Decision = Literal["allow", "disallow"]
_Pairs = tuple[tuple[str, str], ...]


def read_rights(stated: Iterable[HtmlElement], page: Page) -> Rights:
    """The usage preferences stated in the page's markup and in its response headers.

    `stated` are the page's `meta`, `link` and `script` elements; others say nothing here.
    `resolved` names all six categories; `unknown` is where nothing was said, which is not consent.
    """
    signals = (*_header_signals(page), *_markup_signals(stated, page.url))[:_MOST_SIGNALS]
    return Rights(signals=signals, resolved=resolve(signals))


def resolve(signals: Iterable[RightsSignal]) -> tuple[tuple[str, str], ...]:
    """One answer a category: inside each mechanism its own precedence, then the most restrictive.

    What is addressed to another crawler by name is evidence and decides nothing here.
    """
    stated: dict[str, str] = {}
    for signal in _in_force(signals):
        for category, decision in signal.parsed:
            if stated.get(category) != "disallow":
                stated[category] = decision
    return tuple((category, stated.get(category, "unknown")) for category in RIGHTS_CATEGORIES)


def deciding_signals(rights: Rights, category: str) -> tuple[RightsSignal, ...]:
    """The signals that made the answer of `category` what it is; empty where it is unknown."""
    answer = dict(rights.resolved).get(category)
    return tuple(
        signal for signal in _in_force(rights.signals) if (category, answer) in signal.parsed
    )


# Far more than any honest page states; a page of ten thousand metas must not fill the database.
_MOST_SIGNALS = 40
_LONGEST_RAW = 500

# notes: `noarchive` and its kin forbid a shared copy, not reading; `nosnippet` also keeps text out
# of generated answers (Google's documentation of the rule). `noimageai` is about images alone, but
# there is no way to train on the page's figures and captions without them: it counts like `noai`.
_ROBOTS_WORDS: Mapping[str, _Pairs] = {
    "noarchive": (("archive", "disallow"), ("share", "disallow")),
    "nocache": (("archive", "disallow"), ("share", "disallow")),
    "nosnippet": (("share", "disallow"), ("ai_input", "disallow")),
    "max-snippet:0": (("share", "disallow"), ("ai_input", "disallow")),
    "noindex": (("search", "disallow"), ("share", "disallow")),
    "none": (("search", "disallow"), ("share", "disallow")),
    "index": (("search", "allow"),),
    "all": (("search", "allow"),),
    "archive": (("archive", "allow"),),
    "noai": (("ai_input", "disallow"), ("train", "disallow")),
    "noimageai": (("ai_input", "disallow"), ("train", "disallow")),
    "noml": (("ai_input", "disallow"), ("train", "disallow")),
}
# Rules that carry a value after a colon; any other word before a colon names a crawler.
_ROBOTS_WORDS_WITH_VALUE = frozenset(
    {"max-snippet", "max-image-preview", "max-video-preview", "unavailable_after"}
)
# Crawlers that are addressed by a meta of their own name.
_CRAWLERS = frozenset(
    (
        f"{OUR_AGENT} googlebot googlebot-news googlebot-image google-extended googleother "
        "storebot-google bingbot msnbot slurp teoma duckduckbot yandex yandexbot baiduspider "
        "applebot applebot-extended ccbot gptbot oai-searchbot chatgpt-user claudebot anthropic-ai "
        "claude-web perplexitybot amazonbot bytespider facebookbot meta-externalagent cohere-ai "
        "diffbot petalbot archive.org_bot ia_archiver"
    ).split()
)

_USAGE_LABELS = {"train-ai": "train", "train-genai": "train", "search": "search", "tdm": "tdm"}
_USAGE_VALUES: Mapping[str, Decision] = {"y": "allow", "n": "disallow"}
_SIGNAL_LABELS = {"search": "search", "ai-input": "ai_input", "ai-train": "train"}
_SIGNAL_VALUES: Mapping[str, Decision] = {"yes": "allow", "no": "disallow"}

_LINK_HEADER = re.compile(r"<([^<>]*)>([^<]*)")
_REL_LICENCE = re.compile(r"""rel\s*=\s*["']?[^"';]*\blicense\b""", re.IGNORECASE)
_CREATIVE_COMMONS = re.compile(
    r"https?://(?:www\.)?creativecommons\.org/(licenses/by|publicdomain/(?:zero|mark))\b",
    re.IGNORECASE,
)


def _in_force(signals: Iterable[RightsSignal]) -> list[RightsSignal]:
    """The signals that bind us: none for other crawlers, and of TDMRep the most specific place.

    TDMRep: a header overrides the site's file, HTML overrides the header, and a place that says
    nothing resets nothing.
    """
    binding = [signal for signal in signals if signal.agent in (None, "*", OUR_AGENT)]
    reservations = [signal for signal in binding if signal.mechanism == "tdmrep" and signal.parsed]
    place = max((_TDM_PLACES.get(signal.place, 0) for signal in reservations), default=0)
    return [
        signal
        for signal in binding
        if signal.mechanism != "tdmrep" or _TDM_PLACES.get(signal.place, 0) == place
    ]


_TDM_PLACES = {"tdmrep.json": 1, "header": 2, "meta": 3}


def _header_signals(page: Page) -> Iterator[RightsSignal]:
    for name, value in page.headers:
        match name.lower():
            case "x-robots-tag":
                yield from _robots_header(value)
            case "tdm-reservation" | "tdm-policy" as field:
                yield _tdm_signal("header", field, value)
            case "content-usage":
                parsed = _dictionary(value, _USAGE_LABELS, _USAGE_VALUES)
                yield _signal("content-usage", "header", value, parsed)
            case "content-signal":
                parsed = _dictionary(value, _SIGNAL_LABELS, _SIGNAL_VALUES)
                yield _signal("content-signal", "header", value, parsed)
            case "link":
                yield from _link_header(value, page.url)
            case _:
                pass


def _robots_header(value: str) -> Iterator[RightsSignal]:
    """`otherbot: noindex, nofollow, thirdbot: noarchive`: a name holds until the next one."""
    agent: str | None = None
    words: list[str] = []
    for part in value.split(","):
        name, colon, rest = (piece.strip() for piece in part.partition(":"))
        if colon and name.lower() not in _ROBOTS_WORDS_WITH_VALUE:
            if words:
                yield _robots_signal("header", agent, ", ".join(words))
            agent, words = name.lower() or None, []
            part = rest
        if part.strip():
            words.append(part.strip())
    if words:
        yield _robots_signal("header", agent, ", ".join(words))


def _markup_signals(stated: Iterable[HtmlElement], url: str) -> Iterator[RightsSignal]:
    for element in stated:
        if element.tag == "meta":
            yield from _meta_signals(element)
        elif element.tag == "link":
            if "license" in (element.get("rel") or "").lower().split():
                yield _licence_signal("link", element.get("href"), url, element.get("type"))
        elif element.tag == "script" and "ld+json" in (element.get("type") or "").lower():
            yield from _jsonld_licences(element.text or "", url)


def _meta_signals(meta: HtmlElement) -> Iterator[RightsSignal]:
    name = (meta.get("name") or "").strip().lower()
    content = (meta.get("content") or "").strip()
    if not content:
        return
    if name == "robots":
        yield _robots_signal("meta", None, content)
    elif name in _CRAWLERS:
        yield _robots_signal("meta", name, content)
    elif name in ("tdm-reservation", "tdm-policy"):
        yield _tdm_signal("meta", name, content)


def _robots_signal(place: str, agent: str | None, raw: str) -> RightsSignal:
    words = [re.sub(r"\s*:\s*", ":", word.strip().lower()) for word in raw.split(",")]
    # Some sites part the words by spaces alone.
    words += [word for phrase in words if " " in phrase for word in phrase.split()]
    pairs = dict.fromkeys(pair for word in words for pair in _ROBOTS_WORDS.get(word, ()))
    return _signal("robots", place, raw, tuple(pairs), agent=agent)


def _tdm_signal(place: str, field: str, value: str) -> RightsSignal:
    """One half of a TDM reservation; the policy alone neither allows nor forbids."""
    decisions: Mapping[str, Decision] = {"1": "disallow", "0": "allow"}
    decision = decisions.get(value.strip()) if field == "tdm-reservation" else None
    parsed: _Pairs = (("tdm", decision),) if decision else ()
    return _signal("tdmrep", place, f"{field}: {value.strip()}", parsed)


def _dictionary(value: str, labels: Mapping[str, str], values: Mapping[str, Decision]) -> _Pairs:
    """A comma-separated `label=value` list (RFC 9651 dictionary); unknown members mean nothing."""
    pairs: dict[tuple[str, str], None] = {}
    for member in value.split(","):
        label, _, rest = member.partition("=")
        category = labels.get(label.strip().lower())
        decision = values.get(rest.partition(";")[0].strip().strip('"').lower())
        if category and decision:
            pairs[(category, decision)] = None
    return tuple(pairs)


def _link_header(value: str, url: str) -> Iterator[RightsSignal]:
    for target, parameters in _LINK_HEADER.findall(value):
        if _REL_LICENCE.search(parameters):
            kind = "application/rsl+xml" if "rsl+xml" in parameters.lower() else None
            yield _licence_signal("header", target, url, kind)


def _jsonld_licences(text: str, url: str) -> Iterator[RightsSignal]:
    if '"license"' not in text:
        return
    try:
        root = json.loads(text)
    except (ValueError, RecursionError):
        return
    for licence in _licences_of_the_page(root):
        yield _licence_signal("jsonld", licence, url, None)


def _licences_of_the_page(root: object) -> Iterator[str]:
    """`license` of the page or article itself: that of an image in it says nothing of the text."""
    waiting: deque[object] = deque([root])
    while waiting:
        node = waiting.popleft()
        if isinstance(node, list):
            waiting.extend(node[:_MOST_SIGNALS])
        elif isinstance(node, dict):
            waiting.extend(node[key] for key in ("@graph", "mainEntity") if key in node)
            if not _PICTURES.intersection(_texts(node.get("@type"))):
                yield from _texts(node.get("license"))


_PICTURES = frozenset({"ImageObject", "VideoObject", "AudioObject", "MediaObject"})


def _texts(value: object) -> list[str]:
    """The strings of a JSON-LD value: one, a list of them, or objects with an `@id` or `url`."""
    values = value if isinstance(value, list) else [value]
    found = [
        member.get("@id") or member.get("url") if isinstance(member, dict) else member
        for member in values
    ]
    return [text for text in found if isinstance(text, str) and text]


def _licence_signal(
    place: str, address: str | None, url: str, media_type: str | None
) -> RightsSignal:
    """A licence by its address; RSL terms stand in a file of their own and say nothing here."""
    target = absolute_url(url, address or "") or (address or "").strip()
    if media_type and "rsl+xml" in media_type.lower():
        return _signal("rsl", place, target, ())
    return _signal("licence", place, target, _licence_terms(target))


def _licence_terms(address: str) -> _Pairs:
    """What an address alone tells: Creative Commons lets keep and share; its zero lets all."""
    match = _CREATIVE_COMMONS.match(address)
    if match is None:
        return ()
    open_to = ("archive", "share") if match[1].lower() == "licenses/by" else RIGHTS_CATEGORIES
    return tuple((category, "allow") for category in open_to)


def _signal(
    mechanism: str, place: str, raw: str, parsed: _Pairs, *, agent: str | None = None
) -> RightsSignal:
    return RightsSignal(
        mechanism=mechanism, place=place, agent=agent, raw=raw[:_LONGEST_RAW], parsed=parsed
    )
