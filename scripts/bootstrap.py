"""Makes the environment `.venv` with the pinned packages and this project in it, or leaves it be.

`make` runs it before everything: with the standard library alone, in any Python of ours. It asks
nothing of the Python around it but a way to get packages into an environment, and tries in turn:
`venv` with ensurepip; `venv` without pip and the pip outside, which may be externally managed, as
only the environment is written to; `virtualenv`. What is installed is noted in the environment, so
that set-up happens once, and again when the pins, pyproject.toml, the Python or the folder change.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NOTE = "archiater-set-up.json"
# The development file holds every pin of the first, so that either can be installed over the other.
REQUIREMENTS = {"run": "requirements.txt", "dev": "requirements-dev.txt"}
_OLDEST_PIP_WITH_PYTHON_OPTION = (22, 3)


class CannotSetUp(Exception):
    """One line: what is missing on this machine and what to install."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Set up and give the exit code; every expected trouble is one line on standard error."""
    parser = argparse.ArgumentParser(prog="bootstrap.py", description="Set up the environment.")
    parser.add_argument("kind", choices=tuple(REQUIREMENTS), help="what it must be able to do")
    parser.add_argument("--environment", type=Path, default=ROOT / ".venv")
    options = parser.parse_args(arguments)
    try:
        set_up(options.environment.absolute(), options.kind, root=ROOT)
    except CannotSetUp as error:
        sys.stderr.write(f"make: {error}\n")
        return 2
    except subprocess.CalledProcessError as error:
        # pip has said above what went wrong.
        command = " ".join(map(str, error.cmd))
        sys.stderr.write(
            f"make: `{command}` failed with exit code {error.returncode}; mend what it says above "
            "(the network, the disk) and run make again\n"
        )
        return 3
    except KeyboardInterrupt:
        return 130
    return 0


def set_up(environment: Path, kind: str, *, root: Path) -> bool:
    """Bring `environment` to what `kind` needs; False where it was so already."""
    wanted = what_is_wanted(root, kind)
    noted = read_note(environment)
    if noted is not None and is_enough(noted, wanted):
        return False
    if noted is None or not can_be_kept(noted, wanted, environment):
        make_environment(environment, may_clear=noted is not None)
    write_note(environment, {"root": wanted["root"], "python": wanted["python"]})
    install = installer(environment)
    version = ".".join(map(str, sys.version_info[:3]))
    _tell(f"setting up {environment.name} with Python {version}; once, it takes a minute or two")
    install("--require-hashes", "--only-binary", ":all:", "-r", str(root / REQUIREMENTS[kind]))
    install("--no-deps", "--no-build-isolation", "--editable", str(root))
    write_note(environment, wanted)
    return True


def what_is_wanted(root: Path, kind: str) -> dict[str, str]:
    """What the note of a finished environment says: place, Python, a digest of each file read."""
    names = ["pyproject.toml", REQUIREMENTS[kind]]
    if kind == "dev":
        names.append(REQUIREMENTS["run"])
    digests = {name: hashlib.sha256((root / name).read_bytes()).hexdigest() for name in names}
    return {"root": str(root), "python": f"{sys.base_prefix} {sys.version}", **digests}


def is_enough(noted: Mapping[str, str], wanted: Mapping[str, str]) -> bool:
    """Whether the note covers all that is wanted; one made for development covers running too."""
    return all(noted.get(key) == value for key, value in wanted.items())


def can_be_kept(noted: Mapping[str, str], wanted: Mapping[str, str], environment: Path) -> bool:
    """Whether other pins may go into the same environment: same folder, same Python, alive."""
    same = all(noted.get(key) == wanted[key] for key in ("root", "python"))
    return same and _runs(environment / "bin" / "python", "-c", "")


