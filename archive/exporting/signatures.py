"""Signatures of WACZ packages, made and checked offline: the key is a file, no server is asked.

The *anonymous* form of the specification: the public key lies in the package, and who trusts it has
got its fingerprint from the signer in another way. ECDSA on the curve P-384 with SHA-256 over the
text of the hash of datapackage.json, the signature as its two numbers: what browsers check, and
replayweb.page with them. Source: WACZ Signing and Verification 0.1.0.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_der_public_key,
    load_pem_private_key,
)

from archive.errors import OperatorError

VERSION = "0.1.0"
MAKE_A_KEY = "openssl ecparam -name secp384r1 -genkey -noout -out"
"""The command that makes a key file; its name follows."""

_NUMBER_BYTES = 48


class UnusableKey(OperatorError):
    """A file that is no private key by which packages are signed."""


class BadSignature(OperatorError):
    """What is signed is not what is there, or was signed by another key."""


@dataclass(frozen=True, kw_only=True)
class Signature:
    """A signature that holds."""

    hash: str
    """What was signed: `sha256:` and the digest of datapackage.json in hexadecimal."""
    created: str
    software: str
    public_key: str
    """Base64 of the key in DER."""

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the public key in hexadecimal: what a signer publishes."""
        return hashlib.sha256(base64.b64decode(self.public_key)).hexdigest()


def read_key(path: Path) -> ec.EllipticCurvePrivateKey:
    """The private key in a PEM file. Raises `UnusableKey`."""
    make = f"make one with `{MAKE_A_KEY} {path}`"
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except OSError as error:
        raise UnusableKey(f"{path}: cannot be read ({error.strerror}); {make}") from error
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        # TypeError is what it raises of a key that is locked by a password.
        raise UnusableKey(
            f"{path}: no private key in PEM without a password, expected one; {make}"
        ) from error
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP384R1):
        raise UnusableKey(f"{path}: a key of another kind than ECDSA P-384; {make}")
    return key


def sign(
    hash_text: str, key: ec.EllipticCurvePrivateKey, *, created: str, software: str
) -> dict[str, str]:
    """The `signedData` of a package whose datapackage.json has the hash `hash_text`."""
    first, second = decode_dss_signature(key.sign(hash_text.encode("ascii"), _algorithm()))
    numbers = first.to_bytes(_NUMBER_BYTES, "big") + second.to_bytes(_NUMBER_BYTES, "big")
    public = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return {
        "hash": hash_text,
        "created": created,
        "software": software,
        "version": VERSION,
        "signature": base64.b64encode(numbers).decode("ascii"),
        "publicKey": base64.b64encode(public).decode("ascii"),
    }


def check_signature(signed: Any, *, where: str) -> Signature:
    """The signature in `signedData`, if it holds. Raises `BadSignature`."""
    try:
        signature = Signature(
            hash=str(signed["hash"]),
            created=str(signed["created"]),
            software=str(signed["software"]),
            public_key=str(signed["publicKey"]),
        )
        numbers = base64.b64decode(signed["signature"], validate=True)
        key = load_der_public_key(base64.b64decode(signature.public_key, validate=True))
    except (KeyError, TypeError, ValueError, binascii.Error, UnsupportedAlgorithm) as error:
        raise BadSignature(
            f"{where}: signedData is no anonymous signature ({type(error).__name__}: {error}); "
            "ask who made the package for a whole one"
        ) from error
    if not isinstance(key, ec.EllipticCurvePublicKey) or len(numbers) != 2 * _NUMBER_BYTES:
        raise BadSignature(f"{where}: signed by another method than ECDSA P-384, not checked")
    coded = encode_dss_signature(
        int.from_bytes(numbers[:_NUMBER_BYTES], "big"),
        int.from_bytes(numbers[_NUMBER_BYTES:], "big"),
    )
    try:
        key.verify(coded, signature.hash.encode(), ec.ECDSA(SHA256()))
    except InvalidSignature as error:
        raise BadSignature(
            f"{where}: the signature does not fit hash and key; do not trust this package"
        ) from error
    return signature


def _algorithm() -> ec.ECDSA:
    # Without chance in it, so that the same package has the same bytes; OpenSSL has it since 3.2.
    try:
        return ec.ECDSA(SHA256(), deterministic_signing=True)
    except UnsupportedAlgorithm:
        return ec.ECDSA(SHA256())
