"""Parts of a page that stand beside its text and have fields of their own: contents, links, boxes.

The table of contents and links to other articles are read from blocks that left the text;
takeaways and questions are read from the sections, where they also stay. Called by `extract`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from articles.block_scoring import reading_size
from articles.blocks import Block
from articles.boilerplate import boilerplate_kind, phrase_key
from articles.main_content import MainContent
from articles.markup_hints import RELATED, TOC
from articles.plain_text import block_text
from articles.record import Callout, Faq, Figure, Image, Link, Section
from articles.urls import absolute_url

MAX_LINKS = 100


def read_toc(main: MainContent, base_url: str) -> tuple[Link, ...]:
    """Entries of the page's own table of contents: links into the page itself."""
    found = (
        link
        for block in _around(main)
        if main.excluded[block.index] & TOC or main.choice.dropped.get(block.index) == "toc"
        for link in _links(block, base_url, in_page=True)
    )
    return _unique(found)


def read_related(main: MainContent, base_url: str) -> tuple[Link, ...]:
    """Links to other articles that stood in or right around the text."""
    reasons = ("related", "link line", "card")
    found = (
        link
        for block in _around(main)
        if main.choice.dropped.get(block.index) in reasons or main.excluded[block.index] & RELATED
        for link in _links(block, base_url, in_page=False)
    )
    return _unique(found)


def read_takeaways(sections: Iterable[Section]) -> tuple[str, ...]:
    """The lines of the "key takeaways" box or section; empty where there is none."""
    for section in sections:
        if section.heading and is_takeaway_heading(section.heading):
            return tuple(line for block in section.blocks for line in block_text(block).split("\n"))
        for block in section.blocks:
            if isinstance(block, Callout) and block.title and is_takeaway_heading(block.title):
                return tuple(block.text.split("\n"))
    return ()


def read_faq(sections: Iterable[Section]) -> tuple[Faq, ...]:
    """Questions with their answers: accordions, and questions as headings under a FAQ heading."""
    found: list[Faq] = []
    faq_level: int | None = None
    for section in sections:
        found.extend(block for block in section.blocks if isinstance(block, Faq))
        if section.heading is None or section.level is None:
            continue
        if faq_level is not None and section.level <= faq_level:
            faq_level = None
        if _FAQ_HEADING.search(phrase_key(section.heading)):
            faq_level = section.level
        elif faq_level is not None and section.heading.rstrip().endswith(("?", "？", "؟")):
            answer = "\n".join(text for block in section.blocks if (text := block_text(block)))
            if answer:
                found.append(Faq(question=section.heading, answer=answer))
    return tuple(found)


def read_images(sections: Iterable[Section]) -> tuple[Image, ...]:
    """The pictures in the body, each once."""
    images = (
        block.image for section in sections for block in section.blocks if isinstance(block, Figure)
    )
    return tuple({image.url: image for image in images}.values())


def is_takeaway_heading(text: str) -> bool:
    return phrase_key(text) in _TAKEAWAYS


_TAKEAWAY_HEADINGS = """
    key takeaways|key takeaway|takeaways|takeaway|the takeaway|key points|key facts|key messages
    |at a glance|in brief|quick facts|fast facts|highlights|article highlights|key learnings|tl;dr
    |summary points|what to know|poin penting|poin-poin penting|intisari|ringkasan|fakta utama
    |poin utama
    |perkara penting|những điểm chính|điểm chính|tóm tắt|mga pangunahing punto|ประเด็นสำคัญ
    |สรุปประเด็นสำคัญ
    |重點整理|重點|要點|要点|核心要点|ポイント|この記事のポイント|핵심 요약|핵심 포인트
    |النقاط الرئيسية|أهم النقاط
    |puntos clave|en resumen|points clés|à retenir|l'essentiel|en bref|das wichtigste in kürze
    |auf einen blick
    |pontos-chave|pontos principais|punti chiave|in breve|belangrijkste punten
    |najważniejsze informacje
    |w skrócie|главное|коротко|основные выводы
"""
_TAKEAWAYS = frozenset(phrase_key(phrase) for phrase in _TAKEAWAY_HEADINGS.split("|"))
_FAQ_HEADING = re.compile(
    r"\bfaqs?\b|frequently asked questions|common questions|people also ask|pertanyaan (?:umum"
    r"|yang sering)"
    r"|soalan lazim|câu hỏi thường gặp|คำถามที่พบบ่อย|常見問題|常见问题|よくある質問"
    r"|자주 묻는 질문|الأسئلة الشائعة"
    r"|preguntas frecuentes|questions fréquentes|foire aux questions|häufige fragen"
    r"|häufig gestellte fragen"
    r"|perguntas frequentes|domande frequenti|veelgestelde vragen|najczęściej zadawane pytania"
    r"|частые вопросы"
    r"|часто задаваемые вопросы|mga madalas itanong"
)


def _around(main: MainContent) -> list[Block]:
    """Text blocks of the container and of what directly holds it."""
    if not main.tree.nodes:
        return []
    root = next(node for node in main.tree.nodes if node.element is main.root)
    holder = main.tree.nodes[root.parent] if root.parent >= 0 else root
    return [
        block for block in main.tree.blocks[holder.first_block : holder.end_block] if block.text
    ]


def _links(block: Block, base_url: str, *, in_page: bool) -> Iterator[Link]:
    for link in block.links:
        href = (link.get("href") or "").strip()
        if href.startswith("#") != in_page or href.startswith(("javascript:", "mailto:", "tel:")):
            continue
        text = " ".join(link.text_content().split())
        if len(text) < 200 and reading_size(text) > 5 and boilerplate_kind(text) is None:
            yield Link(text=text, url=absolute_url(base_url, href) if base_url else href)


def _unique(links: Iterable[Link]) -> tuple[Link, ...]:
    return tuple({(link.text, link.url): link for link in links}.values())[:MAX_LINKS]
