"""Lines that stand over a part of the text as its title without being set as a heading.

Many pages set their headings as paragraphs in bold, or as the buttons of parts that can be folded.
Called by `fragment_markup`.
"""

from __future__ import annotations

from articles.blocks import HEADINGS, Block

LONGEST_TITLE = 100
"""Characters; a longer line in bold is a sentence."""
MOST_WORDS = 14
MIN_UNDER = 40
"""Characters of the text under a title; two short lines are a label and its value."""
_SENTENCE_ENDS = ".,;:!…。，；：！、।"
_QUOTATION_MARKS = "\"'“”„«»‘’「『"


def is_title(block: Block, following: Block | None, *, is_trigger: bool) -> bool:
    """Whether a plain block is the title of what follows it; a trigger unfolds its part."""
    if following is None or following.tag in HEADINGS:
        return False
    if not is_title_line(block, is_trigger=is_trigger):
        return False
    if following.characters < MIN_UNDER and following.tag != "li":
        return False
    # Where all is in bold nothing stands out, and a label over a label is none of a part.
    return following.bold_characters < 0.5 * following.characters


def is_title_line(block: Block, *, is_trigger: bool = False) -> bool:
    """Whether a block is set and worded as a title: short, bold or a button, and no sentence."""
    text = block.text
    if not is_trigger and block.bold_characters < 0.9 * block.characters:
        return False
    if block.characters > LONGEST_TITLE or block.link_characters or "\n" in text:
        return False
    label, colon, value = text.partition(": ")
    if colon and len(label.split()) < 4 and len(value.split()) < 3:
        return False  # "Prep time: 15 minutes"
    return (
        text[-1] not in _SENTENCE_ENDS
        and text[0] not in _QUOTATION_MARKS
        and not text[0].islower()
        and text.count(" ") < MOST_WORDS
        and any(map(str.isalpha, text))
    )
