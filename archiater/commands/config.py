"""`archiater config show`: every setting with its value and where it comes from."""

from __future__ import annotations

import click

from archiater.shell import Shell, json_option, pass_shell


@click.group()
def command() -> None:
    """Show the settings of the collection."""


@command.command("show")
@json_option
@pass_shell
def show(shell: Shell, as_json: bool) -> None:
    """Every setting with its value and its origin.

    \b
    archiater config show
    ARCHIATER_CRAWL_DELAY_S=5 archiater config show --json
    """
    from archiater.config import SETTINGS
    from archiater.showing import show_json, show_table

    config = shell.config
    rows = [(s.key, config.value(s.key), config.origins[s.key], s.reason) for s in SETTINGS]
    if as_json:
        names = ("key", "value", "origin", "reason")
        show_json([dict(zip(names, row, strict=True)) for row in rows])
        return
    show_table(("setting", "value", "origin", "what it is for"), rows)
