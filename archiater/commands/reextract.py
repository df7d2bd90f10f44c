"""`archiater reextract`: make the records again from the WARC files."""

from __future__ import annotations

import click

from archiater.shell import JOBS, Shell, json_option, pass_shell


@click.command()
@click.option("--site", help="Only the captures of this site.")
@click.option(
    "--jobs",
    type=JOBS,
    help="Processes that extract; else `extract.jobs` of archiater.toml.",
)
@click.option("--from-start", is_flag=True, help="Begin anew what was ended in the middle.")
@click.option(
    "--learned",
    is_flag=True,
    help="Only the articles that what was learned of their site since may change.",
)
@json_option
@pass_shell
def command(
    shell: Shell,
    site: str | None,
    jobs: int | None,
    from_start: bool,
    learned: bool,
    as_json: bool,
) -> None:
    """Make all records again from the archived pages, with the extractor of today.

    The old records stand until the new ones are there; ended in the middle, the next run goes on.
    A better extractor is no change of a page: versions are counted anew. Blocks that stand on many
    pages of a site are its template, and are left out of pages captured before that was known;
    after a first crawl `--learned` is enough for it. Ends with 1 where a capture could not be read.

    \b
    archiater reextract
    archiater reextract --learned
    archiater reextract --site hellodoctor.com.ph --jobs 4
    """
    from archiater.extracting_beside import profiles_of
    from archiater.showing import progress, show_json, show_lines
    from archive.extracting import ExtractionCounts, count_waiting, reextract
    from archive.searching.index import index_pending, index_state, rebuild

    with (
        shell.open_collection(read_only=False) as collection,
        progress("reextract", quiet=shell.is_quiet) as bar,
    ):
        done = 0

        def advance(counts: ExtractionCounts) -> None:
            nonlocal done
            if done == 0:
                bar.set_total(counts.captures + count_waiting(collection))
            bar.advance(counts.captures - done)
            done = counts.captures

        counts = reextract(
            collection,
            profile_of=profiles_of(collection.own_sites),
            site=site,
            jobs=jobs or shell.config.jobs,
            from_start=from_start,
            only_learned=learned,
            progress=advance,
        )
        # Words of an older analyser are not found by queries of this one.
        update_index = rebuild if index_state(collection).outdated else index_pending
        update_index(collection)
    if as_json:
        from dataclasses import asdict

        # New articles and versions of a crawl are something else than those counted anew.
        show_json({key: asdict(counts)[key] for key in ("articles", "not_articles", "failed")})
    else:
        show_lines(
            [
                f"{counts.captures} captures read again: {counts.articles} articles, "
                f"{counts.not_articles} without an article, {counts.failed} failed"
            ]
        )
    if counts.failed:
        raise SystemExit(1)
