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
from functools import cached_property, partial
from itertools import accumulate

from lxml.html import HtmlElement

from articles.anchors import find_anchors
from articles.block_choice import Choice
from articles.block_scoring import reading_size
from articles.block_weights import FAIR_SHARE, BlockWeights
from articles.blocks import HEADINGS, Block, BlockTree, Node, read_blocks
from articles.document import Document
from articles.fingerprint import fingerprint_of
from articles.machine_data import MachineData
from articles.profile import SiteProfile
from articles.references import SourceList
from articles.selecting import select
from articles.site_knowledge import Fingerprint, SiteKnowledge
from articles.site_template import without_template
from articles.title import StatedTitles, read_stated_titles

LEAST_NAMED = 90.0
"""Reading size of what a selector of the site must hold to be believed; less is a shell that a
script would fill."""
MOST_NAMED = 20
"""Elements; of more than these, the inline ones are no parts of a split body."""
MOST_BYLINES = 20
"""Elements; a selector that matches more of a page speaks of something else than bylines."""
NAMED_CONFIDENCE = 0.95
"""Of what the site's own selector names."""
LARGEST_BYLINE = 600
"""Characters in an element with a byline; a larger one holds the text as well."""
SHORTEST_SENTENCE = 80
"""Characters of a sentence beside a byline that is text and not a part of it."""


@dataclass(frozen=True, kw_only=True)
class MainContent:
    """The chosen container and what of it is kept."""

    root: HtmlElement | None
    route: str
    """`profile`: the site's selector; `blocks`: general rules; `lenient`: hints unbelieved."""
    tree: BlockTree
    choice: Choice
    excluded: list[int]
    """For each block of the tree the hints for which it is left out; 0 where it may stay."""
    titles: StatedTitles
    headline: int | None
    """Index of the block that shows the headline."""
    sources: SourceList
    weights: BlockWeights
    """The reading of the page that the choice was made by."""
    first_choice: Choice
    """What was chosen before anything the site's profile or its other pages tell was left out."""
    own_choice: Choice
    """The same without the bylines that the profile names: all that this page alone tells."""

    # The two are counted when they are asked for: who wants the text alone needs neither.
    @cached_property
    def confidence(self) -> float:
        """How far the first choice is to be trusted, from 0 to 1."""
        if self.route == "profile":
            return NAMED_CONFIDENCE
        return round(self.weights.confidence(self.first_choice), 2)

    @cached_property
    def fingerprint(self) -> Fingerprint:
        """What of the page is counted for its site; the same whatever is known of that."""
        return fingerprint_of(self.own_choice.kept, _furniture(self.tree, self.own_choice))

    def without(self, texts: frozenset[str]) -> MainContent:
        """The same with the kept blocks of these texts (white space folded) left out."""
        return self.without_blocks(
            frozenset(
                block.index
                for block in self.choice.kept
                # Blocks are folded but for the line breaks in them.
                if (" ".join(block.text.split()) if "\n" in block.text else block.text) in texts
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
    *,
    with_model: bool = True,
) -> MainContent:
    """The main content of a page, with its source list found and left out.

    The container is chosen without `knowledge`. Without the model only the rules are asked: the
    training needs what they say.
    """
    profile = profile or SiteProfile(site="")
    named = [frozenset(select(document.tree, (selector,))) for selector in profile.content]
    dropped = frozenset(select(document.tree, profile.drop))
    # Not from <body>: broken nesting leaves parts of real pages behind its end.
    tree = read_blocks(
        document.tree,
        block_level=(e for found in named if len(found) <= MOST_NAMED for e in found),
        left_out=dropped,
    )
    titles = read_stated_titles(
        document.stated,
        headline=machine.headline,
        site_name=machine.site_name,
        url=document.url,
    )
    bylines = _byline_blocks(document.tree, tree, profile)
    anchored = find_anchors(tree, machine.article_body)
    weigh = partial(BlockWeights, tree, titles, document.base_url, dropped, anchored)
    for root in _named_roots(tree, named):
        # What the operator names is believed: the model is not asked.
        weights = weigh(ignored=0, named=root, with_model=False)
        choice = weights.choose(root)
        own = _without(choice, bylines, inside=tree.nodes[root])
        if own.size >= LEAST_NAMED:
            return _main_content(weights, root, choice, own, "profile", knowledge)
    weigh = partial(weigh, with_model=with_model)
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
    return _main_content(weights, root, choice, _without(choice, bylines), route, knowledge)


def _main_content(
    weights: BlockWeights,
    root: int,
    first_choice: Choice,
    own_choice: Choice,
    route: str,
    knowledge: SiteKnowledge | None,
) -> MainContent:
    tree = weights.tree
    choice = own_choice
    if knowledge is not None:
        choice = without_template(choice, tree, tree.nodes[root], knowledge)
    return MainContent(
        root=tree.nodes[root].element if tree.nodes else None,
        route=route,
        tree=tree,
        choice=choice,
        excluded=weights.excluded,
        titles=weights.titles,
        headline=weights.headline,
        sources=weights.sources,
        weights=weights,
        first_choice=first_choice,
        own_choice=own_choice,
    )


# Known by its markup or wording on every page; the site's other pages tell nothing more.
_KNOWN_FURNITURE = frozenset(("markup", "caption", "control", "headline", "empty heading"))


def _furniture(tree: BlockTree, choice: Choice) -> Iterator[Block]:
    """What one page alone shows to be furniture, and another page perhaps does not."""
    for index, reason in choice.dropped.items():
        if reason not in _KNOWN_FURNITURE:
            yield tree.blocks[index]


def _named_roots(tree: BlockTree, named: list[frozenset[HtmlElement]]) -> Iterator[int]:
    """The node each selector of the site names; the one with most text where it matches several."""
    before = list(accumulate((block.characters for block in tree.blocks), initial=0))

    def characters(node: Node) -> int:
        return before[node.end_block] - before[node.first_block]

    for elements in named:
        matches = [node for node in tree.nodes if node.element in elements] if elements else []
        if matches:
            yield max(matches, key=characters).index


def _byline_blocks(page: HtmlElement, tree: BlockTree, profile: SiteProfile) -> frozenset[int]:
    """Blocks of the elements that the site names as bylines, but for headings and sentences."""
    elements = frozenset(select(page, profile.byline))
    if not 0 < len(elements) <= MOST_BYLINES:
        return frozenset()
    found: set[int] = set()
    for node in tree.nodes:
        if node.element not in elements:
            continue
        blocks = tree.blocks[node.first_block : node.end_block]
        if sum(block.characters for block in blocks) <= LARGEST_BYLINE:
            found.update(
                block.index
                for block in blocks
                if block.tag not in HEADINGS
                and (
                    block.characters < SHORTEST_SENTENCE or not block.text.endswith(_SENTENCE_ENDS)
                )
            )
    return frozenset(found)


_SENTENCE_ENDS = (".", "!", "?", "…", "。", "！", "？", "।", "။", "។", "؟", "۔")


def _without(choice: Choice, bylines: frozenset[int], *, inside: Node | None = None) -> Choice:
    """The choice without the blocks of bylines, and without those that are not `inside`."""
    if not bylines and inside is None:
        return choice
    kept = tuple(
        block
        for block in choice.kept
        if block.index not in bylines
        and (inside is None or inside.first_block <= block.index < inside.end_block)
    )
    dropped = {block.index: "byline" for block in choice.kept if block.index in bylines}
    return replace(
        choice,
        kept=kept,
        dropped=choice.dropped | dropped,
        size=sum(reading_size(block.text) for block in kept),
    )
