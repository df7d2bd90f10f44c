"""Labels found in a line: the phrase tables as one index.

`find_labels` is the door of the grammar, `is_byline` the door of the text side (it keeps byline
lines out of the body). What keeps them from being asked about every text is `label_stems`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from articles.bylines.composed_labels import Composed, find_composed
from articles.bylines.denials import LONGEST_DENIAL, find_denial
from articles.bylines.phrase_tables import KNOWN, PHRASES, Known
from articles.bylines.sponsor_phrases import SPONSOR_PHRASES
from articles.dates import parse_date

ROLE_KINDS = frozenset(
    {
        "author",
        "medical_reviewer",
        "reviewer",
        "peer_reviewer",
        "fact_checker",
        "editor",
        "copy_editor",
        "translator",
        "contributor",
        "medical_advisor",
        "review_organisation",
    }
)
DATE_KINDS = frozenset({"published", "modified", "reviewed", "next_review_due", "fact_checked"})


@dataclass(frozen=True, kw_only=True)
class Label:
    """A phrase of the tables where it stands in a line."""

    kinds: tuple[str, ...]
    start: int
    end: int
    phrase: str
    language: str
    is_name_first: bool
    """The name may stand before the phrase."""
    is_weak: bool
    """A common word ("by", "von", "data"): only at the start of a line and before a clear name."""
    known: Known

    @property
    def takes_name_directly(self) -> bool:
        """The phrase ends in a word like "by", after which nothing but a name can stand."""
        return bool(_TAKES_NAME.search(self.phrase)) or UNSPACED.search(self.phrase) is not None

    @property
    def roles(self) -> tuple[str, ...]:
        return tuple(kind for kind in self.kinds if kind in ROLE_KINDS)

    @property
    def date_kinds(self) -> tuple[str, ...]:
        return tuple(kind for kind in self.kinds if kind in DATE_KINDS)


# Words that are labels only where nothing else is possible. They count in pages of their own
# language (English ones everywhere), at the start of a line.
WEAK = frozenset(
    """
    by par von di de del por por/ oleh โดย 文 文／ 文/ 文・ 글 text texte tekst testo текст data
    datum дата stand του της από door autor autora autores text: editor editors editores
    redaktion redacción redação rédaction redactie redakcja author authors reviewer reviewers
    reviewed revised revisão recenzja weryfikacja konsultacja эксперт редакция редактор проверил
    проверила reviewer kontrola έλεγχος επιμέλεια 編輯 编辑 更新 審核 审核 審稿 审稿 審閱 审阅
    公開 編集 編集部 文字 翻譯 翻译 翻訳 監修 감수 검토 검수 편집 수정 발행 게시 작가 기자
    ライター oleh: ditulis penulis مراجعة كتابة إعداد المراجع ترجمة تدقيق लेखक प्रकाशित अपडेट
    modified created posted published updated uploaded released actualizado publicado atualizado
    aggiornato pubblicato publié modifié aktualisiert veröffentlicht erschienen γράφει sponsored
    advertorial approved checked relecture expertise contributors dr editör inceleyen yazar
    yazan diperbarui diterbitkan tayang dikemas duyệt biên tập xuất bản cập nhật เผยแพร่
    업데이트 입력
    """.split()  # noqa: SIM905
)


@dataclass(frozen=True)
class Entry:
    """A row of the phrase tables, folded."""

    text: str
    kinds: tuple[str, ...]
    language: str
    is_name_first: bool
    known: Known


def fold(text: str) -> str:
    """Lower case with plain apostrophes and hyphens; as long as `text`, so that places agree."""
    if text.isascii():
        return text.lower()
    for sign, plain in _PLAIN:
        if sign in text:
            text = text.replace(sign, plain)
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return lowered


# Bidi and zero-width marks, soft hyphen, tatweel; Arabic short vowels.
DISPLAY_MARKS = re.compile(
    "[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u0640\u064b-\u0652]"
)


def strip_marks(text: str) -> str:
    """`text` without marks that steer the display and without Arabic short vowels."""
    return text if text.isascii() else DISPLAY_MARKS.sub("", text)


_PLAIN = (
    ("\u2019", "'"),
    ("\u2018", "'"),
    ("\u2010", "-"),
    ("\u2011", "-"),
    ("\u0130", "i"),
    ("\u00a0", " "),
)


_KEY = 5


@lru_cache(maxsize=1)
def entries_by_beginning() -> dict[str, tuple[Entry, ...]]:
    """First letters (of a shorter phrase its first one) -> entries that begin so, longest first."""
    index: dict[str, list[Entry]] = {}
    for language, rows in PHRASES.items():
        sponsored = SPONSOR_PHRASES.get(language, ())
        for kind, phrase, known in (*rows, *(("sponsored", text, KNOWN) for text in sponsored)):
            is_name_first = phrase.startswith("…")
            text = fold(strip_marks(phrase.removeprefix("…")))
            entry = Entry(text, tuple(kind.split("+")), language, is_name_first, known)
            index.setdefault(text[: _KEY if len(text) >= _KEY else 1], []).append(entry)
    return {
        key: tuple(sorted(entries, key=lambda entry: -len(entry.text)))
        for key, entries in index.items()
    }


_TAKES_NAME = re.compile(
    r"(?:\b(?:by|oleh|nina|ni|bởi|por|pel[oa]s?|par|von|durch|da|dal|dalla|dallo|di|de|pel|per|door|od|przez|при|από"
    r"|către|врачом|экспертом|специалистом|рецензентом|редактором"
    r"|من قبل|بواسطة|توسط)"
    r"|โดย|द्वारा|ด้วย|ដោយ|oʻtkazgan|le|ο|η|του|της)$"
)
_WORD_GOES_ON = re.compile(r"[\uac00-\ud7af]|[部室組组隊队團团者長长]")
_LATIN = re.compile(r"[a-z]")
UNSPACED = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
)
_LONGEST_LINE = 700


def find_labels(text: str, language: str | None = None) -> tuple[Label, ...]:
    """The labels of a line in order, none inside another; `language` decides between twins."""
    spoken = (language or "").split("-")[0].lower()
    labels = _labels_in(text[:_FIRST_LOOK], spoken)
    if labels and len(text) > _FIRST_LOOK:
        labels = _labels_in(text[:_LONGEST_LINE], spoken)
    if len(text) <= LONGEST_DENIAL and not any("negated" in label.kinds for label in labels):
        labels = _with_denial(text, labels, spoken)
    return tuple(labels)


def _with_denial(text: str, labels: list[Label], spoken: str) -> list[Label]:
    """`labels`, those that a denial of the review takes in replaced by it."""
    found = find_denial(text, fold(text), spoken)
    if found is None:
        return labels
    start, end = found
    denial = Label(
        kinds=("negated",),
        start=start,
        end=end,
        phrase=fold(text[start:end]),
        language=spoken or "en",
        is_name_first=False,
        is_weak=False,
        known="known",
    )
    kept = [label for label in labels if label.end <= start or label.start > end]
    return sorted([*kept, denial], key=lambda label: label.start)


def _labels_in(text: str, spoken: str) -> list[Label]:
    folded = fold(text)
    index = entries_by_beginning()
    labels: list[Label] = []
    end = 0
    composed = _composed_by_start(folded, spoken)
    for at in _word_starts(text):
        if at < end:
            continue
        if at > _LONGEST_LEAD and not labels:
            break
        label = None
        entries = index.get(folded[at : at + _KEY])
        if entries is not None:
            label = _label_at(text, folded, at, entries, spoken)
        if label is None:
            entries = index.get(folded[at])
            if entries is not None:
                label = _label_at(text, folded, at, entries, spoken)
        longer = composed.get(at)
        if longer is not None and (label is None or longer.end > label.end):
            label = longer
        if label is not None:
            labels.append(label)
            end = label.end
    return labels


def _composed_by_start(folded: str, spoken: str) -> dict[int, Label]:
    """Labels put together from parts by where they begin; the page's own language first."""
    found: dict[int, Label] = {}
    for composed in find_composed(folded, "fil" if spoken == "tl" else spoken):
        held = found.get(composed.start)
        is_own = composed.language == spoken
        if held is None or composed.end > held.end or (composed.end == held.end and is_own):
            found[composed.start] = _label_of(composed, folded)
    return found


