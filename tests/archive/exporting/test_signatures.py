from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
)

from archive.exporting.signatures import (
    BadSignature,
    UnusableKey,
    check_signature,
    read_key,
    sign,
)

HASH = "sha256:" + "0" * 64
CREATED = "2026-11-22T12:00:00Z"


@pytest.fixture(scope="module")
def key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP384R1())


def signed(key: ec.EllipticCurvePrivateKey) -> dict[str, str]:
    return sign(HASH, key, created=CREATED, software="archiater 1")


def pem(key: PrivateKeyTypes, lock: KeySerializationEncryption | None = None) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, lock or NoEncryption())


def test_what_was_signed_is_recognised(key: ec.EllipticCurvePrivateKey) -> None:
    found = check_signature(signed(key), where="out.wacz")

    assert (found.hash, found.created, found.software) == (HASH, CREATED, "archiater 1")
    public = base64.b64decode(signed(key)["publicKey"])
    assert found.fingerprint == hashlib.sha256(public).hexdigest()


def test_the_signature_is_two_numbers_as_browsers_want_it(key: ec.EllipticCurvePrivateKey) -> None:
    assert len(base64.b64decode(signed(key)["signature"])) == 96
    assert signed(key)["version"] == "0.1.0"


def test_signing_twice_gives_the_same_bytes(key: ec.EllipticCurvePrivateKey) -> None:
    assert signed(key) == signed(key)


def _other_hash(value: dict[str, str]) -> None:
    value["hash"] = "sha256:" + "1" * 64


def _other_key(value: dict[str, str]) -> None:
    value["publicKey"] = signed(ec.generate_private_key(ec.SECP384R1()))["publicKey"]


def _other_numbers(value: dict[str, str]) -> None:
    value["signature"] = base64.b64encode(bytes(96)).decode()


@pytest.mark.parametrize("change", [_other_hash, _other_key, _other_numbers])
def test_a_change_of_any_part_breaks_it(
    key: ec.EllipticCurvePrivateKey, change: Callable[[dict[str, str]], None]
) -> None:
    value = signed(key)
    change(value)

    with pytest.raises(BadSignature, match="does not fit hash and key; do not trust"):
        check_signature(value, where="out.wacz")


@pytest.mark.parametrize(
    ("name", "value"),
    [("publicKey", None), ("publicKey", "AAAA"), ("signature", "!"), ("hash", None)],
)
def test_what_is_no_signature_is_said_to_be_none(
    key: ec.EllipticCurvePrivateKey, name: str, value: str | None
) -> None:
    changed: dict[str, str | None] = {**signed(key)}
    if value is None:
        del changed[name]
    else:
        changed[name] = value

    with pytest.raises(BadSignature, match="no anonymous signature"):
        check_signature(changed, where="out.wacz")


def test_a_key_file_is_read(tmp_path: Path, key: ec.EllipticCurvePrivateKey) -> None:
    path = tmp_path / "key.pem"
    path.write_bytes(pem(key))

    assert signed(read_key(path)) == signed(key)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "cannot be read"),
        (b"no key", "no private key in PEM"),
        (
            pem(ec.generate_private_key(ec.SECP384R1()), BestAvailableEncryption(b"secret")),
            "without a password",
        ),
        (pem(ec.generate_private_key(ec.SECP256R1())), "another kind than ECDSA P-384"),
        (pem(rsa.generate_private_key(65537, 2048)), "another kind than ECDSA P-384"),
    ],
    ids=["missing", "no key", "locked", "other curve", "rsa"],
)
def test_a_file_that_cannot_sign_is_refused_with_the_command_that_makes_a_key(
    tmp_path: Path, content: bytes | None, said: str
) -> None:
    path = tmp_path / "key.pem"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(UnusableKey, match=said) as refused:
        read_key(path)

    assert f"openssl ecparam -name secp384r1 -genkey -noout -out {path}" in str(refused.value)
