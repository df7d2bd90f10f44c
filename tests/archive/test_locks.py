"""One crawl per site at a time, across processes, however they end."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.collection import Collection
from archive.errors import LockedCollection
from archive.locks import crawl_lock_file, safe_name, schedule_lock, site_lock


@contextmanager
def another_process_with_lock(collection: Collection, site: str) -> Iterator[subprocess.Popen[str]]:
    """A process that holds the lock of `site` until it is killed."""
    program = (
        "import sys; from pathlib import Path; from archive.collection import Collection\n"
        "from archive.locks import site_lock\n"
        "with Collection.open(Path(sys.argv[1])) as c, site_lock(c, sys.argv[2]):\n"
        "    sys.stdout.write('held\\n'); sys.stdout.flush(); sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(collection.path), site],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        try:
            yield process
        finally:
            process.kill()


def test_a_site_that_another_process_crawls_is_refused_with_its_number(
    collection: Collection,
) -> None:
    with (
        another_process_with_lock(collection, "example.org") as process,
        pytest.raises(LockedCollection, match=f"by process {process.pid};"),
        site_lock(collection, "example.org"),
    ):
        pytest.fail("the lock was given twice")


def test_the_lock_of_a_killed_process_is_free(collection: Collection) -> None:
    with another_process_with_lock(collection, "example.org") as process:
        process.kill()
        process.wait()

        with site_lock(collection, "example.org"):
            held_by = crawl_lock_file(collection, "example.org").read_text(encoding="ascii")

    assert held_by == str(os.getpid())


def test_a_lock_is_refused_in_the_process_that_holds_it(collection: Collection) -> None:
    with (
        site_lock(collection, "example.org"),
        pytest.raises(LockedCollection, match="is being crawled by process"),
        site_lock(collection, "example.org"),
    ):
        pytest.fail("the lock was given twice")


def test_a_lock_is_free_again_after_the_block_and_after_an_error(collection: Collection) -> None:
    with pytest.raises(ZeroDivisionError), site_lock(collection, "example.org"):
        raise ZeroDivisionError

    with site_lock(collection, "example.org"):
        pass


def test_two_sites_and_the_schedule_do_not_hinder_each_other(collection: Collection) -> None:
    with (
        site_lock(collection, "example.org"),
        site_lock(collection, "example.org:8080"),
        schedule_lock(collection, "example.org"),
    ):
        names = sorted(path.name for path in collection.run.iterdir())

    assert names == [
        "crawl-example.org%3A8080.lock",
        "crawl-example.org.lock",
        "schedule-example.org.lock",
    ]


@given(st.text(), st.text())
def test_different_sites_have_different_safe_names(first: str, second: str) -> None:
    assert (safe_name(first) == safe_name(second)) == (first == second)


@given(st.text())
def test_a_safe_name_stays_inside_its_folder_and_fits_a_file_system(site: str) -> None:
    name = f"crawl-{safe_name(site)}.lock"

    assert "/" not in name
    assert "\x00" not in name
    assert len(name.encode()) < 255


def test_a_lock_holds_on_a_full_disk_too(
    collection: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "pwrite", refuse)

    with (
        site_lock(collection, "example.org"),
        pytest.raises(LockedCollection),
        site_lock(collection, "example.org"),
    ):
        pass
