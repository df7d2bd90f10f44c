"""Which hosts a page of the web must not make us ask, in every spelling."""

from __future__ import annotations

import pytest

from articles.private_hosts import is_private, why_out_of_reach
from articles.urls import host_of

_INSIDE = """
127.0.0.1 127.1 127.0.0.1. 2130706433 0x7f000001 0177.0.0.1 0x7f.0.0.1 127.0.0.0x1 0.0.0.0 0
10.0.0.1:80 172.16.0.1 192.168.1.1 100.64.0.1 198.18.0.1 169.254.169.254 240.0.0.1 224.0.0.1
168.63.129.16 [::] [::1] [::1]:80 [fc00::1] [fd12::1] [fe80::1] [febf::1] [fec0::1] [ff02::1]
[::ffff:7f00:1] [::ffff:10.0.0.1] [::127.0.0.1] [::ffff:0:10.0.0.1] [64:ff9b::10.0.0.1]
[64:ff9b:1::1] [2002:a00:1::] [2002:7f00:1::1] localhost localhost. LOCALHOST:80 printer a.local
a.local. a.localhost a.internal a.lan a.home.arpa %31%32%37.0.0.1 127%2e0%2e0%2e1
\uff11\uff12\uff17.0.0.1 127\u30020\u30020\u30021 user@127.0.0.1 example.org@127.0.0.1
example.org:80@127.0.0.1:80 127.0.0.1\\@example.org
"""


@pytest.mark.parametrize("host", _INSIDE.split())
def test_a_page_of_the_web_names_nothing_in_our_network(host: str) -> None:
    found = host_of(f"http://{host}/")

    assert found
    assert is_private(found)
    assert why_out_of_reach(found, "example.org") == f"{found} lies in a private network"


@pytest.mark.parametrize(
    "host",
    [
        "example.org",
        "example.org.",
        "example.org:8080",
        "93.184.216.34",
        "[2606:4700::1111]",
        "[64:ff9b::5db8:d822]",
        "127.0.0.1@example.org",
        "127.0.0.1.example.org",
        "local.example",
    ],
)
def test_a_host_of_the_web_may_be_asked(host: str) -> None:
    assert why_out_of_reach(host_of(f"http://{host}/"), "health.example") is None


@pytest.mark.parametrize(
    "host",
    [
        "169.254.169.254",
        "169.254.169.254.",
        "[::ffff:169.254.169.254]",
        "[64:ff9b::169.254.169.254]",
        "[fe80::1]",
        "[fe90::1]",
        "[febf::1]:80",
        "[fd00:ec2::254]",
        "[fd20:ce::254]",
        "100.100.100.200",
        "168.63.129.16",
        "metadata.google.internal",
        "metadata.google.internal.",
    ],
)
def test_not_even_a_page_of_our_network_leads_to_the_keys_of_a_cloud(host: str) -> None:
    assert why_out_of_reach(host_of(f"http://{host}/"), "10.0.0.1") is not None


@pytest.mark.parametrize("host", ["10.0.0.2", "[fd12::1]", "printer.local", "127.0.0.1:8000"])
def test_a_page_of_our_network_names_its_neighbours(host: str) -> None:
    assert why_out_of_reach(host_of(f"http://{host}/"), "10.0.0.1") is None
