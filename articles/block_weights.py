"""The weights of a page's blocks, the subtrees left out, and the element that weighs most.

One `BlockWeights` is one reading of the markup's hints: believed as far as the text under them
allows, or some of them ignored. It says which element holds the article and lets `block_choice`
decide what of it stays; `main_content` compares readings.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate, pairwise

from lxml.html import HtmlElement

from articles.block_choice import Choice, PageFacts, choose_blocks
from articles.block_features import PageBlocks
from articles.block_scoring import features_of, plain_value
from articles.blocks import HEADINGS, BlockTree, Node
from articles.confidence import expected_f1
from articles.markup_hints import (
    ACCORDION,
    AD,
    ASIDE,
    BODY,
    BOILERPLATE,
    CALLOUT,
    COMMENTS,
    DROPPED,
    FEEDBACK,
    FOOTER,
    HIDDEN,
    POPUP,
    REFERENCES,
    RELATED,
    SHARE,
    TAKEAWAYS,
    TOC,
)
from articles.references import read_references
from articles.title import StatedTitles, find_headline
from articles.urls import registered_domain

MIN_TEXT = 140
"""Reading size below which another reading of the markup's hints is tried."""
NAMED_BODY = 0.65
"""Of a container's weight; an element inside that is named as the body and holds so much is it."""
NAMED_PART = 0.05
"""Of a container's weight; what a second body must hold to be a part of a split one."""
LONGEST_LABEL = 250.0
"""Running text in an element that by its name holds links and labels alone."""
LEAST_ARTICLE = 400.0
"""Weight of an element that may be an article of its own on an endless page."""
FAIR_SHARE = 0.35
"""Of the page's running text; a choice that holds less calls for a second look at the hints."""


# Pieces of a text; what holds a whole one is around them, however many links stand between.
_PIECES = HEADINGS | {"p", "li", "dt", "dd", "blockquote", "pre", "figcaption", "tr", "summary"}

# A source list is known by its items (`references`), not by the name of its container.
_BELIEVED = (BOILERPLATE | ASIDE | HIDDEN) & ~REFERENCES


