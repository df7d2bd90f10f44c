"""What the system needs to run the schedule for good: a systemd unit, or a line for cron.

Only texts; nothing is installed. The steps that do it are told to the operator, who has the rights.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from articles.errors import ArchiaterError


class UnusablePath(ArchiaterError):
    """The path of the collection cannot be written into a unit or a crontab."""


@dataclass(frozen=True, kw_only=True)
class Unit:
    """A file to be installed, and the commands that install it."""

    file_name: str
    text: str
    next_steps: tuple[str, ...]
    """Shell commands and remarks, with `{file}` for the path at which the text was written."""

    def steps_for(self, file: Path) -> tuple[str, ...]:
        """The next steps, with the quoted path of the written file."""
        return tuple(step.replace("{file}", shlex.quote(str(file))) for step in self.next_steps)


def systemd_unit(collection: Path, command: Sequence[str]) -> Unit:
    """A service that keeps `schedule daemon` running, for a user's systemd or the machine's."""
    _refuse_control_characters(collection, command)
    executable, *arguments = command
    called = " ".join(
        [
            _for_systemd(executable),
            *(_for_systemd(part).replace("$", "$$") for part in (*arguments, "-C")),
            _for_systemd(str(collection)).replace("$", "$$"),
            "schedule daemon",
        ]
    )
    name = f"{_unit_name(collection)}.service"
    return Unit(
        file_name=name,
        text=f"""\
[Unit]
Description=archiater: crawls {str(collection).replace("%", "%%")} on its schedule
Wants=network-online.target
After=network-online.target

[Service]
Type=exec
ExecStart={called}
# It asks running crawls to end cleanly and gives them a minute; only it is to be signalled.
KillMode=mixed
TimeoutStopSec=120
Restart=on-failure
RestartSec=60
# An error of the operator (exit code 2) does not mend itself.
RestartPreventExitStatus=2
NoNewPrivileges=true

[Install]
WantedBy=default.target
""",
        next_steps=(
            "mkdir -p ~/.config/systemd/user",
            "cp {file} ~/.config/systemd/user/",
            "systemctl --user daemon-reload",
            f"systemctl --user enable --now {name}",
            "loginctl enable-linger   # so that it also runs while you are not logged in",
            f"journalctl --user -u {name}   # what it says",
        ),
    )


def cron_lines(collection: Path, command: Sequence[str]) -> Unit:
    """A line for a crontab that calls `schedule run-due` every five minutes."""
    _refuse_control_characters(collection, command)
    called = shlex.join([*command, "-q", "-C", str(collection), "schedule", "run-due"])
    log = shlex.quote(str(collection / "logs" / "schedule.log"))
    # In a crontab a bare % ends the command, even inside quotes.
    line = f"{called} >> {log} 2>&1".replace("%", "\\%")
    return Unit(
        file_name=f"{_unit_name(collection)}.cron",
        text=f"# archiater: runs what is due; a call too many does nothing.\n*/5 * * * * {line}\n",
        next_steps=(
            "(crontab -l; cat {file}) | crontab -",
            "crontab -l   # to see that it is there",
        ),
    )


def _unit_name(collection: Path) -> str:
    """A name that systemd takes: `archiater-` and the folder's name in plain letters."""
    return "archiater-" + (
        re.sub(r"[^A-Za-z0-9]+", "-", collection.name).strip("-") or "collection"
    )


def _for_systemd(argument: str) -> str:
    r"""An argument as a command line of systemd has it: quoted, with specifiers made harmless.

    >>> _for_systemd('/data/50% "new"')
    '"/data/50%% \\"new\\""'
    """
    escaped = argument.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{escaped}"'


def _refuse_control_characters(collection: Path, command: Sequence[str]) -> None:
    for part in (str(collection), *command):
        if re.search(r"[\x00-\x1f\x7f]", part):
            raise UnusablePath(
                f"{part!r} has a control character, which neither systemd nor cron can have in a "
                "command; move the collection to a path without it"
            )
