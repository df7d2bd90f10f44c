"""`archiater schedule`: what is due when, what became of it, and running it."""

from __future__ import annotations

import logging
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archiater.shell import COUNT, Shell, json_option, pass_shell

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archive.due_moments import DueMoment
    from spiders.site import Site

_at_once_option = click.option(
    "--at-once",
    type=click.IntRange(min=1),
    default=4,
    show_default=True,
    help="Run no more crawls than this at one time.",
)


@click.group()
def command() -> None:
    """Crawl the enabled sites on their schedules."""


@command.command("list")
@click.argument("site", required=False)
@click.option("--past", is_flag=True, help="What became of the moments that have been due.")
@click.option("--most", type=COUNT, default=50, show_default=True)
@json_option
@pass_shell
def list_schedule(shell: Shell, site: str | None, past: bool, most: int, as_json: bool) -> None:
    """The enabled sites with their schedules, or with --past every moment that was due.

    \b
    archiater schedule list
    archiater schedule list --past hellodoctor.com.ph
    """
    from archive.due_moments import latest_due_moment, list_due_moments

    with shell.open_collection() as collection:
        if past:
            _show_moments(list_due_moments(collection, site=site, most=most), as_json=as_json)
            return
        sites = [known for known in _enabled(shell) if site in (None, known.name)]
        rows = [(known, latest_due_moment(collection, known.name)) for known in sites]
    _show_sites(rows, as_json=as_json)


@command.command("next")
@click.option("--most", type=click.IntRange(1, 1000), default=10, show_default=True)
@json_option
@pass_shell
def next_due(shell: Shell, most: int, as_json: bool) -> None:
    """The next moments at which sites are due, soonest first.

    \b
    archiater schedule next
    archiater schedule next --most 50 --json
    """
    import heapq
    from itertools import islice

    from archiater.schedule.loops import utc_now
    from archiater.showing import show_json, show_table
    from archive.times import as_text

    now = utc_now()
    coming = (_moments_of(site, now) for site in _enabled(shell))
    soonest = heapq.merge(*coming, key=lambda pair: (pair[0], pair[1].name))
    moments = list(islice(soonest, most))
    if as_json:
        show_json([{"site": site.name, "due_at": as_text(due)} for due, site in moments])
        return
    show_table(("due", "site"), [(_at(due, site), site.name) for due, site in moments])


@command.command("run-due")
@_at_once_option
@json_option
@pass_shell
def run_due(shell: Shell, at_once: int, as_json: bool) -> None:
    """Crawl every site that is due, and end when the crawls have ended.

    Each due moment is run once: called again, or twice at a time, it starts nothing more. Of the
    moments that nobody was there to run, the latest is run and the others are noted as missed.

    \b
    archiater schedule run-due
    """
    from archiater.schedule.crawl_processes import starter
    from archiater.schedule.loops import run_due as run
    from archiater.schedule.loops import stopped_by_signals

    sites = _scheduled(shell)
    with shell.open_collection(read_only=False) as collection, stopped_by_signals() as wait:
        rows = run(collection, sites, start=starter(collection), wait=wait, most_at_once=at_once)
        was_stopped = wait(0)
    if as_json or not shell.is_quiet:
        _show_moments(rows, as_json=as_json)
    if was_stopped:
        raise SystemExit(130)
    if any(row.state == "failed" for row in rows):
        raise SystemExit(3)


@command.command("daemon")
@_at_once_option
@pass_shell
def daemon(shell: Shell, at_once: int) -> None:
    """Crawl every site whenever it is due, until Ctrl-C or SIGTERM; then crawls end cleanly.

    Site files and settings are read when it starts.

    \b
    archiater schedule daemon
    archiater schedule install --systemd
    """
    from archiater.schedule.crawl_processes import starter
    from archiater.schedule.loops import keep_running, stopped_by_signals

    if not shell.is_quiet:
        # Unattended, it should say what it does without being asked.
        logging.getLogger("archiater.schedule").setLevel(logging.INFO)
    sites = _scheduled(shell)
    with shell.open_collection(read_only=False) as collection, stopped_by_signals() as wait:
        keep_running(collection, sites, start=starter(collection), wait=wait, most_at_once=at_once)


