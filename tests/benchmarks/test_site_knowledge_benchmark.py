from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from benchmarks.site_knowledge import main


def test_leaks_and_losses_are_counted_with_and_without_the_other_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "pages" / "health.example").mkdir(parents=True)
    rows = []
    for topic in ("dengue", "measles", "asthma", "gout", "anaemia", "mumps"):
        name = f"health.example/{topic}"
        own = [
            f"What people with {topic} ask most in part {part} is how long it will take, and the"
            f" honest answer about {topic} is that it depends on much."
            for part in "abcd"
        ]
        lines = [*own[:2], "forside og flade", *own[2:]]
        body = f"<h1>{topic}</h1>" + "".join(f"<p>{line}</p>" for line in lines)
        (tmp_path / "pages" / f"{name}.html").write_text(body)
        rows.append({"id": name, "must_drop": lines[2:3], "must_keep": own, "text": "\n".join(own)})
    (tmp_path / "gold.jsonl").write_text("\n".join(map(json.dumps, rows)))
    monkeypatch.setattr(sys, "argv", ["site_knowledge", str(tmp_path)])

    main()

    _, as_read, unaided = capsys.readouterr().out.splitlines()
    assert as_read.split()[1:] == [
        *("as", "read", "6", "6", "1"),
        *("30", "->", "24", "6", "->", "0", "0", "->", "0", "0.9863", "->", "1.0000"),
    ]
    assert "   6 -> 0" in unaided
