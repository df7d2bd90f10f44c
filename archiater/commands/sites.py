"""`archiater sites`: the known sites, and a site file tried on one page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from archiater.shell import Shell, json_option, pass_shell

if TYPE_CHECKING:
    from archiater.site_check import SiteCheck
    from articles.page import Page
    from spiders.site import Site


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
@json_option
@pass_shell
def new(shell: Shell, name: str, url: str | None, as_json: bool) -> None:
    """Write a commented site file into the collection's sites/ folder.

    Without --url the name must be that of a site that comes with archiater: its file is copied, to
    be changed; your own file wins over it.

    \b
    archiater sites new my-site --url https://www.example.org/health/
    archiater sites new nhs.uk
    """
    from archiater.showing import show_json, show_lines
    from spiders.site_template import add_site_file

    path = add_site_file(shell.collection_path / "sites", name, url=url)
    if as_json:
        show_json({"site": name, "file": str(path)})
        return
    show_lines(
        (
            f"Wrote {path}",
            "Next: read it, change what is wrong, then try it on an article:",
            "  archiater sites check URL",
        )
    )


@command.command("check")
@click.argument("url")
@click.option(
    "--file",
    "file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Read the page from this file; nothing is fetched.",
)
@click.option("--site", "site_name", help="Try this site, whatever the URL says.")
@json_option
@pass_shell
def check(shell: Shell, url: str, file: Path | None, site_name: str | None, as_json: bool) -> None:
    """Fetch one page politely and show what the site file finds on it.

    Asks robots.txt first, fetches one page, keeps nothing. Ends with 1 where something needs a
    look: no article, a page out of scope, selectors that match nothing.

    \b
    archiater sites check https://www.nhs.uk/conditions/flu/
    archiater sites check https://www.nhs.uk/conditions/flu/ --file flu.html --json
    """
    from archiater.showing import show_json, show_lines, show_table
    from archiater.site_check import check_site

    site = shell.sites.named(site_name) if site_name else _site_of(shell, url)
    found = check_site(site, _page(shell, url, file))
    if as_json:
        show_json(_check_json(found))
    else:
        show_table(("what", "found"), _check_rows(found))
        show_lines(("", *_first_lines(found)))
    if found.findings:
        raise SystemExit(1)


def _site_of(shell: Shell, url: str) -> Site:
    from spiders.site_files import site_for_bare_url

    return shell.sites.for_url(url) or site_for_bare_url(url)


def _page(shell: Shell, url: str, file: Path | None) -> Page:
    from articles.page import Page

    if file is not None:
        return Page(url=url, body=file.read_bytes())
    from archiater.fetching import fetch_page

    return fetch_page(url, shell.config)


def _check_json(check: SiteCheck) -> dict[str, Any]:
    from articles.record_json import record_to_json

    return {
        "url": check.page.url,
        "site": check.site.name,
        "site_file": check.site.origin,
        "in_scope": check.out_of_scope is None,
        "kind": check.kind,
        "links_in_scope": check.links_in_scope,
        "hints": [
            {"key": hint.key, "selector": hint.selector, "matches": hint.matches}
            for hint in check.hints
        ],
        "findings": list(check.findings),
        "record": record_to_json(check.article) if check.article else None,
    }


def _check_rows(check: SiteCheck) -> Iterator[tuple[str, object]]:
    yield "site", f"{check.site.name} ({check.site.origin})"
    yield "page", check.page.url
    yield "a crawl would fetch it", check.out_of_scope or "yes"
    yield "taken for", check.kind
    yield "links in scope", check.links_in_scope
    for hint in check.hints:
        times = f"{hint.matches} times" if hint.matches else "no match"
        yield f"hints.{hint.key}", f"{hint.selector}: {times}"
    article = check.article
    if article is not None:
        yield "title", article.title
        yield "language", article.language
        for person in article.contributors:
            credentials = f", {', '.join(person.credentials)}" if person.credentials else ""
            specialty = f" ({person.specialty})" if person.specialty else ""
            yield person.role, f"{person.name}{credentials}{specialty}"
        for stated in article.dates:
            yield stated.kind, f"{stated.value}  {stated.raw!r}"
        yield "review", article.review.status
        yield "sponsored", article.sponsored.raw if article.sponsored else "no"
        yield "words", article.word_count
        yield "references", len(article.references)
        yield (
            "may be used for",
            ", ".join(f"{category} {answer}" for category, answer in article.rights.resolved),
        )
    for finding in check.findings:
        yield "look at", finding


def _first_lines(check: SiteCheck) -> list[str]:
    """The first lines of the text, enough to see whether it is the article that was read."""
    if check.article is None:
        return []
    lines = [line for line in check.article.text.splitlines() if line.strip()]
    return [line if len(line) <= 200 else f"{line[:199]}…" for line in lines[:5]]
