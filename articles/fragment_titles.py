"""Lines that stand over a part of the text as its title without being set as a heading.

Many pages set their headings as paragraphs in bold, or as the buttons of parts that can be folded.
Called by `fragment_markup`.
"""

from __future__ import annotations

from articles.blocks import HEADINGS, Block
from articles.fragment_questions import Triggers

LONGEST_TITLE = 100
"""Characters; a longer line in bold is a sentence."""
MOST_WORDS = 14
MIN_UNDER = 40
"""Characters of the text under a title; two short lines are a label and its value."""
_SENTENCE_ENDS = ".,;:!…。，；：！、।"
_QUOTATION_MARKS = "\"'“”„«»‘’「『"


def is_title(block: Block, following: Block | None, triggers: Triggers) -> bool:
    """Whether a plain block, in bold or a trigger, is the title of what follows it."""
    if following is None or following.tag in HEADINGS or not _is_worded_as_title(block):
        return False
    if following.characters < MIN_UNDER and following.tag != "li":
        return False
    # Where all is in bold nothing stands out, and a label over a label is none of a part.
    if following.bold_characters >= 0.5 * following.characters:
        return False
    return _is_in_bold(block) or triggers.of(block) is not None


def is_title_line(block: Block) -> bool:
    """Whether a block is set and worded as a title: short, bold, and no sentence."""
    return _is_in_bold(block) and _is_worded_as_title(block)


def _is_in_bold(block: Block) -> bool:
    return block.bold_characters >= 0.9 * block.characters


def _is_worded_as_title(block: Block) -> bool:
    text = block.text
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
