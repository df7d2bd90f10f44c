"""Where the time of one extraction goes: `python -m benchmarks.extraction FOLDER --stages`.

Each stage is a function of the core, timed without the stages it calls. The clock itself takes time
with every call, so stages of many small calls look up to a quarter longer than they are; the sum
beside the plain figure of the whole record tells by how much.
"""

from __future__ import annotations

import functools
import importlib
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from types import GeneratorType
from typing import Any

STAGES: tuple[tuple[str, str], ...] = (
    ("refusing by the bytes", "articles.document:_refuse_what_is_no_html"),
    ("refusing by the bytes", "articles.document:_refuse_crowded_elements"),
    ("decoding", "articles.document:decode"),
    ("parsing", "articles.document:_parse"),
    ("language", "articles.document:read_language"),
    ("JSON-LD", "articles.machine_data:read_linked_data"),
    ("microdata", "articles.machine_data:read_properties"),
    ("dates of the machine data", "articles.machine_data:read_machine_dates"),
    ("machine data", "articles.extract:read_machine_data"),
    ("the walk", "articles.main_content:read_blocks"),
    ("stated titles", "articles.main_content:read_stated_titles"),
    ("source list", "articles.block_weights:read_references"),
    ("headline", "articles.block_weights:find_headline"),
    ("headline", "articles.extract:choose_title"),
    ("features of blocks", "articles.block_weights:features_of"),
    ("weights and container", "articles.main_content:BlockWeights.__init__"),
    ("weights and container", "articles.main_content:BlockWeights.best_root"),
    ("statements by wording", "articles.block_wording:statement_kind"),
    ("boilerplate by wording", "articles.block_wording:boilerplate_kind"),
    ("choice of blocks", "articles.block_weights:choose_blocks"),
    ("refusing by the text", "articles.extract:refuse_what_is_no_article"),
    ("bylines: headline", "articles.review_record:find_heading"),
    ("bylines: cheap test", "articles.bylines.reader:Lines.candidates"),
    ("bylines: lines", "articles.bylines.reader:Lines.line"),
    ("bylines: region gate", "articles.bylines.regions:RegionGate.region"),
    ("bylines: grammar", "articles.bylines.byline_page:read_line"),
    ("bylines: unlabelled", "articles.bylines.reader:read_unlabelled"),
    ("judgement", "articles.review_record:judge"),
    ("bylines: the rest", "articles.extract:read_review_record"),
    ("fragment: markup", "articles.fragment:write_fragment"),
    ("fragment: Beautiful Soup", "articles.fragment:BeautifulSoup"),
    ("fragment: sections", "articles.extract:read_sections"),
    ("plain text", "articles.extract:plain_text"),
    ("statements", "articles.extract:read_statements"),
    ("links, pictures, boxes", "articles.extract:read_toc"),
    ("links, pictures, boxes", "articles.extract:read_related"),
    ("links, pictures, boxes", "articles.extract:read_faq"),
    ("links, pictures, boxes", "articles.extract:read_images"),
    ("links, pictures, boxes", "articles.extract:read_takeaways"),
    ("rights", "articles.extract:read_rights"),
    ("digest and words", "articles.extract:text_digest"),
    ("digest and words", "articles.extract:count_words"),
)
"""Stage, and `module:name` where the caller of its function finds it."""


class StageClock:
    """CPU time by stage, of all calls since the last `take`."""

    def __init__(self) -> None:
        self._spent: defaultdict[str, float] = defaultdict(float)
        self._inner: list[float] = []
        """For each stage that is running, the time its inner stages took."""

    def take(self) -> dict[str, float]:
        spent = dict(self._spent)
        self._spent.clear()
        return spent

    def timed(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function, updated=())
        def timing(*args: Any, **kwargs: Any) -> Any:
            started = time.thread_time()
            self._inner.append(0.0)
            try:
                answer = function(*args, **kwargs)
                # What a generator does is done here, not where its values are read.
                return iter(list(answer)) if isinstance(answer, GeneratorType) else answer
            finally:
                took = time.thread_time() - started
                self._spent[stage] += took - self._inner.pop()
                if self._inner:
                    self._inner[-1] += took

        return timing


@contextmanager
def stages_timed() -> Iterator[StageClock]:
    """Every stage's function replaced by a timed one, until the end of the block."""
    clock = StageClock()
    replaced: list[tuple[object, str, object]] = []
    try:
        for stage, place in STAGES:
            holder, name = _holder(place)
            function = getattr(holder, name)
            replaced.append((holder, name, function))
            setattr(holder, name, clock.timed(stage, function))
        yield clock
    finally:
        for holder, name, function in reversed(replaced):
            setattr(holder, name, function)


def _holder(place: str) -> tuple[object, str]:
    module, _, path = place.partition(":")
    *classes, name = path.split(".")
    return functools.reduce(getattr, classes, importlib.import_module(module)), name


def measure_stages(
    extract: Callable[[bytes], object], bodies: Iterable[bytes], *, rounds: int
) -> dict[str, float]:
    """CPU seconds by stage over all pages, of each page the best of the rounds."""
    total: defaultdict[str, float] = defaultdict(float)
    with stages_timed() as clock:
        for body in bodies:
            taken = []
            for _ in range(rounds):
                started = time.thread_time()
                extract(body)
                whole = time.thread_time() - started
                spent = clock.take()
                taken.append({**spent, "the rest": whole - sum(spent.values())})
            for stage in {stage for spent in taken for stage in spent}:
                total[stage] += min(spent.get(stage, 0.0) for spent in taken)
    return dict(total)
