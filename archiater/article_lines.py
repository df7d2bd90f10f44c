"""An article as lines for people: the readable page of `show`, and its evidence.

Pure: a record in the public JSON shape in, lines out. They hold text of archived pages and are to
be printed through `archiater.showing.show_lines`, which takes out what would steer a terminal.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from articles.findings import find_doubts

Record = Mapping[str, Any]


def article_lines(record: Record, *, latest_version: int, gone_at: str | None) -> Iterator[str]:
    """Title, byline, dates, review, text, references: what a reader of the page would see of it."""
    title = record["title"] or "(no title)"
    yield title
    yield "=" * min(len(title), 80)
    yield record["url"]
    yield _joined(record["site"], record["publisher"], record["language"], record["section"])
    yield ""
    for contributor in record["contributors"]:
        yield f"{_words(contributor['role'])}: {_person(contributor)}"
    for stated in record["dates"]:
        yield f"{_words(stated['kind'])}: {stated['value']}"
    yield f"Review: {_review(record['review'])}"
    for finding in find_doubts(record):
        yield f"Finding: {finding.message}"
    for key in ("sponsored", "ai_disclosure"):
        if record[key] is not None:
            yield f"{_words(key)}: {record[key]['raw']}"
    yield _version(record, latest_version)
    if gone_at is not None:
        yield f"The page is gone since {_day(gone_at)}."
    for section in record["sections"]:
        if section["heading"]:
            yield from ("", section["heading"], "-" * min(len(section["heading"]), 80))
        for block in section["blocks"]:
            yield from _block(block)
    yield from _part("References", _numbered(record["references"]))
    yield from _part("Disclaimers", record["disclaimers"])


def evidence_lines(record: Record) -> Iterator[str]:
    """Every value of the record with where it stood, by which rule it was read, and what lost."""
    for contributor in record["contributors"]:
        yield f"{_words(contributor['role'])}: {_person(contributor)}"
        yield from _evidence(contributor["evidence"])
    for stated in record["dates"]:
        yield f"{_words(stated['kind'])}: {stated['value']} ({stated['precision']})"
        yield from _evidence(stated["evidence"])
    review = record["review"]
    yield f"Review: {_review(review)}"
    yield from _evidence(review.get("evidence", ()))
    for finding in find_doubts(record):
        yield f"Finding: {finding.message}"
    for entry in review["history"]:
        yield f"History: {entry['value'] or 'no date'}"
        yield from _evidence(entry["evidence"])
    for key in ("sponsored", "ai_disclosure"):
        if record[key] is not None:
            yield f"{_words(key)}: {record[key]['raw']}"
            yield from _evidence(record[key]["evidence"])
    for conflict in review["conflicts"]:
        yield from _conflict(conflict)
    for signal in record["rights"]["signals"]:
        verdicts = ", ".join(f"{key} {verdict}" for key, verdict in signal["parsed"].items())
        agent = f" for {signal['agent']}" if signal["agent"] else ""
        yield f"Rights: {signal['mechanism']} in {signal['place']}{agent}: {verdicts or 'nothing'}"
        yield f"    “{signal['raw']}”"
    extractor = record["extractor"]
    yield (
        f"Main content: chosen by {extractor['route']}, confidence {extractor['confidence']:.2f}, "
        f"rules {extractor['version']}"
    )
    capture = record["capture"]
    if capture is not None:
        yield f"Capture: {capture['fetched_at']}, status {capture['status']}"
        yield f"    {capture['warc_file']} at {capture['offset']}, {capture['length']} bytes"
        yield f"    {capture['record_id']}, payload {capture['payload_digest']}"


def _conflict(conflict: Mapping[str, Any]) -> Iterator[str]:
    yield f"Conflict: {conflict['field']}, rule: {conflict['rule']}"
    for candidate in conflict["candidates"]:
        verdict = "chosen" if candidate["value"] == conflict["chosen"] else "lost"
        yield f"  {verdict}: {candidate['value']}"
        yield from _evidence([candidate["evidence"]])


def _evidence(found: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for evidence in found:
        yield f"    {evidence['source']}: “{evidence['raw']}”"
        yield (
            f"      at {evidence['locator']}, rule {evidence['rule']}, "
            f"confidence {evidence['confidence']:.2f}"
        )


def _block(block: Mapping[str, Any]) -> Iterator[str]:
    """An empty line and the block; nothing for a picture without words."""
    match block["kind"]:
        case "list":
            ordered, start = block["ordered"], block["start"]
            lines = list(_items(block["items"], ordered=ordered, start=start, indent=""))
        case "table":
            lines = [block["caption"] or "", *("\t".join(row) for row in block["rows"])]
        case "callout":
            lines = [block["title"] or "", *(f"| {line}" for line in block["text"].split("\n"))]
        case "quote":
            lines = [f"> {line}" for line in block["text"].split("\n")]
            lines += [f"> — {block['attribution']}"] if block["attribution"] else []
        case "faq":
            lines = [block["question"], *block["answer"].split("\n")]
        case "figure":
            caption = block["image"]["caption"] or block["image"]["alt"]
            lines = [f"[picture: {caption}]"] if caption else []
        case _:
            lines = block["text"].split("\n")
    told = [line for line in lines if line.strip()]
    if told:
        yield from ("", *told)


def _items(
    items: Iterable[Mapping[str, Any]], *, ordered: bool, indent: str, start: int = 1
) -> Iterator[str]:
    for number, item in enumerate(items, start):
        mark = f"{number}." if ordered else "-"
        yield f"{indent}{mark} {item['text']}"
        yield from _items(item["items"], ordered=item["ordered"], indent=indent + "  ")


def _part(heading: str, lines: Iterable[str]) -> Iterator[str]:
    listed = list(lines)
    if listed:
        yield from ("", heading, "-" * len(heading), *listed)


def _numbered(references: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for number, reference in enumerate(references, start=1):
        identifiers = [
            f"{name} {reference[name]}"
            for name in ("doi", "pmid", "pmcid", "isbn")
            if reference[name]
        ]
        yield f"{number}. {_joined(reference['text'], *identifiers)}"


def _person(contributor: Mapping[str, Any]) -> str:
    name = " ".join(part for part in (contributor["prefix"], contributor["name"]) if part)
    credited = ", ".join([name, *contributor["credentials"]])
    return _joined(
        credited, contributor["specialty"], contributor["job_title"], contributor["affiliation"]
    )


def _review(review: Mapping[str, Any]) -> str:
    return _joined(review["status"].replace("_", " "), *review["flags"])


def _version(record: Record, latest_version: int) -> str:
    if record["version"] is None:
        return f"{record['word_count']} words"
    return (
        f"Version {record['version']} of {latest_version}, {record['word_count']} words, "
        f"seen {_day(record['first_seen_at'])} to {_day(record['last_seen_at'])}"
    )


def _day(moment: str) -> str:
    return moment[:10]


def _words(name: str) -> str:
    return "AI disclosure" if name == "ai_disclosure" else name.replace("_", " ").capitalize()


def _joined(*parts: str | None) -> str:
    return " · ".join(part for part in parts if part)
