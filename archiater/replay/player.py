"""replayweb.page on this machine: fetched on demand, checked against a digest, kept as it came.

It is AGPL and a project of its own (Webrecorder's), so no file of it is in this repository: npm
brings it, and it is served unchanged from a port of its own (`player_application`).
"""

from __future__ import annotations

import base64
import hashlib
import io
import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Mapping
from pathlib import Path

from articles.errors import ArchiaterError

PACKAGE = "replaywebpage@2.5.3"
SHA512 = "nCj2PSON3BxeSJKE8AsYPyULv0XPZKJWfy4l9PyQre9SqwLZ+WKZVs/sfLqPOQ4GrH+0YkjbwOhr8cSTH08gsQ=="
"""Of the package's tarball, in the spelling of npm's `integrity`."""
FILES = ("ui.js", "sw.js", "LICENSE")

_FOLDER = "replaywebpage-2.5.3"
_MOST_BYTES = 64 * 1024 * 1024
_FETCH_WITHIN_S = 300


class NoPlayer(ArchiaterError):
    """replayweb.page is not there and could not be had."""


def player_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """Where the player's files lie once they are fetched, in the user's data folder (XDG)."""
    base = environment.get("XDG_DATA_HOME") or ""
    # By the book a relative path there means nothing.
    data = Path(base) if base.startswith("/") else Path.home() / ".local" / "share"
    return data / "archiater" / _FOLDER


def has_player(folder: Path) -> bool:
    return all((folder / name).is_file() for name in FILES)


def get_player(folder: Path, *, tarball: Path | None = None) -> None:
    """Put the player's files into `folder`, from npm's registry or from a `tarball` of it.

    Raises `NoPlayer` where it cannot be had or is not the one we know; nothing is kept then.
    """
    packed = tarball.read_bytes() if tarball is not None else _packed_by_npm()
    found = base64.b64encode(hashlib.sha512(packed).digest()).decode("ascii")
    if found != SHA512:
        raise NoPlayer(
            f"{tarball or PACKAGE}: its sha512 is {found[:16]}..., expected {SHA512[:16]}...; "
            f"get the tarball of {PACKAGE} again"
        )
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as beside:
        for name, content in _unpacked(packed).items():
            (Path(beside) / name).write_bytes(content)
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(beside, folder)


def _packed_by_npm() -> bytes:
    npm = shutil.which("npm")
    if npm is None:
        raise NoPlayer(
            f"npm is not installed, expected it to fetch {PACKAGE}; install it, or fetch the "
            "tarball elsewhere (`npm pack`) and give it with --player-from"
        )
    with tempfile.TemporaryDirectory() as folder:
        try:
            done = subprocess.run(  # noqa: S603 - a program of the system, words of ours
                [npm, "pack", PACKAGE, "--ignore-scripts", "--silent"],
                cwd=folder,
                capture_output=True,
                text=True,
                check=False,
                timeout=_FETCH_WITHIN_S,
            )
        except subprocess.TimeoutExpired as error:
            raise NoPlayer(
                f"npm pack {PACKAGE}: no answer in {_FETCH_WITHIN_S} s; check the network"
            ) from error
        files = list(Path(folder).glob("*.tgz"))
        if done.returncode or len(files) != 1:
            said = " ".join(done.stderr.split())[-300:] or "nothing"
            raise NoPlayer(
                f"npm pack {PACKAGE}: failed ({said}); check the network and npm's registry"
            )
        return files[0].read_bytes()


def _unpacked(packed: bytes) -> dict[str, bytes]:
    """The files we serve, read out of the tarball without writing any path of its own."""
    found: dict[str, bytes] = {}
    with tarfile.open(fileobj=io.BytesIO(packed), mode="r:gz") as tar:
        for name in FILES:
            member = tar.extractfile(f"package/{name}")
            if member is not None:
                found[name] = member.read(_MOST_BYTES)
    return found
