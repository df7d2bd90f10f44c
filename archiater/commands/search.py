"""`archiater search`: full text with filters, ranked, with the words that were found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from archiater.choosing import filter_options, filters_of, index_what_waits
from archiater.shell import Shell, json_option, pass_shell

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from archive.collection import Collection
    from archive.searching.searching import Hit, SearchResults
    from archive.searching.snippets import Marked

_SORTS = ("relevance", "newest", "oldest-review")
_MOST_FACETS = 6


@click.command(
    # `diabetes -gestational` is a query and no option; so this command has no short ones, not -h.
    context_settings={"ignore_unknown_options": True, "help_option_names": ["--help"]},
)
@click.argument("query", nargs=-1, type=click.UNPROCESSED)
@filter_options
@click.option("--sort", type=click.Choice(_SORTS), default="relevance", show_default=True)
@click.option("--limit", type=click.IntRange(1, 1000), default=10, show_default=True)
@click.option("--page", type=click.IntRange(min=1), default=1, show_default=True)
@json_option
@pass_shell
def command(
    shell: Shell,
    /,
    query: tuple[str, ...],
    sort: Any,
    limit: int,
    page: int,
    as_json: bool,
    **chosen: Any,
) -> None:
    """Search the articles: words, "phrases", begin*, AND, OR, NOT, -without, (groups).

    No text is an error; accents need not be typed. Without QUERY all articles that the filters
    leave are listed, the newest first.

    \b
    archiater search type 2 diabetes
    archiater search '"high blood pressure" -pregnancy' --reviewed-before 2022
    archiater search tieu duong --language vi --sort oldest-review --json
    """
    from archiater.showing import show_json
    from archive.searching.searching import search

    _refuse_options(query)
    text = " ".join(query)
    filters = filters_of(chosen)
    index_what_waits(shell)
    with shell.open_collection() as collection:
        results = search(
            collection, text, filters, sort=sort, limit=limit, offset=(page - 1) * limit
        )
        if results.total == 0 and not shell.is_quiet:
            _tell_unknown_sites(collection, filters.sites)
    if as_json:
        show_json(_as_json(text, page, results))
    else:
        _show(results, page=page)


def _refuse_options(words: tuple[str, ...]) -> None:
    """A misspelt option is not to become a word of the query, as everything unknown does here."""
    context = click.get_current_context()
    known = sorted({name for option in context.command.params for name in option.opts})
    for word in words:
        if word.startswith("--") and len(word) > 2:
            import difflib

            name = word.partition("=")[0]
            raise click.NoSuchOption(
                name, possibilities=difflib.get_close_matches(name, known), ctx=context
            )


def _tell_unknown_sites(collection: Collection, sites: tuple[str, ...]) -> None:
    from archiater.showing import clean

    known = [
        row["site"]
        for row in collection.connection.execute("select distinct site from articles order by 1")
    ]
    for site in sites:
        if site not in known:
            there = ", ".join(known) or "none yet"
            click.echo(clean(f"no article of site {site!r}; there are: {there}"), err=True)


def _as_json(query: str, page: int, results: SearchResults) -> dict[str, Any]:
    return {
        "query": query,
        "total": results.total,
        "page": page,
        "limit": results.limit,
        "sort": results.sort,
        "facets": {
            name: [{"value": value, "articles": articles} for value, articles in counts.items()]
            for name, counts in asdict(results.facets).items()
        },
        "hits": [
            {
                **{name: value for name, value in asdict(hit).items() if name != "title"},
                "title": hit.title.text,
                "title_marks": hit.title.marks,
            }
            for hit in results.hits
        ],
    }


def _show(results: SearchResults, *, page: int) -> None:
    from rich.text import Text

    from archiater.showing import standard_output

    console = standard_output()
    if not results.hits:
        said = "nothing found" if results.total == 0 else f"no page {page}; {_pages(results)}"
        console.print(Text(said))
        return
    first = results.offset + 1
    last = results.offset + len(results.hits)
    noun = "article" if results.total == 1 else "articles"
    console.print(Text(f"{results.total} {noun}, {first} to {last}", style="dim"))
    for number, hit in enumerate(results.hits, start=first):
        console.print()
        title, *lines = _lines(number, hit)
        _print(console, title)
        for line in lines:
            _print(console, line, indent=3)
    console.print()
    for name, counts in (
        ("sites", results.facets.sites),
        ("languages", results.facets.languages),
        ("review", results.facets.statuses),
    ):
        if len(counts) > 1:
            _print(console, _facet(name, counts))
    if last < results.total:
        console.print(Text(f"{_pages(results)}; next: --page {page + 1}", style="dim"))


def _print(console: Console, line: Text, *, indent: int = 0) -> None:
    """Print one line, folded on a terminal; elsewhere it stays one, for grep."""
    from rich.padding import Padding
    from rich.text import Text

    if console.is_terminal:
        console.print(Padding(line, (0, 0, 0, indent), expand=False))
    else:
        console.print(Text.assemble(" " * indent, line), soft_wrap=True)


def _pages(results: SearchResults) -> str:
    return f"there are {-(-results.total // results.limit)} pages"


def _lines(number: int, hit: Hit) -> list[Text]:
    from rich.text import Text

    from archiater.showing import clean

    lines = [
        Text.assemble((f"{number}. ", "dim"), _marked(hit.title, "bold"))
        if hit.title.text
        else Text(f"{number}. (no title)", style="dim"),
        Text(clean(hit.url), style="cyan"),
        Text(clean(" · ".join(_facts(hit)))),
    ]
    if hit.snippet.text:
        lines.append(_marked(hit.snippet, ""))
    return lines


def _facts(hit: Hit) -> list[str]:
    facts = [hit.site, hit.language or "language unknown"]
    if hit.authors:
        facts.append(f"by {', '.join(hit.authors)}")
    if hit.modified or hit.published:
        facts.append(f"of {hit.modified or hit.published}")
    reviewers = f" by {', '.join(hit.reviewers)}" if hit.reviewers else ""
    if hit.reviewed or reviewers:
        facts.append(f"reviewed{f' {hit.reviewed}' if hit.reviewed else ''}{reviewers}")
    else:
        facts.append(f"review: {hit.review_status.replace('_', ' ')}")
    if hit.version > 1:
        facts.append(f"version {hit.version}")
    if hit.gone_at:
        facts.append(f"gone since {hit.gone_at[:10]}")
    return facts


def _marked(marked: Marked, style: str) -> Text:
    """The text with what was sought in bold yellow; every part is cleaned for the terminal."""
    from rich.text import Text

    from archiater.showing import clean

    return Text.assemble(
        *(
            (clean(part).replace("\n", " "), "bold yellow" if is_marked else style)
            for part, is_marked in marked.parts()
        )
    )


def _facet(name: str, counts: Mapping[str | None, int] | Mapping[str, int]) -> Text:
    from rich.text import Text

    from archiater.showing import clean

    shown = [f"{value or 'unknown'} {count}" for value, count in [*counts.items()][:_MOST_FACETS]]
    more = f", {len(counts) - _MOST_FACETS} more" if len(counts) > _MOST_FACETS else ""
    return Text(clean(f"{name}: {', '.join(shown)}{more}"), style="dim")
