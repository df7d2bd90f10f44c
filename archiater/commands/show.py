"""`archiater show`: one article, as text, JSON, Markdown, evidence or the archived bytes."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from archiater.shell import COUNT, Shell, json_option, pass_shell

if TYPE_CHECKING:
    from archive.collection import Collection


@click.command()
@click.argument("url_or_id")
@click.option("--version", type=COUNT, help="This version, not the latest.")
@click.option("--markdown", "as_markdown", is_flag=True, help="Write the text as Markdown.")
@click.option("--evidence", is_flag=True, help="Where each value stood, and what lost.")
@click.option("--raw", is_flag=True, help="Write the page as it was archived, byte for byte.")
@json_option
@pass_shell
def command(
    shell: Shell,
    url_or_id: str,
    version: int | None,
    as_markdown: bool,
    evidence: bool,
    raw: bool,
    as_json: bool,
) -> None:
    """Show one article by its URL or id.

    The record as JSON (--json) holds the evidence of every value too.

    \b
    archiater show https://example.org/fever
    archiater show 17 --evidence
    archiater show 17 --version 1 --raw > page.html
    """
    if as_json + as_markdown + evidence + raw > 1:
        raise click.UsageError("give one of --json, --markdown, --evidence, --raw")
    if raw and sys.stdout.isatty():
        raise click.UsageError("--raw writes what a server sent; send it to a file or a pipe")
    from archiater.article_lines import article_lines, evidence_lines
    from archiater.showing import clean, show_json, show_lines
    from archive.reading import article_record, find_article

    with shell.open_collection() as collection:
        if raw:
            _write_payload(collection, url_or_id, version)
            return
        article = find_article(collection, url_or_id)
        record = article_record(collection, article["id"], version=version)
    if as_json:
        show_json(record)
    elif as_markdown:
        from articles.markdown import article_markdown
        from articles.record_reading import article_from_json

        click.echo(clean(article_markdown(article_from_json(record))), nl=False)
    elif evidence:
        show_lines(evidence_lines(record))
    else:
        show_lines(
            article_lines(record, latest_version=article["version"], gone_at=article["gone_at"])
        )


def _write_payload(collection: Collection, url_or_id: str, version: int | None) -> None:
    """The payload piece by piece: what is no article may be larger than the memory."""
    from archiater.showing import tell
    from archive.large_captures import open_capture
    from archive.reading import UnknownArticle, article_capture
    from archive.replaying import find_capture

    try:
        capture = article_capture(collection, url_or_id, version=version)
    except UnknownArticle:
        # A picture, a style sheet, a page without an article: what was captured last.
        found = find_capture(collection, url_or_id) if version is None else None
        if found is None:
            raise
        capture = found
    opened = open_capture(collection, capture)
    for piece in opened.payload():
        click.echo(piece, nl=False)
    if opened.problem is not None:
        tell(f"{capture['url']}: the payload is not complete: {opened.problem}")
        raise SystemExit(1)
