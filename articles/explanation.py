"""What became of each block of a page, and why: kept, dropped inside the content, or outside of it.

`explain` is the door. It decides nothing: it tells what `main_content` and the later readers
decided, in words for the one who writes a site file, who looks at it with `archiater sites check`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from operator import itemgetter
from typing import Literal

from articles.author_notes import author_notes
from articles.block_features import FEATURE_NAMES, PageBlocks
from articles.block_model import block_model
from articles.block_scoring import BlockFeatures, features_of, plain_value
from articles.block_veto import LEAST_PROBABILITY
from articles.blocks import HEADINGS, Block, BlockTree, Node
from articles.boilerplate import boilerplate_kind
from articles.fingerprint import block_key
from articles.main_content import MainContent
from articles.markup_hints import DROPPED, HINT_WORDS
from articles.page_reading import PageReading
from articles.record import Evidence
from articles.selecting import select
from articles.stable_names import stable_classes, stable_id
from articles.word_count import count_words

Verdict = Literal["kept", "dropped", "outside"]

MOST_LINES = 64
"""Lines of evidence that are looked for in each block."""
LONGEST_LINE = 600
"""Characters of a block in which the raw text of evidence is looked for."""
MOST_DOUBTS = 3
"""Numbers that are named of what weighed against a block."""


@dataclass(frozen=True, kw_only=True)
class Doubt:
    """One number that weighed with the model against a block."""

    feature: str
    """Of `block_features.FEATURE_NAMES`."""
    value: float
    weight: float
    """What it added to the model's sum, below zero."""


@dataclass(frozen=True, kw_only=True)
class ExplainedBlock:
    """One run of text on the page, and what became of it."""

    text: str
    tag: str
    path: str
    """Where it stands: its element and the nearest around it that have a lasting name, as CSS; no
    selector, since others may stand in the same place."""
    verdict: Verdict
    reason: str
    """A plain word or two: `text`, `newsletter`, `outside`."""
    rule: str
    """By which rule, or where the page says so; empty where the reason tells it all."""
    fields: tuple[str, ...]
    """Fields of the record that it went to, other than the text; `contributors.author`."""
    score: float
    """How much like running text it reads: about its size, below zero for furniture."""
    probability: float | None
    """How likely the model takes it for the author's; None where the model was not asked."""
    doubts: tuple[Doubt, ...]
    """Of a block that the model dropped what weighed most against it, worst first."""
    stands_in: int | None
    """In how many different texts of the site; None where that is not known, which it is neither
    of headings nor of what stands in few."""


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """How one page was read."""

    title: str | None
    route: str
    confidence: float
    content: str
    """Path of the element chosen as the main content; empty where the page has none."""
    words_kept: int
    words_on_page: int
    refusal: str | None
    """Why the page holds no article; None where it holds one."""
    site_texts: int | None
    """Different texts of the site that `stands_in` is out of; None where nothing is known of it."""
    is_model_asked: bool
    """It is not where the site file names the content."""
    blocks: tuple[ExplainedBlock, ...]
    """All that hold text, in the order of the page."""


def explain(reading: PageReading) -> Explanation:
    """What became of each block of the page."""
    main = reading.main
    blocks = tuple(_Explainer(reading).blocks())
    root = _root_of(reading)
    return Explanation(
        title=reading.title,
        route=main.route,
        confidence=main.confidence,
        content=_paths(main.tree)[root.index] if root else "",
        words_kept=sum(count_words(block.text) for block in blocks if block.verdict == "kept"),
        words_on_page=sum(count_words(block.text) for block in blocks),
        refusal=reading.refusal,
        site_texts=reading.knowledge.texts if reading.knowledge else None,
        is_model_asked=main.route != "profile",
        blocks=blocks,
    )


def block_scores(features: Iterable[BlockFeatures | None]) -> list[float]:
    """For each block of the page how much it reads like running text; the one place that asks."""
    return [plain_value(found) if found else 0.0 for found in features]


def _doubts(
    main: MainContent, features: list[BlockFeatures | None], scores: list[float]
) -> dict[int, tuple[Doubt, ...]]:
    """By index of the blocks that the model dropped what weighed most against each."""
    dropped = [
        block for block in main.tree.blocks if main.choice.dropped.get(block.index) == "model"
    ]
    if not dropped:
        return {}
    rows = PageBlocks(main.tree, features, scores, main.headline).rows(dropped)
    return {
        block.index: tuple(_worst(row)[:MOST_DOUBTS])
        for block, row in zip(dropped, rows, strict=True)
    }


def _worst(row: tuple[float, ...]) -> list[Doubt]:
    numbers = dict(zip(FEATURE_NAMES, row, strict=True))
    weights = block_model().contributions(row)
    return [
        Doubt(feature=name, value=round(float(numbers[name]), 4), weight=weight)
        for name, weight in sorted(weights.items(), key=itemgetter(1))
        if weight < 0
    ]


