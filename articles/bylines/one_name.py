"""One name with its prefix and glued credentials: of a person, a team or an organisation.

`single_name` is the door. What does not look like a name is none: prose, words of the interface,
titles without a person.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from articles.bylines.credentials import is_credential, neat, words_with_brackets
from articles.bylines.name_words import (
    CJK_TITLES,
    FUNCTION_WORDS,
    HOUSE_NOUNS,
    KOREAN_SURNAMES,
    NOT_NAME_WORDS,
    PARTICLES,
    POST_BEFORE_NAME,
    PREFIXES,
)
from articles.bylines.person import ORG, SPECIALTY, TEAM, Person, with_detail
from articles.bylines.profession_words import is_profession, profession_before_name
from articles.bylines.prose import ends_sentence, holds_function_words, is_function_word
from articles.record import ContributorKind

_EDGE = " \t\n,.:;|·•–—-/*†‡()[]«»\"“”'’、，。：／✓✔"
_PREFIX = re.compile(r"(?:" + "|".join(f"(?:{pattern})" for pattern in PREFIXES) + r")[\s.]*", re.I)
_NAME_EDGE = ' \t\n,:;|·•–—-/*†‡()[]«»"“”、，。：／✓✔'
_AUTHOR_WORD = re.compile(r"^авторы?(?:\s+|$)", re.I)
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


@lru_cache(maxsize=2048)
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
    if len(text) > 220 or is_profession(text):
        return None
    prefix, post, text = _without_titles(text)
    if not text:
        return None
    if _HAS_CJK.search(text):
        return _cjk(text, prefix, post)
    may_be_house = ORG.search(text) is not None or TEAM.search(text) is not None
    if may_be_house:
        text = _ARTICLE.sub("", text)
    name, credentials, rest = _split_words(text)
    if not name:
        return None
    bracket = re.search(r"\s*\((?P<inside>[^()]{2,80})\)\s*$", name)
    if bracket:
        rest = rest or bracket["inside"]
        name = name[: bracket.start()]
    name = name.strip(_NAME_EDGE)
    if ends_sentence(name):
        if not (credentials or prefix):
            return None
        name = name[:-1].rstrip()
    if name.endswith(".") and not re.search(r"(?:\b[^\W\d_]|\b(?:Jr|Sr|Inc|Ltd|Corp|Co))\.$", name):
        name = name[:-1]
    name = _said_once(name)
    is_marked = bool(credentials) or prefix is not None
    kind = kind_of(name, has_credentials=is_marked, may_be_house=may_be_house)
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


def _without_titles(text: str) -> tuple[str | None, str | None, str]:
    """Prefix ("Dr."), noun of profession ("the dermatologist") and the name behind both."""
    prefix = post = None
    for _ in range(_MOST_TITLES):
        match = _PREFIX.match(text)
        if match and 0 < match.end() < len(text):
            title = _ARTICLE_OF_TITLE.sub("", match.group().strip())
            prefix = f"{prefix or ''} {title}".strip()
            text = text[match.end() :].lstrip()
            continue
        noun = profession_before_name(text) if post is None else None
        if noun is None:
            break
        post, text = noun
    author = _AUTHOR_WORD.match(text)
    if author is not None:
        text = text[author.end() :]
    return prefix, post, text


_MOST_TITLES = 6
# "por la Dra. Inés Núñez", "par le Dr Luc Roe".
_ARTICLE_OF_TITLE = re.compile(r"^(?:el|la|os?|as?|le|il|den|de)\s+(?=\S)", re.I)


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
    if len(words) > 2 and words[-1] == "AM":
        # A Member of the Order of Australia; the time of day would have a number before it.
        return " ".join(words[:-1]), ("AM",), ""
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


def kind_of(name: str, *, has_credentials: bool, may_be_house: bool = True) -> ContributorKind:
    """Person, team or organisation; `may_be_house` is false where no word of one stands in it."""
    if has_credentials and len(name.split()) < 5:
        return "person"
    if _DOMAIN.search(name):
        return "org"
    if may_be_house and TEAM.search(name):
        return "team"
    if may_be_house and ORG.search(name):
        return "org"
    if re.fullmatch(r"(?:[A-Z]\.){3,6}|[A-Z]{3,6}", name) and len(name) > 3:
        return "org"
    return "person"


def looks_like_an_organisation(name: str) -> bool:
    if " " not in name and _is_cased(name) and TEAM.fullmatch(name):
        return False
    if not 3 <= len(name) <= 300 or _FORBIDDEN.search(name):
        return False
    if not name[0].isupper() and name[0].lower() != name[0].upper():
        return False
    words = name.split()
    if words[0] in FUNCTION_WORDS or words[0].lower() in NOT_NAME_WORDS:
        return False
    if not _is_cased(name) or _MIXED_SCRIPT.search(name):
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
    if not any(word[:1].isupper() for word in words):
        return False
    # "Equipo médico de Rye", "Société française du pain": the noun leads, small words follow.
    return proper >= 0.8 * len(words) or (
        len(words) <= 8
        and (_HOUSE_FIRST.match(name) is not None or _HOUSE_LAST.search(name) is not None)
        and not any(word in FUNCTION_WORDS for word in words)
    )


_HOUSE_FIRST = re.compile(
    rf"(?:l['’]|la |el |il |lo |le |o |a |η |ο |το )?(?:{HOUSE_NOUNS})(?!\w)", re.I
)
_HOUSE_LAST = re.compile(
    r"\b(?:jamoasi|tahririyati|shifoxonasi|kurulu|ekibi|hastanesi|derneği|vakfı)$", re.I
)
_SMALL_WORDS = frozenset(
    "of and for the in on medical at with für voor van per para por pour".split()  # noqa: SIM905
)


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
        word = word.strip(_NICKNAME_SIGNS) or word
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


_NICKNAME_SIGNS = '"“”„«»‘()'
# A house of Latin letters inside words of a script without capitals: "فريق Rye الطبي".
_MIXED_SCRIPT = re.compile(r"[\u0600-\u06ff\u0900-\u097f\u0e00-\u109f\u1780-\u17ff]")
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
    if not 2 <= length <= (48 if has_mark else 36) or len(words) > 5:
        return False
    if any(is_function_word(word) for word in words):
        return False
    return has_mark or not holds_function_words(" ".join(words))


def _cjk(text: str, prefix: str | None, post: str | None) -> Person | None:
    """A Chinese, Japanese or Korean name, its title behind it or its specialty before it."""
    detail = None
    text = _READING.sub("", text.strip("“”「」『』《》"))
    whole = text
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
        is_marked = bool(titles or credentials or posts or _COURTESY_END.search(whole))
        if not is_marked and not (ORG.search(before) or SPECIALTY.search(before)):
            before = None
        else:
            text = tail
    if TEAM.search(text) or ORG.search(text):
        if len(text) > 40 or text.count(" ") > 6 or _NOT_CJK_HOUSE.search(text):
            return None
        return Person(name=text, kind="team" if TEAM.search(text) else "org")
    if not _is_cjk_name(text, is_marked=bool(titles or credentials or posts or post)):
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
    for part in (before, detail):
        if part:
            person = with_detail(person, part)
    return person


# How a name is read, in kana behind it: "山田太郎（やまだ たろう）先生".
_READING = re.compile(r"\s*[（(][\u3040-\u30ff\s　・]{2,30}[)）]")


def _is_cjk_name(text: str, *, is_marked: bool) -> bool:
    if not _CJK_NAME.fullmatch(text) or _NOT_CJK_NAME.search(text):
        return False
    if _CJK_PROFESSION.fullmatch(text):
        return False
    if _HANGUL.match(text):
        name = text.replace(" ", "")
        if _HANGUL_PARTICLE.search(name) or _HANGUL_WORD.match(name):
            return False
        return is_marked or (len(name) <= 4 and name.startswith(KOREAN_SURNAMES))
    return " " in text or "　" in text or len(text) <= _LONGEST_KANJI


_LONGEST_KANJI = 6
"""Characters of a name without a space ("勅使河原太郎")."""
_HANGUL = re.compile(r"[\uac00-\ud7af]")
# Endings of verbs and particles, in which no given name ends.
_HANGUL_PARTICLE = re.compile(
    r"[는를며다까요죠네에의]$|(?:에서|으로|하고|하여|에게|부터|까지|처럼|보다|이나|지만)$"
)
# Words of every sentence that begin as a surname does.
_HANGUL_WORD = re.compile(
    r"이것|이런|이번|이후|이전|이미|이상|이유|이용|이러|우리|우선|오늘|오히|여러|여성|전문|전체|임신|주로|주의|정보|정도|정상|방법|연구"
    r"|문제|문의|사람|사용|경우|제품|제공|모든|모두|모든|하지|하루|남성|조금|성인|신체|기본|기타|가장|가능|감수|강력|고기|고객|공식"
    r"|대부|도움|만약|반드|부작|상담|선택|소아|원인|유지|음식|인터|일반|자주|장기|장애|지금|지난|진단|진료|최근|최대|치료|표현|환자|효과"
    r"|의사|의료|약사|병원|건강|질환|증상|영양|식품|운동|예방|관리|구매|광고|국내|나이|내용|노인|다른|다양"
)
_COURTESY_END = re.compile(r"(?:先生|さん|氏|老師)\s*(?:[（(].*)?$")
_CJK_PROFESSION = re.compile(
    rf"(?:{CJK_TITLES}|専門家|专家|專家|전문가|의료진|医療従事者|医者|의학|선생님|저희|작가님)"
)
_NOT_CJK_HOUSE = re.compile(
    r"[をがはにへ]|합니다|있는|하는|です|ます|します|的时候|的時候|因为|因為"
)
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
    r"|研究|文獻|文献|本站|資料|资料|内科|外科|患者|病人|症狀|症状|治療|治疗|產品|产品|製品|商品|建議|建议|可能|可以|使用|我們|我们"
    r"|他們|他们|讀者|读者|沒有|没有|專家|专家|大學|大学|[的嗎吗呢您你她它們们這这個个此被讓让麼什每篇獻獻病疾癌痛飲飮品類类將與]"
    r"|하는|있는|합니다|습니다|건강|무단|기사|입력|수정|등록|する|した|です|ます|について|おすすめ|一覧|もっと"
)
