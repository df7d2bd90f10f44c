"""What the model takes out of what the rules keep."""

from __future__ import annotations

from articles.block_features import FEATURE_NAMES
from articles.block_veto import doubted_rows
from articles.document import parse_document
from articles.machine_data import read_machine_data
from articles.main_content import MainContent, choose_main_content
from articles.page import Page

TEXT = (
    "Dengue is carried by a mosquito that bites by day, breeds in clean still water and likes to"
    " live close to people, in flower pots, tyres and tanks.",
    "Most people get better within a week with rest and plenty to drink, while a few of them grow"
    " very ill just when the fever seems to be over.",
    "Bleeding gums, strong pain in the belly and constant vomiting are signs that should bring"
    " everyone to a hospital at once, by day or by night.",
)
SALE = "Order today, delivered tomorrow in town."
PAGE = (
    "<html lang=en><head><title>Dengue</title></head><body><main><h1>Dengue</h1>"
    + "".join(f"<p>{text}</p>" for text in TEXT)
    + f"<div class=card><div>Garden lamp in blue</div><div>{SALE}</div></div></main></body></html>"
)


def read(html: str, *, with_model: bool) -> MainContent:
    document = parse_document(Page(url="https://health.example/dengue", body=html.encode()))
    return choose_main_content(document, read_machine_data(document), with_model=with_model)


def a_row(size: float) -> tuple[float, ...]:
    return tuple(size if name == "size" else 0.0 for name in FEATURE_NAMES)


def test_the_model_drops_a_card_that_the_rules_keep_and_no_paragraph() -> None:
    by_rules = read(PAGE, with_model=False)
    with_model = read(PAGE, with_model=True)

    assert SALE in [block.text for block in by_rules.choice.kept]
    assert tuple(block.text for block in with_model.choice.kept) == TEXT
    [sale] = [block.index for block in with_model.tree.blocks if block.text == SALE]
    assert with_model.choice.dropped[sale] == "model"


def test_what_the_rules_keep_has_its_probability_on_the_choice() -> None:
    choice = read(PAGE, with_model=True).choice

    assert all(choice.probabilities[block.index] > 0.5 for block in choice.kept)
    assert min(choice.probabilities.values()) < 0.05


def test_without_the_model_there_are_no_probabilities() -> None:
    assert read(PAGE, with_model=False).choice.probabilities == {}


def test_a_block_that_the_model_hardly_believes_is_dropped() -> None:
    rows = [a_row(400), a_row(30), a_row(500)]

    assert doubted_rows(rows, [0.9, 0.01, 0.06], least=0.05) == [1]


def test_nothing_is_dropped_where_the_model_doubts_much_of_the_text() -> None:
    rows = [a_row(400), a_row(300), a_row(300)]

    assert doubted_rows(rows, [0.9, 0.01, 0.01], least=0.05) == []


def test_a_page_without_kept_blocks_is_left_alone() -> None:
    assert doubted_rows([], []) == []
