"""Works that a page cites in JSON-LD (`citation`) or in metas (`citation_reference`).

Publishers list there what they show, a part of it, or nothing: the record takes it only where the
page shows no source list. Called by `machine_data`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from articles.jsonld import Node, as_list
from articles.jsonld_mending import Json
from articles.machine_dates import clean_value
from articles.record import Reference
from articles.references import MAX_REFERENCES, reference_of

_LONGEST = 2000
"""Characters of one work."""


def read_citations(
    pages: Sequence[Node], metas: Mapping[str, tuple[str, ...]]
) -> tuple[Reference, ...]:
    """The works cited by the nodes that describe the page, else by its metas, each once."""
    stated = [value for node in pages for value in as_list(node.values.get("citation"))]
    found = islice(_of_linked_data(stated), MAX_REFERENCES)
    references = {reference.text: reference for reference in found}
    if not references and "citation_reference" in metas:
        contents = metas["citation_reference"][:MAX_REFERENCES]
        references = {r.text: r for r in map(_of_meta, contents) if r.text}
    return tuple(references.values())


def _of_linked_data(stated: Iterable[Json]) -> Iterator[Reference]:
    for value in stated:
        if isinstance(value, str):
            for line in value.splitlines():
                if work := clean_value(line[:_LONGEST]):
                    yield reference_of(work, ())
        elif isinstance(value, dict):
            urls = [url for key in ("url", "sameAs", "@id") for url in _strings(value.get(key))]
            urls = [url for url in urls if url.startswith(("http://", "https://"))]
            names = [
                name for key in ("name", "headline", "text") for name in _strings(value.get(key))
            ]
            text = clean_value(names[0][:_LONGEST]) if names else None
            if text or urls:
                yield reference_of(
                    text or urls[0], urls, " ".join(_strings(value.get("identifier")))
                )


def _strings(value: Json) -> Iterator[str]:
    for one in as_list(value):
        text = one.get("value") if isinstance(one, dict) else one
        if isinstance(text, str) and text.strip():
            yield text.strip()


_FIELD = re.compile(r"(?:^|;)\s*citation_(\w+)\s*=\s*")


def _of_meta(content: str) -> Reference:
    """`citation_title=Rye;citation_author=A Roe;citation_doi=10.1000/xyz`, or plain words.

    Source: the metas that Google Scholar reads, as HighWire Press defined them.
    """
    content = content[:_LONGEST]
    pieces = _FIELD.split(content)
    if len(pieces) < 3:
        return reference_of(content.strip(), ())
    fields = list(zip(pieces[1::2], pieces[2::2], strict=True))
    text = ". ".join(value.strip() for key, value in fields if key not in _NUMBERS)
    numbers = " ".join(f"{key.upper()}: {value}" for key, value in fields if key in _NUMBERS)
    return reference_of(text, (), numbers)


_NUMBERS = frozenset(("doi", "pmid", "pmcid", "isbn", "issn", "id"))
