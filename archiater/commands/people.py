"""`archiater people`: who wrote and reviewed what, one person over spellings and sites."""

from __future__ import annotations

import sqlite3
from typing import Any

import click

from archiater.choosing import filter_options, filters_of
from archiater.shell import COUNT, Shell, json_option, pass_shell
from articles.record import ROLES


class _NamesOrCommands(click.Group):
    """What follows is a name, unless it is one of the commands: `people NAME`, `people merge`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or (args[0] not in self.commands and args[0] not in ("-h", "--help")):
            args = ["find", *args]
        return super().parse_args(ctx, args)


@click.group(cls=_NamesOrCommands)
def command() -> None:
    """The people that articles name: `people [NAME]`, the same as `people find [NAME]`.

    Without NAME all, those of most articles first. Where a name (or the id of a person) leads to
    one person, all is shown: spellings, credits with their evidence, and why sites are taken to
    mean the same one. `people candidates` lists pairs that are alike and were left apart.

    \b
    archiater people
    archiater people jane roe --site nhs.uk
    archiater people --role medical_reviewer --language en --json
    archiater people merge 12 40
    """


@command.command("find")
@click.argument("name", nargs=-1)
@filter_options
@click.option(
    "--role",
    "roles",
    multiple=True,
    type=click.Choice(ROLES),
    help="Only who has this role; can be given again.",
)
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=click.Choice(("person", "org", "team")),
    help="Only these.",
)
@click.option("--limit", type=click.IntRange(1, 10_000), default=50, show_default=True)
@json_option
@pass_shell
def find(
    shell: Shell,
    /,
    name: tuple[str, ...],
    roles: tuple[str, ...],
    kinds: tuple[str, ...],
    limit: int,
    as_json: bool,
    **chosen: Any,
) -> None:
    """List persons, or show the one that NAME (a name, part of one, or an id) leads to.

    The filters choose articles; a person is listed who has a part in one of them.

    \b
    archiater people find jane roe
    archiater people find 12 --json
    archiater people find --reviewed-after 2024 --role medical_reviewer
    """
    from archiater.people_lines import people_rows, person_lines
    from archiater.showing import show_json, show_lines, show_styled, show_table
    from archive.people_reading import list_people, read_person

    text = " ".join(name).strip()
    filters = filters_of(chosen)
    _settle_what_waits(shell)
    with shell.open_collection() as collection:
        if text.isascii() and text.isdigit() and len(text) < 19:
            person = read_person(collection, int(text), most_credits=limit)
        else:
            total, people = list_people(
                collection, text, filters, roles=roles, kinds=kinds, limit=limit
            )
            if not (text and total == 1):
                if as_json:
                    show_json({"total": total, "people": people})
                elif people:
                    show_table(
                        ("id", "name", "articles", "roles", "sites", "credentials", "also as"),
                        people_rows(people),
                    )
                    if total > limit:
                        show_lines([f"{total} in all; --limit shows more"])
                else:
                    show_lines(["nobody found"])
                return
            person = read_person(collection, people[0]["id"], most_credits=limit)
    if as_json:
        show_json(person)
    else:
        show_styled(person_lines(person))


@command.command("candidates")
@click.option("--limit", type=click.IntRange(1, 10_000), default=100, show_default=True)
@json_option
@pass_shell
def candidates(shell: Shell, limit: int, as_json: bool) -> None:
    """Pairs that may be one person and were left apart, with what is alike and what is not.

    \b
    archiater people candidates
    archiater people candidates --limit 1000 --json
    """
    from archiater.people_lines import candidate_rows
    from archiater.showing import show_json, show_lines, show_table
    from archive.people_reading import list_candidates

    _settle_what_waits(shell)
    with shell.open_collection() as collection:
        total, found = list_candidates(collection, limit=limit)
    if as_json:
        show_json({"total": total, "candidates": found})
        return
    if not found:
        show_lines(["no candidates"])
        return
    show_table(
        ("id", "name", "site", "id", "name", "site", "alike", "apart"), candidate_rows(found)
    )
    if total > limit:
        show_lines([f"{total} in all; --limit shows more"])


@command.command("merge")
@click.argument("one", type=COUNT)
@click.argument("other", type=COUNT)
@pass_shell
def merge(shell: Shell, one: int, other: int) -> None:
    """Make two persons one, whatever the rules say; kept when all is computed again.

    The older id stays, the other goes on to lead to it.

    \b
    archiater people merge 12 40
    """
    from datetime import UTC, datetime

    from archiater.showing import show_lines
    from archive.people_deciding import merge_people

    with shell.open_collection(read_only=False) as collection:
        number = merge_people(collection, one, other, now=datetime.now(UTC))
    show_lines([f"{one} and {other} are one person now, {number}"])


@command.command("part")
@click.argument("one", type=COUNT)
@click.argument("other", type=COUNT)
@pass_shell
def part(shell: Shell, one: int, other: int) -> None:
    """Keep two apart, whatever the rules say: ids as `people NAME` shows them beside the sites.

    \b
    archiater people part 12 40
    """
    from datetime import UTC, datetime

    from archiater.showing import show_lines
    from archive.people_deciding import part_people

    with shell.open_collection(read_only=False) as collection:
        part_people(collection, one, other, now=datetime.now(UTC))
    show_lines([f"{one} and {other} are two persons now"])


def _settle_what_waits(shell: Shell) -> None:
    """Settle who is who where a crawl was killed before it did; say so where that can't be done."""
    from archive.errors import ArchiveError, OperatorError
    from archive.people_directory import count_unsettled, settle

    with shell.open_collection() as collection:
        waiting = count_unsettled(collection)
    if waiting == 0:
        return
    try:
        with shell.open_collection(read_only=False) as collection:
            collection.connection.execute("pragma busy_timeout = 0")
            settle(collection)
    except (ArchiveError, sqlite3.OperationalError) as error:
        if waiting is None:
            raise OperatorError(
                f"{shell.collection_path}: an older archiater made this collection and it cannot "
                "be written to; run `archiater people` once where it can"
            ) from error
        if not shell.is_quiet:
            click.echo(f"not settled yet, so perhaps not merged: {waiting} names", err=True)
