"""Makes `.witnesses/`: other people's tools, by which tests check what this project writes.

`make witnesses` runs it. Each environment has its own pins with hashes in tests/witnesses/, apart
from the project's: the tools want other versions of what we use. What is there and fits is left as
it is. With `--lock` the pins are made anew from the `.in` files.
"""

from __future__ import annotations

import argparse
import hashlib
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from scripts import bootstrap, lock

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".witnesses"
PINS = ROOT / "tests" / "witnesses"
ENVIRONMENTS = ("plain", "pywb")
BUILD = "build"
"""Pins that come first: what builds the packages without a wheel."""
WITHOUT_WHEEL = ("surt", "warcat")
LEFT_OUT = {"plain": ("brotli",), "pywb": ("brotlipy",)}
"""What a tool asks for and must not get: with brotli importable warcio 1.8.1 fails on every record
that is coded by it, and brotlipy has no wheel for Apple's processors."""
_HEADER = "# Made by `python -m scripts.witnesses --lock` from {name}.in: change it there.\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Set up or lock, and give the exit code; expected trouble is one line on standard error."""
    parser = argparse.ArgumentParser(prog="witnesses", description="Set up other people's tools.")
    parser.add_argument("--lock", action="store_true", help="make the pins anew instead")
    options = parser.parse_args(arguments)
    try:
        if options.lock:
            return make_pins()
        for name in ENVIRONMENTS:
            set_up(name)
    except bootstrap.CannotSetUp as error:
        sys.stderr.write(f"make: {error}\n")
        return 2
    except subprocess.CalledProcessError as error:
        sys.stderr.write(
            f"make: a command failed with exit code {error.returncode}; mend what it says above "
            "(the network, the disk) and run make again\n"
        )
        return 3
    return 0


def set_up(name: str) -> bool:
    """Bring the environment `name` to its pins; False where it was so already."""
    environment = FOLDER / name
    wanted = what_is_wanted(name)
    noted = bootstrap.read_note(environment)
    if noted == wanted:
        return False
    FOLDER.mkdir(exist_ok=True)
    # Nothing in there is ours, whatever the .gitignore above says.
    (FOLDER / ".gitignore").write_text("*\n", encoding="ascii")
    # Always from nothing: nobody works in there, and a pin that is gone must be gone.
    bootstrap.make_environment(environment, may_clear=True)
    install = bootstrap.installer(environment)
    sys.stderr.write(f"make: setting up .witnesses/{name}; once, it takes a minute\n")
    for pins in (BUILD, name):
        install(
            # The pins are the whole closure but for what is left out, which pip would miss.
            *("--no-deps", "--require-hashes", "--no-build-isolation"),
            *("--only-binary", ":all:", "--no-binary", ",".join(WITHOUT_WHEEL)),
            *("-r", str(PINS / f"{pins}.txt")),
        )
    bootstrap.write_note(environment, wanted)
    return True


def what_is_wanted(name: str) -> dict[str, str]:
    """What the note of a finished environment says: place, Python, a digest of its pins."""
    digests = {
        pins: hashlib.sha256((PINS / f"{pins}.txt").read_bytes()).hexdigest()
        for pins in (BUILD, name)
    }
    return {"root": str(ROOT), "python": f"{sys.base_prefix} {sys.version}", **digests}


def make_pins() -> int:
    """Write the `.txt` files; the exit code is 1 where an address of an index got into one."""
    with tempfile.TemporaryDirectory(prefix="witnesses-") as folder:
        uv = lock.install_uv(Path(folder))
        for name in (BUILD, *ENVIRONMENTS):
            draft = Path(folder) / f"{name}.txt"
            left_out = [f"--no-emit-package={package}" for package in LEFT_OUT.get(name, ())]
            command: list[str | Path] = [
                *(uv, "pip", "compile", "--quiet", "--no-config", "--universal"),
                *("--python-version", lock.OLDEST_PYTHON, "--generate-hashes", "--strip-extras"),
                *("--no-emit-index-url", "--no-emit-find-links", "--no-header", "--no-annotate"),
                *("--only-binary", ":all:"),
                *(f"--no-binary={package}" for package in WITHOUT_WHEEL),
                *left_out,
                *("--output-file", draft, PINS / f"{name}.in"),
            ]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            text = _HEADER.format(name=name) + draft.read_text(encoding="utf-8")
            problems = list(lock.addresses(text))
            if problems:
                sys.stderr.write("".join(f"{name}.txt: {problem}\n" for problem in problems))
                return 1
            (PINS / f"{name}.txt").write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
