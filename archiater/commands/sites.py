"""`archiater sites`: the known sites, and a site file tried on one page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from archiater.shell import Shell, json_option, pass_shell

if TYPE_CHECKING:
    from articles.page import Page
    from articles.site_knowledge import SiteKnowledge
    from spiders.site import Site
    from spiders.site_template import Learned


@click.group()
def command() -> None:
    """List, show, check and add sites; a site is one TOML file.

    \b
    archiater sites list
    archiater sites check https://www.nhs.uk/conditions/flu/
    archiater sites new my-site --url https://www.example.org/health/
    """


@command.command("list")
@json_option
@pass_shell
def list_(shell: Shell, as_json: bool) -> None:
    """The sites that come with archiater, and the collection's own.

    \b
    archiater sites list
    archiater sites list --json
    """
    from archiater.showing import show_json, show_table
    from spiders.site_files import site_tables

    enabled = frozenset(shell.config.enabled_sites)
    if as_json:
        show_json([{**site_tables(site), "enabled": site.name in enabled} for site in shell.sites])
        return
    show_table(
        ("site", "publisher", "language", "schedule", "enabled", "tried live", "from"),
        (
            (
                site.name,
                site.publisher,
                site.language,
                f"{site.schedule.cron} {site.schedule.timezone}" if site.schedule else "",
                "yes" if site.name in enabled else "",
                "yes" if site.tried_on_live_web else "no",
                site.origin,
            )
            for site in shell.sites
        ),
    )


@command.command("show")
@click.argument("name")
@json_option
@pass_shell
def show(shell: Shell, name: str, as_json: bool) -> None:
    """All that is known of one site, by its name or by a URL of it.

    \b
    archiater sites show hellodoctor.com.ph
    archiater sites show https://hellodoctor.com.ph/fil/ --json
    """
    from archiater.showing import show_json, show_table
    from spiders.site_files import site_tables

    site = _site_of(shell, name) if "://" in name else shell.sites.named(name)
    tables = site_tables(site)
    if as_json:
        show_json(tables)
        return
    show_table(("key", "value"), _rows(tables))


def _rows(tables: dict[str, Any], table: str = "") -> Iterator[tuple[str, str]]:
    for key, value in tables.items():
        if isinstance(value, dict):
            yield from _rows(value, f"{table}{key}.")
        elif isinstance(value, list):
            yield (f"{table}{key}", "\n".join(map(str, value)))
        else:
            yield (f"{table}{key}", "" if value is None else str(value))


@command.command("new")
@click.argument("name")
@click.option("--url", help="A page of the site: its host and first seed.")
@click.option(
    "--file",
    "files",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    multiple=True,
    help="A saved page of the site, to learn hints from; may be given several times.",
)
@json_option
@pass_shell
def new(shell: Shell, name: str, url: str | None, files: tuple[Path, ...], as_json: bool) -> None:
    """Write a commented site file into the collection's sites/ folder.

    Without --url the name must be that of a site that comes with archiater: its file is copied, to
    be changed; your own file wins over it. What saved pages (--file) tell of the site goes in as
    lines to be taken in: publisher, language, selectors.

    \b
    archiater sites new my-site --url https://www.example.org/health/
    archiater sites new my-site --url https://www.example.org/ --file fever.html --file cough.html
    archiater sites new nhs.uk
    """
    if files and not url:
        raise click.UsageError("--file goes with --url, for a new site")
    from archiater.showing import show_json, show_lines
    from spiders.site_template import add_site_file

    learned = _learned(url, files) if url and files else None
    path = add_site_file(shell.collection_path / "sites", name, url=url, learned=learned)
    if as_json:
        show_json({"site": name, "file": str(path)})
        return
    show_lines(
        (
            f"Wrote {path}",
            "Next: read it, change what is wrong, then try it on some articles:",
            "  archiater sites check URL...",
        )
    )


def _learned(url: str, files: tuple[Path, ...]) -> Learned:
    from archiater.site_check import check_pages, what_was_learned
    from spiders.site_files import site_for_bare_url

    return what_was_learned(
        check_pages(site_for_bare_url(url), [_page_of(url, file) for file in files])
    )


@command.command("check")
@click.argument("urls", metavar="URL...", nargs=-1, required=True)
@click.option(
    "--file",
    "files",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    multiple=True,
    help="Read the page from this file; once for each URL, in order. Nothing is fetched.",
)
@click.option("--archived", is_flag=True, help="Read the pages from the collection, as archived.")
@click.option("--site", "site_name", help="Try this site, whatever the URL says.")
@click.option(
    "--show",
    "shown",
    type=click.Choice(("kept", "dropped", "outside")),
    multiple=True,
    help="Only these blocks, each on a line; may be given twice.",
)
@click.option(
    "--no-site-knowledge",
    is_flag=True,
    help="Leave aside what the collection knows of the site's other pages.",
)
@json_option
@pass_shell
def check(
    shell: Shell,
    urls: tuple[str, ...],
    files: tuple[Path, ...],
    archived: bool,
    site_name: str | None,
    shown: tuple[str, ...],
    no_site_knowledge: bool,
    as_json: bool,
) -> None:
    """Fetch pages of one site politely and show what its site file finds on them.

    Asks robots.txt first, fetches each page once, keeps nothing. Shows block by block what was
    kept and dropped, and why, of several pages only what --show asks for. Where a collection is
    here that knows other pages of the site, its template is left out as a crawl would leave it.
    Last come selectors for the site file, where good ones are found that hold on all pages given:
    give some. Ends with 1 where something needs a look: no article, a page out of scope, selectors
    that match nothing.

    \b
    archiater sites check https://www.nhs.uk/conditions/flu/
    archiater sites check https://www.nhs.uk/conditions/flu/ --file flu.html --show dropped
    archiater sites check --archived https://example.org/fever https://example.org/cough --json
    """
    from archiater.showing import show_json, show_styled, show_table
    from archiater.site_check import check_pages
    from archiater.site_check_lines import (
        block_lines,
        check_json,
        check_rows,
        proposal_lines,
        summary_line,
    )

    if files and (archived or len(files) != len(urls)):
        raise click.UsageError("give --file once for each URL, and not with --archived")
    site = shell.sites.named(site_name) if site_name else _one_site_of(shell, urls)
    knowledge, why_unknown = _known_of(shell, site, is_wanted=not no_site_knowledge)
    found = check_pages(site, _pages(shell, site, urls, files, archived=archived), knowledge)
    if as_json:
        show_json(check_json(found))
    else:
        for number, page in enumerate(found.pages):
            show_styled([[("", "")]] * bool(number) + [summary_line(page), [("", "")]])
            show_table(("what", "found"), check_rows(page, found, why_unknown))
            if page.explanation is not None and (shown or len(urls) == 1):
                show_styled([[("", "")], *block_lines(page.explanation, shown)])
        show_styled(proposal_lines(found))
    if any(page.findings for page in found.pages):
        raise SystemExit(1)


def _known_of(shell: Shell, site: Site, *, is_wanted: bool) -> tuple[SiteKnowledge | None, str]:
    """What the collection knows of the site's other pages; where that is None, why."""
    if not is_wanted:
        return None, "left aside (--no-site-knowledge)"
    from archive.errors import NoCollection
    from archive.site_counts import current_knowledge

    try:
        with shell.open_collection() as collection:
            known = current_knowledge(collection.connection, site.name)
    except NoCollection as error:
        return None, f"nothing; {error}"
    return known, "nothing yet; its pages in the collection tell too little"


