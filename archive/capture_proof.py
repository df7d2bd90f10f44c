"""Whether the capture is exact with the versions installed here: proven once, remembered.

Bytes are taken from under other people's software, of which any new version may change the way they
go. So nothing is archived before a self-test, a program of its own, has fetched difficult answers
from a server on loopback and found every byte. What it proved is remembered in the user's cache
folder, by the versions of all that takes part: it runs again after an upgrade, and else not.
"""

from __future__ import annotations

import hashlib
import logging
import os
import platform
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from archive.errors import ArchiveError

logger = logging.getLogger(__name__)

_PARTS = ("scrapy", "twisted", "pyopenssl", "cryptography", "service-identity")
_LONGEST_S = 60


class InexactCapture(ArchiveError):
    """The self-test found that archived bytes would not be those of the wire."""


def require_proof(self_test: str) -> None:
    """Return when the capture is known to be exact; at once where that is remembered.

    `self_test` is the module that proves it, beside the code that it tests: a program that ends
    with 0, or says on one line what differs. Raises `InexactCapture` with that line.
    """
    versions = _versions()
    proof = _cache_folder() / f"exact-capture-{_digest(self_test, versions)}"
    if proof.exists():
        return
    found = _find_difference(self_test)
    if found is not None:
        raise InexactCapture(
            f"{self_test}: {found}; expected every byte as it went over the wire; nothing is "
            f"archived with {versions}: install the versions that archiater asks for"
        )
    _remember(proof, versions)


def _find_difference(self_test: str) -> str | None:
    """Run the self-test; the last thing it says where it does not end well."""
    try:
        done = subprocess.run(  # noqa: S603 - our own module
            [sys.executable, "-m", self_test],
            capture_output=True,
            text=True,
            check=False,
            timeout=_LONGEST_S,
            env=_environment(),
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"the self-test did not end ({error})"
    if done.returncode == 0:
        return None
    return (done.stdout.strip() or done.stderr.strip() or "it says nothing").splitlines()[-1]


def _versions() -> str:
    return ", ".join((f"Python {platform.python_version()}", *map(_version, _PARTS)))


def _version(name: str) -> str:
    try:
        return f"{name} {version(name)}"
    except PackageNotFoundError:
        return f"no {name}"


def _digest(self_test: str, versions: str) -> str:
    """What is proven is a thing of these versions and of our own code."""
    found = hashlib.sha256(versions.encode())
    spec = find_spec(self_test)
    if spec is not None and spec.origin is not None:
        for file in sorted(Path(spec.origin).parent.glob("*.py")):
            found.update(file.read_bytes())
    return found.hexdigest()[:24]


def _cache_folder() -> Path:
    # As the XDG Base Directory Specification has it; a relative path there is to be ignored.
    given = os.environ.get("XDG_CACHE_HOME", "")
    base = Path(given) if given.startswith("/") else Path.home() / ".cache"
    return base / "archiater"


def _environment() -> dict[str, str]:
    """This process's, so that the module is found where it is found here."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}


def _remember(proof: Path, versions: str) -> None:
    try:
        proof.parent.mkdir(parents=True, exist_ok=True)
        proof.write_text(f"{versions}\n", encoding="utf-8")
    except OSError as error:
        # Proven it is; it will be proven again next time.
        logger.info("%s: cannot be remembered (%s)", proof, error)
