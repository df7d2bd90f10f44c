"""The record of one HTML file, without a collection: `python examples/record_of_a_page.py FILE`."""

from __future__ import annotations

import sys
from pathlib import Path

import archiater


def main() -> None:
    article = archiater.extract(Path(sys.argv[1]).read_bytes(), url="https://www.example.org/page")
    print(article.title)
    for contributor in article.contributors:
        degrees = ", ".join(contributor.credentials)
        print(f"  {contributor.role}: {contributor.name} {degrees}".rstrip())
        for evidence in contributor.evidence:
            print(f"    {evidence.source}, {evidence.rule}: {evidence.raw}")
    for stated in article.dates:
        print(f"  {stated.kind}: {stated.value}")
    print(f"  review: {article.review.status}, {article.word_count} words")


if __name__ == "__main__":
    main()
