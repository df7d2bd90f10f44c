from __future__ import annotations

import articles.extract
from articles.page import Page
from benchmarks.extraction_stages import STAGES, measure_stages, stages_timed

BODY = b"<h1>Fever</h1>" + b"".join(
    b"<p>Paragraph %d says in many words what a fever is and when to see a doctor.</p>" % number
    for number in range(6)
)


def extract(body: bytes) -> object:
    return articles.extract.extract(Page(url="", body=body))


def test_every_stage_of_an_extraction_is_timed_where_it_is_called() -> None:
    stages = measure_stages(extract, [BODY], rounds=1)

    assert {"parsing", "the walk", "choice of blocks", "judgement", "rights"} <= stages.keys()
    assert all(seconds >= 0 for stage, seconds in stages.items() if stage != "the rest")


def test_functions_are_put_back_when_the_measuring_ends() -> None:
    before = dict(vars(articles.extract))
    with stages_timed():
        assert vars(articles.extract) != before

    assert vars(articles.extract) == before
    assert len(set(STAGES)) == len(STAGES)
