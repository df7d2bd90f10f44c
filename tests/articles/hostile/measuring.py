"""What one hostile page costs: `python -m tests.articles.hostile.measuring [NAME ...]`.

Prints a table, of all pages where none is named. With `--serve` it reads names from standard input
and answers each with one line of JSON: so the tests ask, with the extractor loaded once. A page has
a process of its own, forked from the one that has loaded the extractor: a crash, a runaway and
the peak of memory are that page's alone.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from dataclasses import asdict, dataclass

import lxml.html

from articles.extract import extract
from articles.page import NotAnArticle, Page
from articles.record_json import record_to_json
from tests.articles.hostile.markup import SENTENCE
from tests.articles.hostile.pages import PAGES

SECONDS_TO_LIVE = 60
MOST_MEMORY = 1024 * 1024 * 1024
"""Address space of the process, its imports included; past it Python raises MemoryError."""
QUIET_YARDSTICK_S = 0.0095
"""CPU seconds of `yardstick` on the machine where the limits were set, nothing else running."""


@dataclass(frozen=True, kw_only=True)
class Cost:
    outcome: str
    """`record`, `NotAnArticle: ...`, or what went wrong."""
    cpu_s: float
    """As the quiet machine would take: CPU seconds over how much slower this one is just now."""
    added_mib: float
    """Peak of memory over that of the process with the page's bytes in it."""
    page_mib: float


def measure(name: str) -> Cost:
    """Make the record of one page, and its JSON, in a process of its own."""
    reading_end, writing_end = os.pipe()
    process = os.fork()
    if process == 0:
        os.close(reading_end)
        with os.fdopen(writing_end, "w") as answer:
            json.dump(asdict(_measured(name)), answer)
        os._exit(0)
    os.close(writing_end)
    with os.fdopen(reading_end) as answer:
        said = answer.read()
    _, status = os.waitpid(process, 0)
    if not said:
        return Cost(outcome=f"ended with status {status}", cpu_s=0, added_mib=0, page_mib=0)
    return Cost(**json.loads(said))


def _measured(name: str) -> Cost:
    body = PAGES[name]()
    before = yardstick()
    held_mib = _peak_mib()
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS_TO_LIVE, SECONDS_TO_LIVE))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    started = time.process_time()
    try:
        article = extract(Page(url="https://clinic.example/fever", body=body))
        json.dumps(record_to_json(article))
        outcome = "record"
    except NotAnArticle as refusal:
        outcome = f"NotAnArticle: {refusal.reason}"
    # Whatever it is, the one who asked must hear of it.
    except BaseException as crash:
        outcome = f"{type(crash).__name__}: {crash}"[:500]
    spent = time.process_time() - started
    slower = max(1.0, min(before, yardstick()) / QUIET_YARDSTICK_S)
    return Cost(
        outcome=outcome,
        cpu_s=spent / slower,
        added_mib=_peak_mib() - held_mib,
        page_mib=len(body) / 1024 / 1024,
    )


def yardstick() -> float:
    """CPU seconds of a fixed piece of work of the extractor's kind, the least of three."""
    body = f"<p class=a>{SENTENCE} <b>{SENTENCE}</b>" * 4_000
    best = float("inf")
    for _ in range(3):
        started = time.process_time()
        tree = lxml.html.document_fromstring(body)
        for element in tree.iter():
            " ".join((element.text or "").split()).lower()
        best = min(best, time.process_time() - started)
    return best


def _peak_mib() -> float:
    # Bytes on macOS, KiB elsewhere.
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def main() -> None:
    names = sys.argv[1:]
    if names == ["--serve"]:
        for line in sys.stdin:
            _say(json.dumps(asdict(measure(line.strip()))))
        return
    for name in names or sorted(PAGES):
        cost = measure(name)
        spent = f"{cost.cpu_s:6.2f} s {cost.added_mib:6.0f} MiB for {cost.page_mib:5.2f} MiB"
        _say(f"{spent}  {name:42} {cost.outcome[:90]}")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
