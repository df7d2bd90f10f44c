"""The publishers' shapes: each module dresses an article as one kind of health site would."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from archiater.demo.model import DemoArticle
from archiater.demo.shapes.care import care_page
from archiater.demo.shapes.encyclopedia import encyclopedia_page
from archiater.demo.shapes.frame import Setting
from archiater.demo.shapes.hello import hello_page
from archiater.demo.shapes.journal import journal_page
from archiater.demo.shapes.library import library_page

Shape = Callable[[DemoArticle, Sequence[DemoArticle], Setting], str]

_SHAPES: Mapping[str, Shape] = {
    "care": care_page,
    "encyclopedia": encyclopedia_page,
    "hello": hello_page,
    "journal": journal_page,
    "library": library_page,
}


def render_article(article: DemoArticle, others: Sequence[DemoArticle], setting: Setting) -> str:
    """The article's page in its shape; `others` are the articles its related cards show."""
    return _SHAPES[article.shape](article, others, setting)
