"""`archiater replay`: the archived pages of a collection in a browser, as they were."""

from __future__ import annotations

import re
from pathlib import Path

import click

from archiater.shell import Shell, pass_shell


@click.command()
@click.argument("url", required=False)
@click.option("--at", default="", help="The time wanted: 2022, 2022-11-15, 2022-11-15T09:30.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to serve at.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8780,
    show_default=True,
    help="Port to serve at; 0 takes a free one.",
)
@click.option("--open", "opens", is_flag=True, help="Open it in the browser of this machine.")
@click.option("--get-player", is_flag=True, help="Fetch replayweb.page (AGPL) with npm, and end.")
@click.option(
    "--player-from",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Take replayweb.page from its npm tarball, and end.",
)
@pass_shell
def command(
    shell: Shell,
    url: str | None,
    at: str,
    host: str,
    port: int,
    opens: bool,
    get_player: bool,
    player_from: Path | None,
) -> None:
    """Show archived pages as they were, in a browser, without their scripts.

    It serves until Ctrl-C, to this machine alone, and asks the live web for nothing. Where
    replayweb.page was fetched (--get-player), each page has a link that shows it with its scripts,
    on an origin of its own.

    \b
    archiater replay
    archiater replay https://example.org/fever --at 2022-11-15 --open
    """
    if get_player or player_from is not None:
        _fetch_player(player_from)
        return
    digits = _digits(at)
    from archiater.replay.serving import serve_collection

    def started(address: str, player: str | None) -> None:
        click.echo(address)
        if not shell.is_quiet:
            also = f"; with scripts at {player}" if player else ""
            click.echo(f"Archived pages are at {address}{also} (Ctrl-C ends it)", err=True)
        if opens:
            click.launch(address)

    # Said now, in one line, and not by the first page that a browser asks for.
    shell.open_collection().close()
    serve_collection(
        shell.collection_path, host=host, port=port, url=url, digits=digits, started=started
    )


def _digits(at: str) -> str:
    from archiater.replay.addresses import moment_of

    digits = re.sub(r"[-:.TZ\s]", "", at)
    try:
        if digits and not (digits.isdecimal() and 4 <= len(digits) <= 20 and moment_of(digits)):
            raise ValueError(digits)
    except ValueError:
        raise click.UsageError(
            f"--at is {at!r}, expected a time; write 2022, 2022-11-15 or 2022-11-15T09:30"
        ) from None
    return digits


def _fetch_player(tarball: Path | None) -> None:
    from archiater.replay.player import PACKAGE, get_player, player_folder

    folder = player_folder()
    get_player(folder, tarball=tarball)
    click.echo(f"{PACKAGE} is in {folder}; it is licensed under the AGPL (see LICENSE there)")