def _root_of(reading: PageReading) -> Node | None:
    main = reading.main
    return next((node for node in main.tree.nodes if node.element is main.root), None)


class _Explainer:
    """The verdicts of one page, put into words."""

    def __init__(self, reading: PageReading) -> None:
        self.main = reading.main
        self.tree = reading.main.tree
        self.root = _root_of(reading)
        self.chosen = {block.index for block in self.main.choice.kept}
        without_bylines = self.main.without(reading.review.byline_texts).choice.kept
        self.notes = author_notes(without_bylines, reading.review.contributors)
        self.kept = {block.index for block in without_bylines} - self.notes
        features = [features_of(block) if block.text else None for block in self.tree.blocks]
        self.scores = block_scores(features)
        self.doubts = _doubts(self.main, features, self.scores)
        self.knowledge = reading.knowledge
        self.paths = _paths(self.tree)
        self.deciding = _deciding_nodes(self.tree, self.main.excluded)
        self.droppers = _selectors_around(reading, reading.profile.drop)
        self.bylines = _selectors_around(reading, reading.profile.byline)
        self.fields = _Fields(reading)

    def blocks(self) -> Iterator[ExplainedBlock]:
        for block in self.tree.blocks:
            if not block.text:
                continue
            stands_in = self._stands_in(block)
            verdict, reason, rule = self._judged(block)
            if reason == "site template" and stands_in and self.knowledge:
                rule = f"stands in {stands_in} of {self.knowledge.texts} texts of the site"
            probability = self.main.choice.probabilities.get(block.index)
            yield ExplainedBlock(
                text=block.text,
                tag=block.tag,
                path=self.paths[block.node],
                verdict=verdict,
                reason=reason,
                rule=rule,
                fields=self.fields.of(block),
                score=round(self.scores[block.index], 1),
                probability=None if probability is None else round(probability, 6),
                doubts=self.doubts.get(block.index, ()),
                stands_in=stands_in,
            )

    def _stands_in(self, block: Block) -> int | None:
        # Headings are not counted; what is held under their text is of a line that is none.
        if self.knowledge is None or block.tag in HEADINGS:
            return None
        return self.knowledge.counts.get(block_key(block.text))

    def _judged(self, block: Block) -> tuple[Verdict, str, str]:
        index = block.index
        is_inside = self.root is not None and (self.root.first_block <= index < self.root.end_block)
        if index in self.kept:
            return ("kept", *self._why_kept(block, is_inside=is_inside))
        verdict: Verdict = "dropped" if is_inside or self._was_chosen(index) else "outside"
        if index == self.main.headline:
            return (verdict, "headline", "")
        if index in self.notes:
            return (verdict, "bio", "reads as a note about the author")
        if index in self.chosen:
            return (verdict, "byline", "read as a byline")
        if self.main.excluded[index]:
            return (verdict, *self._why_excluded(block))
        reason = self.main.choice.dropped.get(index, "")
        if not is_inside and reason not in _OF_WHAT_WAS_KEPT:
            return (verdict, "outside", "not in the content")
        if reason == "byline" and block.node in self.bylines:
            return (verdict, reason, f"hints.byline {self.bylines[block.node]}")
        return (verdict, reason, _rule_of(reason, block.text))

    def _was_chosen(self, index: int) -> bool:
        """Whether the rules kept a block, be it a lead above the content or questions below it."""
        reason = self.main.choice.dropped.get(index)
        return index in self.chosen or reason in _OF_WHAT_WAS_KEPT

    def _why_kept(self, block: Block, *, is_inside: bool) -> tuple[str, str]:
        if not is_inside and self.root is not None and block.index >= self.root.end_block:
            return ("questions", "with answers right under the content")
        if not is_inside:
            return ("lead", "between headline and content")
        rule = "hints.content" if self.main.route == "profile" else ""
        if block.tag in HEADINGS:
            return ("heading", rule)
        return ("text" if self.scores[block.index] > 0 else "among the text", rule)

    def _why_excluded(self, block: Block) -> tuple[str, str]:
        hints = self.main.excluded[block.index]
        if hints & DROPPED:
            return ("dropped", f"hints.drop {self.droppers.get(block.node, '')}".rstrip())
        if block.index in self.main.sources.blocks:
            return ("references", "source list")
        words = ", ".join(word for flag, word in HINT_WORDS if hints & flag)
        node = self.deciding[block.node]
        return (words, f"markup of {self.paths[node]}" if node >= 0 else "markup")


_OF_WHAT_WAS_KEPT = frozenset(("model", "site template"))
"""Reasons for which a block leaves that the rules kept, wherever it stands."""

