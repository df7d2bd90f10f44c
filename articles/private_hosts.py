"""Hosts of a private network: what a page of the web must not make us ask.

A crawler stands inside somebody's network, where a request from a neighbour is trusted: printers,
databases, and the address at which a machine asks its cloud for keys.
"""

from __future__ import annotations

import ipaddress
import re
from functools import lru_cache


def why_out_of_reach(host: str, found_on: str) -> str | None:
    """Why `host` is not asked for what a page of the host `found_on` names; None where it may be.

    Only a page that lies in the private network itself may name others there, and none may name
    link-local addresses. Both are hosts as `articles.urls.host_of` gives them.
    """
    if host == found_on or not is_private(host):
        return None
    if is_private(found_on) and not _gives_keys(host):
        return None
    return f"{host} lies in a private network"


@lru_cache(maxsize=4096)
def is_private(host: str) -> bool:
    """Whether a host is no public one, by its address or by a name that only a local resolver has.

    >>> [is_private(host) for host in ("10.0.0.1:80", "localhost", "[::1]", "example.org")]
    [True, True, True, False]
    """
    name = _without_port(host)
    address = _address_of(name)
    if address is None:
        # Without a dot it is this machine, or one that only our own resolver knows. `127.1` and
        # `0x7f000001` are addresses too, for a resolver that is old enough.
        last = name.rpartition(".")[2]
        return "." not in name or last[:1].isdigit() or f".{name}".endswith(_PRIVATE_NAMES)
    is_inner = address.is_multicast or _lies_in(address, _INNER_NETWORKS + _CLOUD_NETWORKS)
    return is_inner or not address.is_global


def _gives_keys(host: str) -> bool:
    """Whether a machine may ask its cloud for keys there."""
    name = _without_port(host)
    address = _address_of(name)
    if address is None:
        return name.startswith("metadata.google.")
    return address.is_link_local or _lies_in(address, _CLOUD_NETWORKS)


def _without_port(host: str) -> str:
    return re.sub(r":\d+\Z", "", host).strip("[]").rstrip(".")


_Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def _address_of(name: str) -> _Address | None:
    """The address that `name` is; that of IPv4 where an address of IPv6 only leads there."""
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return None
    if address.version == 6:
        for network, behind in _LEADING_TO_IPV4:
            if address in network:
                return ipaddress.IPv4Address(int(address) >> behind & 0xFFFFFFFF)
    return address


def _lies_in(
    address: _Address, networks: tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]
) -> bool:
    return any(address in network for network in networks)


# Each with the bits behind the IPv4 address: mapped, compatible, translated, NAT64, 6to4.
_LEADING_TO_IPV4 = tuple(
    (ipaddress.IPv6Network(network), behind)
    for network, behind in (
        ("::ffff:0:0/96", 0),
        ("::/96", 0),
        ("::ffff:0:0:0/96", 0),
        ("64:ff9b::/96", 0),
        ("2002::/16", 80),
    )
)
# Site-local addresses are out of use, local NAT64 is newer than some Pythons: Python may hold both
# for global.
_INNER_NETWORKS = tuple(map(ipaddress.ip_network, ("fec0::/10", "64:ff9b:1::/48")))
# Where clouds answer their machines beside the link-local addresses: Amazon, Google, Alibaba,
# Oracle, Azure (a public address, which answers nobody else).
_CLOUD_NETWORKS = tuple(
    map(
        ipaddress.ip_network,
        ("fd00:ec2::/32", "fd20:ce::/32", "100.100.100.200", "192.0.0.192", "168.63.129.16"),
    )
)
_PRIVATE_NAMES = (".localhost", ".local", ".internal", ".intranet", ".lan", ".home.arpa")
