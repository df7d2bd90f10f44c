"""A WACZ file checked: every part against its digest, the list of parts, the signature."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from archive.errors import OperatorError
from archive.exporting.package import DATAPACKAGE, DATAPACKAGE_DIGEST
from archive.exporting.signatures import BadSignature, Signature, check_signature

_STEP = 1 << 20
# Both lists together; one that is larger is none.
_MOST_LIST_BYTES = 64 * 1024 * 1024


class NotAPackage(OperatorError):
    """A file that is no WACZ file."""


@dataclass(frozen=True, kw_only=True)
class CheckedPackage:
    """What was found in a package."""

    parts: int
    problems: tuple[str, ...]
    """One line each; none where it is whole."""
    signature: Signature | None
    """The signature, which holds; None where there is none."""


def check_wacz(path: Path) -> CheckedPackage:
    """Read a package whole and compare each part with its digest.

    Raises `NotAPackage`, and `BadSignature` where there is a signature and it does not hold.
    """
    with _opened(path) as package:
        described, signature = _description(package, path)
        resources = _resources(described, path)
        problems = list(_problems(package, resources, path))
    return CheckedPackage(parts=len(resources), problems=tuple(problems), signature=signature)


def verify_wacz_signature(path: Path) -> Signature | None:
    """The signature of a package, which holds for its datapackage.json; None where there is none.

    It vouches for the files only together with their digests, which `check_wacz` compares. Raises
    `NotAPackage`, `BadSignature`.
    """
    with _opened(path) as package:
        return _description(package, path)[1]


def _opened(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except (OSError, zipfile.BadZipFile) as error:
        raise NotAPackage(f"{path}: no WACZ file ({error}); give one, or fetch it again") from error


def _description(package: zipfile.ZipFile, path: Path) -> tuple[dict[str, Any], Signature | None]:
    text = _read(package, DATAPACKAGE, path)
    described = _parsed(text, DATAPACKAGE, path)
    if DATAPACKAGE_DIGEST not in package.namelist():
        return described, None
    digest = _parsed(_read(package, DATAPACKAGE_DIGEST, path), DATAPACKAGE_DIGEST, path)
    found = f"sha256:{hashlib.sha256(text).hexdigest()}"
    if digest.get("hash") != found:
        raise BadSignature(
            f"{path}: {DATAPACKAGE} has the hash {found}, {DATAPACKAGE_DIGEST} says "
            f"{digest.get('hash')!r}; it was changed after it was made, do not trust it"
        )
    signed = digest.get("signedData")
    if signed is None:
        return described, None
    signature = check_signature(signed, where=str(path))
    if signature.hash != found or signature.created != described.get("created"):
        raise BadSignature(
            f"{path}: the signature is of {signature.hash} made {signature.created}, the package "
            f"is {found} made {described.get('created')}; do not trust it"
        )
    return described, signature


def _resources(described: dict[str, Any], path: Path) -> dict[str, dict[str, Any]]:
    resources = described.get("resources")
    if not isinstance(resources, list) or not all(
        isinstance(resource, dict) and isinstance(resource.get("path"), str)
        for resource in resources
    ):
        raise NotAPackage(f"{path}: {DATAPACKAGE} lists no resources; fetch the file again")
    return {resource["path"]: resource for resource in resources}


def _problems(
    package: zipfile.ZipFile, resources: dict[str, dict[str, Any]], path: Path
) -> Iterator[str]:
    present = {info.filename: info for info in package.infolist() if not info.is_dir()}
    for name in sorted(present.keys() - resources.keys() - {DATAPACKAGE, DATAPACKAGE_DIGEST}):
        yield f"{path}!{name}: not listed in {DATAPACKAGE}"
    for name, resource in resources.items():
        if name not in present:
            yield f"{path}!{name}: missing, {DATAPACKAGE} lists it"
            continue
        found = _hash_and_size(package, name, str(resource.get("hash")).partition(":")[0])
        expected = (resource.get("hash"), resource.get("bytes"))
        if found != expected:
            yield (
                f"{path}!{name}: found {found[0]} of {found[1]} bytes, expected {expected[0]} "
                + (f"of {expected[1]} bytes")
            )


def _hash_and_size(package: zipfile.ZipFile, name: str, algorithm: str) -> tuple[str, int]:
    # py-wacz may write md5 too: it says then what it can.
    digest = hashlib.new("md5", usedforsecurity=False) if algorithm == "md5" else hashlib.sha256()
    size = 0
    try:
        with package.open(name) as part:
            while piece := part.read(_STEP):
                digest.update(piece)
                size += len(piece)
    except Exception as error:
        # Every layer of a ZIP file fails with errors of its own, zlib's is a bare Exception.
        return f"no whole part ({error})", size
    return f"{digest.name}:{digest.hexdigest()}", size


def _read(package: zipfile.ZipFile, name: str, path: Path) -> bytes:
    try:
        if package.getinfo(name).file_size > _MOST_LIST_BYTES:
            raise NotAPackage(f"{path}!{name}: larger than {_MOST_LIST_BYTES} bytes, not read")
        return package.read(name)
    except KeyError as error:
        raise NotAPackage(f"{path}: no {name} in it, expected a WACZ file") from error
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise NotAPackage(f"{path}!{name}: cannot be unpacked ({error}); fetch it again") from error


def _parsed(text: bytes, name: str, path: Path) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotAPackage(f"{path}!{name}: no JSON ({error}); fetch the file again") from error
    if not isinstance(value, dict):
        raise NotAPackage(f"{path}!{name}: no JSON object; fetch the file again")
    return value
