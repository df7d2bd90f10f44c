"""Pages that would cost an extractor much time or memory, each as a function of nothing.

Every page is made by a rule, so that a failure can be had again by its name. The sizes are those at
which the extractor once was slow, or the largest that its limits let in. `pages` has them all.
"""

from __future__ import annotations

from collections.abc import Callable

SENTENCE = "The fever goes down after a few days, and the cough may stay for some weeks. "
PAGES: dict[str, Callable[[], bytes]] = {}
"""The pages by name."""

Maker = Callable[[], str | bytes]


def hostile(maker: Maker) -> Maker:
    def body() -> bytes:
        made = maker()
        return made.encode("utf-8", "surrogatepass") if isinstance(made, str) else made

    PAGES[maker.__name__] = body
    return maker


def page(body: str, head: str = "", attributes: str = "") -> str:
    """A whole page with a headline and two paragraphs before `body`."""
    return (
        f"<!doctype html><html lang=en {attributes}><head><title>Fever in children | Clinic</title>"
        f"{head}</head><body><article><h1>Fever in children</h1><p>By Ada Roe, MD</p>"
        f"<p>{SENTENCE * 4}</p><p>{SENTENCE * 4}</p>{body}</article></body></html>"
    )


def linked(data: str) -> str:
    return page("", head=f'<script type="application/ld+json">{data}</script>')
