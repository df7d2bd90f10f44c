"""`archiater doctor`: what this machine has and lacks."""

from __future__ import annotations

import click

from archiater.shell import Shell, json_option, pass_shell


@click.command()
@json_option
@pass_shell
def command(shell: Shell, as_json: bool) -> None:
    """Say what this machine has and lacks; the exit code is 1 where something is missing.

    \b
    archiater doctor
    archiater -C ~/health doctor --json
    """
    from dataclasses import asdict

    from archiater.examination import examine
    from archiater.showing import show_json, show_table

    findings = examine(shell)
    if as_json:
        show_json([asdict(finding) for finding in findings])
    else:
        show_table(
            ("what", "state", "found", "advice"),
            [(f.what, f.state, f.found, f.advice) for f in findings],
        )
    if any(finding.state == "missing" for finding in findings):
        raise SystemExit(1)
