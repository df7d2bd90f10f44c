"""`archiater crawls`: the history of crawls."""

from __future__ import annotations

from dataclasses import asdict

import click

from archiater.shell import COUNT, Shell, json_option, pass_shell


@click.group()
def command() -> None:
    """The history of crawls: counts, errors, how each one ended.

    \b
    archiater crawls list --site nhs.uk
    archiater crawls show 12
    """


@command.command("list")
@click.option("--site", help="Only crawls of this site.")
@click.option("--limit", default=20, show_default=True, type=COUNT)
@json_option
@pass_shell
def list_(shell: Shell, site: str | None, limit: int, as_json: bool) -> None:
    """The newest crawls first.

    \b
    archiater crawls list
    archiater crawls list --site nhs.uk --json
    """
    from archiater.showing import show_json, show_table
    from archive.crawls import list_crawls

    with shell.open_collection() as collection:
        crawls = list_crawls(collection, site=site, most=limit)
    if as_json:
        show_json([asdict(crawl) for crawl in crawls])
        return
    show_table(
        ("crawl", "site", "by", "state", "started", "captures", "articles", "new", "changed"),
        [
            (
                crawl.id,
                crawl.site,
                crawl.started_by,
                crawl.state,
                crawl.started_at[:19],
                crawl.counts.get("captures", ""),
                crawl.counts.get("articles", ""),
                crawl.counts.get("new_articles", ""),
                crawl.counts.get("new_versions", ""),
            )
            for crawl in crawls
        ],
    )


@command.command("show")
@click.argument("number", type=COUNT)
@json_option
@pass_shell
def show(shell: Shell, number: int, as_json: bool) -> None:
    """One crawl in full: how it was asked for, what it brought, which URLs failed and why.

    \b
    archiater crawls show 12
    """
    from archiater.showing import show_json, show_lines, show_table
    from archive.crawls import find_crawl, list_failures

    with shell.open_collection() as collection:
        crawl = find_crawl(collection, number)
        failures = list_failures(collection, number)
    if as_json:
        show_json({**asdict(crawl), "failures": failures})
        return
    show_lines(
        (
            f"crawl {crawl.id} of {crawl.site}, {crawl.state}, by {crawl.started_by}",
            f"{crawl.started_at} to {crawl.ended_at or 'now'}",
            *(f"{name.replace('_', ' ')}: {value}" for name, value in crawl.settings.items()),
            *([f"error: {crawl.error}"] if crawl.error else []),
        )
    )
    show_table(("count", ""), sorted(crawl.counts.items()))
    if failures:
        show_table(("state", "url", "reason"), [tuple(row.values()) for row in failures])
