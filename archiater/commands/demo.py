"""`archiater demo`: serve a bundled sample site, crawl it for real, show what came of it.

Nothing is hidden in it: it runs the commands that it prints.
"""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archiater.shell import Shell, pass_shell
from articles.errors import ArchiaterError

if TYPE_CHECKING:
    from archiater.demo.server import DemoServer

# Tells a folder that an earlier demo made from one that holds somebody's work.
_MARK = ".made-by-archiater-demo"


class NotADemoFolder(ArchiaterError):
    """The folder for the demo holds something else."""


class NoPort(ArchiaterError):
    """The sample site cannot be served at this port."""


@click.command()
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("demo-collection"),
    show_default=True,
    help="Where the demo's collection is made; an earlier demo there is replaced.",
)
@click.option("--serve", is_flag=True, help="Only serve the sample site, until Ctrl-C.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=0,
    help="Port of the sample site; 0 takes a free one.",
)
@pass_shell
def command(shell: Shell, folder: Path, serve: bool, port: int) -> None:
    """Crawl a bundled sample site over real HTTP, let it change, crawl again, show what came of it.

    \b
    archiater demo
    archiater demo --serve --port 8765
    """
    from archiater.demo.server import DemoServer

    try:
        server = DemoServer(port=port)
    except OSError as error:
        raise NoPort(
            f"port {port}: the sample site cannot be served there ({error.strerror}); "
            "choose another with --port, or leave it out"
        ) from error
    with server:
        if serve:
            _serve(server)
        else:
            _show_all(server, folder)


def _serve(server: DemoServer) -> None:
    click.echo(f"The sample site is at {server.url} (Ctrl-C ends it)", err=True)
    while True:
        time.sleep(3600)


def _show_all(server: DemoServer, folder: Path) -> None:
    started = time.monotonic()
    _make_folder(folder, server)
    _say(
        "1  A site of sixty articles in several languages stands on this machine",
        f"   {server.url}, described by {folder}/sites/demo.toml",
    )
    _run(folder, "sites", "show", "demo")
    _say("2  The first crawl: robots.txt, sitemaps, feeds, pages; WARC files and records")
    _run(folder, "crawl", "demo")
    _say("3  The same again, with nothing changed: no new article, no new version")
    _run(folder, "crawl", "demo")
    server.edition = 2
    _say(
        "4  The site changes: a text, a dosage, a review date; one page goes and one comes",
        "   And we crawl again",
    )
    _run(folder, "crawl", "demo")
    _show_results(server, folder)
    _say(f"Done in {time.monotonic() - started:.0f} s. The collection stays in {folder}:")
    _list_files(folder)


def _show_results(server: DemoServer, folder: Path) -> None:
    from archiater.demo.editions import CHANGES

    urls = {change.kind: server.url.rstrip("/") + change.path for change in CHANGES}
    _say("5  Search: ranked, with snippets; with and without accents; scripts without spaces")
    _run(folder, "search", "fever OR headache", "--limit", "3")
    _run(folder, "search", "tieu duong", "--limit", "2")
    _run(folder, "search", "เบาหวาน", "--limit", "2")
    _say("6  One record with its evidence: who reviewed it, when, and how we know")
    _run(folder, "show", urls["review_date_moved"], "--evidence")
    _say("7  What changed: a dosage, and a review date that moved while the text did not")
    _run(folder, "diff", urls["dosage_changed"])
    _run(folder, "history", urls["review_date_moved"])
    _say("8  The database answers in SQL, read-only")
    _run(
        folder,
        "sql",
        "select review_status, count(*) as articles from articles group by 1 order by 2 desc",
    )
    _say("9  Export, and the check that files and database agree")
    for form in ("jsonl", "csv", "parquet"):
        _run(folder, "export", form, str(folder / f"articles.{form}"))
    _run(folder, "verify")
    _run(folder, "crawls", "list")


def _make_folder(folder: Path, server: DemoServer) -> None:
    from archiater.demo.site_file import site_file_text

    if folder.exists():
        if not (folder / _MARK).exists() and any(folder.iterdir()):
            raise NotADemoFolder(
                f"{folder}: holds something that no demo made; name another folder with --folder"
            )
        shutil.rmtree(folder)
    (folder / "sites").mkdir(parents=True)
    (folder / _MARK).touch()
    (folder / "sites" / "demo.toml").write_text(site_file_text(server.url), encoding="utf-8")


def _say(*lines: str) -> None:
    click.echo()
    for line in lines:
        click.secho(line, bold=True)


def _run(folder: Path, *arguments: str) -> None:
    """Print a command as a person would type it, and run it."""
    command_line = ["-C", str(folder), *arguments]
    click.secho(f"$ archiater {shlex.join(command_line)}", fg="cyan")
    sys.stdout.flush()
    done = subprocess.run(  # noqa: S603 - our own command line
        [sys.executable, "-m", "archiater", *command_line], check=False
    )
    if done.returncode:
        raise SystemExit(done.returncode)


def _list_files(folder: Path) -> None:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.name.endswith(("-wal", "-shm", ".lock", _MARK)):
            click.echo(f"  {path.stat().st_size:>10,}  {path}")
