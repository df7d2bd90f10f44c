"""One name with its prefix and glued credentials: of a person, a team or an organisation.

`single_name` is the door. What does not look like a name is none: prose, words of the interface,
titles without a person.
"""

from __future__ import annotations

import re
from dataclasses import replace

from articles.bylines.credentials import is_credential, neat, words_with_brackets
from articles.bylines.name_words import (
    CJK_TITLES,
    FUNCTION_WORDS,
    NOT_NAME_WORDS,
    PARTICLES,
    POST_BEFORE_NAME,
    PREFIXES,
)
from articles.bylines.person import ORG, SPECIALTY, TEAM, Person, with_detail
from articles.record import ContributorKind

_EDGE = " \t\n,.:;|·•–—-/*†‡()[]«»\"“”'’、，。：／✓✔"
_PREFIX = re.compile(r"(?:" + "|".join(f"(?:{pattern})" for pattern in PREFIXES) + r")[\s.]*", re.I)
_ROLE_PREFIX = re.compile(
    r"^(?:(?:registered |certified |board-certified )?(?:dieti[ct]ian|nutritionist|pharmacist"
    r"|physician|nurse|"
    r"veterinarian|dermatologist|pediatrician)|ps[iy]kolog|dokter|apoteker|авторы?|doktor)(?:\s+|$)",
    re.I,
)
_POST_FIRST = re.compile(rf"({POST_BEFORE_NAME})\s+(?=[A-ZÀ-Þ]\S*\s+[A-ZÀ-Þa-z])")
_POST_ALONE = re.compile(POST_BEFORE_NAME)
_CJK_TITLE = re.compile(
    rf"\s*(?P<title>(?:(?<=[\s　])[\u3400-\u9fff]{{1,8}}科(?:專科|专科)?)?(?:{CJK_TITLES})"
    r"(?:[（(].*)?)$"
)
_CJK_NAME = re.compile(
    r"[\u3400-\u9fff々]{1,4}[\s　・]?[\u3400-\u9fff々\u3040-\u30ff]{1,5}"
    r"|[\uac00-\ud7af]{2,5}(?:\s[\uac00-\ud7af]{1,3})?"
)
_HAS_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_ROLE_NOUN = re.compile(
    r"\b(?:reporter|correspondent|writer|editor|contributor|columnist|journalist|author|producer"
    r"|staff writer)$",
    re.I,
)
_ARTICLE = re.compile(r"^[Tt]he\s+(?=[A-Z])")
_INITIAL = re.compile(r"^(?:[^\W\d_]\.?-?){1,3}$")
_FORBIDDEN = re.compile(r"[\d@#$%^=<>{}\\~?!…©®™]|https?:|www\.|\.\s+\S+\s+\S+\s+\S+\s")


def is_post_alone(text: str) -> bool:
    """Whether `text` is a post as it stands before a name, and nothing else."""
    return _POST_ALONE.fullmatch(text.strip(_EDGE)) is not None


def single_name(text: str, *, is_strict: bool) -> Person | None:
    """One name with prefix and glued credentials, or None."""
    text = text.strip(" ,:;|·•–—-/")
    if text.startswith("("):
        return None
    before = _POST_FIRST.match(text)
    if before is not None:
        person = _named_without_post(text[before.end() :])
        if person is not None:
            return _with_post(person, before.group(1))
    prefix = None
    match = _PREFIX.match(text)
    while match and match.end() and len(text) > match.end():
        prefix = f"{prefix or ''} {match.group().strip()}".strip()
        text = text[match.end() :].lstrip()
        match = _PREFIX.match(text)
    role = _ROLE_PREFIX.match(text)
    post = None
    if role and len(text) > role.end():
        post = role.group().strip()
        text = text[role.end() :]
    if not text or len(text) > 220:
        return None
    if _HAS_CJK.search(text):
        return _cjk(text, prefix, post)
    if ORG.search(text) or TEAM.search(text):
        text = _ARTICLE.sub("", text)
    name, credentials, rest = _split_words(text)
    if not name:
        return None
    bracket = re.search(r"\s*\((?P<inside>[^()]{2,80})\)\s*$", name)
    if bracket:
        rest = rest or bracket["inside"]
        name = name[: bracket.start()]
    name = name.strip(_EDGE.replace(".", "").replace("'", "").replace("’", ""))
    if name.endswith(".") and not re.search(r"(?:\b[^\W\d_]|\b(?:Jr|Sr|Inc|Ltd|Corp|Co))\.$", name):
        name = name[:-1]
    name = _said_once(name)
    kind = kind_of(name, has_credentials=bool(credentials) or prefix is not None)
    if kind == "person":
        if not _looks_like_a_person(
            name, is_strict=is_strict, has_mark=bool(credentials or prefix)
        ):
            return None
    elif not looks_like_an_organisation(name):
        return None
    person = Person(name=name, credentials=credentials, prefix=prefix, kind=kind)
    if rest:
        person = with_detail(person, rest)
    if post and person.specialty is None:
        person = replace(person, specialty=post)
    return person


