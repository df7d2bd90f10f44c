"""`archiater crawl`: crawl sites or URLs into the collection."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archiater.shell import COUNT, Shell, json_option, pass_shell

if TYPE_CHECKING:
    from archive.crawls import Crawl


@click.command()
@click.argument("targets", nargs=-1, metavar="[SITE or URL]...")
@click.option("--limit", type=COUNT, help="Fetch at most this many pages a site.")
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Leave out pages that sitemap or feed dates before this day.",
)
@click.option("--one-page", is_flag=True, help="Fetch the named URLs and follow nothing.")
@click.option(
    "--urls",
    "urls_file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A file with one URL a line.",
)
@click.option(
    "--requisites/--no-requisites",
    default=None,
    help="Archive what articles need to be shown (images, styles, fonts), or not; default: as the "
    "site's file says.",
)
@click.option("--no-extract", is_flag=True, help="Preserve only; `reextract` makes the records.")
@click.option(
    "--started-by",
    type=click.Choice(["command", "schedule"]),
    default="command",
    hidden=True,
)
@json_option
@pass_shell
def command(
    shell: Shell,
    targets: tuple[str, ...],
    limit: int | None,
    since: datetime | None,
    one_page: bool,
    urls_file: Path | None,
    requisites: bool | None,
    no_extract: bool,
    started_by: str,
    as_json: bool,
) -> None:
    """Crawl sites by name, or URLs, which need no site file.

    Without a name it takes the sites enabled in archiater.toml. robots.txt is obeyed. Ctrl-C stops
    cleanly, and the same command goes on where it stopped.

    \b
    archiater crawl hellodoctor.com.ph --limit 50
    archiater crawl nhs.uk --since 2026-10-01
    archiater crawl --one-page https://www.example.org/health/fever
    """
    from dataclasses import asdict

    from archiater.crawl_plans import plan_crawls, read_urls
    from archiater.showing import progress, show_json, tell

    named = targets + (read_urls(urls_file) if urls_file else ())
    plans = plan_crawls(
        named or [site.name for site in shell.enabled_sites],
        sites=shell.sites,
        most_pages=limit,
        since=since.date() if since else None,
        one_page=one_page,
        requisites=requisites,
    )
    # Twisted's reactor is imported only now that the request is known to be sound.
    from archiater.crawl import run_crawls

    title = ", ".join(plan.site.name for plan in plans)
    with (
        shell.make_collection() as collection,
        progress(f"crawling {title}", quiet=shell.is_quiet) as shown,
    ):
        crawls = run_crawls(
            collection,
            plans,
            shell.config,
            started_by=started_by,
            extract=not no_extract,
            progress=shown,
        )
    if as_json:
        show_json([asdict(crawl) for crawl in crawls])
    elif not shell.is_quiet:
        _sum_up(crawls)
    for crawl in crawls:
        if crawl.error:
            tell(crawl.error)
    if any(crawl.state == "interrupted" for crawl in crawls):
        raise SystemExit(130)
    if any(crawl.state == "failed" for crawl in crawls):
        raise SystemExit(3)


def _sum_up(crawls: tuple[Crawl, ...]) -> None:
    from archiater.showing import show_lines

    for crawl in crawls:
        counts = crawl.counts
        show_lines(
            (
                f"{crawl.site}: crawl {crawl.id} {crawl.state}",
                f"  fetched     {counts['captures']} captures, {counts['payload_bytes']:,} bytes",
                f"  articles    {counts['articles']}, of them {counts['new_articles']} new and "
                f"{counts['new_versions']} changed",
                f"  no article  {counts['not_articles']}",
                *_requisites(crawl),
                *_failures(crawl),
            )
        )


def _requisites(crawl: Crawl) -> list[str]:
    counts = crawl.counts
    words = {
        "requisites_failed": "failed",
        "requisites_disallowed": "forbidden by robots.txt",
        "requisites_out_of_scope": "refused",
        "requisites_waiting": "still waiting",
    }
    found = [f"{counts[key]} {said}" for key, said in words.items() if counts.get(key)]
    done = counts.get("requisites_done", 0)
    if not done and not found:
        return []
    return [f"  requisites  {', '.join([str(done), *found])}"]


def _failures(crawl: Crawl) -> list[str]:
    counts = crawl.counts
    words = {
        "urls_failed": "failed",
        "urls_disallowed": "forbidden by robots.txt",
        "urls_out_of_scope": "led out of the site",
        "extraction_failures": "could not be extracted",
        "urls_waiting": "still waiting",
    }
    found = [f"{counts[key]} {said}" for key, said in words.items() if counts.get(key)]
    if not found:
        return []
    return [f"  besides     {', '.join(found)} (archiater crawls show {crawl.id})"]
