"""A site check for people and for programs: what stands in the table, the blocks in colour, JSON.

Pure: a check in, rows and pieces of lines out, to be printed through `archiater.showing`, which
takes out what would steer a terminal.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import asdict
from itertools import groupby
from math import floor
from typing import Any

from archiater.doubt_words import doubt_words
from archiater.showing import StyledLine
from archiater.site_check import PageCheck, SiteCheck
from articles.explanation import ExplainedBlock, Explanation, Verdict
from articles.record_json import record_to_json
from articles.site_knowledge import SiteKnowledge

_LONGEST_TEXT = 90
"""Characters of a block that are shown; the beginning tells which it is."""
_LONGEST_REASON = 18
_LEAST_LOST = 80
"""Score of a block outside of the content that is a sentence or two, and perhaps the article's."""
_FEWEST = {"outside": 1, "dropped": 3}
"""Blocks in a row that are summed up; fewer have a line each."""
_STYLES = {"kept": "green", "dropped": "red", "outside": "dim"}
_MARKS = {"kept": "+", "dropped": "-", "outside": "·"}


def summary_line(check: PageCheck) -> StyledLine:
    """Title, how the content was chosen, how much of the page it is, who and when."""
    explained = check.explanation
    if explained is None:
        return [(f"No article: {check.no_article}", "bold red")]
    told = [
        f"{_ROUTES.get(explained.route, explained.route)}, confidence {explained.confidence:.2f}",
        f"{explained.words_kept} of {explained.words_on_page} words kept",
    ]
    if check.no_article:
        told.insert(0, f"no article: {check.no_article}")
    if check.article is not None:
        told.extend(_review_words(check))
    return [(explained.title or "(no title)", "bold"), (f" · {' · '.join(told)}", "")]


_ROUTES = {
    "profile": "content by the site file",
    "blocks": "content by the general rules",
    "lenient": "content by the general rules, names of elements unbelieved",
}


def _review_words(check: PageCheck) -> Iterator[str]:
    article = check.article
    if article is None:
        return
    roles = [person.role.replace("_", " ") for person in article.contributors]
    for role in dict.fromkeys(roles):
        count = roles.count(role)
        yield role if count == 1 else f"{count} {role}s"
    yield from (f"{stated.kind.replace('_', ' ')} {stated.value}" for stated in article.dates)
    yield f"review: {article.review.status.replace('_', ' ')}"


def check_rows(
    check: PageCheck, site: SiteCheck, why_unknown: str = "nothing"
) -> Iterator[tuple[str, object]]:
    """What was found, a line each; what should be looked at comes last.

    `why_unknown` stands where nothing is known of the site's other pages.
    """
    yield "site", f"{site.site.name} ({site.site.origin})"
    yield "known of the site", _known(site.knowledge) or why_unknown
    yield "page", check.page.url
    yield "a crawl would fetch it", check.out_of_scope or "yes"
    yield "taken for", check.kind
    yield "links in scope", check.links_in_scope
    for hint in check.hints:
        times = {0: "no match", 1: "once"}.get(hint.matches, f"{hint.matches} times")
        if hint.key == "content" and hint.matches > 1:
            times += ", of which the one with the most text counts"
        yield f"hints.{hint.key}", f"{hint.selector}: {times}"
    article = check.article
    if article is not None:
        yield "title", article.title
        yield "language", article.language
        for person in article.contributors:
            credentials = f", {', '.join(person.credentials)}" if person.credentials else ""
            specialty = f" ({person.specialty})" if person.specialty else ""
            yield person.role, f"{person.name}{credentials}{specialty}"
        for stated in article.dates:
            yield stated.kind, f"{stated.value}  {stated.raw!r}"
        yield "review", article.review.status
        yield "sponsored", article.sponsored.raw if article.sponsored else "no"
        yield "words", article.word_count
        yield "references", len(article.references)
        yield (
            "may be used for",
            ", ".join(f"{category} {answer}" for category, answer in article.rights.resolved),
        )
    for finding in check.findings:
        yield "look at", finding


def _known(knowledge: SiteKnowledge | None) -> str:
    if knowledge is None:
        return ""
    return f"{len(knowledge.counts)} blocks that stand in several of its {knowledge.texts} texts"


def block_lines(explained: Explanation, shown: Collection[str]) -> Iterator[StyledLine]:
    """The blocks of a page under the paths of their places.

    `shown` are the verdicts to show; where it is empty all are, and summed up is what stands
    outside of the content and what left it in a row for one reason, unless it went to a field or
    reads like text that was lost.
    """
    yield [
        ("+ kept", _STYLES["kept"]),
        ("   - dropped inside the content", _STYLES["dropped"]),
        ("   · outside", _STYLES["outside"]),
    ]
    yield [(_MODEL_ASKED if explained.is_model_asked else _MODEL_UNASKED, "")]
    yield [("content: ", ""), (explained.content or "none", "bold")]
    place = None
    for why, group in groupby(explained.blocks, _why_of_no_note):
        blocks = list(group)
        if why is not None and not shown and len(blocks) >= _FEWEST[why[0]]:
            yield _summed_up(blocks)
            place = None
            continue
        for block in blocks:
            if shown and block.verdict not in shown:
                continue
            around = block.path.rpartition(" ")[0]
            if around != place:
                place = around
                if around:
                    yield [(f"  {around}", "dim")]
            yield _block_line(block, explained.site_texts)


