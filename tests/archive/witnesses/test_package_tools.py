"""Packages as py-wacz finds them; see `test_readers`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from archive.collection import Collection
from archive.exporting.selection import Selection
from archive.exporting.wacz import export_wacz
from archive.searching.filters import Filters

Tool = Callable[[str, str], str]
Run = Callable[..., str]


@pytest.mark.parametrize("is_whole", [True, False], ids=["everything", "one site"])
def test_py_wacz_finds_a_package_valid(
    collection: Collection, tmp_path: Path, is_whole: bool, tool: Tool, run: Run
) -> None:
    wacz = tool("pywb", "wacz")
    out = tmp_path / "out.wacz"
    sites = tuple(row[0] for row in collection.connection.execute("select name from sites"))
    sites = sites or ("example.org",)
    key = tmp_path / "key.pem"
    private = ec.generate_private_key(ec.SECP384R1())
    key.write_bytes(private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    selection = None if is_whole else Selection(filters=Filters(sites=sites))
    export_wacz(collection, out, selection, key=key)

    said = run(wacz, "validate", "--file", out)

    assert "Validation succeeded, the passed WACZ is valid" in said


def test_py_wacz_sees_a_package_that_was_changed(
    collection: Collection, tmp_path: Path, tool: Tool, run: Run
) -> None:
    wacz = tool("pywb", "wacz")
    out = tmp_path / "out.wacz"
    export_wacz(collection, out)
    data = bytearray(out.read_bytes())
    # Inside the first WARC file, which is stored as it is; its checksum in the ZIP file is that of
    # the old bytes, so it says so already when it unpacks.
    data[2000] ^= 1
    out.write_bytes(data)

    assert "Bad CRC-32" in run(wacz, "validate", "--file", out, code=1)
