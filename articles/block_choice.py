"""Which blocks inside the chosen container are the author's: the second half of finding the text.

The rules run over the blocks in document order, one concern a function, each marking blocks as
dropped with the reason; what is left is the article. Called by `main_content` alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import accumulate, pairwise

from articles.block_features import PageBlocks
from articles.block_scoring import reading_size
from articles.block_veto import doubted_blocks
from articles.block_wording import read_wording
from articles.blocks import HEADINGS, Block, BlockTree, Node
from articles.boilerplate import is_bio_heading, is_related_heading, phrase_key
from articles.link_lines import (
    is_link_line,
    is_link_list,
    is_linked_heading,
    is_menu,
    leads_to_own_site,
)
from articles.markup_hints import CARD
from articles.statements import StatementKind
from articles.tables import is_layout_table

MIN_REPEATED = 60
"""Characters; shorter lines are rightly said twice in lists and tables."""
MAX_LEAD_BLOCKS = 40
MAX_LEAD = 1600
"""Characters; more text above the container is a part of something else."""
MIN_QUESTIONS = 2
"""With answers, under the container, for them to be a part of the article."""
MIN_LEAD = 60.0
"""Weight of a paragraph above the container that counts as the article's lead."""
MAX_BIO_BLOCKS = 4
"""Blocks under "About the author"; a longer run is a part of the text."""
MAX_TEASER = 420
"""Characters under the linked headline of another article."""
LONGEST_HEADLINE = 400
MIN_CELL = 12
"""Characters; "Yes", "No" and "Email" are values even where a table only places things."""
TEASER_SHARE = 0.35
REST = 0.3
"""Of the running text; a list of links that so much follows stands in the midst of it."""
MIN_ANNOUNCEMENT = 30

_QUESTION = ("?", "？", "؟")
_JSON_STARTS = frozenset(('{"', "[{"))


@dataclass(frozen=True, kw_only=True)
class Choice:
    """The kept blocks in document order, and why the others of the container are not among them."""

    kept: tuple[Block, ...]
    dropped: dict[int, str]
    """Reason by block index."""
    size: float
    """Reading size of the kept text."""
    statements: dict[int, StatementKind | None]
    """Which of the judged blocks are disclaimers or disclosures, by block index."""
    probabilities: dict[int, float] = field(default_factory=dict)
    """By index, of what the rules keep, how likely it is the author's; empty without the model."""


@dataclass(frozen=True, kw_only=True)
class PageFacts:
    """What is known of the page around its blocks."""

    headlines: tuple[str, ...] = ()
    """All spellings by which the headline is known."""
    headline: int | None = None
    """Index of the block that shows it."""
    domain: str = ""
    """The registered domain of the page; empty where it is not known."""


def choose_blocks(
    tree: BlockTree,
    root: int,
    excluded: list[int],
    values: list[float],
    page: PageFacts,
    numbers: PageBlocks | None = None,
) -> Choice:
    """The blocks under `root` that belong to the article; asks the model where it has numbers."""
    if not tree.nodes:
        return Choice(kept=(), dropped={}, size=0.0, statements={})
    chooser = _Chooser(tree, tree.nodes[root], excluded, values, page)
    chooser.drop_excluded()
    chooser.drop_headline_and_what_is_above()
    chooser.drop_repeated()
    chooser.drop_related()
    chooser.drop_by_wording()
    chooser.drop_link_lists()
    chooser.drop_bios()
    chooser.drop_teasers()
    chooser.drop_light_subtrees()
    probabilities = chooser.drop_doubted(numbers)
    chooser.drop_tail()
    chooser.drop_empty_headings()
    return chooser.choice(probabilities)


