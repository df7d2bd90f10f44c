"""All hostile pages by name."""

from __future__ import annotations

from importlib import import_module

from tests.articles.hostile.markup import PAGES

for _module in ("shapes", "crowds", "byline_crowds", "machine_crowds", "characters"):
    import_module(f"tests.articles.hostile.{_module}")

__all__ = ["PAGES"]