def _label_of(composed: Composed, folded: str) -> Label:
    return Label(
        kinds=composed.kinds,
        start=composed.start,
        end=composed.end,
        phrase=folded[composed.start : composed.end],
        language=composed.language,
        is_name_first=False,
        is_weak=composed.is_weak,
        known="known",
    )


_FIRST_LOOK = 180
"""Characters of a line that are looked at before the rest: most lines of prose hold no label."""
_LONGEST_LEAD = 120
"""Characters before the first label of a line; what comes later stands in prose."""
# "MinutesBy": a word glued on shows by its capital.
_ASCII_WORD = re.compile(r"[A-Z]*[a-z]+|[A-Z]+")
_SPACED_WORD = re.compile(r"[^\W\d_]+")
# In scripts without spaces a phrase may begin at any letter.
_ANY_LETTER = re.compile(
    r"(?<![^\W\d_])[^\W\d_]|(?<=[a-zà-ÿ])[A-ZÀ-Þ]"
    r"|[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
)


def _word_starts(text: str) -> Iterator[int]:
    """Places where a phrase may begin: not after a hyphen or apostrophe inside a word."""
    if text.isascii():
        pattern = _ASCII_WORD
    elif UNSPACED.search(text):
        pattern = _ANY_LETTER
    else:
        pattern = _SPACED_WORD
    for match in pattern.finditer(text):
        at = match.start()
        if at > 1 and text[at - 1] in "-'’" and text[at - 2].isalpha():
            continue
        yield at


