"""`archiater verify`: check that WARC files and database are whole and agree."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from archiater.shell import Shell, json_option, pass_shell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archiater.showing import Progress
    from archive.verifying import Fault


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE]...")
@json_option
@pass_shell
def command(shell: Shell, files: tuple[Path, ...], as_json: bool) -> None:
    """Check that WARC files and database are whole and agree, or check WARC files of any tool.

    Every byte is read and nothing is changed. Each fault is one line: file, offset, what was
    found, what was expected. Ends with 1 where there is one.

    \b
    archiater verify
    archiater verify others.warc.gz
    """
    from dataclasses import asdict

    from archiater.showing import progress, show_json, show_lines

    faults = []
    with progress("verifying", quiet=shell.is_quiet) as bar:
        for fault in _faults(shell, files, bar):
            faults.append(fault)
            if not as_json:
                show_lines([str(fault)])
    if as_json:
        show_json([asdict(fault) for fault in faults])
    elif not faults and not shell.is_quiet:
        show_lines(["whole: no fault found"])
    if faults:
        raise SystemExit(1)


def _faults(shell: Shell, files: tuple[Path, ...], bar: Progress) -> Iterator[Fault]:
    from archive.verifying import verify_collection, verify_files

    def advance(done: int, total: int) -> None:
        bar.set_total(total)
        bar.set_done(done)

    if files:
        yield from verify_files(files, advance)
        return
    with shell.open_collection() as collection:
        yield from verify_collection(collection, advance)
