"""`archiater extract`: records of HTML files, without a collection."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from archiater.shell import Shell, pass_shell

_MOST_BYTES = 64 * 1024 * 1024


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--url", default="", help="Where the page came from; resolves its links.")
@click.option(
    "--stdio", is_flag=True, help="One path (and tab, URL) a line in, one record a line out."
)
@click.option("--text", "text_only", is_flag=True, help="Only the clean text.")
@pass_shell
def command(shell: Shell, files: tuple[Path, ...], url: str, stdio: bool, text_only: bool) -> None:
    """Write the record of each HTML file as one line of JSON.

    With --stdio a page that is no article, a path that can't be read or a crash gives one line
    {"error", "kind", "path"}, and the next path is read.

    \b
    archiater extract page.html --url https://example.org/page
    archiater extract --text page.html
    find pages -name '*.html' | archiater extract --stdio > records.jsonl
    """
    if stdio == bool(files):
        raise click.UsageError("give files, or --stdio and paths on standard input")
    if stdio or url:
        # A broken site file is the operator's, and no fault of each page.
        _ = shell.sites
    if stdio:
        _answer_lines(shell)
        return
    from archiater.showing import clean, tell

    failed = False
    for path in files:
        answer = _answer(shell, path, url)
        failed = failed or "error" in answer
        if "error" in answer:
            tell(f"{path}: {answer['error']}")
        elif text_only:
            text = clean(answer["text"]) if sys.stdout.isatty() else answer["text"]
            click.echo(text.encode("utf-8", "replace"))
        else:
            click.echo(json.dumps(answer))
    if failed:
        raise SystemExit(1)


def _read(path: Path) -> bytes:
    """The file, or so much of it that the extractor refuses it; it may be a disk or `/dev/zero`."""
    with path.open("rb") as file:
        return file.read(_MOST_BYTES)


def _answer_lines(shell: Shell) -> None:
    for line in sys.stdin:
        name, _, url = line.rstrip("\n").partition("\t")
        if name:
            sys.stdout.write(json.dumps(_answer(shell, Path(name), url)) + "\n")
            sys.stdout.flush()


def _answer(shell: Shell, path: Path, url: str) -> dict[str, Any]:
    """The record of one file, or `{"error", "kind", "path"}`; no page can make it raise."""
    from articles.extract import extract
    from articles.page import NotAnArticle, Page
    from articles.record_json import record_to_json

    try:
        site = shell.sites.for_url(url) if url else None
        page = Page(url=url, body=_read(path))
        return record_to_json(extract(page, site.profile if site else None))
    except NotAnArticle as reason:
        return {"error": reason.reason, "kind": "not_an_article", "path": str(path)}
    except OSError as error:
        return {"error": error.strerror or str(error), "kind": "unreadable", "path": str(path)}
    except Exception as error:  # a bug in one page's extraction must not end a run over a million
        message = f"{type(error).__name__}: {error}"
        return {"error": message, "kind": "crash", "path": str(path)}