def _label_at(
    text: str, folded: str, at: int, entries: tuple[Entry, ...], spoken: str
) -> Label | None:
    best: Entry | None = None
    for entry in entries:
        if best is not None and len(entry.text) < len(best.text):
            break
        if not folded.startswith(entry.text, at) or not _ends_here(text, at + len(entry.text)):
            continue
        if len(entry.text) == 1 and (
            text[at - 1 : at].isalnum() or text[at + 1 : at + 2].isalnum()
        ):
            continue  # 陳大文 is a name; 文 is a label only where it stands alone.
        if entry.text in WEAK and _WORD_GOES_ON.match(text, at + len(entry.text)):
            continue
        is_own = entry.language.split("-")[0] == spoken
        # "di" may be a word of this page's language; a word in another script cannot.
        is_foreign = spoken != "" and not is_own and entry.language != "en"
        if entry.text in WEAK and is_foreign and _LATIN.search(entry.text):
            continue
        if best is None or (is_own and best.language.split("-")[0] != spoken):
            best = entry
    if best is None:
        return None
    return Label(
        kinds=best.kinds,
        start=at,
        end=at + len(best.text),
        phrase=best.text,
        language=best.language,
        is_name_first=best.is_name_first,
        is_weak=best.text in WEAK,
        known=best.known,
    )


def _ends_here(text: str, end: int) -> bool:
    if end >= len(text):
        return True
    last, following = text[end - 1], text[end]
    if not following.isalnum() or not last.isalnum() or UNSPACED.match(last):
        return True
    return (last.islower() and following.isupper()) or (following.isdigit() and not last.isdigit())


_LONGEST_BYLINE = 240
_SENTENCE = re.compile(r"[^\W\d_]{4,}[.!?。]\s+\S+\s+\S+\s+\S+\s+\S+")


def might_be_bylines(texts: Iterable[str]) -> list[int]:
    """Numbers of the texts that may be bylines: the cheap test that spares most `is_byline`.

    A few are among them for marks in their neighbours; asked of all at once it costs half.
    """
    from articles.bylines.label_stems import might_hold_labels

    folded = [" ".join(text.split()) for text in texts]
    fitting = [at for at, text in enumerate(folded) if 3 <= len(text) <= _LONGEST_BYLINE]
    return [fitting[at] for at in might_hold_labels([folded[at][:120] for at in fitting])]


@lru_cache(maxsize=8192)
def is_byline(text: str) -> bool:
    """Whether a short block is nothing but bylines and labelled dates, in any language.

    >>> is_byline("Written by Fred Layno · Updated May 15, 2022")
    True
    >>> is_byline("Written records of this disease go back to the Greeks.")
    False
    """
    # They stand on this module; only the doors need them.
    from articles.bylines.grammar import read_line
    from articles.bylines.label_stems import might_hold_label

    text = " ".join(text.split())
    if not (3 <= len(text) <= _LONGEST_BYLINE and might_hold_label(text[:120])):
        return False
    reading = read_line(text)
    if reading.is_label_only:
        return not any(label.is_weak for label in reading.labels)
    if not reading.people and not reading.dates:
        return False
    if _SENTENCE.search(text):
        return False
    first = reading.labels[0].start
    lead = text[:first].strip(" .,:;|·•–—-")
    if lead and not any(label.is_name_first for label in reading.labels):
        return len(lead) < 40 and parse_date(lead) is not None
    return reading.covered >= 0.6
