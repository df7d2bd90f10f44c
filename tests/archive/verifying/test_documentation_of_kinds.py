from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[3]
_KIND = re.compile(r"[a-z]+(-[a-z0-9]+)*")


def kinds() -> Iterator[str]:
    """What stands first in `Wrong(...)`, and the first text of what makes faults."""
    for path in (ROOT / "archive" / "verifying").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
            name = name or (node.func.id if isinstance(node.func, ast.Name) else "")
            if name not in ("Wrong", "Fault", "fault", "_fault", "_whole", "_of_file", "_fault_at"):
                continue
            texts = [it.value for it in node.keywords if it.arg == "kind"] + node.args[:2]
            for text in texts:
                if isinstance(text, ast.Constant) and isinstance(text.value, str):
                    if _KIND.fullmatch(text.value):
                        yield text.value
                    break


def test_every_kind_of_fault_is_in_the_documentation() -> None:
    described = set(re.findall(r"`([a-z0-9-]+)`", (ROOT / "docs/verify.md").read_text("utf-8")))

    found = set(kinds())

    assert len(found) > 40
    assert found - described == set()
