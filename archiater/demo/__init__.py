"""The bundled demo site: articles in the shapes of real health publishers, served on loopback.

Nothing here imports another part of the project, but for `comparing`: the site is what a crawl
meets, not a part of it.
`DemoServer` serves it, `load_articles` and `CHANGES` say what is on it, `expected_articles` says
what a right extraction finds.
"""

from __future__ import annotations

from archiater.demo.editions import CHANGES, Change, load_articles
from archiater.demo.expected import ExpectedArticle, expected_articles
from archiater.demo.server import DemoServer
from archiater.demo.site_file import site_file_text

__all__ = [
    "CHANGES",
    "Change",
    "DemoServer",
    "ExpectedArticle",
    "expected_articles",
    "load_articles",
    "site_file_text",
]
