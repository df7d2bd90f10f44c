"""`archiater verify`: check that WARC files and database are whole and agree."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archiater.shell import JOBS, Shell, json_option, pass_shell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archiater.showing import Progress
    from archive.verifying.faults import Fault
    from archive.verifying.pace import Tally


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE]...")
@click.option("--deep", is_flag=True, help="Extract every article again and compare the records.")
@click.option("--notes", is_flag=True, help="Show also what is odd and loses nothing.")
@click.option(
    "--rate",
    type=click.FloatRange(min=0, min_open=True),
    metavar="MB",
    help="Read at most so many megabytes a second, beside other work.",
)
@click.option("--jobs", type=JOBS, help="Processes of --deep; else `extract.jobs`.")
@json_option
@pass_shell
def command(
    shell: Shell,
    files: tuple[Path, ...],
    deep: bool,
    notes: bool,
    rate: float | None,
    jobs: int | None,
    as_json: bool,
) -> None:
    """Check that WARC files and database are whole and agree, or check files of any tool alone.

    Every byte is read once and nothing is changed. Each fault is one line: file, offset, what was
    found, what was expected; with --json one object a line. Several FILEs (WARC, ARC, WACZ) are
    taken as one set, in which records may point to each other. Ends with 1 where there is a fault.

    \b
    archiater verify
    archiater verify --deep --notes
    archiater verify others.warc.gz package.wacz
    """
    from dataclasses import asdict

    from archiater.showing import json_text, progress, show_lines
    from archive.verifying.pace import Tally

    if deep and files:
        raise click.UsageError("--deep reads the records of a collection; give it without a FILE")
    tally = Tally()
    started = time.monotonic()
    counts = {"fault": 0, "note": 0}
    with progress("verifying", quiet=shell.is_quiet) as bar:
        for fault in _faults(shell, files, bar, tally, deep=deep, rate=rate, jobs=jobs):
            counts[fault.level] += 1
            if fault.level == "note" and not notes:
                continue
            show_lines([json_text(asdict(fault)) if as_json else str(fault)])
    if not as_json and not shell.is_quiet:
        show_lines([_summary(tally, counts, time.monotonic() - started, notes_shown=notes)])
    if counts["fault"]:
        raise SystemExit(1)


def _faults(
    shell: Shell,
    files: tuple[Path, ...],
    bar: Progress,
    tally: Tally,
    *,
    deep: bool,
    rate: float | None,
    jobs: int | None,
) -> Iterator[Fault]:
    from archive.verifying.verifying import verify_collection, verify_files

    def advance(done: int, total: int) -> None:
        bar.set_total(total)
        bar.set_done(done)

    most_bytes_s = rate * 1_000_000 if rate is not None else None
    if files:
        yield from verify_files(files, advance, tally=tally, most_bytes_s=most_bytes_s)
        return
    with shell.open_collection() as collection:
        yield from verify_collection(
            collection, advance, tally=tally, most_bytes_s=most_bytes_s, is_deep=deep
        )
        if deep:
            from archiater.extracting_beside import profiles_of
            from archive.verifying.deep import compare_records

            yield from compare_records(
                collection,
                profile_of=profiles_of(collection.own_sites),
                jobs=jobs or shell.config.jobs,
                progress=advance,
            )


def _summary(tally: Tally, counts: dict[str, int], seconds: float, *, notes_shown: bool) -> str:
    read = (
        f"{_number(tally.files, 'file')}, {_number(tally.records, 'record')}, "
        f"{tally.bytes:,} bytes in {seconds:.1f} s"
    )
    verdict = _number(counts["fault"], "fault") if counts["fault"] else "whole: no fault found"
    notes = f", {_number(counts['note'], 'note')}" if counts["note"] else ""
    how = " (--notes shows them)" if notes and not notes_shown else ""
    return f"{verdict}{notes}{how}; {read}"


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
