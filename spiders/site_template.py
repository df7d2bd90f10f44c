"""Making a new site file: a commented one for a URL, or a copy of a shipped one to be changed."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from articles.proposals import toml_string
from articles.urls import host_of
from spiders.errors import SiteFileError
from spiders.site_files import read_site, shipped_text, site_for_bare_url, web_address


@dataclass(frozen=True, kw_only=True)
class Learned:
    """What pages of a site told of it; goes into a new file as lines to be taken in."""

    publisher: str | None = None
    language: str | None = None
    hints: tuple[str, ...] = ()
    """Lines of the `[hints]` table."""


def add_site_file(
    folder: Path, name: str, *, url: str | None, learned: Learned | None = None
) -> Path:
    """Write `folder`/`name`.toml and give its path; raises `SiteFileError`.

    With `url` it describes the site of that page; without, it is a copy of the shipped site. A file
    that is there is never overwritten.
    """
    path = folder / f"{name}.toml"
    text = new_site_file(name, url, learned) if url else shipped_text(name)
    if text is None:
        raise SiteFileError(
            f"{name!r} is no site that comes with archiater, expected one to copy; "
            f"add --url with a page of the new site"
        )
    # Checked before it is written: a bad name must not leave a file that stops every command.
    read_site(text, where=path.name, origin=str(path))
    if path.exists():
        raise SiteFileError(
            f"{path}: is there already, expected a new name; change that file or remove it"
        )
    draft = folder / f".{name}.draft"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        draft.write_text(text, encoding="utf-8")
        draft.replace(path)
    except OSError as error:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise SiteFileError(
            f"{path}: cannot be written ({error.strerror}), expected a folder to write to; "
            "choose another collection with -C"
        ) from error
    return path


def new_site_file(name: str, url: str, learned: Learned | None = None) -> str:
    """A site file for the site of `url`, each key explained; raises `NotAWebAddress`."""
    learned = learned or Learned()
    page = web_address(url)
    site = site_for_bare_url(page)
    hosts = ", ".join(f'"{host}"' for host in site.hosts)
    origin = f"{page.partition('://')[0]}://{host_of(page)}"
    return _TEMPLATE.format(
        name=name,
        hosts=hosts,
        page=page,
        origin=origin,
        publisher=toml_string(learned.publisher or "Name of the publisher"),
        language=toml_string(learned.language or "en"),
        hints="".join(f"# {line}\n" for line in _hint_lines(learned)),
    )


_EXAMPLES = ("content = ['main article']", "drop = ['.newsletter-box']", "byline = ['.byline']")


def _hint_lines(learned: Learned) -> list[str]:
    """The lines learned, and an example of each key of which nothing was."""
    by_key = {line.partition(" ")[0]: line for line in (*_EXAMPLES, *learned.hints)}
    told = ["Proposed from the pages given, on which they change nothing:"] if learned.hints else []
    return [*told, *by_key.values()]


_TEMPLATE = """\
# A site: where a crawl starts, how far it goes, when and how gently. Lines that begin with # and a
# key are examples; take out the # to use them. `archiater sites check URL` tries it on a page.

name = "{name}"
# publisher = {publisher}
hosts = [{hosts}]
# Only a part of these hosts:
# path_prefixes = ["/en"]
# BCP 47, where all pages share one language:
# language = {language}
# Say true when you have crawled the live site with this file and looked at what came of it.
tried_on_live_web = false
# Whether the images, styles and fonts of articles are archived too, so that a page can be shown as
# it was; "all" takes scripts with them.
# requisites = true

[seeds]
# Sitemaps that robots.txt names are found without being listed here.
# sitemaps = ["{origin}/sitemap.xml"]
# feeds = ["{origin}/feed/"]
pages = ["{page}"]

[scope]
# Regular expressions, searched in the path of a URL. Without allow, every path is in.
# allow = ['^/health/']
# deny = ['^/health/(?:search|authors?)/']
# Paths of articles; they are fetched before section pages.
# articles = ['^/health/[^/]+/[^/]+']
# Links away from a seed:
# max_depth = 3
# Whether links in pages are followed, or only sitemaps and feeds:
follow_links = true

[limits]
# Of requisites: largest size of one in bytes, and how many one page may have.
# requisite_bytes = 5_000_000
# requisites_per_page = 200

# [schedule]
# minute hour day month weekday
# cron = "17 3 * * 1"
# timezone = "UTC"
# jitter_s = 1800

[politeness]
# Seconds between two requests to one host, where it is not crawl.delay_s of archiater.toml:
# delay_s = 3.0
concurrency = 1

[hints]
# CSS selectors. The general rules need none of them; add one where they go wrong.
{hints}# sponsored = ['.sponsored-label']
# disclaimer = ['.disclaimer']
# 5/6/2024 is 5 June:
# day_first = true
"""
