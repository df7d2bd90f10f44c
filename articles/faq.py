"""Questions with their answers, read from the sections, where they also stay. Called by `extract`.

Three shapes: accordions, which `fragment` made blocks of; questions as headings or lines under a
heading that says "FAQ"; and lines that begin with "Q:" and "A:".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from articles.boilerplate import phrase_key
from articles.fragment_questions import LONGEST_QUESTION, is_question
from articles.plain_text import block_text
from articles.record import Block, Callout, Faq, ListBlock, ListItem, Paragraph, Section


def read_faq(sections: Iterable[Section]) -> tuple[Faq, ...]:
    """All questions that the page answers as such, in page order, each once."""
    found = {entry.question: entry for entry in _entries(sections)}
    return tuple(found.values())


def is_faq_heading(text: str) -> bool:
    """Whether a heading opens a list of questions ("Frequently asked questions about sleep")."""
    return len(text) < 120 and _FAQ_HEADING.search(phrase_key(text)) is not None


_FAQ_HEADING = re.compile(
    r"\bfaqs?\b|frequently asked questions|common(?:ly asked)? questions|people also ask"
    r"|questions (?:and|&) answers|\bq ?(?:&|and) ?a\b"
    r"|pertanyaan (?:umum|yang sering)|tanya jawab|soalan lazim|câu hỏi thường gặp|hỏi đáp"
    r"|คำถามที่พบบ่อย|ถาม-ตอบ|常見問題|常见问题|常見問答|常见问答|問與答|よくある(?:ご)?質問"
    r"|자주 묻는 질문|자주 하는 질문|الأسئلة الشائعة|أسئلة شائعة|الأسئلة المتكررة"
    r"|سوالات متداول|پرسش‌های متداول|अक्सर पूछे जाने वाले (?:प्रश्न|सवाल)|वारंवार विचारले जाणारे प्रश्न"
    r"|សំណួរដែលសួរញឹកញាប់|အမေးများသော မေးခွန်းများ"
    r"|preguntas (?:frecuentes|más frecuentes)|questions fréquentes|foire aux questions"
    r"|questions fréquemment posées|häufige fragen|häufig gestellte fragen|fragen und antworten"
    r"|perguntas frequentes|dúvidas frequentes|domande frequenti|veelgestelde vragen"
    r"|najczęściej zadawane pytania|pytania i odpowiedzi|sık sorulan sorular|sıkça sorulan sorular"
    r"|част(?:о задаваемые|ые) вопросы|вопросы и ответы|mga madalas (?:na )?(?:itanong|tanong)"
)
_ASKED = re.compile(
    r"(?:q|question|question \d{1,2}|f|frage|p|pregunta|tanya)\s?[.:：]\s+(?=\S)", re.I
)
_ANSWERED = re.compile(r"(?:a|answer|antwort|r|respuesta|jawab)\s?[.:：]\s+(?=\S)", re.I)


def _entries(sections: Iterable[Section]) -> Iterator[Faq]:
    faq_level: int | None = None
    for section in sections:
        if section.heading is not None and section.level is not None:
            if is_faq_heading(section.heading):
                faq_level = section.level
            elif faq_level is not None and is_question(section.heading):
                if entry := _entry(section.heading, section.blocks):
                    yield entry
                    continue
            elif faq_level is not None and section.level <= faq_level:
                faq_level = None
            elif entry := _asked_and_answered(section.heading, section.blocks):
                yield entry
                continue
        yield from _in_blocks(section, is_faq=faq_level is not None)
        if faq_level is None and section.blocks and _says_faq(section.blocks[-1]):
            # Set as a line of text, with the questions as headings under it.
            faq_level = section.level or 1


def _says_faq(block: Block) -> bool:
    return isinstance(block, Paragraph) and len(block.text) < 40 and is_faq_heading(block.text)


def _in_blocks(section: Section, *, is_faq: bool) -> Iterator[Faq]:
    """Accordions, and lines that ask with what stands under each."""
    question: str | None = None
    answer: list[Block] = []
    for block in section.blocks:
        is_faq = is_faq or _says_faq(block)
        line = block.text if isinstance(block, Paragraph) else ""
        is_asked = line != "" and len(line) <= LONGEST_QUESTION and is_question(line)
        if is_asked and (is_faq or _ASKED.match(line)):
            if question and (entry := _pair(question, answer, is_faq=is_faq)):
                yield entry
            question, answer = line, []
        elif isinstance(block, Faq):
            yield Faq(question=block.question, answer=block.answer)
        elif isinstance(block, Callout) and is_faq and block.title:
            yield Faq(question=block.title, answer=block.text)
        elif is_faq and question is None and (run_in := _run_in(block)):
            yield from run_in
        elif question is not None:
            answer.append(block)
    if question and (entry := _pair(question, answer, is_faq=is_faq)):
        yield entry


def _run_in(block: Block) -> list[Faq]:
    """Questions that stand before their answers in one item of a list or one paragraph."""
    if isinstance(block, ListBlock):
        return [entry for item in block.items if (entry := _in_item(item))]
    if isinstance(block, Paragraph):
        first, _, rest = block.text.partition("\n")
        if rest and is_question(first) and len(first) <= LONGEST_QUESTION:
            return [Faq(question=first, answer=rest)]
    return []


def _in_item(item: ListItem) -> Faq | None:
    found = _FIRST_QUESTION.match(item.text)
    if found is None:
        return None
    answer = ListBlock(items=(ListItem(text=item.text[found.end() :].strip(), items=item.items),))
    return _entry(found[0].strip(), (answer,))


_FIRST_QUESTION = re.compile(rf"[^?？؟]{{8,{LONGEST_QUESTION}}}[?？؟](?=\s|$)")


def _pair(question: str, answer: list[Block], *, is_faq: bool) -> Faq | None:
    return _entry(question, answer) if is_faq else _asked_and_answered(question, answer)


def _asked_and_answered(question: str, blocks: Iterable[Block]) -> Faq | None:
    """A question marked "Q:" where what follows is marked as its answer."""
    blocks = tuple(blocks) if _ASKED.match(question) else ()
    first = blocks[0] if blocks else None
    if not isinstance(first, Paragraph) or not _ANSWERED.match(first.text):
        return None
    return _entry(question, blocks)


def _entry(question: str, blocks: Iterable[Block]) -> Faq | None:
    answer = "\n".join(text for block in blocks if (text := block_text(block)))
    if not answer:
        return None
    return Faq(
        question=_ASKED.sub("", question, count=1) if _ASKED.match(question) else question,
        answer=_ANSWERED.sub("", answer, count=1) if _ANSWERED.match(answer) else answer,
    )
