"""The language of a page: what it declares, checked against its script and its commonest words.

Small and our own: letters tell the script, function words tell the language within a script. It
answers "which language is this page in", not "which language is this phrase in". Called by
`document`; `read_language` is the door.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from lxml.html import HtmlElement

SAMPLE_CHARACTERS = 3000
"""How much visible text is looked at; more changes no verdict and costs time on every page."""

PLAIN_SHARE = 0.13
"""Of all words; of pages in a declared language nine in ten have more, and no language had so many
words of another by chance (0.10 at most on recorded pages)."""


def read_language(tree: HtmlElement, *, hint: str | None = None) -> str | None:
    """The page's language as a BCP 47 tag, or None where nothing tells.

    A declaration (html lang, then metas) stands unless the text plainly speaks another language;
    `hint`, the language of the site's profile, stands in where the page declares nothing.
    """
    declared = _declared_language(tree)
    sample = _visible_sample(tree)
    if declared is not None and _plainly_speaks(sample, declared):
        return declared
    spoken = detect_language(sample)
    if declared is None:
        return spoken or (normalise_language(hint) if hint else None)
    if spoken is None or _is_near(spoken, declared):
        return declared
    return spoken if _contradicts(sample, declared) else declared


def normalise_language(tag: str) -> str | None:
    """`en_US` and `EN-us` as `en-US`; None where it is no language tag.

    >>> normalise_language("zh_hant_tw"), normalise_language("in"), normalise_language("English")
    ('zh-Hant-TW', 'id', None)
    """
    parts = tag.strip().split(",")[0].split(".")[0].replace("_", "-").split("-")
    primary = _OLD_CODES.get(parts[0].lower(), parts[0].lower())
    if not re.fullmatch(r"[a-z]{2,3}", primary) or primary in _NO_LANGUAGE:
        return None
    out = [primary]
    for part in parts[1:4]:
        if len(part) == 4 and part.isalpha():
            out.append(part.title())
        elif (len(part) == 2 and part.isalpha()) or (len(part) == 3 and part.isdigit()):
            out.append(part.upper())
        else:
            break
    return "-".join(out)


def detect_language(text: str) -> str | None:
    """The language of running text (a few hundred letters or more), or None where it is unclear."""
    scripts = scripts_of(text)
    letters = sum(scripts.values())
    if letters < 40:
        return None
    if scripts["kana"] > 0.05 * letters:
        return "ja"
    script, count = scripts.most_common(1)[0]
    if count < 0.4 * letters:
        return None
    if script in _LANGUAGE_OF_SCRIPT:
        return _LANGUAGE_OF_SCRIPT[script]
    scores = _stop_word_scores(text, script)
    if not scores:
        return None
    (best, hits), *others = scores.most_common(2)
    if hits < 4 or (others and others[0][1] > 0.9 * hits):
        return None
    return best


_OLD_CODES = {"in": "id", "iw": "he", "ji": "yi", "jp": "ja", "cn": "zh", "kr": "ko", "vn": "vi",
              "tl": "fil", "gr": "el", "cz": "cs", "ua": "uk", "dk": "da"}  # fmt: skip
_NO_LANGUAGE = frozenset({"und", "mul", "zxx", "xx", "xxx"})

_LANGUAGE_OF_SCRIPT = {
    "han": "zh", "hangul": "ko", "thai": "th", "greek": "el", "hebrew": "he", "devanagari": "hi",
    "bengali": "bn", "tamil": "ta", "telugu": "te", "gujarati": "gu", "kannada": "kn",
    "malayalam": "ml", "gurmukhi": "pa", "sinhala": "si", "khmer": "km", "lao": "lo",
    "myanmar": "my", "georgian": "ka", "armenian": "hy", "ethiopic": "am",
}  # fmt: skip

_SCRIPT_RANGES = (
    (0x0370, 0x03FF, "greek"), (0x1F00, 0x1FFF, "greek"), (0x0400, 0x052F, "cyrillic"),
    (0x0530, 0x058F, "armenian"), (0x0590, 0x05FF, "hebrew"), (0x0600, 0x077F, "arabic"),
    (0x0900, 0x097F, "devanagari"), (0x0980, 0x09FF, "bengali"), (0x0A00, 0x0A7F, "gurmukhi"),
    (0x0A80, 0x0AFF, "gujarati"), (0x0B80, 0x0BFF, "tamil"), (0x0C00, 0x0C7F, "telugu"),
    (0x0C80, 0x0CFF, "kannada"), (0x0D00, 0x0D7F, "malayalam"), (0x0D80, 0x0DFF, "sinhala"),
    (0x0E00, 0x0E7F, "thai"), (0x0E80, 0x0EFF, "lao"), (0x1000, 0x109F, "myanmar"),
    (0x10A0, 0x10FF, "georgian"), (0x1200, 0x137F, "ethiopic"), (0x1780, 0x17FF, "khmer"),
    (0x1100, 0x11FF, "hangul"), (0xAC00, 0xD7AF, "hangul"), (0x3040, 0x30FF, "kana"),
    (0x3400, 0x9FFF, "han"), (0xF900, 0xFAFF, "han"),
)  # fmt: skip


def _script(character: str) -> str | None:
    point = ord(character)
    if point < 0x0250 or 0x1E00 <= point <= 0x1EFF:
        return "latin"
    for first, last, name in _SCRIPT_RANGES:
        if first <= point <= last:
            return name
    return None


def scripts_of(text: str) -> Counter[str]:
    """Letters of each script; Han and kana letters count double, they carry a syllable or more."""
    scripts: Counter[str] = Counter()
    for character, count in Counter(text).items():
        if unicodedata.category(character)[0] in "LM" and (script := _script(character)):
            scripts[script] += count * (2 if script in ("han", "kana", "hangul") else 1)
    return scripts


# The commonest function words, chosen so that few are shared within a script. Words of one letter
# count too where they mark a language.
STOP_WORDS: dict[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "en": "the of and to is that for with are this was have from they which their be as it on",
        "es": "de la que el en los las del por una con para es se como más pero sus este también y",
        "fr": "de la le les des et est une dans du pour qui que sur pas au avec sont ce vous il ou",
        "de": "der die und das ist den von mit für nicht ein eine sich auf dem auch werden bei zu",
        "it": "di che il la per una è in con sono del della non gli le come anche più nel dei si",
        "pt": "de que o a do da em um uma para com não os as é por mais dos como ou ser também ao",
        "nl": "de het een van en is dat in te voor met zijn niet op aan die er ook bij wordt of",
        "pl": "w i na z się nie do jest że to o przez dla od oraz jak po są lub może być które",
        "cs": "a v na se že je s z do pro o to jsou by který při nebo jako také ale může být které",
        "sk": "a v na sa že je s z do pre o to sú by ktorý pri alebo ako tiež ale môže byť ktoré",
        "hu": "a az és hogy nem is egy van ezt meg csak vagy mint el de ez volt már lehet azt",
        "ro": "de și în la cu a pe care din este pentru un o nu sau mai ce sunt fi prin unei că",
        "sv": "och att det som en på är av för med den till inte om ett har de kan man eller du",
        "da": "og at det er en til af på som med for den der ikke de et har kan du eller man ved",
        "nb": "og i det er på som en til av for med at den ikke de har kan eller et deg fra ved",
        "fi": "ja on ei että se oli hän mutta tai kuin myös voi ovat joka sekä jos niin kun mukaan",
        "tr": "ve bir bu için ile da de olarak çok daha olan gibi veya en kadar sonra ise var",
        "id": "yang dan di untuk dengan dari pada ini dalam adalah atau tidak anda bisa karena",
        "ms": "yang dan di untuk dengan dari pada ini dalam adalah atau tidak anda boleh kerana",
        "fil": "ng sa ang na mga ay at para ito hindi kung may o isang ka iyong mo siya pag",
        "vi": "và của là có các không được cho trong một những với người khi bạn này để bị hoặc",
        "hr": "i u je na da se za su s od koji ne što kao ili može biti iz te kako nije",
        "lt": "ir yra kad su iš į kaip ar tai bet gali apie arba nuo dėl taip kurie buvo",
        "et": "ja on ei et see mis kui ka oma või siis aga seda ning olla võib ta selle",
        "lv": "un ir kas ar no uz par ka vai arī lai to tiek pie var būt bet kā nav",
        "ca": "de la i el que a els les per una amb és en del com no són més o també seva aquest",
        "ru": "и в не на что с по это как для от из или при его так но к может за быть у если",
        "uk": "і в не на що з це як для від або при та до у може за його але бути якщо є які",
        "bg": "и в на се за да от не са по с е като или при че може това които но си до",
        "sr": "и у је на да се за су са од који не што као или може из те како није које",
        "ar": "في من على إلى أن عن مع التي هذا أو ما لا هذه كان قد الذي ذلك بعد كما بين",
        "fa": "در از به که این را با است برای آن یا شما تا می بر هم های باید شود کند",
        "el": "και το της να την του με για που των από είναι τα στο τις οι δεν σε στην ένα μια θα",
        "he": "של את על לא הוא זה עם או כי גם אם כל היא יש אבל מה כמו להיות ניתן יותר הם אחרי",
        "ur": "کے میں کی ہے سے اور کو کا ہیں پر یہ اس کہ نہیں ایک کر بھی تو جو لیے",
    }.items()
}
_SCRIPT_OF_LANGUAGE = {
    **dict.fromkeys(STOP_WORDS, "latin"),
    **dict.fromkeys(("ru", "uk", "bg", "sr"), "cyrillic"),
    **dict.fromkeys(("ar", "fa", "ur"), "arabic"),
    **{language: script for script, language in _LANGUAGE_OF_SCRIPT.items()},
    "ja": "han",
    "mr": "devanagari",
    "ne": "devanagari",
    "mk": "cyrillic",
    "be": "cyrillic",
    "kk": "cyrillic",
    "mn": "cyrillic",
    "yue": "han",
    "nn": "latin",
}

# Languages that share most of their function words: a declaration of one is never overruled by
# the count of another's.
_NEAR = (
    {"id", "ms", "jv", "su"}, {"nb", "nn", "no", "da", "sv"}, {"cs", "sk"},
    {"es", "pt", "gl", "ca", "ast"}, {"hr", "sr", "bs", "sl", "me"}, {"ru", "uk", "be", "bg", "mk"},
    {"zh", "yue", "ja"}, {"hi", "mr", "ne"}, {"fil", "tl", "ceb", "ilo"}, {"ar", "fa", "ur", "ckb"},
)  # fmt: skip


def _stop_word_scores(text: str, script: str) -> Counter[str]:
    words = Counter(re.findall(r"[^\W\d_]+", text.lower()))
    scores: Counter[str] = Counter()
    for language, stop_words in STOP_WORDS.items():
        if _SCRIPT_OF_LANGUAGE[language] == script:
            scores[language] = sum(words[word] for word in stop_words)
    return +scores


def function_words(script: str) -> dict[str, frozenset[str]]:
    """The commonest words of each known language that is written in a script."""
    return {
        language: words
        for language, words in STOP_WORDS.items()
        if _SCRIPT_OF_LANGUAGE[language] == script
    } or {"": frozenset()}


def _is_near(spoken: str, declared: str) -> bool:
    primary = declared.split("-")[0]
    return spoken == primary or any(spoken in group and primary in group for group in _NEAR)


def _plainly_speaks(sample: str, declared: str) -> bool:
    """Whether so many words are function words of the declared language that no other fits better.

    True for most pages, and spares them the count for all other languages.
    """
    stop_words = STOP_WORDS.get(declared.split("-")[0])
    if stop_words is None:
        return False
    words = sample.lower().split()
    return len(words) >= 60 and sum(map(stop_words.__contains__, words)) > PLAIN_SHARE * len(words)


def _contradicts(sample: str, declared: str) -> bool:
    """Whether the text plainly is not in the declared language: another script or other words."""
    primary = declared.split("-")[0]
    scripts = scripts_of(sample)
    letters = sum(scripts.values())
    expected = _SCRIPT_OF_LANGUAGE.get(primary)
    if expected is None:
        return False
    script = scripts.most_common(1)[0][0]
    if script != expected:
        return letters > 200 and scripts[expected] < 0.1 * letters
    scores = _stop_word_scores(sample, script)
    best = scores.most_common(1)[0][1] if scores else 0
    return primary in STOP_WORDS and best > 20 and scores[primary] * 2 < best


_DECLARING_METAS = frozenset({"content-language", "language", "og:locale", "dc.language",
                              "dcterms.language", "page_language", "inlanguage"})  # fmt: skip


def _declared_language(tree: HtmlElement) -> str | None:
    for attribute in ("lang", "{http://www.w3.org/XML/1998/namespace}lang", "xml:lang"):
        if (tag := tree.get(attribute)) and (language := normalise_language(tag)):
            return language
    body = tree.find("body")
    if body is not None and (tag := body.get("lang")) and (language := normalise_language(tag)):
        return language
    for meta in tree.iter("meta"):
        name = meta.get("http-equiv") or meta.get("name") or meta.get("property") or ""
        if name.lower() in _DECLARING_METAS and (
            language := normalise_language(meta.get("content") or "")
        ):
            return language
    return None


_TEXT_TAGS = ("p", "li", "td", "blockquote", "div", "span", "h2", "h3", "a", "br")


def _visible_sample(tree: HtmlElement) -> str:
    """Visible text of the page, longer runs first in line: menus say little of the language."""
    size = 0
    runs: list[str] = []
    for text in _runs(tree):
        if len(text := text.strip()) > 25:
            runs.append(text[:SAMPLE_CHARACTERS])
            size += len(text)
            if size > SAMPLE_CHARACTERS:
                break
    return " ".join(runs)


def _runs(tree: HtmlElement) -> Iterator[str]:
    for element in tree.iter(*_TEXT_TAGS):
        if (text := element.text) and len(text) > 25:
            yield text
        if (tail := element.tail) and len(tail) > 25 and element.tag in ("span", "a", "br"):
            yield tail