_SCORE = "columns: score, above zero where it reads like running text"
_MODEL_ASKED = f"{_SCORE}; how likely the model takes it for the author's; element; why"
_MODEL_UNASKED = f"{_SCORE}; element; why (the model is not asked)"


def _why_of_no_note(block: ExplainedBlock) -> tuple[Verdict, str, str] | None:
    """By what a block is summed up with those beside it; None where it is worth a line."""
    is_of_use = any(field not in _COLUMNS for field in block.fields)
    may_be_lost = block.score >= _LEAST_LOST and "references" not in block.fields
    if block.verdict == "kept" or is_of_use or block.doubts or may_be_lost:
        return None
    if block.verdict == "outside":
        return (block.verdict, "", "")
    return (block.verdict, block.reason, block.rule)


_COLUMNS = frozenset(("references", "related", "toc"))
"""Fields that whole columns of a page may go to."""


def _block_line(block: ExplainedBlock, texts: int | None) -> StyledLine:
    style = _STYLES[block.verdict]
    reason = "" if block.verdict == "kept" and block.reason in _PLAIN else block.reason
    told = _told(block, texts)
    text = _shortened(block.text)
    # Rounded down: else what was dropped below 0.03 might be shown with 0.030.
    likely = "" if block.probability is None else f"{floor(block.probability * 1000) / 1000:.3f}"
    return [
        (f"{_MARKS[block.verdict]} {block.score:6.0f} {likely:5} {block.tag[:10]:10} ", style),
        *_reason_and_text(reason, text, told, "" if block.verdict == "kept" else "dim"),
    ]


def _reason_and_text(reason: str, text: str, told: str, style: str) -> StyledLine:
    return [
        (f"{_clipped(reason, _LONGEST_REASON):{_LONGEST_REASON}} ", "yellow"),
        (text, style),
        (f"  {told}" if told else "", "cyan"),
    ]


_PLAIN = frozenset(("text", "heading"))


def _summed_up(blocks: list[ExplainedBlock]) -> StyledLine:
    count = len(blocks)
    many = f"{count} blocks" if count > 1 else "1 block"
    text = _shortened(" / ".join(dict.fromkeys(block.text for block in blocks[:16])))
    first = blocks[0]
    if first.verdict == "dropped":
        fields = dict.fromkeys(field for block in blocks for field in block.fields)
        told = _joined(first.rule, fields)
        return [
            (f"{_MARKS[first.verdict]} {many:>12}{'':11} ", _STYLES[first.verdict]),
            *_reason_and_text(first.reason, text, told, "dim"),
        ]
    words = (word for block in blocks for word in block.reason.split(", ") if word != "outside")
    told = _clipped(", ".join(dict.fromkeys(words)), 60)
    return [(f"· {many} outside: {text}", "dim"), (f"  {told}" if told else "", "cyan")]


def _told(block: ExplainedBlock, texts: int | None) -> str:
    """Why, and which fields of the record it went to."""
    rule = block.rule
    if block.doubts:
        rule += f": {', '.join(map(doubt_words, block.doubts))}"
    if block.verdict == "kept" and block.stands_in:
        rule = " ".join((rule, f"in {block.stands_in} of {texts} texts of the site")).lstrip()
    return _joined(rule, block.fields)


def _joined(rule: str, fields: Iterable[str]) -> str:
    went = ", ".join(fields)
    return " ".join(part for part in (rule, went and f"→ {went}") if part)


def _shortened(text: str) -> str:
    return _clipped(" ".join(text[: 4 * _LONGEST_TEXT].split()), _LONGEST_TEXT)


def _clipped(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def proposal_lines(check: SiteCheck) -> Iterator[StyledLine]:
    """What may be put into the site file; nothing where nothing good was found."""
    if not check.lines:
        return
    pages = sum(1 for page in check.pages if page.article is not None)
    yield [("", "")]
    yield [("Proposed for [hints] of the site file; the records stay as they are:", "bold")]
    for line in check.lines:
        yield [(line, "green")]
    for proposal in check.proposals:
        yield [
            (f"# {proposal.selector}: {_counted(proposal.matches, proposal.pages, pages)}", "dim")
        ]
    if pages == 1:
        yield [
            ("# Seen on one page; give more pages of the site and see what holds on all.", "dim")
        ]


def _counted(matches: int, on_pages: int, pages: int) -> str:
    where = f"on {on_pages} of {pages} pages" if pages > 1 else "on the page"
    return f"{matches} {'elements' if matches > 1 else 'element'} {where}"


def check_json(check: SiteCheck) -> dict[str, Any]:
    """All of a check, with every block of every page."""
    return {
        "site": check.site.name,
        "site_file": check.site.origin,
        "site_knowledge": _knowledge_json(check.knowledge),
        "pages": list(map(_page_json, check.pages)),
        "proposals": [asdict(proposal) for proposal in check.proposals],
        "proposed_lines": list(check.lines),
    }


def _knowledge_json(knowledge: SiteKnowledge | None) -> dict[str, Any] | None:
    if knowledge is None:
        return None
    return {
        "digest": knowledge.digest(),
        "texts": knowledge.texts,
        "blocks": len(knowledge.counts),
    }


def _page_json(check: PageCheck) -> dict[str, Any]:
    return {
        "url": check.page.url,
        "in_scope": check.out_of_scope is None,
        "kind": check.kind,
        "links_in_scope": check.links_in_scope,
        "hints": [asdict(hint) for hint in check.hints],
        "findings": list(check.findings),
        "explanation": asdict(check.explanation) if check.explanation else None,
        "record": record_to_json(check.article) if check.article else None,
    }
