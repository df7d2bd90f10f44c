"""`archiater diff`: what changed between two versions of an article, paragraph by paragraph."""

from __future__ import annotations

import click

from archiater.shell import COUNT, Shell, json_option, pass_shell


@click.command()
@click.argument("url_or_id")
@click.argument("v1", type=COUNT, required=False)
@click.argument("v2", type=COUNT, required=False)
@json_option
@pass_shell
def command(shell: Shell, url_or_id: str, v1: int | None, v2: int | None, as_json: bool) -> None:
    """Show what changed from version V1 to V2 of an article, numbers and doses marked.

    Without versions: the last change of its text. With one: from that to the latest.

    \b
    archiater diff https://example.org/fever
    archiater diff 17 1 3
    """
    from dataclasses import asdict

    from archiater.change_lines import diff_lines
    from archiater.showing import show_json
    from archive.history import article_diff

    with shell.open_collection() as collection:
        diff = article_diff(collection, url_or_id, v1, v2)
    if as_json:
        show_json(asdict(diff))
        return
    for line in diff_lines(diff):
        click.echo(line.encode("utf-8", "replace").decode())
