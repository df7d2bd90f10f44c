"""The key of a URL in a CDXJ index: its host turned round, made normal as Wayback machines do.

`https://www.example.org/Fever/?b=2&a=1` gives `org,example)/fever?a=1&b=2`. Whoever looks up a URL
makes the same key of it, so the rules are those of the field, odd ones included: letters in lower
case, `www.` and session ids away, parameters in order, escapes undone and made again once. Source:
the canonicaliser of the Internet Archive (Python package `surt` 0.3.1, which pywb and cdxj-indexer
call; it is slow, unmaintained, and may ask the network for the address of a host made of digits).
"""

from __future__ import annotations

import re
import socket
from collections.abc import Iterable
from contextlib import suppress
from functools import lru_cache
from urllib.parse import quote_from_bytes, unquote_to_bytes

_SAFE = "!\"$&'()*+,-./:;<=>?@[\\]^_`{|}~"
_LINE_ENDS = re.compile(rb"[\n\r\t]")
_SCHEME = re.compile(rb"[a-zA-Z][a-zA-Z0-9+\-.]*:")
_REPEATED_SCHEME = re.compile(rb"(https?://)+")
_PARTS = re.compile(
    rb"(?:([a-zA-Z][a-zA-Z0-9+.-]*):)?(?://([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#.*)?", re.DOTALL
)
_UNSAFE = re.compile(rb"[^\x21-\x24\x26-\x7e]|#")
_UNNORMAL_PATH = re.compile(rb"//|/\.")
_WWW = re.compile(rb"www\d*\.")
_ADDRESS = re.compile(rb"(?:0[0-7]*|[1-9][0-9]*)(?:\.[0-9]+){0,3}")
_PORTS = {b"http": 80, b"https": 443}

_SESSION_PATH = (
    re.compile(rb"^(.*/)(\((?:[a-z]\([0-9a-z]{24}\))+\)/)([^?]+\.aspx.*)$", re.IGNORECASE),
    re.compile(rb"^(.*/)(\([0-9a-z]{24}\)/)([^?]+\.aspx.*)$", re.IGNORECASE),
)
_SESSION_HINT = re.compile(rb"sid=|session|sessid|cfid=", re.IGNORECASE)
_SESSION_QUERY = tuple(
    re.compile(rb"^(.*)(?:" + name + rb")(?:&(.*))?$", re.IGNORECASE)
    for name in (
        rb"jsessionid=[0-9a-zA-Z]{32}",
        rb"phpsessid=[0-9a-zA-Z]{32}",
        rb"sid=[0-9a-zA-Z]{32}",
        rb"ASPSESSIONID[a-zA-Z]{8}=[a-zA-Z]{24}",
        rb"cfid=[^&]+&cftoken=[^&]+",
    )
)


def surt_key(url: str) -> str:
    """The key under which captures of `url` stand in a CDXJ index: ASCII without white space.

    >>> surt_key("https://www.example.org/Fever/?b=2&a=1#top")
    'org,example)/fever?a=1&b=2'
    >>> surt_key("http://127.0.0.1:8080/"), surt_key("https://bệnh.example/ho%20khan")
    ('1,0,0,127:8080)/', 'example,xn--bnh-4kz)/ho%20khan')

    What cannot be taken apart (a port that is none) is its own key, escaped.
    """
    raw = url.encode("utf-8", "surrogatepass")
    try:
        return _key(raw).decode("ascii")
    except ValueError:
        return _escape(_LINE_ENDS.sub(b"", raw.strip())).decode("ascii")


def _key(url: bytes) -> bytes:
    url = _LINE_ENDS.sub(b"", url.strip())
    if not _SCHEME.match(url):
        url = b"http://" + url
    url = _REPEATED_SCHEME.sub(rb"\1", url, count=1) if url.startswith(b"http") else url
    parts = _PARTS.fullmatch(url)
    if parts is None:
        raise ValueError(url)
    scheme, authority, path, query = parts.groups()
    scheme = scheme or b""
    host, port = _host_and_port(authority or b"")
    if not host and path and scheme.startswith(b"http"):
        # As in http:////example.org/
        host, _, path = path.lstrip(b"/").partition(b"/")
        path = b"/" + path
    turned = _turned_round(host, is_dns=scheme == b"dns") if host else b""
    if turned and port is not None and port != _PORTS.get(scheme.lower(), 0):
        turned += b":%d" % port
    start = turned + b")" if turned else scheme + b":"
    path = _normal_path(path, has_host=bool(turned))
    query = _normal_query(query) if query else b""
    return b"".join((start, path or (b"/" if query else b""), b"?" if query else b"", query))