def _said_once(name: str) -> str:
    """ "Ada Roe Ada Roe": a name for the eye and once more for readers of the screen."""
    words = name.split()
    half = len(words) // 2
    return " ".join(words[:half]) if half > 1 and words[:half] == words[half:] else name


def _named_without_post(text: str) -> Person | None:
    """The person behind a post; none where the words go on as the name of a house or a team."""
    if ORG.search(text) or TEAM.search(text):
        return None
    person = single_name(text, is_strict=True)
    return person if person is not None and person.kind == "person" else None


def _with_post(person: Person, post: str) -> Person:
    if SPECIALTY.search(post) and person.specialty is None:
        return replace(person, specialty=post)
    return person if person.job_title else replace(person, job_title=post)


def _split_words(text: str) -> tuple[str, tuple[str, ...], str]:
    """Name, credentials glued to it without a comma, and what follows them."""
    words = words_with_brackets(text)
    for number in range(1, len(words)):
        if not is_credential(words[number], is_loose=False):
            continue
        if number == 1 and len(words[0]) < 2:
            continue
        credentials = []
        end = number
        while end < len(words) and is_credential(words[end], is_loose=False):
            credentials.append(neat(words[end]))
            end += 1
        return " ".join(words[:number]), tuple(credentials), " ".join(words[end:])
    if len(words) > 3 and _ROLE_NOUN.search(text):
        # "Denise Mann HealthDay Reporter": a name, then house and post without a comma.
        keep = 3 if _INITIAL.match(words[1]) and words[1].endswith(".") else 2
        return " ".join(words[:keep]), (), " ".join(words[keep:])
    return text, (), ""


_DOMAIN = re.compile(r"\w\.(?:com|org|net|gov|edu|co|info|health)\b", re.I)


def kind_of(name: str, *, has_credentials: bool) -> ContributorKind:
    if has_credentials and len(name.split()) < 5:
        return "person"
    if _DOMAIN.search(name):
        return "org"
    if TEAM.search(name):
        return "team"
    if ORG.search(name):
        return "org"
    if re.fullmatch(r"(?:[A-Z]\.){3,6}|[A-Z]{3,6}", name) and len(name) > 3:
        return "org"
    return "person"


def looks_like_an_organisation(name: str) -> bool:
    if " " not in name and TEAM.fullmatch(name):
        return False
    if not 3 <= len(name) <= 300 or _FORBIDDEN.search(name):
        return False
    if not name[0].isupper() and name[0].lower() != name[0].upper():
        return False
    words = name.split()
    if words[0] in FUNCTION_WORDS or words[0].lower() in NOT_NAME_WORDS:
        return False
    if not _is_cased(name):
        return len(words) <= 8
    proper = sum(
        1
        for word in words
        if word[:1].isupper()
        or not word[:1].isalpha()
        or word in _SMALL_WORDS
        or word in PARTICLES
        or TEAM.search(word)
    )
    return proper >= 0.8 * len(words) and any(word[:1].isupper() for word in words)


_SMALL_WORDS = frozenset({"of", "and", "for", "the", "in", "on", "medical", "at", "with", "für"})


def _looks_like_a_person(name: str, *, is_strict: bool, has_mark: bool) -> bool:
    if not 2 <= len(name) <= 60 or _FORBIDDEN.search(name):
        return False
    words = name.replace("’", "'").split()
    if not 1 <= len(words) <= 7:
        return False
    for word in words:
        lowered = word.lower().strip(".,")
        if lowered in NOT_NAME_WORDS or (word == lowered and lowered in FUNCTION_WORDS):
            return False
    if not any(c.isalpha() for c in name):
        return False
    if not _is_cased(name):
        return _looks_like_an_uncased_name(words, has_mark=has_mark)
    proper = 0
    for number, word in enumerate(words):
        lowered = word.lower()
        if word[0].isupper() or (word[:2].lower() in ("d'", "o'", "l'") and word[2:3].isupper()):
            proper += 1
        elif lowered.rstrip("'") in PARTICLES or lowered.startswith(
            ("al-", "el-", "de-", "d'", "ʻ")
        ):
            if number == len(words) - 1:
                return False
        elif _INITIAL.match(word) and word.endswith("."):
            proper += 1
        else:
            return False
    if is_strict and not has_mark and len(words) < 2:
        return False
    if proper > 1 and name.isupper() and len(name) > 4 and not is_strict:
        return True
    return proper >= 1 and not _TITLE_ONLY.fullmatch(name)


