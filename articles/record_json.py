"""The public JSON shape of an article, `"schema": "archiater/article/1"`.

One door, `record_to_json`. Keys stand in a fixed order; absent is `null` or `[]`. Where the record
lies in the archive (`capture`, `version`, `first_seen_at`, `last_seen_at`) is null here and filled
in by `archive.reading`. The shape is published as `docs/article.schema.json`, and changes with it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, assert_never

from articles.record import (
    RIGHTS_CATEGORIES,
    Article,
    Block,
    Callout,
    Code,
    Conflict,
    Contributor,
    Evidence,
    Faq,
    Figure,
    HistoryEntry,
    Image,
    Link,
    ListBlock,
    ListItem,
    Paragraph,
    Quote,
    Reference,
    Review,
    Rights,
    Section,
    StatedDate,
    Statement,
    Table,
)

SCHEMA = "archiater/article/1"

RECORD_KEYS = (
    "schema",
    "url",
    "requested_url",
    "site",
    "publisher",
    "language",
    "title",
    "description",
    "section",
    "keywords",
    "text",
    "sections",
    "takeaways",
    "faq",
    "toc",
    "disclaimers",
    "disclosures",
    "related",
    "images",
    "references",
    "contributors",
    "dates",
    "review",
    "sponsored",
    "ai_disclosure",
    "rights",
    "capture",
    "extractor",
    "text_digest",
    "word_count",
    "version",
    "first_seen_at",
    "last_seen_at",
)

Json = dict[str, Any]


def record_to_json(article: Article) -> Json:
    """The record of `article` in its public shape, made of what `json.dumps` takes."""
    return {
        "schema": SCHEMA,
        "url": article.url,
        "requested_url": article.requested_url,
        "site": article.site,
        "publisher": article.publisher,
        "language": article.language,
        "title": article.title,
        "description": article.description,
        "section": article.section,
        "keywords": list(article.keywords),
        "text": article.text,
        "sections": [_section(section) for section in article.sections],
        "takeaways": list(article.takeaways),
        "faq": [_faq(entry) for entry in article.faq],
        "toc": _links(article.toc),
        "disclaimers": list(article.disclaimers),
        "disclosures": list(article.disclosures),
        "related": _links(article.related),
        "images": [_image(image) for image in article.images],
        "references": [_reference(reference) for reference in article.references],
        "contributors": [_contributor(contributor) for contributor in article.contributors],
        "dates": [_date(stated) for stated in article.dates],
        "review": _review(article.review),
        "sponsored": _statement(article.sponsored),
        "ai_disclosure": _statement(article.ai_disclosure),
        "rights": _rights(article.rights),
        "capture": None,
        "extractor": {
            "version": article.extractor.version,
            "route": article.extractor.route,
            "confidence": article.extractor.confidence,
        },
        "text_digest": article.text_digest,
        "word_count": article.word_count,
        "version": None,
        "first_seen_at": None,
        "last_seen_at": None,
    }


def _section(section: Section) -> Json:
    return {
        "heading": section.heading,
        "level": section.level,
        "blocks": [_block(block) for block in section.blocks],
    }


def _block(block: Block) -> Json:
    match block:
        case Paragraph() | Code():
            return {"kind": block.kind, "text": block.text}
        case Quote():
            return {"kind": block.kind, "text": block.text, "attribution": block.attribution}
        case ListBlock():
            return {
                "kind": block.kind,
                "ordered": block.ordered,
                "start": block.start,
                "items": _items(block.items),
            }
        case Table():
            return {
                "kind": block.kind,
                "caption": block.caption,
                "header_rows": block.header_rows,
                "header_columns": block.header_columns,
                "rows": [list(row) for row in block.rows],
            }
        case Callout():
            return {
                "kind": block.kind,
                "title": block.title,
                "text": block.text,
                "blocks": [_block(inner) for inner in block.blocks],
            }
        case Faq():
            blocks = [_block(inner) for inner in block.blocks]
            return {"kind": block.kind, **_faq(block), "blocks": blocks}
        case Figure():
            return {"kind": block.kind, "image": _image(block.image)}
        case _:
            assert_never(block)


def _items(items: Iterable[ListItem]) -> list[Json]:
    return [
        {"text": item.text, "ordered": item.ordered, "items": _items(item.items)} for item in items
    ]


def _faq(entry: Faq) -> Json:
    return {"question": entry.question, "answer": entry.answer}


def _links(links: Iterable[Link]) -> list[Json]:
    return [{"text": link.text, "url": link.url} for link in links]


def _image(image: Image) -> Json:
    return {"url": image.url, "alt": image.alt, "caption": image.caption}


def _reference(reference: Reference) -> Json:
    return {
        "text": reference.text,
        "url": reference.url,
        "doi": reference.doi,
        "pmid": reference.pmid,
        "pmcid": reference.pmcid,
        "isbn": reference.isbn,
    }


def _contributor(contributor: Contributor) -> Json:
    return {
        "role": contributor.role,
        "name": contributor.name,
        "credentials": list(contributor.credentials),
        "prefix": contributor.prefix,
        "specialty": contributor.specialty,
        "job_title": contributor.job_title,
        "affiliation": contributor.affiliation,
        "kind": contributor.kind,
        "profile_url": contributor.profile_url,
        "licence": contributor.licence,
        "scope": contributor.scope,
        "evidence": _all_evidence(contributor.evidence),
    }


def _date(stated: StatedDate) -> Json:
    return {
        "kind": stated.kind,
        "value": stated.value,
        "precision": stated.precision,
        "raw": stated.raw,
        # Told only where it is true: most dates leave no doubt.
        **({"ambiguous": True} if stated.ambiguous else {}),
        "evidence": _all_evidence(stated.evidence),
    }


def _review(review: Review) -> Json:
    return {
        "status": review.status,
        "evidence": _all_evidence(review.evidence),
        "flags": list(review.flags),
        "conflicts": [_conflict(conflict) for conflict in review.conflicts],
        "history": [_history_entry(entry) for entry in review.history],
    }


def _conflict(conflict: Conflict) -> Json:
    return {
        "field": conflict.field,
        "candidates": [
            {"value": candidate.value, "evidence": _evidence(candidate.evidence)}
            for candidate in conflict.candidates
        ],
        "chosen": conflict.chosen,
        "rule": conflict.rule,
    }


def _history_entry(entry: HistoryEntry) -> Json:
    return {"value": entry.value, "raw": entry.raw, "evidence": _all_evidence(entry.evidence)}


def _statement(statement: Statement | None) -> Json | None:
    if statement is None:
        return None
    return {"raw": statement.raw, "evidence": _all_evidence(statement.evidence)}


def _rights(rights: Rights) -> Json:
    resolved = dict(rights.resolved)
    return {
        "signals": [
            {
                "mechanism": signal.mechanism,
                "place": signal.place,
                "agent": signal.agent,
                "raw": signal.raw,
                "parsed": dict(signal.parsed),
            }
            for signal in rights.signals
        ],
        "resolved": {category: resolved.get(category, "unknown") for category in RIGHTS_CATEGORIES},
    }


def _all_evidence(found: Iterable[Evidence]) -> list[Json]:
    return [_evidence(evidence) for evidence in found]


def _evidence(evidence: Evidence) -> Json:
    return {
        "source": evidence.source,
        "locator": evidence.locator,
        "raw": evidence.raw,
        "rule": evidence.rule,
        "confidence": evidence.confidence,
    }
