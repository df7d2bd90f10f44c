"""Changes of an article as lines for people: the entries of `history`, the paragraphs of `diff`.

The text of pages is cleaned here of what would steer a terminal, since colour is put around it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import click

from archiater.showing import clean
from archive.history import ArticleDiff, HistoryEntry
from articles.comparing import Change, RecordChange
from articles.words import Span

# Of a long run of words that stayed, so much is shown at each side of a change.
_CONTEXT = 60


def history_rows(entries: Iterable[HistoryEntry]) -> Iterator[tuple[str, str, str, str]]:
    """(moment, what, version, what changed) of each entry."""
    for entry in entries:
        counts = [f"{count} {kind}" for kind, count in entry.text_changes if kind != "numbers"]
        told = [*entry.notes]
        if counts:
            told.append(f"paragraphs: {', '.join(counts)}")
        told.extend(record_change_line(change) for change in entry.changes)
        yield (
            entry.at[:19].replace("T", " "),
            entry.kind.replace("_", " "),
            "" if entry.version is None else str(entry.version),
            "; ".join(told),
        )


def diff_lines(diff: ArticleDiff) -> Iterator[str]:
    """What changed between two versions, changed paragraphs only."""
    yield clean(diff.url)
    for mark, side in (("---", diff.old), ("+++", diff.new)):
        yield clean(
            f"{mark} version {side.number}, seen {side.first_seen_at[:10]} to "
            f"{side.last_seen_at[:10]}, {side.word_count} words"
        )
    if not diff.is_comparable:
        yield (
            "These two were read by different extractors, so that not every difference is the "
            "page's; `archiater reextract` mends that."
        )
    for change in diff.text_changes:
        yield ""
        yield from _paragraph_lines(change)
    if diff.record_changes:
        yield from ("", "Beside the text:")
        yield from (f"  {clean(record_change_line(change))}" for change in diff.record_changes)
    if not diff.text_changes and not diff.record_changes:
        yield "Nothing differs."


def record_change_line(change: RecordChange) -> str:
    """`dates.reviewed: 2024-06-09 → 2026-01-02`."""
    if change.old is None:
        return f"{change.field}: + {change.new}"
    if change.new is None:
        return f"{change.field}: - {change.old}"
    return f"{change.field}: {change.old} → {change.new}"


def _paragraph_lines(change: Change) -> Iterator[str]:
    match change.kind:
        case "added":
            yield click.style(_marked("+", change.new), fg="green")
        case "removed":
            yield click.style(_marked("-", change.old), fg="red")
        case "moved":
            old, new = _place(change.old_index), _place(change.new_index)
            yield f"> moved from paragraph {old} to {new}"
            yield _marked(" ", change.new)
        case "edited":
            last = len(change.spans) - 1
            yield "~ " + "".join(
                _span(span, is_first=number == 0, is_last=number == last)
                for number, span in enumerate(change.spans)
            )
            for number in change.number_changes:
                told = clean(f"{number.old or 'none'} → {number.new or 'none'}")
                yield "  " + click.style(f"number: {told}", fg="yellow", bold=True)


def _marked(mark: str, paragraph: str | None) -> str:
    lines = clean(paragraph or "").split("\n")
    return "\n".join(f"{mark} {line}" for line in lines)


def _place(index: int | None) -> int:
    return 0 if index is None else index + 1


def _span(span: Span, *, is_first: bool, is_last: bool) -> str:
    text = clean(span.text).replace("\n", "\n  ")
    # The space after the last word stands outside of the marks.
    words = text.rstrip()
    space = text[len(words) :]
    if span.kind == "removed":
        return click.style(f"[-{words}-]", fg="red") + space
    if span.kind == "added":
        return click.style(f"{{+{words}+}}", fg="green") + space
    if len(text) <= 2 * _CONTEXT:
        return text
    head = "" if is_first else text[:_CONTEXT]
    tail = "" if is_last else text[-_CONTEXT:]
    return f"{head} … {tail}"
