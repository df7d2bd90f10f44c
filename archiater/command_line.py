"""The `archiater` command: global options, the lazily imported commands, errors as one line.

Conventions for a command, the Click object `command` of `archiater/commands/NAME.py`:

* Nothing heavy is imported at module level there (no scrapy, sqlite_utils, lxml, rich): it is
  imported inside the function, so that `--help` stays quick.
* `@pass_shell` gives it the `Shell` (`archiater.shell`): `shell.open_collection(read_only=True)`,
  `shell.config`, `shell.sites`. Add `@json_option` wherever something is shown.
* Results go to standard output through `archiater.showing` (`show_table`, `show_json`, `clean`);
  progress and log to standard error (`archiater.showing.progress`).
* Raise an `ArchiaterError` for what an operator can mend; use `click.UsageError` only for what
  Click can't check itself. `raise SystemExit(1)` means: done, but something was found.
* The docstring is the help: one sentence, then `\\b` and two or three examples.
"""

from __future__ import annotations

import errno
import importlib
import os
import sqlite3
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

import click

from archiater import __version__
from archiater.shell import Shell
from archiater.showing import tell
from articles.errors import ArchiaterError

_COMMANDS: dict[str, tuple[str, str]] = {
    "demo": ("archiater.commands.demo", "Crawl a bundled sample site and show what came of it."),
    "init": ("archiater.commands.init", "Make a collection with a commented archiater.toml."),
    "config": ("archiater.commands.config", "Show every setting and where it comes from."),
    "doctor": ("archiater.commands.doctor", "What this machine has and lacks."),
    "sites": ("archiater.commands.sites", "List, show, check and add sites."),
    "crawl": ("archiater.commands.crawl", "Crawl sites or URLs into the collection."),
    "crawls": ("archiater.commands.crawls", "The history of crawls."),
    "schedule": ("archiater.commands.schedule", "Crawl on a schedule."),
    "import": ("archiater.commands.import_", "Take in WARC, ARC or WACZ files of any tool."),
    "extract": ("archiater.commands.extract", "Records of HTML files, without a collection."),
    "search": ("archiater.commands.search", "Search the articles."),
    "show": ("archiater.commands.show", "Show one article."),
    "replay": ("archiater.commands.replay", "Show archived pages as they were, in a browser."),
    "history": ("archiater.commands.history", "The versions of an article."),
    "diff": ("archiater.commands.diff", "What changed between two versions."),
    "people": ("archiater.commands.people", "Who wrote and reviewed what, under which names."),
    "sql": ("archiater.commands.sql", "Ask the database in SQL, read-only."),
    "export": (
        "archiater.commands.export",
        "Write articles as jsonl, csv, parquet; pages as WACZ, CDXJ.",
    ),
    "verify": ("archiater.commands.verify", "Check that files and database agree and are whole."),
    "reextract": ("archiater.commands.reextract", "Make the records again from the WARC files."),
    "completion": ("archiater.commands.completion", "Print a shell completion script."),
}


class LazyCommands(click.Group):
    """A group whose commands are imported when they are called, not when they are listed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command = importlib.import_module(_COMMANDS[cmd_name][0]).command
        assert isinstance(command, click.Command)  # noqa: S101
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, help_line) for name, (_, help_line) in _COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in _COMMANDS and not args[0].startswith("-"):
            _refuse_unknown(args[0])
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            # Click would end with 1 here, which means: done, but something was found.
            raise _ReaderGone from error


class _ReaderGone(Exception):
    """The reader of our output went away (`archiater search x | head`): not an error of ours."""


def _refuse_unknown(name: str) -> NoReturn:
    import difflib

    near = difflib.get_close_matches(name, _COMMANDS, n=1)
    hint = f"did you mean `{near[0]}`?" if near else "`archiater --help` lists them"
    raise click.UsageError(f"there is no command {name!r}; {hint}")


@click.group(
    cls=LazyCommands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Start with `archiater demo`, then `archiater init` and `archiater sites list`.",
)
@click.option(
    "-C",
    "--collection",
    "collection_path",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="ARCHIATER_COLLECTION",
    default=Path("collection"),
    show_default=True,
    show_envvar=True,
    help="The folder of the collection.",
)
@click.option("-v", "--verbose", count=True, help="Say more on standard error; twice for all.")
@click.option("-q", "--quiet", is_flag=True, help="No progress and no summary.")
@click.version_option(__version__, prog_name="archiater")
@click.pass_context
def cli(ctx: click.Context, collection_path: Path, verbose: int, quiet: bool) -> None:
    """Crawl health articles into WARC archives and a searchable database that knows who reviewed
    each text, when, and on what evidence."""
    ctx.obj = Shell(collection_path=collection_path, verbosity=-1 if quiet else verbose)
    ctx.obj.start_logging()


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code; every expected error is one line on stderr."""
    try:
        code: Any = cli.main(args=arguments, prog_name="archiater", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return error.exit_code
    except click.ClickException as error:
        return _fail(_in_one_line(error), error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        return 130
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    except ArchiaterError as error:
        return _fail(str(error), error.exit_code)
    except sqlite3.DatabaseError as error:
        return _fail_of_database(error)
    except _ReaderGone:
        _give_up_standard_output()
        return 0
    except OSError as error:
        return _fail_of_system(error)
    return code if isinstance(code, int) else 0


def _in_one_line(error: click.ClickException) -> str:
    """What Click says in four lines: what is wrong, and how to see what is expected."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    name = context.command_path if context is not None else "archiater"
    message = error.format_message().rstrip(".")
    # Ours say already what to do.
    return message if ";" in message else f"{message}; `{name} --help` tells more"


def _fail(message: str, exit_code: int) -> int:
    tell(message)
    return exit_code


def _fail_of_system(error: OSError) -> int:
    """What the system says of a file, or of standard output, which has no name."""
    if error.filename is not None and error.errno is not None:
        return _fail(f"{error.filename}: {error.strerror}", 3)
    if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EBADF):
        raise error
    _give_up_standard_output()
    return _fail(
        f"standard output: {error.strerror}; what was written is not whole, "
        "make room and run the command again",
        3,
    )


def _give_up_standard_output() -> None:
    """What is still in its buffer goes nowhere: Python would complain of it at the end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    with suppress(OSError, ValueError):  # a test's standard output has no descriptor
        os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def _fail_of_database(error: sqlite3.DatabaseError) -> int:
    """SQLite's own words for a bad day, with what to do; anything else is a bug and is raised."""
    text = str(error)
    for sign, advice in (
        ("locked", "another process is writing; try again when it is done"),
        (
            "readonly",
            "no permission to write here; check the folder's owner or choose another with -C",
        ),
        ("full", "the disk is full; make room and run the command again, nothing was lost"),
        ("disk I/O error", "the disk failed; check it, then run `archiater verify`"),
        ("unable to open", "check that the folder exists and can be written to"),
        ("malformed", "it is damaged; move it away and run `archiater import` on warcs/"),
    ):
        if sign in text:
            return _fail(f"archive.db: {text}; {advice}", 3)
    raise error


def main() -> NoReturn:
    """Entry point of the console script."""
    _open_missing_streams()
    sys.exit(run())


def _open_missing_streams() -> None:
    """A closed standard stream (`>&-`) leads nowhere; its number is not to become a WARC file's."""
    while (nowhere := os.open(os.devnull, os.O_RDWR)) <= 2:
        pass
    os.close(nowhere)
    # They live as long as the process.
    sys.stdin = sys.stdin or open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stdout = sys.stdout or open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = sys.stderr or open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
