"""`archiater import`: take in WARC or WACZ files of any tool."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from archiater.shell import JOBS, Shell, json_option, pass_shell

if TYPE_CHECKING:
    from collections.abc import Callable

    from archive.importing import Imported, ImportedFile


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--no-extract", is_flag=True, help="Preserve only; `reextract` makes the records.")
@click.option(
    "--jobs",
    type=JOBS,
    help="Processes that extract; else `extract.jobs` of archiater.toml.",
)
@json_option
@pass_shell
def command(
    shell: Shell, files: tuple[Path, ...], no_extract: bool, jobs: int | None, as_json: bool
) -> None:
    """Take in WARC, ARC or WACZ files of any tool, and make records of their pages.

    The files are copied, gzip and zstd as well as plain ones. A part that is damaged is left out
    and named, and the command ends with 1. What is here already is left out, whatever file it
    comes in: the same file twice changes nothing. A collection's own files, after its database was
    lost, are entered where they lie.

    \b
    archiater import crawl.warc.gz others.wacz
    archiater -C collection import collection/warcs/*.warc.gz
    """
    from archiater.extracting_beside import extract_and_apply
    from archiater.showing import progress, show_json, tell
    from archive.cdxj_index import keep_cdxj
    from archive.crawls import recount_imports
    from archive.importing import import_warcs
    from archive.recovery import recover

    with shell.make_collection() as collection:
        recover(collection)
        with progress("importing", quiet=shell.is_quiet) as bar:

            def advance(done: int, total: int) -> None:
                bar.set_total(total)
                bar.set_done(done)

            imported = import_warcs(collection, files, site_of=_site_names(shell), progress=advance)
        keep_cdxj(collection)
        if not no_extract:
            # Also where nothing is new: an earlier import may have ended before its records.
            with progress("extracting", quiet=shell.is_quiet):
                extract_and_apply(collection, jobs=jobs or shell.config.jobs)
            recount_imports(collection)
    for part in imported.skipped:
        tell(str(part))
    for file in imported.files:
        if file.skipped_more:
            tell(f"{file.file}: {file.skipped_more:,} more damaged parts; left out")
    if as_json:
        show_json(_as_json(imported))
    elif not shell.is_quiet:
        _sum_up(imported)
    if imported.skipped or imported.skipped_more:
        raise SystemExit(1)


def _site_names(shell: Shell) -> Callable[[str], str]:
    """The name of the site of a URL: a known site's, else its registered domain."""
    from articles.urls import registered_domain

    sites = shell.sites

    def name(url: str) -> str:
        site = sites.for_url(url)
        return site.name if site is not None else registered_domain(url)

    return name


def _sum_up(imported: Imported) -> None:
    from archiater.showing import show_table

    show_table(
        ("file", "captures", "other records", "left out", "note"),
        [
            (
                file.file,
                file.captures,
                file.other_records,
                len(file.skipped) + file.skipped_more,
                _note(file),
            )
            for file in imported.files
        ],
    )


def _note(file: ImportedFile) -> str:
    if file.is_known:
        return "already here, nothing changed"
    if file.name is None:
        return "nothing could be taken in"
    known = f", {file.known} captures were here already" if file.known else ""
    return f"warcs/{file.name}{known}"


def _as_json(imported: Imported) -> dict[str, object]:
    from dataclasses import asdict

    return {
        "crawl": imported.crawl_id,
        "captures": imported.captures,
        "files": [asdict(file) for file in imported.files],
    }
