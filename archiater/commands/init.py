"""`archiater init`: make a collection with a commented archiater.toml."""

from __future__ import annotations

import click

from archiater.shell import Shell, json_option, pass_shell


@click.command()
@json_option
@pass_shell
def command(shell: Shell, as_json: bool) -> None:
    """Make a collection: its folders, its database, a commented archiater.toml.

    An existing collection is left as it is; only what is missing is made.

    \b
    archiater init
    archiater -C ~/health init
    """
    from archiater.config import FILE_NAME, commented_file
    from archiater.showing import show_json, show_lines

    with shell.make_collection() as collection:
        settings = collection.path / FILE_NAME
        made = not settings.exists()
        if made:
            settings.write_text(commented_file(), encoding="utf-8")
    if as_json:
        show_json({"collection": str(collection.path), "settings": str(settings), "made": made})
        return
    path = collection.path
    show_lines(
        (
            f"{'Made' if made else 'Kept'} {settings}",
            "Next: set crawl.contact there, then",
            "  archiater sites list",
            f"  archiater -C {path} crawl hellodoctor.com.ph --limit 20",
        )
    )