@command.command("install")
@click.option("--systemd", "system", flag_value="systemd", help="A service that runs the daemon.")
@click.option("--cron", "system", flag_value="cron", help="A crontab line that calls run-due.")
@click.option(
    "--write",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write the file into this folder instead of printing it.",
)
@json_option
@pass_shell
def install(shell: Shell, system: str | None, folder: Path | None, as_json: bool) -> None:
    """Make the unit of systemd, or the line of cron, that runs the schedule for good.

    Nothing is installed: the text is printed or written, and the commands that install it are said.

    \b
    archiater schedule install --systemd
    archiater schedule install --cron --write .
    """
    from archiater.schedule.crawl_processes import archiater_command
    from archiater.schedule.units import cron_lines, systemd_unit
    from archiater.showing import show_json, show_lines

    if system is None:
        raise click.UsageError("say which: --systemd or --cron")
    with shell.open_collection() as collection:
        path = collection.path.resolve()
    make = systemd_unit if system == "systemd" else cron_lines
    unit = make(path, archiater_command())
    file = (folder or Path()) / unit.file_name
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        file.write_text(unit.text, encoding="utf-8")
    if as_json:
        written = str(file) if folder is not None else None
        show_json({"file": written, "text": unit.text, "next": list(unit.steps_for(file))})
        return
    if folder is None:
        click.echo(unit.text, nl=False)
    else:
        show_lines([f"Wrote {file}"])
    click.echo(f"Next{'' if folder else f', with this text as {file}'}:", err=True)
    for step in unit.steps_for(file):
        click.echo(f"  {step}", err=True)


def _moments_of(site: Site, after: datetime) -> Iterator[tuple[datetime, Site]]:
    from archiater.schedule.moments import moments_after

    return ((due, site) for due in moments_after(site, after))


def _enabled(shell: Shell) -> list[Site]:
    """The sites that archiater.toml enables; raises `UnknownSite`."""
    sites = shell.enabled_sites
    if not sites:
        click.echo(_how_to_enable(shell), err=True)
    return sites


def _scheduled(shell: Shell) -> list[Site]:
    """The enabled sites with a schedule; raises `ConfigError` where there is none."""
    from archiater.config import ConfigError

    sites = shell.enabled_sites
    scheduled = [site for site in sites if site.schedule is not None]
    if not sites:
        raise ConfigError(_how_to_enable(shell))
    if not scheduled:
        raise ConfigError(
            f"{', '.join(site.name for site in sites)}: no enabled site has a schedule, expected "
            "one with [schedule] in its site file; add cron = '17 3 * * *' there"
        )
    return scheduled


def _how_to_enable(shell: Shell) -> str:
    from archiater.config import FILE_NAME

    return (
        f"{shell.collection_path / FILE_NAME}: sites.enabled is empty, expected the names of sites "
        'to crawl; write enabled = ["hellodoctor.com.ph"] there (`archiater sites list`)'
    )


def _show_sites(rows: Sequence[tuple[Site, DueMoment | None]], *, as_json: bool) -> None:
    from archiater.schedule.loops import utc_now
    from archiater.schedule.moments import next_moment
    from archiater.showing import show_json, show_table
    from archive.times import as_text

    now = utc_now()
    following = [next_moment(site, now) for site, _ in rows]
    if as_json:
        show_json(
            [
                {
                    "site": site.name,
                    "cron": site.schedule.cron if site.schedule else None,
                    "timezone": site.schedule.timezone if site.schedule else None,
                    "next_due_at": as_text(due) if due else None,
                    "latest": _as_json(latest) if latest else None,
                }
                for (site, latest), due in zip(rows, following, strict=True)
            ]
        )
        return
    show_table(
        ("site", "cron", "next", "latest", "became"),
        [
            (
                site.name,
                site.schedule.cron if site.schedule else "no schedule",
                _at(due, site) if due else "",
                _at(latest.due_at, site) if latest else "",
                latest.state if latest else "",
            )
            for (site, latest), due in zip(rows, following, strict=True)
        ],
    )


def _show_moments(rows: Sequence[DueMoment], *, as_json: bool) -> None:
    from archiater.showing import show_json, show_table

    if as_json:
        show_json([_as_json(row) for row in rows])
        return
    show_table(
        ("due (UTC)", "site", "became", "crawl", "reason"),
        [
            (f"{row.due_at:%Y-%m-%d %H:%M}", row.site, row.state, row.crawl_id, row.reason)
            for row in rows
        ],
    )


def _as_json(row: DueMoment) -> dict[str, object]:
    from archive.times import as_text

    return {
        "site": row.site,
        "due_at": as_text(row.due_at),
        "state": row.state,
        "crawl_id": row.crawl_id,
        "reason": row.reason,
        "noted_at": as_text(row.noted_at),
    }


def _at(moment: datetime, site: Site) -> str:
    """A moment on the clocks of the site's time zone."""
    from zoneinfo import ZoneInfo

    zone = site.schedule.timezone if site.schedule else "UTC"
    return f"{moment.astimezone(ZoneInfo(zone)):%a %Y-%m-%d %H:%M} {zone}"
