from __future__ import annotations

import io
import json
from collections.abc import Callable

from archive.collection import Collection
from archive.exporting.jsonl import json_line, write_jsonl
from archive.exporting.selection import Selection, read_selected
from archive.reading import article_record
from articles.record_json import RECORD_KEYS

AddArticle = Callable[..., int]


def test_a_line_is_the_whole_record_in_the_order_of_its_keys(
    collection: Collection, add_article: AddArticle
) -> None:
    add_article("Một.", url="https://example.org/a")
    add_article("Two.", url="https://example.org/b")
    file = io.BytesIO()

    write_jsonl(read_selected(collection, Selection()), file)

    lines = file.getvalue().decode().split("\n")
    assert lines.pop() == ""
    assert [json.loads(line) for line in lines] == [
        article_record(collection, f"https://example.org/{name}") for name in "ab"
    ]
    assert list(json.loads(lines[0])) == list(RECORD_KEYS)
    assert "Một." in lines[0]


def test_no_character_of_the_text_ends_a_line() -> None:
    line = json_line({"text": "a\u2028b\u2029c\u0085d\ne\rf\x1cg"})

    assert len(line.splitlines()) == 1
    assert json.loads(line) == {"text": "a\u2028b\u2029c\u0085d\ne\rf\x1cg"}