_TITLE_ONLY = re.compile(
    r"(?:medical|senior|chief|executive|managing|associate|assistant|clinical|editorial|health|family|internal"
    r"|general|board|certified|contributing|staff|news|guest|author|editor|director|professor|writer|reporter"
    r"|physician|nurse|practitioner|dietitian|expert|reviewer|medicine|center|officer|advisor|in|of|and|&|the"
    r"|registered|specialist|pediatrics|dermatology|cardiology|oncology|gynecology|obstetrics|neurology"
    r"|surgery|psychiatry|nutrition|science|research|therapist|psychologist|consultant|manager"
    r"|producer|[- ])+",
    re.I,
)


def _is_cased(name: str) -> bool:
    return any(c.lower() != c.upper() for c in name)


def _looks_like_an_uncased_name(words: list[str], *, has_mark: bool) -> bool:
    """Names in Thai, Khmer, Burmese, Devanagari, Arabic: short, few words, no full stop."""
    length = sum(map(len, words))
    return 2 <= length <= (48 if has_mark else 36) and len(words) <= 5


def _cjk(text: str, prefix: str | None, post: str | None) -> Person | None:
    """A Chinese, Japanese or Korean name, its title behind it or its specialty before it."""
    detail = None
    bracket = re.search(r"[（(]([^（）()]{1,60})[)）]\s*$", text)
    if bracket:
        detail = bracket.group(1)
        text = text[: bracket.start()].rstrip()
    title = _CJK_TITLE.search(text)
    titles: list[str] = []
    credentials: list[str] = []
    posts = ""
    while title and title.start() > 0:
        if _POST.match(title["title"]):
            posts = title["title"]
        elif _PROFESSION.fullmatch(title["title"]):
            credentials.insert(0, title["title"])
        elif not _COURTESY.match(title["title"]):
            titles.insert(0, title["title"])
        text = text[: title.start()].rstrip()
        title = _CJK_TITLE.search(text)
    before = None
    pieces = re.split(r"[\s　／/]+", text)
    if not _CJK_NAME.fullmatch(text) and len(pieces) > 1:
        # "○○クリニック院長 山田太郎": the house first, the name last.
        tail = " ".join(pieces[-2:]) if len(pieces) > 2 and len(pieces[-1]) <= 2 else pieces[-1]
        before = text[: len(text) - len(tail)].strip(" 　／/")
        text = tail
    if not _CJK_NAME.fullmatch(text) or _NOT_CJK_NAME.search(text) or TEAM.search(text):
        if TEAM.search(text) or ORG.search(text):
            kind: ContributorKind = "team" if TEAM.search(text) else "org"
            return Person(name=text, kind=kind) if len(text) <= 40 else None
        latin = re.fullmatch(r"[A-Za-zÀ-ÿ.'\- ]{3,40}", text)
        if latin is None or not _looks_like_a_person(
            text, is_strict=False, has_mark=bool(titles or credentials)
        ):
            return None
    specialty = " ".join(titles) or post
    person = Person(
        name=text,
        credentials=tuple(credentials),
        prefix=prefix,
        specialty=specialty or None,
        job_title=posts or None,
    )
    if TEAM.search(text):
        person = replace(person, kind="team")
    for part in (before, detail):
        if part:
            person = with_detail(person, part)
    return person


# What somebody may call himself by law, and nothing of the field: as good as "MD" after a name.
_PROFESSION = re.compile(
    r"(?:中|牙)?醫師|醫生|医师|医生|藥師|藥劑師|药师|營養師|营养师|護理師|护士|心理師|治療師|物理治療師"
    r"|(?:歯科)?医師|薬剤師|管理栄養士|看護師|助産師|臨床心理士|獣医師"
    r"|전문의|한의사|치과의사|의사|약사|영양사|간호사"
)
_COURTESY = re.compile(r"先生|さん|氏|老師")
_POST = re.compile(
    r"記者|记者|特約|編輯|编辑|ライター|기자|에디터|작가|원장|院長|院长|교수|教授|博士|박사"
)
_NOT_CJK_NAME = re.compile(
    r"文章|本文|内容|內容|記事|監修|更新|日期|時間|時間|公開|掲載|未經|未经|查看|全文|下一|首頁|首页|健康|疾病|醫療|医療|了解"
    r"|하는|있는|합니다|습니다|건강|무단|기사|입력|수정|등록|する|した|です|ます|について|おすすめ|一覧|もっと"
)