def _one_site_of(shell: Shell, urls: tuple[str, ...]) -> Site:
    sites = {site.name: site for site in (_site_of(shell, url) for url in urls)}
    if len(sites) > 1:
        raise click.UsageError(
            f"the pages are of several sites ({', '.join(sites)}); check one site at a time, "
            "or name it with --site"
        )
    return next(iter(sites.values()))


def _site_of(shell: Shell, url: str) -> Site:
    from spiders.site_files import site_for_bare_url

    return shell.sites.for_url(url) or site_for_bare_url(url)


def _pages(
    shell: Shell, site: Site, urls: tuple[str, ...], files: tuple[Path, ...], *, archived: bool
) -> list[Page]:
    if files:
        return [_page_of(url, file) for url, file in zip(urls, files, strict=True)]
    if archived:
        return _archived_pages(shell, urls)
    from archiater.fetching import fetch_pages

    return fetch_pages(urls, shell.config, delay_s=site.politeness.delay_s)


# Far more than the core reads of a page; the file may be a disk or `/dev/zero`.
_MOST_BYTES = 64 * 1024 * 1024


def _page_of(url: str, file: Path) -> Page:
    from articles.page import Page

    with file.open("rb") as opened:
        return Page(url=url, body=opened.read(_MOST_BYTES))


def _archived_pages(shell: Shell, urls: tuple[str, ...]) -> list[Page]:
    from archive.captured_pages import captured_page
    from archive.reading import UnknownArticle, article_capture
    from archive.replaying import find_capture

    pages = []
    with shell.open_collection() as collection:
        for url in urls:
            try:
                capture = article_capture(collection, url)
            except UnknownArticle:
                # A page that gave no article may be the very one to look at.
                found = find_capture(collection, url)
                if found is None:
                    raise
                capture = found
            pages.append(captured_page(collection, capture))
    return pages
