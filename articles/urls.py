"""URLs as identity: normalising them, joining links, and telling whose they are.

`normalise_url` gives the one spelling under which a resource is known everywhere in this house.
Everything here is a function of strings, never fetches, and never raises: URLs come from hostile
pages. Which URLs belong to a site is the business of `spiders.scope`.
"""

from __future__ import annotations

import ipaddress
import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urljoin

if TYPE_CHECKING:
    from tldextract import TLDExtract

_DEFAULT_PORTS = {"http": "80", "https": "443"}

# Parameters that name the click, not the resource. Only names that are one vendor's own: a plain
# `ref`, `source` or `id` may well choose the page.
_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|ysclid|twclid|ttclid|li_fat_id"
    r"|igshid|igsh|mc_cid|mc_eid|mkt_tok|_hsenc|_hsmi|__hstc|__hssc|__hsfp|hsctatracking"
    r"|vero_id|vero_conv|oly_anon_id|oly_enc_id|_ga|_gl|_openstat|wickedid|rb_clickid|sccid",
    re.IGNORECASE,
)


def normalise_url(url: str) -> str:
    """The one spelling of an http(s) URL; the same resource before and after, and idempotent.

    Scheme and host in lower case, a host in other scripts as punycode, no default port, no dot
    segments, no fragment, no tracking parameters (other parameters stay, in their order), percent
    escapes upper case and only where needed, `/` for an empty path. Sources: RFC 3986 section 6.2,
    WHATWG URL for what browsers tolerate. Another scheme or a text that is no URL comes back with
    nothing but its outer white space gone.

    >>> normalise_url("HTTPS://Bücher.example:443/a/../%7efoo/?b=2&utm_source=x&a=1#top")
    'https://xn--bcher-kva.example/~foo/?b=2&a=1'
    """
    if _ALREADY_NORMAL.match(url):
        return url
    parts = _split(url)
    if parts is None:
        return url.strip(_OUTER)
    path = _without_dot_segments(_requoted(parts.path, _NOT_IN_PATH)) or "/"
    query = _without_tracking(_requoted(parts.query, _NOT_IN_QUERY))
    return f"{parts.scheme}://{parts.authority}{path}" + (f"?{query}" if query else "")


def absolute_url(base: str, href: str) -> str | None:
    """`href` as a browser would follow it from `base`: an http(s) URL, its fragment kept.

    None for anything else: `javascript:`, `data:`, `mailto:`, a relative link without a base, a
    host that cannot be one. The spelling is otherwise as found; `normalise_url` does the rest.

    >>> absolute_url("https://example.org/a/b", "../c?d#e")
    'https://example.org/c?d#e'
    """
    if href.startswith("/") and not href.startswith("//"):
        rooted = _origin(base) + href
        if _ALREADY_NORMAL.match(rooted):
            return rooted
        href = rooted
    elif _ALREADY_NORMAL.match(href):
        return href
    elif _PLAIN_FRAGMENT.match(href) and _ALREADY_NORMAL.match(base) and ";" not in base:
        return base + href
    cleaned = _INNER.sub("", href.strip(_OUTER))
    if not cleaned.startswith(("https://", "http://")) or "\\" in cleaned:
        try:
            cleaned = urljoin(_INNER.sub("", base.strip(_OUTER)), _forward_slashes(cleaned))
        except ValueError:
            return None
    parts = _split(cleaned)
    if parts is None:
        return None
    path = _without_dot_segments(_requoted(parts.path, _NOT_IN_PATH)) or "/"
    query = f"?{_requoted(parts.query, _NOT_IN_QUERY)}" if parts.query else ""
    fragment = f"#{_requoted(parts.fragment, _NOT_IN_QUERY)}" if parts.fragment else ""
    return f"{parts.scheme}://{parts.authority}{path}{query}{fragment}"


def host_of(url: str) -> str:
    """The host in its normal spelling, with `:port` unless it is the default; "" without one.

    >>> host_of("http://Localhost:8000/x")
    'localhost:8000'
    """
    parts = _split(url)
    return "" if parts is None else parts.host + parts.port


def path_of(url: str) -> str:
    """The normalised path, `/` at least; "" where `url` is no http(s) URL."""
    parts = _split(url)
    if parts is None:
        return ""
    return _without_dot_segments(_requoted(parts.path, _NOT_IN_PATH)) or "/"


def registered_domain(url: str) -> str:
    """The domain its owner registered: `cdc.gov` for `https://www.cdc.gov/`; "" without a host.

    Hosting domains of the public suffix list (`github.io`) part their customers. What has no
    public suffix (an IP address, `localhost`, an intranet name) is its own host, with `:port`
    unless that is the default.

    >>> registered_domain("https://www.ndl.go.jp/x"), registered_domain("http://127.0.0.1:8080/")
    ('ndl.go.jp', '127.0.0.1:8080')
    """
    parts = _split(url)
    if parts is None:
        return ""
    return _domain_of_host(parts.host) or parts.host + parts.port


def same_registered_domain(first: str, second: str) -> bool:
    """Whether both URLs lie on the same registered domain; false where one of them has none."""
    domain = registered_domain(first)
    return domain != "" and domain == registered_domain(second)


# A URL that matches needs no work: nothing to fold, no escape, no dot segment, no query. Most links
# of most pages do, and this is asked once a link.
_ALREADY_NORMAL = re.compile(
    r"https?://[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?/(?:[A-Za-z0-9_~!$&'()*+,;=:@/-]|(?<!/)\.)*\Z"
)

_PLAIN_FRAGMENT = re.compile(r"#[A-Za-z0-9_~!$&'()*+,;=:@/.-]+\Z")


