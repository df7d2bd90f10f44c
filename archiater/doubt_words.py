"""What weighed with the block model against a block, in words for the one who reads `sites check`.

The model knows its numbers by the names of `articles.block_features`; each has its words here.
"""

from __future__ import annotations

from math import inf

from articles.explanation import Doubt


def doubt_words(doubt: Doubt) -> str:
    """One number with what it took off the model's sum: `96% links nearby -1.4`."""
    limit, up_to, above = _WORDS.get(doubt.feature, (-inf, "", doubt.feature))
    words = up_to if doubt.value <= limit else above
    return f"{words.format(doubt.value)} {doubt.weight:.1f}"


_WORDS = {
    "size": (-inf, "", "size {:.0f}"),
    "link_share": (-inf, "", "{:.0%} of it links"),
    "is_sentence": (0.5, "no sentence", "a sentence"),
    "kind": (0.5, "bare text", "its element"),
    "before": (-99.0, "nothing before it", "score {:.0f} before it"),
    "after": (-99.0, "nothing after it", "score {:.0f} after it"),
    "links_nearby": (-inf, "", "{:.0%} links nearby"),
    "text_after": (-inf, "", "{:.0%} of the text after it"),
    "from_headline": (-1.0, "above the headline", "{:.0f} blocks below the headline"),
    "under_heading": (-1.0, "no heading over it", "{:.0f} of text since the heading"),
    "page_text": (-inf, "", "page with {:.0f} of text"),
    "in_hinted_element": (0.5, "element not named as furniture", "named as furniture"),
    "in_hinted_box": (0.5, "box not named as furniture", "box named as furniture"),
    "box_blocks": (-inf, "", "box of {:.0f} blocks"),
    "in_comments": (0.5, "not in comments", "in comments"),
    "in_accordion": (0.5, "not in an accordion", "in an accordion"),
    "in_footer": (0.5, "not in a footer", "in a footer"),
}
"""By number up to where the first words hold, and the others above; sizes are in letters."""
