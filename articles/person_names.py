"""By what letters a person's name is known, however a page spells it; the one `name_key`.

Two spellings of one key are one name. Whether two *people* of one name are one is another question,
answered in `articles.same_person`. Pages are read with it too: a name in a byline and in a data
block.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from articles.bylines.credentials import credentials_of
from articles.bylines.names import parse_people

RULES = "1"
"""Changes when keys do: stored ones are made again then."""

_LONGEST_NAME = 300

_APOSTROPHES = re.compile("['’‘ʼʻ`´′]")
# Accents of Latin, Greek and Cyrillic (and what Unicode makes of Arabic hamza and madda), vowel
# points of Hebrew and Arabic, tatweel. The vowel signs of Thai or Devanagari are marks that stay.
_MARKS = re.compile(
    "[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]"
)
# Letters that are other letters with a stroke or a tail, which Unicode does not take apart; and
# Arabic letters that Persian and Urdu keyboards give another code.
_LETTERS = str.maketrans(
    {
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "ı": "i",
        "ħ": "h",
        "ŧ": "t",
        "ŋ": "n",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ə": "e",
        "ی": "ي",
        "ى": "ي",
        "ې": "ي",
        "ک": "ك",
        "ہ": "ه",
        "ھ": "ه",
        "ة": "ه",
        "ٱ": "ا",
    }
)
_UMLAUTS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "Ä": "ae", "Ö": "oe", "Ü": "ue"}
)
_UMLAUT = re.compile("[äöüøåÄÖÜØÅ]")
_NO_LETTER = re.compile("[^a-z0-9]")
_INITIALS = re.compile(r"\b([^\W\d_]) (?=[^\W\d_]\b)")
# "عبد الله" and "عبدالله" are one.
_ABD = re.compile(r"\b(عبد|ابو) ")
_UNSPACED = re.compile("[\u3005\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\\s・·]+")
# "홍 길동": a family name of one letter, which the parser would take for something else.
_ONE_LETTER_FAMILY = re.compile(
    "^([\u3400-\u9fff\uac00-\ud7af]) (?=[\u3400-\u9fff\uac00-\ud7af]{1,3}(?: |$))"
)
_INVERTED = re.compile(
    r"(?P<family>(?:[^\W\d_]{2,3} ){0,2}[^\W\d_][^\W\d_'’-]+), ?"
    r"(?P<given>[^\W\d_][^\W\d_'’-]*\.?(?: [^\W\d_][^\W\d_'’-]*\.?){0,2})"
)
_GENERATION = re.compile(r", ?(?=(?:jr|sr|jun|sen|iii?|iv)\b)", re.I)
# What a title, a degree or an inverted name leaves in a name: nothing else costs the parser.
_MARKED = re.compile(
    r"[,，、(（.]|\b[A-Z]{2,}\b|[^\x00-\u02ff]|^\s*(?i:(?:dr|prof|mr|mrs|ms|miss|doctor|doktor|dra"
    r"|drg|bs|ths|ts|pgs|gs|ds)\b|médic|docteur|tiến|bác|thạc|dược)"
)


@lru_cache(maxsize=4096)
def name_key(name: str, *, kind: str = "person") -> str:
    """What a name is looked up by: its letters, folded; `org:` before it for what is no person.

    A title before a person's name and credentials after it are no part of the name; "Roe, Jane" is
    Jane Roe; names of scripts without spaces have none in the key.

    >>> name_key("Bác sĩ Nguyễn Văn-Đức"), name_key("J.R. O’Neil")
    ('nguyen van duc', 'jr oneil')
    >>> name_key("Dr. Roe, Jane"), name_key("Jane Roe, MD, PhD"), name_key("山田 太郎")
    ('jane roe', 'jane roe', '山田太郎')
    >>> name_key("Mayo Clinic", kind="org")
    'org:mayo clinic'
    """
    name = name[:_LONGEST_NAME]
    if kind != "person":
        return f"org:{_folded(name)}"
    return _folded(_bare_name(name) if _MARKED.search(name) else name)


def written_out_keys(name: str) -> tuple[str, ...]:
    """The key of `name` where its umlauts may be written with an e ("Mueller"); () without one.

    >>> written_out_keys("Jörg Müller"), written_out_keys("Jorg Muller")
    (('joerg mueller',), ())
    """
    return (name_key(name.translate(_UMLAUTS)),) if _UMLAUT.search(name) else ()


def name_letters(text: str) -> str:
    """The letters of `text` alone, folded as in a key: to find a name in a longer text.

    >>> name_letters("José  Núñez-Peña")
    'josenunezpena'
    """
    return "".join(filter(str.isalpha, _fold(text)))


def _folded(name: str) -> str:
    letters = _fold(name)
    if letters.isascii():
        letters = _NO_LETTER.sub(" ", letters)
    else:
        letters = "".join(_letters_and_spaces(letters))
    key = " ".join(letters.split())
    if not key.isascii() and _UNSPACED.fullmatch(key):
        return key.replace(" ", "")
    # "J. R. Smith" and "J.R. Smith" are one.
    key = _INITIALS.sub(r"\1", key)
    return (key if key.isascii() else _ABD.sub(r"\1", key)) or name.strip().casefold()


def _fold(text: str) -> str:
    if text.isascii():
        return _APOSTROPHES.sub("", text.lower())
    flat = unicodedata.normalize("NFKD", text).casefold().translate(_LETTERS)
    return unicodedata.normalize("NFC", _MARKS.sub("", _APOSTROPHES.sub("", flat)))


def _letters_and_spaces(text: str) -> Iterator[str]:
    for character in text:
        category = unicodedata.category(character)
        if category[0] in "LNM":
            yield character
        # A joiner parts letters of one word for the eye alone.
        elif category != "Cf":
            yield " "


def _bare_name(name: str) -> str:
    """`name` without titles and credentials, in its spoken order; itself where that is unsure."""
    inverted = _spoken_order(_ONE_LETTER_FAMILY.sub(r"\1", _GENERATION.sub(" ", name.strip())))
    if inverted.isupper() and inverted.isascii() and "," not in inverted:
        # "YO YO MA" is a name, and "MA" no degree of it.
        return inverted
    people = parse_people(inverted)
    if len(people) != 1 or people[0].kind != "person":
        return inverted
    found = people[0].name
    words = found.split()
    if len(words) < 2 and not _UNSPACED.fullmatch(found):
        # "ANH DO" is a name and no osteopath; a family name alone is not what the page says.
        return inverted if "," not in inverted or not _ends_in_credentials(inverted) else found
    return found


def _spoken_order(name: str) -> str:
    """ "Roe, Jane" as "Jane Roe"; a title before or credentials after it stay where they are."""
    head, *rest = (part.strip() for part in re.split("[,，]", name))
    if not rest or credentials_of(rest[0]):
        return name
    people = parse_people(head)
    family = people[0].name if len(people) == 1 else head.rpartition(". ")[2]
    match = _INVERTED.fullmatch(f"{family}, {rest[0]}")
    if match is None:
        return name
    return ", ".join([f"{match['given']} {match['family']}", *rest[1:]])


def _ends_in_credentials(name: str) -> bool:
    return bool(credentials_of(name.rpartition(",")[2]))