_RULES = {
    "above the headline": "",
    "bio": "under a heading about the author",
    "byline": "reads as a byline",
    "caption": "figcaption",
    "card": "box with a linked heading",
    "empty heading": "nothing stands under it",
    "headline": "",
    "link line": "mostly a link",
    "link list": "mostly links",
    "model": f"probability below {LEAST_PROBABILITY:g}",
    "repeated": "said above",
    "site template": "stands on other pages of the site",
    "tail": "after the last text",
}


def _rule_of(reason: str, text: str) -> str:
    if reason in _RULES:
        return _RULES[reason]
    if reason in ("disclaimer", "disclosure") or boilerplate_kind(text) == reason:
        return "wording"
    return {"related": "under a heading of other articles", "control": "legend"}.get(reason, "")


def _selectors_around(reading: PageReading, selectors: tuple[str, ...]) -> dict[int, str]:
    """For each node in what one of the selectors matches, the selector."""
    nodes = reading.main.tree.nodes
    by_element = {
        element: selector
        for selector in reversed(selectors)
        for element in select(reading.document.tree, (selector,))
    }
    found: dict[int, str] = {}
    for node in nodes:
        selector = found.get(node.parent) or by_element.get(node.element)
        if selector:
            found[node.index] = selector
    return found


def _deciding_nodes(tree: BlockTree, excluded: list[int]) -> list[int]:
    """For each node the outermost one around it that is named after furniture and is all left out;
    -1 for none."""
    out = list(accumulate((1 if hints else 0 for hints in excluded), initial=0))
    deciding: list[int] = []
    for node in tree.nodes:
        around = deciding[node.parent] if node.parent >= 0 else -1
        first, end = node.first_block, node.end_block
        if around < 0 and first < end and out[end] - out[first] == end - first:
            around = node.index if node.hints & excluded[first] else -1
        deciding.append(around)
    return deciding


NAMES_IN_PATH = 3
"""Elements in the path of a block: its own, and the nearest around it that have a name."""


def _paths(tree: BlockTree) -> list[str]:
    """For each node a short path: `article.story > div.body > p`."""
    named: list[tuple[str, ...]] = []
    paths: list[str] = []
    for node in tree.nodes:
        around = named[node.parent] if node.parent >= 0 else ()
        step = _step(node)
        paths.append(" ".join((*around, step)))
        is_named = step != node.tag or node.tag in ("main", "article")
        named.append((*around, step)[-NAMES_IN_PATH + 1 :] if is_named else around)
    return paths


def _step(node: Node) -> str:
    if identity := stable_id(node.element):
        return f"{node.tag}#{identity}"
    names = stable_classes(node.element)
    return f"{node.tag}.{names[0]}" if names else node.tag


class _Fields:
    """Which fields of the record a block of the page went to."""

    def __init__(self, reading: PageReading) -> None:
        self.main = reading.main
        self.title = reading.title
        self.lines: dict[str, list[str]] = {}
        """Raw text of the evidence on the page, with the fields it speaks for."""
        review = reading.review
        for person in review.contributors:
            self._add(f"contributors.{person.role}", person.evidence)
        for stated in review.dates:
            self._add(f"dates.{stated.kind}", stated.evidence)
        for name, statement in (
            ("sponsored", review.sponsored),
            ("ai_disclosure", review.ai_disclosure),
        ):
            if statement is not None:
                self._add(name, statement.evidence)
        article = reading.article
        self.statements = {
            **dict.fromkeys(article.disclaimers if article else (), "disclaimers"),
            **dict.fromkeys(article.disclosures if article else (), "disclosures"),
        }
        links = {"toc": article.toc, "related": article.related} if article else {}
        self.links = {name: frozenset(link.text for link in found) for name, found in links.items()}

    def _add(self, field: str, evidence: tuple[Evidence, ...]) -> None:
        for piece in evidence[: MOST_LINES - len(self.lines)]:
            if piece.source not in _UNSEEN and piece.confidence > 0 and piece.raw:
                self.lines.setdefault(piece.raw, []).append(field)

    def of(self, block: Block) -> tuple[str, ...]:
        text = " ".join(block.text.split())
        return tuple(dict.fromkeys(self._named(block, text)))

    def _named(self, block: Block, text: str) -> Iterator[str]:
        if text == self.title and self.main.headline in (None, block.index):
            yield "title"
        if block.index in self.main.sources.blocks:
            yield "references"
        if text in self.statements:
            yield self.statements[text]
        if len(text) <= LONGEST_LINE:
            for raw, fields in self.lines.items():
                if raw in text:
                    yield from fields
        if block.links and any(self.links.values()):
            names = {" ".join(link.text_content().split()) for link in block.links}
            yield from (field for field, known in self.links.items() if names & known)


_UNSEEN = frozenset(("jsonld", "microdata", "rdfa", "meta", "state"))