def _host_and_port(authority: bytes) -> tuple[bytes, int | None]:
    """Raises `ValueError` for a port that is none."""
    authority = authority.rpartition(b"@")[2].rstrip(b":")
    _, bracket, inside = authority.partition(b"[")
    if bracket:
        host, _, rest = inside.partition(b"]")
        port = rest.partition(b":")[2]
    else:
        host, _, port = authority.partition(b":")
    if not port:
        return host.lower(), None
    if not (port.isascii() and port.isdigit() and int(port) < 65536):
        raise ValueError(port)
    # Port 0 is taken for none.
    return host.lower(), int(port) or None


@lru_cache(maxsize=4096)
def _turned_round(host: bytes, *, is_dns: bool) -> bytes:
    host = _unescape(host)
    if not host.isascii():
        with suppress(UnicodeError):
            host = host.decode("utf-8", "ignore").encode("idna")
    host = host.replace(b"..", b".").strip(b".")
    address = _address(host)
    host = address if address else _escape(host.lower()).lower()
    if not is_dns:
        host = _WWW.sub(b"", host, count=1) if _WWW.match(host) else host
    return b",".join(reversed(host.split(b".")))


def _address(host: bytes) -> bytes | None:
    """An IPv4 address in its usual form where `host` is one in any form, as a single number."""
    if host.isdigit():
        return socket.inet_ntoa((int(host) & 0xFFFFFFFF).to_bytes(4, "big")).encode("ascii")
    if _ADDRESS.fullmatch(host):
        try:
            return socket.inet_ntoa(socket.inet_aton(host.decode("ascii"))).encode("ascii")
        except OSError:
            return None
    return None


def _normal_path(path: bytes, *, has_host: bool) -> bytes:
    path = _unescape(path)
    if has_host:
        path = _walked(path)
    path = _escape(path).lower()
    if b"(" in path:
        for pattern in _SESSION_PATH:
            if found := pattern.match(path):
                path = found[1] + found[3]
    return path[:-1] if path.endswith(b"/") and len(path) > 1 else path


def _walked(path: bytes) -> bytes:
    """The path with `.`, `..` and empty steps gone."""
    if not path:
        return b"/"
    if not _UNNORMAL_PATH.search(path):
        return path if path.startswith(b"/") else b"/" + path.partition(b"/")[2]
    kept: list[bytes] = []
    for step in path.split(b"/")[1:]:
        if step == b"..":
            kept = kept[:-1] if kept else [step]
        elif step != b".":
            kept.append(step)
    return b"/" + _joined(kept)


def _joined(steps: list[bytes]) -> bytes:
    if not steps:
        return b""
    return b"".join([*(step + b"/" for step in steps[:-1] if step), steps[-1]])


def _normal_query(query: bytes) -> bytes:
    query = _escape(_unescape(query))
    if _SESSION_HINT.search(query):
        for pattern in _SESSION_QUERY:
            if found := pattern.match(query):
                query = found[1] + (found[2] or b"")
    query = query.lower()
    if len(query) <= 1 or b"&" not in query:
        return query
    return b"&".join(_in_order(query.split(b"&")))


def _in_order(arguments: Iterable[bytes]) -> list[bytes]:
    # By name, then value; a name without `=` comes before the same with it.
    return sorted(arguments, key=lambda argument: tuple(argument.split(b"=", 1)))


def _unescape(text: bytes) -> bytes:
    while b"%" in text:
        plain = unquote_to_bytes(text)
        if plain == text:
            break
        text = plain
    return text


def _escape(text: bytes) -> bytes:
    if not _UNSAFE.search(text) and b"%" not in text:
        return text
    return quote_from_bytes(text, safe=_SAFE).encode("ascii")
