"""How results reach a person or a program: tables, JSON, progress. Standard output is for results.

Text from archived pages is hostile: `clean` takes the terminal's control sequences out of it, and
everything shown to a person passes through it.
"""

from __future__ import annotations

import json
import logging
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol

import click

if TYPE_CHECKING:
    from rich.console import Console

# C0 and C1 controls but tab and newline; the bidirectional overrides, which make text read other
# than it is; and lone surrogates, which cannot be printed.
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")

_LONGEST_LINE = 1000


def clean(text: str) -> str:
    """Text with every control character made visible as `\\x1b`, safe to print to a terminal.

    >>> clean("a\\x1b[31mb")
    'a\\\\x1b[31mb'
    """
    return _CONTROLS.sub(lambda match: ascii(match.group())[1:-1], text)


def tell(message: str) -> None:
    """One line on standard error that says what went wrong, cleaned: it may quote a page."""
    line = clean(" ".join(message.split()))
    if len(line) > _LONGEST_LINE:
        # What to do stands at the end.
        line = f"{line[: _LONGEST_LINE - 300]} … {line[-300:]}"
    click.echo(f"archiater: {line}", err=True)


class LogLines(logging.Formatter):
    """The lines of a log, cleaned: what is logged quotes addresses and errors of hostile pages."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        return clean(super().format(record))


def show_json(value: Any) -> None:
    """One JSON document on one line where it is long, indented for reading at a terminal."""
    indent = 2 if sys.stdout.isatty() else None
    click.echo(json_text(value, indent=indent))


def json_text(value: Any, *, indent: int | None = None) -> str:
    """The value as JSON that may be shown on a terminal: JSON itself escapes but half of what
    steers one.

    >>> print(json_text(chr(0x9B) + "31m"))
    "\\u009b31m"
    """
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return _CONTROLS.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def show_lines(lines: Iterable[str]) -> None:
    """Plain lines on standard output, cleaned."""
    for line in lines:
        click.echo(clean(line))


def show_table(
    columns: Sequence[str], rows: Iterable[Sequence[object]], *, title: str = ""
) -> None:
    """A table for people; where standard output is no terminal, cells parted by tabs."""
    texts = [[clean("" if cell is None else str(cell)) for cell in row] for row in rows]
    if not sys.stdout.isatty():
        click.echo("\t".join(columns))
        for cells in texts:
            click.echo("\t".join(cell.replace("\t", " ").replace("\n", " ") for cell in cells))
        return
    from rich.table import Table
    from rich.text import Text

    table = Table(title=title or None, header_style="bold", title_justify="left")
    for column in columns:
        table.add_column(column, overflow="fold")
    for cells in texts:
        table.add_row(*(Text(cell) for cell in cells))
    standard_output().print(table)


def standard_output() -> Console:
    """A rich console on standard output; give it `rich.text.Text`, never page text as markup."""
    from rich.console import Console

    return Console(file=sys.stdout, markup=False, highlight=False, emoji=False)


StyledLine = Sequence[tuple[str, str]]
"""Pieces of a line with the style of each, in the words of rich: `bold red`; empty for none."""


def show_styled(lines: Iterable[StyledLine]) -> None:
    """Lines on standard output, cleaned; in colour on a terminal that has not said NO_COLOR."""
    if not sys.stdout.isatty():
        show_lines("".join(text for text, _ in line).rstrip() for line in lines)
        return
    from rich.text import Text

    console = standard_output()
    for line in lines:
        # Folded at spaces by the terminal itself, so that a line can be copied whole.
        console.print(
            Text.assemble(*((clean(text), style) for text, style in line)), soft_wrap=True
        )


class Progress(Protocol):
    """What long work tells of itself."""

    def advance(self, steps: int = 1) -> None: ...
    def set_total(self, total: int | None) -> None: ...
    def set_done(self, steps: int) -> None: ...


class _Silent:
    def advance(self, steps: int = 1) -> None: ...
    def set_total(self, total: int | None) -> None: ...
    def set_done(self, steps: int) -> None: ...


@contextmanager
def progress(title: str, *, total: int | None = None, quiet: bool = False) -> Iterator[Progress]:
    """A progress bar on standard error while the block runs; nothing where it is no terminal."""
    if quiet or not sys.stderr.isatty():
        yield _Silent()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=total)

        class _Shown:
            def advance(self, steps: int = 1) -> None:
                bar.advance(task, steps)

            def set_total(self, total: int | None) -> None:
                bar.update(task, total=total)

            def set_done(self, steps: int) -> None:
                bar.update(task, completed=steps)

        yield _Shown()
