"""`archiater history`: the versions of an article, and what moved while its text did not."""

from __future__ import annotations

import click

from archiater.shell import Shell, json_option, pass_shell


@click.command()
@click.argument("url_or_id")
@json_option
@pass_shell
def command(shell: Shell, url_or_id: str, as_json: bool) -> None:
    """Show when an article's text, people, dates and review changed, the oldest first.

    \b
    archiater history https://example.org/fever
    archiater history 17 --json
    """
    from dataclasses import asdict

    from archiater.change_lines import history_rows
    from archiater.showing import show_json, show_table
    from archive.history import article_history

    with shell.open_collection() as collection:
        entries = article_history(collection, url_or_id)
    if as_json:
        show_json(
            [{**asdict(entry), "text_changes": dict(entry.text_changes)} for entry in entries]
        )
        return
    show_table(("seen at", "what", "version", "changes"), history_rows(entries))
