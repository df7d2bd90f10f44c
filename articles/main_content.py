"""Which part of a page its author wrote: the container that holds it and the blocks that stay.

Every block has a weight (`block_scoring`): above zero where it reads like running text, below where
it is furniture. The main content is the element whose blocks sum highest, so a body that is split
over sibling containers is joined under what is around them, while menus and teaser columns weigh a
container down. Subtrees whose markup says comments, related cards, ads and the like weigh nothing
and are left out, unless most of the page's text stands in them. What is kept inside the container
is decided in `block_choice`, and by what is known of the site's other pages in `site_template`. A
site's profile beats all of this where its selectors match.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

from lxml.html import HtmlElement

from articles.anchors import find_anchors
from articles.block_choice import Choice
from articles.block_weights import FAIR_SHARE, MIN_TEXT, BlockWeights
from articles.blocks import Block, BlockTree, read_blocks
from articles.document import Document
from articles.fingerprint import fingerprint_of
from articles.machine_data import MachineData
from articles.profile import SiteProfile
from articles.references import SourceList
from articles.selecting import select
from articles.site_knowledge import Fingerprint, SiteKnowledge
from articles.site_template import without_template
from articles.title import StatedTitles, read_stated_titles


@dataclass(frozen=True, kw_only=True)
class MainContent:
    """The chosen container and what of it is kept."""

    root: HtmlElement | None
    route: str
    """`profile`: the site's selector; `blocks`: general rules; `lenient`: hints unbelieved."""
    confidence: float
    tree: BlockTree
    choice: Choice
    excluded: list[int]
    """For each block of the tree the hints for which it is left out; 0 where it may stay."""
    titles: StatedTitles
    headline: int | None
    """Index of the block that shows the headline."""
    sources: SourceList
    fingerprint: Fingerprint
    """What of the page is counted for its site; the same whatever is known of that."""

    def without(self, texts: frozenset[str]) -> MainContent:
        """The same with the kept blocks of these texts (white space folded) left out."""
        return self.without_blocks(
            frozenset(
                block.index for block in self.choice.kept if " ".join(block.text.split()) in texts
            )
        )

    def without_blocks(self, indexes: frozenset[int]) -> MainContent:
        """The same with the kept blocks of these indexes left out."""
        if not indexes:
            return self
        kept = tuple(block for block in self.choice.kept if block.index not in indexes)
        return replace(self, choice=replace(self.choice, kept=kept))


def choose_main_content(
    document: Document,
    machine: MachineData,
    profile: SiteProfile | None = None,
    knowledge: SiteKnowledge | None = None,
) -> MainContent:
    """The main content of a page, with its source list found and left out.

    The container is chosen, and the page's fingerprint taken, without `knowledge`.
    """
    # Not from <body>: broken nesting leaves parts of real pages behind its end.
    tree = read_blocks(document.tree)
    titles = read_stated_titles(
        document.tree,
        headline=machine.headline,
        site_name=machine.site_name,
        url=document.url,
    )
    dropped = frozenset(select(document.tree, profile.drop)) if profile else frozenset()
    anchored = find_anchors(tree, machine.article_body)
    weigh = partial(BlockWeights, tree, titles, document.base_url, dropped, anchored)
    if profile and (root := _profile_root(document.tree, tree, profile)) is not None:
        weights = weigh(ignored=0)
        choice = weights.choose(root)
        if choice.size >= MIN_TEXT:
            return _main_content(weights, root, choice, "profile", 0.95, knowledge)
    weights = weigh(ignored=0)
    root = weights.best_root()
    choice = weights.choose(root)
    route = "blocks"
    for ignored in weights.doubted_hints(choice.size):
        other = weigh(ignored=ignored)
        other_root = other.best_root()
        other_choice = other.choose(other_root)
        if other_choice.size > 2 * choice.size:
            weights, root, choice, route = other, other_root, other_choice, "lenient"
            if choice.size > FAIR_SHARE * weights.total_good:
                break
    return _main_content(weights, root, choice, route, _confidence(weights, choice), knowledge)


def _main_content(
    weights: BlockWeights,
    root: int,
    choice: Choice,
    route: str,
    confidence: float,
    knowledge: SiteKnowledge | None,
) -> MainContent:
    tree = weights.tree
    fingerprint = fingerprint_of(choice.kept, _furniture(tree, choice))
    if knowledge is not None:
        choice = without_template(choice, tree, tree.nodes[root], knowledge)
    return MainContent(
        root=tree.nodes[root].element if tree.nodes else None,
        route=route,
        confidence=round(confidence, 2),
        tree=tree,
        choice=choice,
        excluded=weights.excluded,
        titles=weights.titles,
        headline=weights.headline,
        sources=weights.sources,
        fingerprint=fingerprint,
    )


# Known by its markup or wording on every page; the site's other pages tell nothing more.
_KNOWN_FURNITURE = frozenset(("markup", "caption", "control", "headline", "empty heading"))


def _furniture(tree: BlockTree, choice: Choice) -> Iterator[Block]:
    """What one page alone shows to be furniture, and another page perhaps does not."""
    for index, reason in choice.dropped.items():
        if reason not in _KNOWN_FURNITURE:
            yield tree.blocks[index]


def _confidence(weights: BlockWeights, choice: Choice) -> float:
    """The share of the page's running text that the choice holds, less for very short texts."""
    total = max(weights.total_good, 1.0)
    share = min(1.0, choice.size / total)
    return share * min(1.0, choice.size / 800)


def _profile_root(page: HtmlElement, tree: BlockTree, profile: SiteProfile) -> int | None:
    """The node of the first selector that matches; the largest where it matches several."""
    for selector in profile.content:
        elements = frozenset(select(page, (selector,)))
        matches = [node for node in tree.nodes if node.element in elements]
        if matches:
            return max(matches, key=lambda node: node.end_block - node.first_block).index
    return None
