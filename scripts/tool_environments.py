"""Environments for other people's tools, apart from the project's: they want other versions of it.

Each has pins with hashes, made from a `.in` file beside them. What is there and fits is left as it
is. `scripts.witnesses` and `scripts.peers` say which tools, and are what `make` runs.
"""

from __future__ import annotations

import argparse
import hashlib
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from scripts import bootstrap, lock

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, kw_only=True)
class ToolEnvironment:
    """One environment, and the files of pins that go into it in this order."""

    folder: Path
    pins: tuple[Path, ...]
    """Each a `.txt` file with a `.in` file of the same name beside it."""
    without_wheel: tuple[str, ...] = ()
    """Packages that may be built; for all others there must be a wheel."""
    left_out: tuple[str, ...] = ()
    """What a tool asks for and must not get."""


def main(
    environments: Sequence[ToolEnvironment], program: str, arguments: Sequence[str] | None = None
) -> int:
    """Set up or lock, and give the exit code; expected trouble is one line on standard error."""
    parser = argparse.ArgumentParser(prog=program, description="Set up other people's tools.")
    parser.add_argument("--lock", action="store_true", help="make the pins anew instead")
    options = parser.parse_args(arguments)
    try:
        if options.lock:
            return make_pins(environments, program)
        for environment in environments:
            set_up(environment)
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


def set_up(environment: ToolEnvironment) -> bool:
    """Bring the environment to its pins; False where it was so already."""
    folder = environment.folder
    wanted = what_is_wanted(environment)
    if bootstrap.read_note(folder) == wanted:
        return False
    # Always from nothing: nobody works in there, and a pin that is gone must be gone.
    bootstrap.make_environment(folder, may_clear=True)
    # Nothing in there is ours, whatever the .gitignore above says.
    (folder / ".gitignore").write_text("*\n", encoding="ascii")
    install = bootstrap.installer(folder)
    place = folder.relative_to(ROOT)
    sys.stderr.write(f"make: setting up {place}; once, it takes a minute\n")
    for pins in environment.pins:
        install(
            # The pins are the whole closure but for what is left out, which pip would miss.
            *("--no-deps", "--require-hashes", "--no-build-isolation"),
            *_wheels(environment),
            *("-r", str(pins)),
        )
    bootstrap.write_note(folder, wanted)
    return True


def what_is_wanted(environment: ToolEnvironment) -> dict[str, str]:
    """What the note of a finished environment says: place, Python, a digest of its pins."""
    digests = {
        pins.stem: hashlib.sha256(pins.read_bytes()).hexdigest() for pins in environment.pins
    }
    return {"root": str(ROOT), "python": f"{sys.base_prefix} {sys.version}", **digests}


def make_pins(environments: Sequence[ToolEnvironment], program: str) -> int:
    """Write the `.txt` files; the exit code is 1 where an address of an index got into one."""
    made: set[Path] = set()
    with tempfile.TemporaryDirectory(prefix="pins-") as folder:
        uv = lock.install_uv(Path(folder))
        for environment in environments:
            for pins in environment.pins:
                if pins in made:
                    continue
                made.add(pins)
                draft = Path(folder) / pins.name
                _compile(uv, environment, pins.with_suffix(".in"), into=draft)
                header = f"# Made by `python -m scripts.{program} --lock` from {pins.stem}.in: "
                text = f"{header}change it there.\n" + draft.read_text(encoding="utf-8")
                problems = list(lock.addresses(text))
                if problems:
                    sys.stderr.write("".join(f"{pins.name}: {problem}\n" for problem in problems))
                    return 1
                pins.write_text(text, encoding="utf-8")
    return 0


def _compile(uv: Path, environment: ToolEnvironment, asked: Path, *, into: Path) -> None:
    command: list[str | Path] = [
        *(uv, "pip", "compile", "--quiet", "--no-config", "--universal"),
        *("--python-version", lock.OLDEST_PYTHON, "--generate-hashes", "--strip-extras"),
        *("--no-emit-index-url", "--no-emit-find-links", "--no-header", "--no-annotate"),
        *_wheels(environment),
        *(f"--no-emit-package={package}" for package in environment.left_out),
        *("--output-file", into, asked),
    ]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def _wheels(environment: ToolEnvironment) -> list[str]:
    options = ["--only-binary", ":all:"]
    for package in environment.without_wheel:
        options += ["--no-binary", package]
    return options
