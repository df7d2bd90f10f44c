"""Makes requirements.txt and requirements-dev.txt from pyproject.toml: every pin, with its hashes.

Run by `make lock` after a change of the dependencies. It needs only a Python with venv and pip: uv,
which resolves for all Pythons and platforms at once, goes into a throw-away environment. The files
carry no address of an index: everybody installs from the index that their own pip is set up for.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator, Sequence
from pathlib import Path

UV = "uv==0.13.9"
OLDEST_PYTHON = "3.11"
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
PLATFORMS = (
    "x86_64-unknown-linux-gnu",
    "aarch64-unknown-linux-gnu",
    "aarch64-apple-darwin",
)
FILES = {
    "requirements.txt": ("--group", "build"),
    "requirements-dev.txt": ("--group", "build", "--extra", "dev"),
}
_HEADER = "# Made by `make lock` from pyproject.toml: change it there, never here.\n"
# An address, or an option of pip that is followed by one.
_ADDRESS = re.compile(r"://|^[ \t]*(-i|-f|--(extra-)?index-\w+|--find-\w+)\b", re.MULTILINE)


def main(arguments: Sequence[str] | None = None) -> int:
    """Lock, check and write both files; the exit code is 1 where a check fails."""
    parser = argparse.ArgumentParser(description=__doc__, prog="lock.py")
    parser.add_argument("--upgrade", action="store_true", help="take the newest of what may move")
    options = parser.parse_args(arguments)
    root = Path(__file__).resolve().parent.parent
    with tempfile.TemporaryDirectory(prefix="lock-") as folder:
        uv = install_uv(Path(folder))
        for name, chosen in FILES.items():
            # The old file goes first: uv keeps the pins it finds in its output file.
            draft = Path(folder) / name
            if (root / name).exists() and not options.upgrade:
                draft.write_bytes((root / name).read_bytes())
            compile_pins(uv, root / "pyproject.toml", chosen, into=draft)
            text = _HEADER + draft.read_text(encoding="utf-8")
            problems = [*addresses(text), *missing_wheels(uv, draft, Path(folder) / "none")]
            if problems:
                sys.stderr.write("".join(f"{name}: {problem}\n" for problem in problems))
                return 1
            (root / name).write_text(text, encoding="utf-8")
            pins = re.findall(r"^[^\s#]", text, re.MULTILINE)
            sys.stderr.write(f"{name}: {len(pins)} pins\n")
    return 0


def install_uv(folder: Path) -> Path:
    """The uv of this script's choice, in an environment inside `folder`."""
    venv.create(folder / "venv", with_pip=True)
    python = folder / "venv" / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", UV], check=True)
    return python.with_name("uv")


def compile_pins(uv: Path, project: Path, chosen: Sequence[str], *, into: Path) -> None:
    """Write the whole closure of `project` with markers and hashes, for every Python from 3.11."""
    command: list[str | Path] = [
        *(uv, "pip", "compile", "--quiet", "--no-config", "--universal"),
        *("--python-version", OLDEST_PYTHON, "--generate-hashes", "--strip-extras"),
        *("--no-emit-index-url", "--no-emit-find-links", "--no-header", "--no-annotate"),
        # Only wheels, so that no compiler is ever needed. Scrapy asks for this one on PyPy alone,
        # where we do not run; it has no wheel, and without the exception nothing could be resolved.
        *("--only-binary", ":all:", "--no-binary", "pypydispatcher"),
        *chosen,
        *("--output-file", into, project),
    ]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def addresses(text: str) -> Iterator[str]:
    """What in a requirements file names a place to install from."""
    for match in _ADDRESS.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        yield f"line {line} has {match.group().strip()!r}: no address may stand in this file"


def missing_wheels(uv: Path, requirements: Path, target: Path) -> Iterator[str]:
    """The Pythons and platforms of ours on which these pins cannot be installed, each with why."""
    for python in PYTHONS:
        for platform in PLATFORMS:
            command: list[str | Path] = [
                *(uv, "pip", "install", "--dry-run", "--no-config", "--target", target),
                *("--python-version", python, "--python-platform", platform),
                *("--only-binary", ":all:", "--require-hashes", "--requirement", requirements),
            ]
            tried = subprocess.run(command, capture_output=True, text=True, check=False)
            if tried.returncode != 0:
                yield f"Python {python} on {platform}: {tried.stderr.strip()}"


if __name__ == "__main__":
    sys.exit(main())
