"""The training of the block model, on rows and pages made up for it."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from articles.block_features import FEATURE_NAMES
from articles.block_model import BlockModel, read_model, write_model
from articles.page import Page
from scripts.training.boosting import bounds_of, fitted
from scripts.training.cross_validation import fold_of
from scripts.training.figures import area_under_curve, log_loss
from scripts.training.gold_labels import labels_of
from scripts.training.labelled_pages import NoTrainingPages, labelled_blocks, read_pages

ROOT = Path(__file__).resolve().parents[3]
TEXT = (
    "Dengue is carried by a mosquito that bites by day and breeds in clean water near the house.",
    "Most people get better within a week with rest and plenty of water, some grow very ill.",
    "Strong pain in the belly and bleeding gums should bring everyone to a hospital at once.",
)
MENU = "".join(f'<li><a href="/{n}">Topic number {n}</a></li>' for n in range(12))


def a_row(**numbers: float) -> tuple[float, ...]:
    return tuple(numbers.get(name, 0.0) for name in FEATURE_NAMES)


def a_tiny_set() -> tuple[list[tuple[float, ...]], list[bool], list[float]]:
    """Long blocks are the author's, but not in comments; what is after them tells nothing."""
    rows, kept = [], []
    for number in range(4000):
        size, is_comment = float(number % 200), number % 4 == 0
        rows.append(a_row(size=size, in_comments=is_comment, after=float(number // 200 % 5)))
        kept.append(size > 100 and not is_comment)
    return rows, kept, [1.0] * len(rows)


def weights_of(model: BlockModel, feature: str) -> tuple[float, ...]:
    return next(steps.weights for steps in model.steps if steps.feature == feature)


def test_the_training_learns_what_the_blocks_show() -> None:
    model = fitted(*a_tiny_set())

    short, long, comment = model.probabilities(
        [a_row(size=30), a_row(size=170), a_row(size=170, in_comments=True)]
    )
    assert short < 0.2
    assert long > 0.8
    assert comment < 0.3


def test_a_number_that_tells_nothing_stays_out_of_the_table() -> None:
    model = fitted(*a_tiny_set())

    assert {steps.feature for steps in model.steps} == {"size", "in_comments"}


def test_like_neighbours_are_one_step() -> None:
    model = fitted(*a_tiny_set())

    assert all(one != other for one, other in pairwise(weights_of(model, "size")))
    assert len(weights_of(model, "in_comments")) == 2


def test_the_same_blocks_give_the_same_table() -> None:
    assert write_model(fitted(*a_tiny_set())) == write_model(fitted(*a_tiny_set()))


def test_the_fitted_model_is_the_one_that_its_table_reads_back_to() -> None:
    model = fitted(*a_tiny_set())

    assert read_model(write_model(model)) == model


def test_a_few_blocks_say_less_than_many() -> None:
    rows, kept, weights = a_tiny_set()
    rare = [*rows, a_row(size=150, in_footer=True)]

    model = fitted(rare, [*kept, False], [*weights, 1.0])

    assert abs(weights_of(model, "in_footer")[1]) < 0.3 * abs(weights_of(model, "in_comments")[1])


def test_bins_hold_about_as_many_blocks() -> None:
    bounds = bounds_of([float(number) ** 2 for number in range(1600)])

    assert len(bounds) == 15
    assert bounds[7] == 800.0**2


def test_a_kept_and_a_dropped_block_are_labelled_by_the_gold_text() -> None:
    labels = labels_of([TEXT[0], "Read our newsletter every week", TEXT[1]], "\n".join(TEXT[:2]))

    assert [label.is_kept for label in labels] == [True, False, True]


def test_a_block_weighs_by_its_part_of_the_gold_text() -> None:
    short, long = labels_of(["Rest.", TEXT[0]], "Rest. " + TEXT[0])

    assert 0 < short.weight < long.weight <= 1.01


def test_a_teaser_that_repeats_a_paragraph_is_kept_once() -> None:
    blocks = [TEXT[1], "More about health", TEXT[0], TEXT[1], TEXT[2]]

    labels = labels_of(blocks, "\n".join(TEXT))

    assert [label.is_kept for label in labels] == [False, False, True, True, True]


def test_a_page_without_words_of_the_gold_text_keeps_nothing() -> None:
    assert not any(label.is_kept for label in labels_of([TEXT[0], ""], "Something else altogether"))


def test_folds_never_split_a_site(tmp_path: Path) -> None:
    rows = [
        ("one", "https://www.health-pages.org/a"),
        ("two", "https://blog.health-pages.org/b?page=2"),
        ("three", "http://other-pages.org/"),
    ]
    pages = read_pages(a_folder(tmp_path, rows), processes=1)

    one, three, two = pages
    assert [page.id for page in pages] == ["one", "three", "two"]
    assert one.site == two.site != three.site
    assert len({fold_of(f"site{number}.example") for number in range(50)}) == 5


def test_a_page_is_read_by_the_rules_alone() -> None:
    blocks = labelled_blocks(Page(url="https://health.example/", body=a_page()), "\n".join(TEXT))

    menu = [block for block in blocks if "Topic" in block.text]
    text = [block for block in blocks if block.text in TEXT]
    assert len(menu) == 12
    assert not any(block.is_kept or block.label.is_kept for block in menu)
    assert all(block.is_kept and block.is_judged and block.label.is_kept for block in text)
    assert all(len(block.numbers) == len(FEATURE_NAMES) for block in blocks)


def test_a_folder_without_gold_text_is_refused_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(NoTrainingPages, match=r"gold\.jsonl: No such file"):
        read_pages(tmp_path)


def test_a_broken_line_is_refused_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "gold.jsonl").write_text('{"id": "one"}\n', encoding="utf-8")

    with pytest.raises(NoTrainingPages, match="expected objects with id, url, slice and text"):
        read_pages(tmp_path)


def test_one_command_writes_the_table_and_prints_the_figures(tmp_path: Path) -> None:
    rows = [(f"page{n}", f"https://site{n}.example/") for n in range(10)]
    folder = a_folder(tmp_path, rows)
    into = tmp_path / "table.py"

    done = subprocess.run(
        [sys.executable, "-m", "scripts.training", folder, "--into", into],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip

    table = into.read_text(encoding="utf-8")
    assert table.startswith('"""The table of the block model')
    read_model(table.split('"""\\\n')[1].removesuffix('"""\n'))
    assert "10 pages of 10 sites" in done.stdout
    assert "rules alone" in done.stdout
    assert "only the model is cross-validated" in done.stdout


def test_the_area_under_the_curve_is_the_share_of_pairs_in_order() -> None:
    assert area_under_curve([(0.9, True, 1.0), (0.1, False, 1.0)]) == 1.0
    assert area_under_curve([(0.5, True, 1.0), (0.5, False, 1.0)]) == 0.5
    assert area_under_curve([(0.2, True, 1.0), (0.1, False, 3.0), (0.3, False, 1.0)]) == 0.75


def test_the_log_loss_of_a_coin_is_the_logarithm_of_two() -> None:
    assert round(log_loss([(0.5, True, 2.0), (0.5, False, 1.0)]), 4) == 0.6931


def a_page() -> bytes:
    paragraphs = "".join(f"<p>{text}</p>" for text in TEXT)
    return (
        f"<html lang=en><title>Dengue</title><body><ul>{MENU}</ul>"
        f"<div><h1>Dengue</h1>{paragraphs}</div></body></html>"
    ).encode()


def a_folder(folder: Path, pages: list[tuple[str, str]]) -> Path:
    """A folder for training: pages of the ids and URLs, all with the same text."""
    (folder / "pages").mkdir()
    with (folder / "gold.jsonl").open("w", encoding="utf-8") as lines:
        for name, url in pages:
            row = {"id": name, "url": url, "slice": "article", "text": "\n".join(TEXT)}
            lines.write(json.dumps(row) + "\n")
            (folder / "pages" / f"{name}.html.gz").write_bytes(gzip.compress(a_page()))
    return folder