class BlockWeights:
    """Weights of all blocks and sums over subtrees, with the subtrees left out."""

    def __init__(
        self,
        tree: BlockTree,
        titles: StatedTitles,
        base_url: str,
        dropped: frozenset[HtmlElement],
        anchored: frozenset[int],
        *,
        ignored: int,
        named: int | None = None,
        with_model: bool = True,
    ) -> None:
        self.tree = tree
        self.titles = titles
        self._ignored = ignored
        self._named = named
        self._anchored = anchored
        self._features = [features_of(block) if block.text else None for block in tree.blocks]
        plain = [plain_value(found) if found else 0.0 for found in self._features]
        self._good = list(accumulate((max(value, 0.0) for value in plain), initial=0.0))
        self.headline = self._headline()
        """Index of the block with the visible headline; None where there is none."""
        self.facts = PageFacts(
            headlines=titles.known(), headline=self.headline, domain=registered_domain(base_url)
        )
        self._start = self.headline or 0
        self._numbers = (
            PageBlocks(tree, self._features, plain, self.headline) if with_model else None
        )
        self.total_good = self._total_good()
        self.excluded = self._exclusions(dropped)
        """For each block: the hints for which it is left out; 0 where it may stay."""
        self.sources = read_references(tree, self.excluded, base_url)
        for index in self.sources.blocks:
            self.excluded[index] |= REFERENCES
        self.values = [
            -0.05 * abs(value)
            if out
            else (value * 0.25 if index < self._start and value > 0 else value)
            for index, (value, out) in enumerate(zip(plain, self.excluded, strict=True))
        ]
        self._sums = list(accumulate(self.values, initial=0.0))

    def choose(self, root: int) -> Choice:
        return choose_blocks(self.tree, root, self.excluded, self.values, self.facts, self._numbers)

    def confidence(self, choice: Choice) -> float:
        """How far a choice is to be trusted, from 0 to 1; without the model the share of the page's
        running text that it holds."""
        if self._numbers is None:
            return min(1.0, choice.size / self.total_good)
        kept = {block.index for block in choice.kept}
        running = [
            block
            for block, (before, after) in zip(self.tree.blocks, pairwise(self._good), strict=True)
            if after > before and block.index not in kept
        ]
        return expected_f1(choice, running, self._numbers)

    def doubted_hints(self, size: float) -> Iterator[int]:
        """Hints to leave unbelieved, one set after another, where a choice of `size` is poor."""
        if size >= MIN_TEXT and size > FAIR_SHARE * self.total_good:
            return
        hidden: dict[int, float] = {}
        for index, hints in enumerate(self.excluded):
            good = self._good[index + 1] - self._good[index]
            if hints and good:
                doubted = hints & ~(COMMENTS | POPUP | REFERENCES | DROPPED)
                hidden[doubted] = hidden.get(doubted, 0.0) + good
        wrong = 0
        for hints, good in hidden.items():
            if good > 0.25 * self.total_good:
                wrong |= hints
        if wrong:
            yield wrong
        if size < MIN_TEXT:
            yield ~(COMMENTS | POPUP)
            yield ~0

    def _headline(self) -> int | None:
        found = find_headline(self.titles, self.tree)
        if found is None:
            return None
        before, whole = self._good[found], self._good[-1]
        # A lower heading in the midst of the text repeats the title there; it does not open it.
        most = 0.25 if self.tree.blocks[found].tag in ("h2", "h3") else 0.7
        return found if before <= most * whole else None

    def _total_good(self) -> float:
        """The running text from the headline on, comment threads aside: they may be longer."""
        total = self._good[-1] - self._good[self._start]
        end = 0
        for node in self.tree.nodes:
            if node.hints & COMMENTS and node.first_block >= end and self._is_thread(node):
                total -= self.good(node.index)
                end = node.end_block
        return max(total, 1.0)

    def good(self, node: int) -> float:
        """How much running text stands under a node, whatever its markup says."""
        found = self.tree.nodes[node]
        first = max(found.first_block, self._start)
        return max(0.0, self._good[max(first, found.end_block)] - self._good[first])

    def sum(self, node: int) -> float:
        found = self.tree.nodes[node]
        return self._sums[found.end_block] - self._sums[found.first_block]

    def best_root(self) -> int:
        """The node whose blocks sum highest; of equals the innermost."""
        best, best_score = 0, 0.0
        for node in self.tree.nodes:
            if node.tag in _PIECES:
                continue
            score = self.sum(node.index)
            if node.hints & BODY:
                score *= 1.05
            if score > 0 and score >= best_score:
                best, best_score = node.index, score
        return self._named_body_of(self._first_article_of(best))

    def _named_body_of(self, root: int) -> int:
        """The element inside that is named as the body, where it holds most of the text.

        A body that goes on in a second element of the same name is split, and stays joined.
        """
        found = self.tree.nodes[root]
        whole = self.sum(root)
        named = [
            node
            for node in self.tree.nodes[root + 1 : found.end_node]
            if (node.hints & BODY or node.tag == "article")
            and self.sum(node.index) > NAMED_PART * whole
        ]
        best = found
        for node in named:
            if node.index >= best.end_node or self.sum(node.index) < NAMED_BODY * whole:
                continue
            beside = sum(
                self.sum(other.index)
                for other in named
                if other.index >= node.end_node and other.tag == node.tag
            )
            if beside < NAMED_PART * whole:
                best = node
        return best.index

    def _first_article_of(self, root: int) -> int:
        """Of an endless page only the article asked for: the one with the page's headline."""
        tree = self.tree
        found = tree.nodes[root]
        tops = [
            block
            for block in tree.blocks[found.first_block : found.end_block]
            if block.tag == "h1" and not self.excluded[block.index]
        ]
        first = next((top for top in tops if top.index == self.headline), tops[0] if tops else None)
        if first is None:
            return root
        others = [top.index for top in tops if top.text != first.text]
        others += [
            node.first_block
            for node in tree.nodes[root + 1 : found.end_node]
            if node.tag == "article" and self.sum(node.index) > LEAST_ARTICLE
        ]
        # The widest element around the headline that holds no other one.
        alone = first.node
        for node in tree.ancestors(first.node):
            if any(
                node.first_block <= other < node.end_block
                for other in others
                if other > first.index
            ):
                break
            alone = node.index
        is_whole = self.sum(alone) > max(LEAST_ARTICLE, 0.15 * self.sum(root))
        return alone if alone > root and is_whole else root

    def _exclusions(self, dropped: frozenset[HtmlElement]) -> list[int]:
        nodes = self.tree.nodes
        named = -1 if self._named is None else self._named
        around: list[int] = []
        for node in nodes:
            inherited = around[node.parent] if node.parent >= 0 else 0
            if dropped and node.element in dropped:
                inherited |= DROPPED
            # The site's own selector names the content, whatever it and its place are called.
            holds_named = node.index <= named < node.end_node
            if node.hints and not inherited & ~DROPPED and not holds_named:
                inherited |= self._believed(node)
            around.append(inherited)
        # What the page's own articleBody holds is main content, whatever its container is called.
        return [
            around[block.node] & DROPPED if block.index in self._anchored else around[block.node]
            for block in self.tree.blocks
        ]

    def _believed(self, node: Node) -> int:
        """The hints of a node for which it is left out, as far as the text under it allows."""
        hints = node.hints & _BELIEVED & ~self._ignored
        if node.tag == "footer" and self.tree.nodes[node.parent].tag in ("body", "html"):
            hints |= FOOTER & ~self._ignored
        if not hints or node.tag in ("html", "body", "main"):
            return 0
        if node.hints & (CALLOUT | TAKEAWAYS) and not hints & ~ASIDE:
            return 0
        if node.tag in HEADINGS:
            # A heading is named after what it leads to: `id="toc-symptoms"`.
            return hints & (POPUP | RELATED | COMMENTS | AD)
        if hints & COMMENTS:
            if self._is_thread(node):
                return hints
            hints &= ~COMMENTS
        good = self.good(node.index)
        share = good / self.total_good
        # These hold links and labels; what holds running text is only named after them.
        if good > LONGEST_LABEL:
            hints &= ~(TOC | SHARE | FEEDBACK)
        if hints == HIDDEN and good > 60 and self._is_panel(node):
            # Closed panels of an accordion, tabs: written by the author, opened by a click.
            return 0
        if (node.hints & BODY and share > 0.2) or (share > 0.1 and self._holds_headline(node)):
            return 0
        return hints if share < 0.4 else 0

    def _is_thread(self, node: Node) -> bool:
        """Whether an element that is named after comments holds comments and not the article."""
        return node.tag not in ("html", "body", "main") and not self._holds_headline(node)

    def _holds_headline(self, node: Node) -> bool:
        return self.headline is not None and (node.first_block <= self.headline < node.end_block)

    def _is_panel(self, node: Node) -> bool:
        if node.element.get("aria-labelledby") or node.element.get("role") in (
            "tabpanel",
            "region",
        ):
            return True
        around = (
            found for _, found in zip(range(4), self.tree.ancestors(node.index), strict=False)
        )
        return any(found.hints & ACCORDION for found in around)
