from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from archive.collection import Collection
from archive.exporting.signatures import BadSignature
from archive.exporting.wacz import export_wacz
from archive.exporting.wacz_checking import NotAPackage, check_wacz, verify_wacz_signature

Parts = dict[str, bytes]


@pytest.fixture
def key(tmp_path: Path) -> Path:
    path = tmp_path / "key.pem"
    made = ec.generate_private_key(ec.SECP384R1())
    path.write_bytes(made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return path


@pytest.fixture
def signed(archived: Collection, tmp_path: Path, key: Path) -> Path:
    out = tmp_path / "out.wacz"
    assert export_wacz(archived, out, key=key)["is_signed"]
    return out


def changed(package: Path, change: Callable[[Parts], None]) -> Path:
    """The package with its parts changed, and whole as a ZIP file."""
    with zipfile.ZipFile(package) as opened:
        parts = {name: opened.read(name) for name in opened.namelist()}
    change(parts)
    with zipfile.ZipFile(package, "w") as written:
        for name, part in parts.items():
            written.writestr(name, part)
    return package


def test_a_signed_package_is_whole_and_tells_who_signed(signed: Path) -> None:
    checked = check_wacz(signed)

    assert checked.problems == ()
    assert checked.parts == 7
    assert checked.signature == verify_wacz_signature(signed)
    assert checked.signature is not None
    assert len(checked.signature.fingerprint) == 64


def test_a_package_without_a_signature_has_none(archived: Collection, tmp_path: Path) -> None:
    export_wacz(archived, tmp_path / "out.wacz")

    assert check_wacz(tmp_path / "out.wacz").signature is None
    assert check_wacz(tmp_path / "out.wacz").problems == ()


def _flip_a_page(parts: Parts) -> None:
    parts["pages/pages.jsonl"] = parts["pages/pages.jsonl"].replace(b"400 mg", b"900 mg")
    parts["pages/pages.jsonl"] += b" "


def _add_a_file(parts: Parts) -> None:
    parts["archive/more.warc.gz"] = b""


def _take_the_index(parts: Parts) -> None:
    del parts["indexes/index.idx"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_flip_a_page, "pages.jsonl: found sha256:"),
        (_add_a_file, "more.warc.gz: not listed in datapackage.json"),
        (_take_the_index, "index.idx: missing, datapackage.json lists it"),
    ],
)
def test_a_part_that_is_not_what_was_listed_is_found(
    signed: Path, change: Callable[[Parts], None], said: str
) -> None:
    (problem,) = check_wacz(changed(signed, change)).problems

    assert said in problem


def _rename_the_package(parts: Parts) -> None:
    parts["datapackage.json"] = parts["datapackage.json"].replace(b"Articles of", b"Facts of")


def _backdate(parts: Parts) -> None:
    digest = json.loads(parts["datapackage-digest.json"])
    digest["signedData"]["created"] = "1999-01-01T00:00:00Z"
    parts["datapackage-digest.json"] = json.dumps(digest).encode()


@pytest.mark.parametrize("change", [_rename_the_package, _backdate])
def test_a_package_that_was_changed_after_it_was_signed_is_not_trusted(
    signed: Path, change: Callable[[Parts], None]
) -> None:
    changed(signed, change)

    with pytest.raises(BadSignature, match="do not trust"):
        check_wacz(signed)
    with pytest.raises(BadSignature, match="do not trust"):
        verify_wacz_signature(signed)


def _take_the_list(parts: Parts) -> None:
    del parts["datapackage.json"]


def _break_the_list(parts: Parts) -> None:
    parts["datapackage.json"] = b"[" * 100_000


def _empty_the_list(parts: Parts) -> None:
    parts["datapackage.json"] = b'{"resources": [{"path": 1}]}'
    del parts["datapackage-digest.json"]


@pytest.mark.parametrize("change", [_take_the_list, _break_the_list, _empty_the_list])
def test_a_zip_file_without_a_list_is_no_package(
    signed: Path, change: Callable[[Parts], None]
) -> None:
    with pytest.raises(NotAPackage, match=r"out\.wacz"):
        check_wacz(changed(signed, change))


def test_any_other_file_is_no_package(tmp_path: Path) -> None:
    (tmp_path / "x.wacz").write_bytes(b"PK\x03\x04 nothing")

    with pytest.raises(NotAPackage, match="no WACZ file"):
        check_wacz(tmp_path / "x.wacz")