class _Chooser:
    def __init__(
        self,
        tree: BlockTree,
        root: Node,
        excluded: list[int],
        values: list[float],
        page: PageFacts,
    ) -> None:
        self.tree = tree
        self.root = root
        self.excluded = excluded
        self.values = values
        self.page = page
        self.headline = page.headline
        self.headlines = frozenset(phrase_key(headline) for headline in page.headlines) - {""}
        self.blocks = [
            *self._lead_above(root),
            *(block for block in tree.blocks[root.first_block : root.end_block] if block.text),
            *self._questions_below(root),
        ]
        self.dropped: dict[int, str] = {}
        self.statements: dict[int, StatementKind | None] = {}
        self.cells = self._cells()
        self._good_up_to: dict[int, float] = {}

    def _lead_above(self, root: Node) -> list[Block]:
        """Paragraphs between headline and container: on many sites the lead stands there."""
        if self.headline is None or self.headline >= root.first_block:
            return []
        end = min(root.first_block, self.headline + 1 + MAX_LEAD_BLOCKS)
        between = self.tree.blocks[self.headline + 1 : end]
        lead = [
            block
            for block in between
            if block.text
            and self.values[block.index] >= MIN_LEAD
            and not self.excluded[block.index]
        ]
        return lead if sum(block.characters for block in lead) <= MAX_LEAD else []

    def _questions_below(self, root: Node) -> list[Block]:
        """Questions with answers right under the container: on many sites a part of its own."""
        below = [
            block
            for block in self.tree.blocks[root.end_block : root.end_block + MAX_LEAD_BLOCKS]
            if block.text
        ]
        found: list[Block] = []
        questions = 0
        for block, following in pairwise([*below, None]):
            if block is None or self._leads_away(block):
                break
            is_question = block.text.endswith(_QUESTION) and block.tag != "p"
            is_answer = self.values[block.index] >= MIN_LEAD
            if is_question and following is not None and self.values[following.index] >= MIN_LEAD:
                questions += 1
            elif not (
                is_question or is_answer if questions else block.tag in HEADINGS and not found
            ):
                break
            found.append(block)
        return found if questions >= MIN_QUESTIONS else []

    def _leads_away(self, block: Block) -> bool:
        return bool(self.excluded[block.index]) or block.link_characters > 0.5 * block.characters

    def _cells(self) -> frozenset[int]:
        """Blocks of data tables, where "Yes", "Email" or "Make an appointment" is a value."""
        headings = [block.index for block in self.blocks if block.tag in HEADINGS]
        cells: set[int] = set()
        for node in self.tree.nodes[self.root.index : self.root.end_node]:
            if node.tag != "table" or node.first_block in cells:
                continue
            holds_heading = any(node.first_block <= at < node.end_block for at in headings)
            if not is_layout_table(self.tree, node, holds_heading=holds_heading):
                cells.update(range(node.first_block, node.end_block))
        return frozenset(cells)

    def choice(self, probabilities: dict[int, float]) -> Choice:
        kept = tuple(block for block in self.blocks if block.index not in self.dropped)
        return Choice(
            kept=kept,
            dropped=self.dropped,
            size=sum(reading_size(block.text) for block in kept),
            statements=self.statements,
            probabilities=probabilities,
        )

    def drop(self, block: Block, reason: str) -> None:
        self.dropped.setdefault(block.index, reason)

    def alive(self) -> list[Block]:
        return [block for block in self.blocks if block.index not in self.dropped]

    def drop_excluded(self) -> None:
        for block in self.blocks:
            if self.excluded[block.index]:
                self.drop(block, "markup")
            elif block.tag == "figcaption":
                self.drop(block, "caption")
            elif block.tag == "legend":
                self.drop(block, "control")
            elif block.text[:2] in _JSON_STARTS and block.text.count('":') * 60 > block.characters:
                self.drop(block, "script")

    def drop_headline_and_what_is_above(self) -> None:
        """The headline has its own field; above it stand breadcrumbs and labels."""
        alive = self.alive()
        at = next((n for n, block in enumerate(alive) if self._is_headline(block)), None)
        if at is not None:
            total = sum(max(self.values[block.index], 0.0) for block in alive)
            above = sum(max(self.values[block.index], 0.0) for block in alive[:at])
            if above < 0.25 * total:
                # A lower heading that repeats the title may stand in the midst of the text.
                is_top = alive[at].tag not in HEADINGS or alive[at].tag == "h1"
                for block in alive[: at + 1]:
                    if is_top or self.values[block.index] < MIN_LEAD:
                        self.drop(block, "above the headline")
        for block in alive[: max(12, len(alive) // 3)]:
            if block.index == self.headline or self._says_the_headline(block):
                self.drop(block, "headline")

    def _is_headline(self, block: Block) -> bool:
        if self.headline is not None:
            return block.index == self.headline
        return block.tag in ("h1", "h2", "div", "p") and self._says_the_headline(block)

    def _says_the_headline(self, block: Block) -> bool:
        return block.characters <= LONGEST_HEADLINE and phrase_key(block.text) in self.headlines

    def drop_repeated(self) -> None:
        """A paragraph said twice: carousels, mobile and desktop copies, a lead above its text."""
        seen: set[str] = set()
        for block in self.alive():
            if block.characters < MIN_REPEATED or block.index in self.cells:
                continue
            if block.text in seen:
                self.drop(block, "repeated")
            seen.add(block.text)

    def drop_by_wording(self) -> None:
        asked = [
            block
            for block in self.alive()
            if block.index not in self.cells
            and (block.characters >= MIN_CELL or block.tag not in ("td", "th"))
        ]
        wording = read_wording(self.tree, asked)
        self.statements = wording.statements
        self.dropped |= wording.kinds

    def drop_link_lists(self) -> None:
        """Lists and tables that are mostly links; single paragraphs that are one link."""
        for node in self.tree.nodes[self.root.index : self.root.end_node]:
            if node.tag in ("ul", "ol", "dl", "table"):
                self._drop_link_list(node)
        for block in self.alive():
            if is_link_line(self.tree, block):
                self.drop(block, "link line")

    def _drop_link_list(self, node: Node) -> None:
        blocks = [
            block
            for block in self.tree.blocks[node.first_block : node.end_block]
            if block.text and block.index not in self.dropped
        ]
        if not is_link_list(blocks) or self._is_announced(blocks[0]):
            return
        if is_menu(blocks) or self._good_after(blocks[-1]) < REST:
            for block in blocks:
                self.drop(block, "link list")

    def _good_after(self, last: Block) -> float:
        """The share of the container's running text that follows a block."""
        if not self._good_up_to:
            good = accumulate(max(self.values[block.index], 0.0) for block in self.blocks)
            indexes = (block.index for block in self.blocks)
            self._good_up_to = dict(zip(indexes, good, strict=True))
        total = max(self._good_up_to[self.blocks[-1].index], 1.0)
        return 1.0 - self._good_up_to[last.index] / total

    def _is_announced(self, first: Block) -> bool:
        """Whether the author leads over to a list: a paragraph before it that ends in a colon."""
        for block in reversed(self.tree.blocks[max(0, first.index - 3) : first.index]):
            if block.text:
                return (
                    block.index not in self.dropped
                    and block.characters >= MIN_ANNOUNCEMENT
                    and block.text.endswith((":", "：", "："))
                    and block.link_characters == 0
                )
        return False

    def drop_related(self) -> None:
        """A heading that opens other articles, with what stands under it."""
        alive = self.alive()
        number = 0
        while number < len(alive):
            block = alive[number]
            number += 1
            if block.tag not in HEADINGS and (block.characters >= 50 or block.index in self.cells):
                continue
            if not is_related_heading(block.text):
                continue
            self.drop(block, "related")
            if block.tag not in HEADINGS:
                continue
            under_teaser = False
            while number < len(alive):
                follower = alive[number]
                is_teaser = is_linked_heading(follower)
                if follower.tag in HEADINGS and follower.tag <= block.tag and not is_teaser:
                    break
                is_long = self.values[follower.index] > 120 and follower.link_characters == 0
                if is_long and (not under_teaser or follower.characters > MAX_TEASER):
                    break
                under_teaser = is_teaser or (under_teaser and not is_long)
                self.drop(follower, "related")
                number += 1

    def drop_bios(self) -> None:
        """Boxes about the author or reviewer: a heading that says so, and what stands under it."""
        alive = self.alive()
        for number, block in enumerate(alive):
            if number < len(alive) // 3 or block.index in self.cells:
                continue
            if not is_bio_heading(block.text):
                continue
            self.drop(block, "bio")
            for follower in alive[number + 1 : number + 1 + MAX_BIO_BLOCKS]:
                if follower.tag in HEADINGS and not is_bio_heading(follower.text):
                    break
                self.drop(follower, "bio")

    def drop_teasers(self) -> None:
        """Cards of other articles at the end: a linked headline and a short lead under it."""
        units: list[tuple[bool, list[Block]]] = []
        for block in self.alive():
            if block.tag in HEADINGS or not units:
                units.append((is_linked_heading(block), [block]))
            else:
                units[-1][1].append(block)
        kept = sum(block.characters for _, blocks in units for block in blocks)
        run: list[Block] = []
        count = before = started = 0
        for is_linked, blocks in [*units, (False, [])]:
            size = sum(block.characters for block in blocks)
            if (
                is_linked
                and size - blocks[0].characters <= MAX_TEASER
                and leads_to_own_site(blocks[0], self.page.domain)
            ):
                started = started if run else before
                run.extend(blocks)
                count += 1
            else:
                least, most = (2, 0.5) if not blocks else (3, TEASER_SHARE)
                share = sum(block.characters for block in run) / max(kept, 1)
                # A run that starts early, or is most of the page, is an article made of entries.
                if count >= least and share < most and started > 0.4 * kept:
                    for block in run:
                        self.drop(block, "card")
                run, count = [], 0
            before += size

    def drop_light_subtrees(self) -> None:
        """Cards and boxes inside the container that hold more furniture than text."""
        for node in self.tree.nodes[self.root.index + 1 : self.root.end_node]:
            if node.tag in ("p", "li", "tr", "td", "th", "h2", "h3", "h4", "blockquote"):
                continue
            if node.hints & CARD:
                blocks = self.tree.blocks[node.first_block : node.end_block]
                linked = sum(block.link_characters for block in blocks)
                characters = sum(block.characters for block in blocks)
                if characters and linked > 0.6 * characters:
                    for block in blocks:
                        self.drop(block, "card")

    def drop_doubted(self, page: PageBlocks | None) -> dict[int, float]:
        doubted, probabilities = doubted_blocks(self.alive(), page)
        self.dropped |= {block.index: "model" for block in doubted}
        return probabilities

    def drop_tail(self) -> None:
        """Short lines after the last running text: tags, dates, labels of the next box."""
        for block in reversed(self.alive()):
            if self.values[block.index] > 10 or block.tag in ("p", "li", "td", "th", "dd"):
                break
            self.drop(block, "tail")

    def drop_empty_headings(self) -> None:
        """Headings under which nothing is left."""
        pending: list[Block] = []
        for block in [*self.alive(), None]:
            if block is not None and block.tag in HEADINGS:
                # "Questions" in the size of the questions under it opens them all the same.
                is_question = block.text.endswith(_QUESTION)
                while pending and pending[-1].tag >= block.tag:
                    above = pending.pop()
                    if not is_question or above.tag > block.tag or above.text.endswith(_QUESTION):
                        self.drop(above, "empty heading")
                pending.append(block)
            elif block is not None:
                pending.clear()
        for block in pending:
            self.drop(block, "empty heading")
