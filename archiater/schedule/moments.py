"""The moments at which a site is due, computed from its cron expression in its time zone.

Pure: the clock comes in as an argument. All moments are aware UTC times. At the clock changes the
rule is that of Debian's cron, which cronsim follows: a fixed time inside the skipped hour comes at
its end, one inside the repeated hour comes once, the first time; `*` and steps follow real time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

from cronsim import CronSim

from spiders.site import Site

# Longer than any clock change, so that what it does to the order of local times is passed.
_BEFORE_ANY_CLOCK_CHANGE = timedelta(days=2)


def due_moments(site: Site, since: datetime, until: datetime) -> Iterator[datetime]:
    """The moments after `since` up to `until`, in order; none where the site has no schedule."""
    return takewhile(lambda moment: moment <= until, moments_after(site, since))


def moments_after(site: Site, after: datetime) -> Iterator[datetime]:
    """The moments after `after`, in order and without end; none where the site has no schedule."""
    if site.schedule is None:
        return
    latest = after.astimezone(UTC)
    for local in CronSim(site.schedule.cron, after.astimezone(ZoneInfo(site.schedule.timezone))):
        moment = local.astimezone(UTC)
        # From inside the second of the repeated hours, the first one's moments come again.
        if moment > latest:
            latest = moment
            yield moment


def next_moment(site: Site, after: datetime) -> datetime | None:
    """The first moment after `after`; None without a schedule, or where it never comes again."""
    return next(moments_after(site, after), None)


def latest_moment(site: Site, until: datetime) -> datetime | None:
    """The last moment up to `until`; None without a schedule, or where there was none before."""
    if site.schedule is None:
        return None
    start = until - _BEFORE_ANY_CLOCK_CHANGE
    zone = ZoneInfo(site.schedule.timezone)
    # Backwards only to a time that is early enough: around the repeated hour cronsim's way back
    # can leave a moment out. From there the way forward decides.
    earlier = next(CronSim(site.schedule.cron, start.astimezone(zone), reverse=True), start)
    latest = None
    for moment in due_moments(site, earlier.astimezone(UTC) - timedelta(seconds=1), until):
        latest = moment
    return latest


def put_off(site: Site, due_at: datetime) -> timedelta:
    """How long the start at `due_at` is put off, so that many sites do not start at one moment.

    Between nothing and the schedule's `jitter_s`, the same whenever it is asked.
    """
    jitter_s = site.schedule.jitter_s if site.schedule else 0
    if jitter_s == 0:
        return timedelta()
    digest = hashlib.sha256(f"{site.name} {due_at.astimezone(UTC).isoformat()}".encode()).digest()
    return timedelta(seconds=int.from_bytes(digest[:8], "big") % (jitter_s + 1))
