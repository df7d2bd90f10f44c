"""How often the language of a text and of a page is told rightly, wrongly or not at all.

    python -m benchmarks.language [FOLDER]

FOLDER holds a file a language, `LANGUAGE.txt` with a sentence a line; without it the few sentences
of `language_texts.toml` are measured. Pages are made of them: declared rightly, wrongly and not at
all, with a quote in another language, with menus and advertisements in English around them.
"""

from __future__ import annotations

import argparse
import random
import time
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from articles.document import parse_document
from articles.language_detection import detect_language
from articles.page import Page

LENGTHS = (20, 50, 100, 300, 2000)
WITHOUT_SPACES = frozenset({"zh", "ja", "th", "km", "lo", "my"})
NEAR = {"id": "ms", "ms": "id", "da": "nb", "nb": "da", "cs": "sk", "sk": "cs", "es": "pt",
        "pt": "es", "hi": "mr", "mr": "hi", "ru": "uk", "uk": "ru", "bg": "sr"}  # fmt: skip
Texts = Mapping[str, tuple[str, ...]]
Sample = tuple[str, str]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--samples", type=int, default=20, help="a language and length")
    options = parser.parse_args()
    texts = read_texts(options.folder)
    print(f"{'':42} right   none  wrong   ms each")
    for length in LENGTHS:
        samples = list(text_samples(texts, length, options.samples))
        show(f"text of {length} characters", samples, detect_language)
    for name, make in PAGES.items():
        for length in (300, 2000):
            pages = [
                (language, make(language, text, texts))
                for language, text in text_samples(texts, length, options.samples // 4)
            ]
            show(f"article of {length}, {name}", pages, page_language)


def read_texts(folder: Path | None) -> Texts:
    if folder is None:
        own = Path(__file__).with_name("language_texts.toml").read_text(encoding="utf-8")
        return {
            language: tuple(f"{sentence}." for sentence in text.rstrip(".").split(". "))
            for language, text in tomllib.loads(own).items()
        }
    files = sorted(folder.glob("*.txt"))
    read = {file.stem: tuple(file.read_text(encoding="utf-8").splitlines()) for file in files}
    return {language: lines for language, lines in read.items() if lines}


def text_samples(texts: Texts, length: int, count: int) -> Iterable[Sample]:
    """Language and running text of about `length` characters, cut between words."""
    chance = random.Random(length)  # noqa: S311
    for language, sentences in texts.items():
        for _ in range(count):
            first = chance.randrange(len(sentences))
            text = ""
            while len(text) < length:
                text += sentences[first % len(sentences)] + " "
                first += 1
            text = text[:length]
            if language.split("-")[0] not in WITHOUT_SPACES and " " in text[5:]:
                text = text.rsplit(" ", 1)[0]
            yield language, text


def page_of(text: str, lang: str | None, *, before: str = "", after: str = "") -> str:
    paragraphs = "".join(f"<p>{text[at : at + 250]}</p>" for at in range(0, len(text), 250))
    attribute = f' lang="{lang}"' if lang else ""
    return f"<html{attribute}><body>{before}<main>{paragraphs}</main>{after}</body></html>"


def furniture(texts: Texts, language: str) -> str:
    """Menus of short items and advertisements of a sentence or two."""
    words = " ".join(texts[language])
    items = "".join(f"<li><a>{words[at : at + 30]}</a></li>" for at in range(0, 600, 15))
    return f"<ul>{items}</ul><div>{words[:120]}</div><div>{words[60:200]}</div>"


PAGES: dict[str, Callable[[str, str, Texts], str]] = {
    "declared": lambda language, text, texts: page_of(text, language),
    "nothing declared": lambda language, text, texts: page_of(text, None),
    "declared as English": lambda language, text, texts: page_of(text, "en"),
    "declared as Spanish": lambda language, text, texts: page_of(
        text, "es" if language != "es" else "fr"
    ),
    "declared as a near language": lambda language, text, texts: page_of(
        text, NEAR.get(language, "en")
    ),
    "nothing declared, a quote in French": lambda language, text, texts: page_of(
        text, None, after=f"<blockquote>{' '.join(texts['fr'])[: len(text) // 3]}</blockquote>"
    ),
    "declared, a quote in French": lambda language, text, texts: page_of(
        text, language, after=f"<blockquote>{' '.join(texts['fr'])[: len(text) // 3]}</blockquote>"
    ),
    "as English, menus in English": lambda language, text, texts: page_of(
        text, "en", before=furniture(texts, "en")
    ),
    "nothing declared, menus in English": lambda language, text, texts: page_of(
        text, None, before=furniture(texts, "en")
    ),
    "declared, menus in English": lambda language, text, texts: page_of(
        text, language, before=furniture(texts, "en")
    ),
}


def page_language(html: str) -> str | None:
    return parse_document(Page(url="", body=html.encode())).language


def show(name: str, samples: list[Sample], tell: Callable[[str], str | None]) -> None:
    outcomes: Counter[str] = Counter()
    confused: Counter[str] = Counter()
    started = time.process_time()
    for language, text in samples:
        told = tell(text)
        if told is None:
            outcomes["none"] += 1
        elif told.split("-")[0] == language.split("-")[0]:
            outcomes["right"] += 1
        else:
            outcomes["wrong"] += 1
            confused[f"{language} as {told}"] += 1
    each_ms = (time.process_time() - started) / len(samples) * 1000
    shares = (outcomes[kind] / len(samples) for kind in ("right", "none", "wrong"))
    most = ", ".join(f"{pair} {count}" for pair, count in confused.most_common(4))
    print(f"{name:42}", *(f"{share:6.3f}" for share in shares), f"{each_ms:8.2f}   {most}")


if __name__ == "__main__":
    main()
