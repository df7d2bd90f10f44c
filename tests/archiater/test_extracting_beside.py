from __future__ import annotations

import os
import select
import subprocess
import sys
from pathlib import Path

CRAWL = """
import multiprocessing, sys
from pathlib import Path
from archiater.extracting_beside import ExtractingBeside
from archive.collection import Collection

with Collection.create(Path(sys.argv[1])) as collection, ExtractingBeside(collection, jobs=1):
    print(multiprocessing.active_children()[0].pid, flush=True)
    sys.stdin.read()
"""


def test_extraction_ends_with_a_crawl_that_is_killed(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", CRAWL, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as crawl:
        assert crawl.stdout is not None
        extraction = os.pidfd_open(int(crawl.stdout.readline()))
        crawl.kill()
    try:
        ended, _, _ = select.select([extraction], [], [], 30)
    finally:
        os.close(extraction)

    assert ended
