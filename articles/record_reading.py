"""An article read back from its public JSON shape: the inverse of `record_json`.

For what works on the values (Markdown, say) but holds a stored record. Where the record
lies in the archive is not part of an `Article` and is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from articles.record import (
    Article,
    Block,
    Callout,
    Candidate,
    Code,
    Conflict,
    Contributor,
    Derivation,
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
    RightsSignal,
    Section,
    StatedDate,
    Statement,
    Table,
)

Json = Mapping[str, Any]


def article_from_json(record: Json) -> Article:
    """The article that `record_json.record_to_json` wrote as `record`, which is trusted to fit."""
    return Article(
        url=record["url"],
        requested_url=record["requested_url"],
        site=record["site"],
        publisher=record["publisher"],
        language=record["language"],
        title=record["title"],
        description=record["description"],
        section=record["section"],
        keywords=tuple(record["keywords"]),
        text=record["text"],
        sections=tuple(_section(section) for section in record["sections"]),
        takeaways=tuple(record["takeaways"]),
        faq=tuple(Faq(**entry) for entry in record["faq"]),
        toc=tuple(Link(**link) for link in record["toc"]),
        disclaimers=tuple(record["disclaimers"]),
        disclosures=tuple(record["disclosures"]),
        related=tuple(Link(**link) for link in record["related"]),
        images=tuple(Image(**image) for image in record["images"]),
        references=tuple(Reference(**reference) for reference in record["references"]),
        contributors=tuple(_contributor(one) for one in record["contributors"]),
        dates=tuple(StatedDate(**_with_evidence(stated)) for stated in record["dates"]),
        review=_review(record["review"]),
        sponsored=_statement(record["sponsored"]),
        ai_disclosure=_statement(record["ai_disclosure"]),
        rights=_rights(record["rights"]),
        extractor=Derivation(**record["extractor"]),
        text_digest=record["text_digest"],
        word_count=record["word_count"],
    )


def _section(section: Json) -> Section:
    return Section(
        heading=section["heading"],
        level=section["level"],
        blocks=_blocks(section["blocks"]),
    )


def _blocks(blocks: Iterable[Json]) -> tuple[Block, ...]:
    return tuple(_block(block) for block in blocks)


def _block(block: Json) -> Block:
    match block["kind"]:
        case "paragraph":
            return Paragraph(text=block["text"])
        case "quote":
            return Quote(text=block["text"], attribution=block["attribution"])
        case "code":
            return Code(text=block["text"])
        case "list":
            return ListBlock(
                items=_items(block["items"]), ordered=block["ordered"], start=block["start"]
            )
        case "table":
            return Table(
                rows=tuple(tuple(row) for row in block["rows"]),
                header_rows=block["header_rows"],
                header_columns=block["header_columns"],
                caption=block["caption"],
            )
        case "callout":
            return Callout(
                text=block["text"], title=block["title"], blocks=_blocks(block["blocks"])
            )
        case "faq":
            return Faq(
                question=block["question"],
                answer=block["answer"],
                blocks=_blocks(block["blocks"]),
            )
        case "figure":
            return Figure(image=Image(**block["image"]))
        case kind:
            raise ValueError(f"sections: a block of kind {kind!r}, which no record has")


def _items(items: Iterable[Json]) -> tuple[ListItem, ...]:
    return tuple(
        ListItem(text=item["text"], items=_items(item["items"]), ordered=item["ordered"])
        for item in items
    )


def _contributor(contributor: Json) -> Contributor:
    fields = _with_evidence(contributor)
    return Contributor(**{**fields, "credentials": tuple(fields["credentials"])})


def _review(review: Json) -> Review:
    return Review(
        status=review["status"],
        # Records of before the first release lack it.
        evidence=tuple(Evidence(**found) for found in review.get("evidence", ())),
        flags=tuple(review["flags"]),
        conflicts=tuple(
            Conflict(
                field=conflict["field"],
                candidates=tuple(
                    Candidate(value=lost["value"], evidence=Evidence(**lost["evidence"]))
                    for lost in conflict["candidates"]
                ),
                chosen=conflict["chosen"],
                rule=conflict["rule"],
            )
            for conflict in review["conflicts"]
        ),
        history=tuple(HistoryEntry(**_with_evidence(entry)) for entry in review["history"]),
    )


def _statement(statement: Json | None) -> Statement | None:
    return None if statement is None else Statement(**_with_evidence(statement))


def _rights(rights: Json) -> Rights:
    return Rights(
        signals=tuple(
            RightsSignal(**{**signal, "parsed": tuple(signal["parsed"].items())})
            for signal in rights["signals"]
        ),
        resolved=tuple(rights["resolved"].items()),
    )


def _with_evidence(value: Json) -> dict[str, Any]:
    return {**value, "evidence": tuple(Evidence(**found) for found in value["evidence"])}