def make_environment(environment: Path, *, may_clear: bool) -> None:
    """An environment of this Python, with or without pip inside.

    One that somebody else made is used as it is where its Python will do. Raises `CannotSetUp`
    where it will not, or where this machine has no way to make one.
    """
    if environment.exists() and not may_clear and any(environment.iterdir()):
        _check_others_environment(environment)
        return
    shutil.rmtree(environment, ignore_errors=True)
    if has_ensurepip() and _runs(sys.executable, "-m", "venv", environment):
        return
    shutil.rmtree(environment, ignore_errors=True)
    if outer_pip() and _runs(sys.executable, "-m", "venv", "--without-pip", environment):
        return
    shutil.rmtree(environment, ignore_errors=True)
    for command in ([sys.executable, "-m", "virtualenv"], ["virtualenv", "-p", sys.executable]):
        if _runs(*command, environment):
            return
    raise CannotSetUp(
        f"{sys.executable} has no ensurepip, and there is neither pip (22.3 or newer) nor "
        "virtualenv: install one of them (Debian, Ubuntu: apt-get install python3-venv), "
        "then run make again"
    )


def _check_others_environment(environment: Path) -> None:
    # The same Python, because the note below says which one the packages are for.
    test = f"import sys; sys.exit(sys.version_info[:2] != {sys.version_info[:2]!r})"
    if not _runs(environment / "bin" / "python", "-c", test):
        raise CannotSetUp(
            f"{environment} is there already and is no environment of "
            f"Python {sys.version_info[0]}.{sys.version_info[1]}: move it away, "
            "or name another: make VENV=folder"
        )


def has_ensurepip() -> bool:
    """Whether `venv` can put pip into an environment; Debian has it in a package of its own."""
    return importlib.util.find_spec("ensurepip") is not None


def installer(environment: Path) -> Callable[..., None]:
    """A function that runs `pip install` for `environment`, by the pip in it or the one outside."""
    python = environment / "bin" / "python"
    command: list[str | Path] = [python, "-m", "pip"]
    if not _runs(*command, "--version"):
        outer = outer_pip()
        if outer is None:
            raise CannotSetUp(
                f"{environment} has no pip, and there is none of 22.3 or newer outside: "
                "install one (Debian, Ubuntu: apt-get install python3-venv), delete the folder, "
                "then run make again"
            )
        command = [*outer.command, "--python", python]

    def install(*what: str) -> None:
        quiet = ("--disable-pip-version-check", "--no-input", "--quiet")
        _check_call([*command, "install", *quiet, *what])

    return install


@dataclass(frozen=True, kw_only=True)
class OuterPip:
    """A pip outside the environment, new enough to install into another Python."""

    command: tuple[str, ...]


def outer_pip() -> OuterPip | None:
    """The pip of this Python, else the one on the PATH; None where none knows `--python`."""
    for command in ((sys.executable, "-m", "pip"), ("pip3",), ("pip",)):
        said = _said(*command, "--version").split()
        if len(said) > 1 and said[0] == "pip":
            version = tuple(int(part) for part in said[1].split(".")[:2] if part.isdigit())
            if version >= _OLDEST_PIP_WITH_PYTHON_OPTION:
                return OuterPip(command=command)
    return None


def read_note(environment: Path) -> dict[str, str] | None:
    """What is noted in an environment of ours; None where we never made one there."""
    try:
        noted = json.loads((environment / NOTE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return noted if isinstance(noted, dict) else None


def write_note(environment: Path, note: Mapping[str, str]) -> None:
    """Note what is installed; before an installation only where and for which Python."""
    (environment / NOTE).write_text(json.dumps(note, indent=2) + "\n", encoding="utf-8")


def _runs(*command: str | Path) -> bool:
    try:
        done = subprocess.run(command, capture_output=True, check=False)
    except OSError:
        return False
    return done.returncode == 0


def _said(*command: str) -> str:
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return ""


def _check_call(command: Sequence[str | Path]) -> None:
    subprocess.run(command, check=True, stdout=sys.stderr)


def _tell(text: str) -> None:
    sys.stderr.write(f"make: {text}\n")


if __name__ == "__main__":
    sys.exit(main())