@lru_cache(maxsize=256)
def _origin(url: str) -> str:
    """Scheme, host and port of the page that all links of a page are relative to; "" without."""
    parts = _split(url)
    return "" if parts is None else f"{parts.scheme}://{parts.authority}"


# What browsers take off the ends of an address (C0 controls and space), and from inside it.
_OUTER = "".join(map(chr, range(0x21)))
_INNER = re.compile(r"[\t\n\r]")

_URL = re.compile(
    r"(?P<scheme>https?):[/\\]{2}(?P<authority>[^/\\?#]*)"
    r"(?P<path>[^?#]*)(?:\?(?P<query>[^#]*))?(?:\#(?P<fragment>.*))?\Z",
    re.IGNORECASE | re.DOTALL,
)
_AUTHORITY = re.compile(
    r"(?:(?P<user>.*)@)?(?P<host>\[[0-9a-fA-F:.]+\]|[^:@\[\]]+)(?::(?P<port>[0-9]{0,5}))?\Z",
    re.DOTALL,
)
_ASCII_HOST = re.compile(r"[a-z0-9_-][a-z0-9._-]*\Z")
_LONGEST_HOST = 255


class _Parts(NamedTuple):
    scheme: str
    user: str
    host: str
    port: str
    """With its colon; empty for the default port."""
    path: str
    query: str
    fragment: str

    @property
    def authority(self) -> str:
        return self.user + self.host + self.port


def _split(url: str) -> _Parts | None:
    """The parts of an http(s) URL, scheme, host and port normal; None for anything else."""
    match = _URL.match(_INNER.sub("", url.strip(_OUTER)))
    authority = _AUTHORITY.match(match["authority"]) if match else None
    if match is None or authority is None:
        return None
    scheme = match["scheme"].lower()
    host = _normal_host(authority["host"])
    port = (authority["port"] or "").lstrip("0") or ("0" if authority["port"] else "")
    if host is None or int(port or 0) > 65535:
        return None
    user = _requoted(authority["user"], _NOT_IN_USER) if authority["user"] else ""
    return _Parts(
        scheme,
        f"{user}@" if user else "",
        host,
        "" if port in ("", _DEFAULT_PORTS[scheme]) else f":{port}",
        match["path"].replace("\\", "/"),
        match["query"] or "",
        match["fragment"] or "",
    )


@lru_cache(maxsize=4096)
def _normal_host(host: str) -> str | None:
    """Lower case, punycode, the short form of an IPv6 address; None for what is no host."""
    if len(host) > _LONGEST_HOST:
        return None
    if host.startswith("["):
        try:
            return f"[{ipaddress.IPv6Address(host[1:-1])}]"
        except ValueError:
            return None
    name = unquote(host, errors="replace") if "%" in host else host
    if not name.isascii():
        import idna

        try:
            name = idna.encode(name, uts46=True).decode("ascii")
        except UnicodeError:
            return None
    name = name.lower()
    return name if _ASCII_HOST.match(name) else None


@lru_cache(maxsize=4096)
def _domain_of_host(host: str) -> str:
    """The registered domain of a host name; "" for an address or a name without public suffix."""
    if host.startswith("[") or host.replace(".", "").isdigit():
        return ""
    name = host.rstrip(".")
    found = _public_suffixes()(name)
    return found.top_domain_under_public_suffix or (name if found.suffix else "")


@cache
def _public_suffixes() -> TLDExtract:
    """The public suffix list as shipped with tldextract: nothing fetched, nothing written."""
    # Imported on first use: it brings requests along, 0.1 s that most commands do not need.
    from tldextract import TLDExtract

    return TLDExtract(cache_dir=None, suffix_list_urls=(), include_psl_private_domains=True)


_UNRESERVED = r"A-Za-z0-9._~\-"
_NOT_IN_PATH = re.compile(rf"%(?:[0-9A-Fa-f]{{2}})?|[^{_UNRESERVED}!$&'()*+,;=:@/]")
_NOT_IN_QUERY = re.compile(rf"%(?:[0-9A-Fa-f]{{2}})?|[^{_UNRESERVED}!$&'()*+,;=:@/?\[\]|]")
_NOT_IN_USER = re.compile(rf"%(?:[0-9A-Fa-f]{{2}})?|[^{_UNRESERVED}!$&'()*+,;=:]")
_IS_UNRESERVED = re.compile(rf"[{_UNRESERVED}]\Z")


def _requoted(text: str, not_allowed: re.Pattern[str]) -> str:
    """`text` with every escape normal, and escapes where a character may not stand."""
    return not_allowed.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    found = match[0]
    if found == "%":
        # A lone per cent sign, written literally: it must not join what is decoded behind it.
        return "%25"
    if found[0] == "%":
        character = chr(int(found[1:], 16))
        return character if _IS_UNRESERVED.match(character) else found.upper()
    return "".join(f"%{byte:02X}" for byte in found.encode("utf-8", "surrogatepass"))


def _without_dot_segments(path: str) -> str:
    """RFC 3986 section 5.2.4, for a path that is empty or starts with a slash."""
    if "/." not in path:
        return path
    kept: list[str] = []
    segments = path.split("/")[1:]
    for segment in segments:
        if segment == "..":
            if kept:
                kept.pop()
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in (".", ".."):
        kept.append("")
    return "/" + "/".join(kept)


def _without_tracking(query: str) -> str:
    if not query:
        return query
    return "&".join(
        part
        for part in query.split("&")
        if not _TRACKING.fullmatch(unquote(part.partition("=")[0], errors="replace"))
    )


def _forward_slashes(href: str) -> str:
    """Browsers read a backslash before the query as a slash."""
    if "\\" not in href:
        return href
    end = min(len(href), *(at for mark in "?#" if (at := href.find(mark)) >= 0), len(href))
    return href[:end].replace("\\", "/") + href[end:]
