"""People, teams and organisations read out of what follows (or precedes) a byline label.

`parse_people` reads one value ("A. Roe, MD, PhD; B. de la Cruz, Editor"), `parse_person` one
person. A value that does not look like a name gives nothing: whoever is in a record was written
on the page as a name.
"""

from __future__ import annotations

import re
from dataclasses import replace

from articles.bylines.credentials import (
    credentials_of,
    is_credential,
    neat,
    words_with_brackets,
)
from articles.bylines.one_name import (
    is_post_alone,
    kind_of,
    looks_like_an_organisation,
    single_name,
)
from articles.bylines.person import ORG, SPECIALTY, TEAM, TITLE, Person, with_detail

LONGEST_VALUE = 600
"""Characters of a value that are read; six reviewers with their departments fit."""


def parse_people(
    value: str, *, is_strict: bool = False, language: str | None = None
) -> tuple[Person, ...]:
    """Everybody named in `value`, in order; empty where its beginning is no name.

    `is_strict` is for labels that are common words ("By", "Von"): the first name must then be a
    person's name in due form (two capitalised words), a team or an organisation. `language` tells
    which words join two people where another language has them too ("at", "va").

    >>> [p.name for p in parse_people("Ann Roe, MD; Bo de la Cruz, RN and Cy Fox")]
    ['Ann Roe', 'Bo de la Cruz', 'Cy Fox']
    """
    value = _tidy(value[:LONGEST_VALUE])
    if not value:
        return ()
    joining = _OWN_AND.get((language or "").split("-")[0].lower())
    if joining is not None:
        value = joining.sub(" and ", value)
    people: list[Person] = []
    for whole in _SEMICOLON.split(value):
        for chunk in _slashed(whole):
            _read_chunk(chunk, people, is_strict=is_strict)
            if not people:
                return ()
    return tuple(people)


def parse_person(value: str) -> Person | None:
    """The first name of `value`, leniently: for machine data, where a label has said it is one."""
    people = parse_people(value)
    return people[0] if people else None


def is_name(text: str) -> bool:
    """Whether `text` is nothing but a person's name in due form."""
    person = single_name(_tidy(text), is_strict=True)
    return person is not None and person.kind == "person"


_COMPANY = re.compile(
    r"(?:Inc|L\.?L\.?C|L\.?L\.?P|Ltd|Limited|Corp|Co|P\.?L\.?C|GmbH|S\.L|S\.p\.A|B\.V|e\.V"
    r"|Pty(?:\.? Ltd)?)\.{0,2}"
)
_SEMICOLON = re.compile(r"\s*[;；]\s*")
_SPACE = re.compile(r"\s+")
_EDGE = " \t\n,.:;|·•–—-/*†‡()[]«»\"“”'’、，。：／✓✔"
# The registers of doctors and other health workers of many countries, each with its number: "CRM-SP
# 12345", "GMC number 1234567", "PRC License No. 0123456", "MMC 12345". A register without a number
# is no licence.
_LICENCE = re.compile(
    r"\(?\b(?:(?:CRM(?:[-/ ]?[A-Z]{2})?|CRN|CRP|COREN|RQE"
    r"|(?:[Nn][º°o]\.?\s*(?:de\s+)?)?[Cc]olegiad[oa]|C[ée]dula(?:\s+Profesional)?|STR|SIP|RPPS|BIG"
    r"|Lic(?:en[cs]e)?\.?\s*(?:No|Nr|[Nn]umber|#)\.?)[\s:.ºª°#nN-]*\d"
    r"|(?:GMC|GDC|GPhC|NMC|HCPC|GOC|AHPRA|NPI|PRC|MMC|MDC|NSR|SMC|MCR|HPCSA|KMPDC|MDCN|ADELI|LANR"
    r"|PWZ|CREFITO|Reg(?:istration)?\.?\s+(?:No|Nr|[Nn]umber|#))\b\.?"
    r"(?:\s+(?:[Ll]ic|[Rr]eg|[Rr]ef|[Mm]ember)[a-z]{0,10}\b\.?)?(?:\s+(?:ID|[Nn]o|[Nn]r|[Nn]umber)\b\.?)?"
    r"[\s:.#nNº°-]{0,4}(?:[A-Z]{1,4}[- ]?)?\d{4})"
    r"[\d./-]*(?:[-/ ]?\(?[A-Z]{2}\b\)?|[A-Z]\b)?\)?",
)


def _tidy(value: str) -> str:
    """`value` in one line, no-break spaces and stray marks gone from its ends."""
    value = _SPACE.sub(" ", value.replace("\u00a0", " ").replace("*", " ")).strip()
    value = _IN_SECTION.sub("", value)
    if _JOINED_TITLES.search(value):
        value = _JOINED_TITLES.sub(" ", value)
    value = _TRAILING_AND.sub("", value)
    return value.strip(" ,:;|·•–—-/，：、")


# "Thạc sĩ - Bác sĩ CKI An": two titles of one person.
_JOINED_TITLES = re.compile(
    r"(?<=sĩ)\s*[-–,./]\s*(?=(?:bác|dược|thạc|tiến)\s+sĩ)|(?<=ths|pgs)\.?\s*[-–,/]\s*(?=(?:bs|bác|ts))",
    re.I,
)
_TRAILING_AND = re.compile(r"\s(?:and|&|und|et|y|dan|en)\s*$")
# "By Jane Roe in Nutrition, Sleep": what follows is the section of the site.
_IN_SECTION = re.compile(r"(?<=\w\w)\s+[Ii]n:?\s+(?!Chief|Residence)(?=[A-Z]).*$|\s+·\s+In:.*$")


# Between a name and what follows: comma, middle dot, bullet, bar, dash with spaces.
_PARTS = re.compile(r"\s*(?:[,，、]|[·•●|]|\s[–—―-]+\s|–|—)\s*")
_COMMAS = (",", "，", "、")
_AND = re.compile(
    r"\s+(?:and|&|und|et|y|dan|và|ve|en|og|och|i|и|και|e|with|și|şi|و)\s+(?=\S)"
    r"|\s+و(?=(?:ال)?(?:د\.|دكتور|دکتر))"
    r"|\s*(?:និង|နှင့်)\s*|\s*(?:และ|及|與|和|및|आणि|और)\s+"
)
# "and" in languages whose word means something else in others.
_OWN_AND = {
    "fil": re.compile(r"\s+at\s+"),
    "tl": re.compile(r"\s+at\s+"),
    "uz": re.compile(r"\s+va\s+"),
}
_SLASH = re.compile(r"\s+[/／]\s+|\s*／\s*")


def _slashed(chunk: str) -> list[str]:
    """The people that " / " parts; a slash between anything else stays in its chunk."""
    pieces = _SLASH.split(chunk)
    if len(pieces) == 1 or len(pieces) > _MOST_SLASHED:
        return [chunk]
    for piece in pieces:
        person = single_name(_PARTS.split(piece, maxsplit=1)[0], is_strict=True)
        if person is None or person.kind != "person":
            return [chunk]
    return pieces


_MOST_SLASHED = 8


def _read_chunk(chunk: str, people: list[Person], *, is_strict: bool) -> None:
    """Add to `people` whom one chunk between semicolons names, and its details to the last one."""
    licences = [found.group().strip("() ") for found in _LICENCE.finditer(chunk)]
    if licences:
        chunk = _LICENCE.sub("", chunk)
    whole = _organisation(chunk) if _ORG_START.match(chunk) else None
    if whole is not None:
        people.append(whole)
        return
    parts = _parts(chunk)
    begins = not people
    credentials_open = False
    for number, (part, is_apart) in enumerate(parts):
        following = parts[number + 1][0] if number + 1 < len(parts) else ""
        lead = _LEADING_AND.match(part)
        if lead:
            part = part[lead.end() :]
        if number == 0:
            first = _first_of_part(part, is_strict=is_strict or not begins)
            if first and (begins or first[0].kind == "person" or not TITLE.search(part)):
                people.extend(first)
                credentials_open = True
                continue
            if begins:
                return
        credentials_open = _read_part(
            part,
            people,
            following=following,
            lead=lead.group() if lead else "",
            is_apart=is_apart,
            credentials_open=credentials_open,
        )
    if licences and people:
        people[-1] = replace(people[-1], licence=", ".join(licences))


def _parts(chunk: str) -> list[tuple[str, bool]]:
    """What commas, dots and dashes part, each with whether a stronger sign than a comma stands
    before it; ", Inc." stays with the name of its company."""
    parts: list[tuple[str, bool]] = []
    begin, is_apart = 0, False
    for sign in (*_PARTS.finditer(chunk), None):
        part = chunk[begin : sign.start() if sign else None].strip()
        if part.strip(_EDGE):
            parts.append((part, is_apart))
            is_apart = False
        if sign is not None:
            begin = sign.end()
            is_apart = is_apart or sign.group().strip() not in _COMMAS
    if len(parts) > 1 and is_post_alone(parts[0][0]):
        # "Chief Medical Officer, Dr. Ann Roe"
        person = single_name(parts[1][0], is_strict=True)
        if person is not None and person.kind == "person":
            parts[:2] = [(f"{parts[0][0]} {parts[1][0]}", False)]
    if len(parts) > 2 and _is_surname_first(parts):
        # "Roe, Ada, MD": nothing but credentials stands behind both words.
        parts[:2] = [(f"{parts[1][0]} {parts[0][0]}", False)]
    if len(parts) > 1 and _COMPANY.fullmatch(parts[1][0]):
        # "Acme, Inc..": its own full stop and that of the sentence.
        parts[:2] = [(f"{parts[0][0]}, {parts[1][0]}".replace("..", "."), False)]
    return parts


def _is_surname_first(parts: list[tuple[str, bool]]) -> bool:
    words = [part for part, _ in parts[:2]]
    return (
        all(_ONE_WORD.fullmatch(word) and not credentials_of(word) for word in words)
        and not any(is_apart for _, is_apart in parts[:2])
        and not any(
            TITLE.search(word) or SPECIALTY.search(word) or ORG.search(word) for word in words
        )
        and all(credentials_of(part) for part, _ in parts[2:])
    )


_NO_NAME = re.compile(f"{TITLE.pattern}|{SPECIALTY.pattern}|{ORG.pattern}", re.I)
_NO_NAME = re.compile(f"{TITLE.pattern}|{SPECIALTY.pattern}|{ORG.pattern}", re.I)
_ONE_WORD = re.compile(r"[A-ZÀ-Þ][a-zà-ÿ]+(?:[-'’][A-ZÀ-Þ]?[a-zà-ÿ]+)*")


def _read_part(
    part: str,
    people: list[Person],
    *,
    following: str,
    lead: str,
    is_apart: bool,
    credentials_open: bool,
) -> bool:
    """Add one part after the first name; whether the next part may still be credentials.

    `lead` is the "and" that stood before it.
    """
    credentials = credentials_of(part)
    if credentials and (credentials_open or not _is_place_code(part)):
        if credentials_open:
            people[-1] = _with_credentials(people[-1], credentials)
        return credentials_open
    split = _credentials_then_rest(part) if credentials_open else None
    if split is not None:
        held, named, rest = split
        people[-1] = _with_credentials(people[-1], held)
        people.extend(named)
        if rest:
            people[-1] = with_detail(people[-1], rest)
        return not rest
    # "dr. Sari Dewi, Sp.PD · Penyakit Dalam": after a marked name and a dot stands what the person
    # practises, be it spelt like a name; a second person there would have a mark too.
    last = people[-1]
    is_detail = is_apart and bool(last.credentials or last.prefix)
    newcomers = _newcomers(
        part, following, has_and=bool(lead), after_credentials=credentials_open and not is_detail
    )
    if newcomers:
        people.extend(newcomers)
        return True
    joined = _name_after_and(part, following)
    if joined is not None:
        detail, newcomer = joined
        people[-1] = with_detail(people[-1], detail)
        people.append(newcomer)
        return True
    # "Division of Allergy, Immunology, and Transplantation" is one place.
    people[-1] = with_detail(last, lead + part if last.affiliation is not None else part)
    return False


_LEADING_AND = re.compile(r"^(?:and|&|und|et|y|dan|và|ve|и|i|e)\s+(?:the\s+(?=\S+.*\bteam\b))?")


def _first_of_part(part: str, *, is_strict: bool) -> list[Person]:
    """One name, or names joined by "and", where a value begins."""
    names = _AND.split(part)
    if len(names) > 1:
        people = [single_name(name, is_strict=True) for name in names]
        whole = [person for person in people if person is not None]
        has_post = [bool(person.job_title or person.specialty) for person in whole]
        if whole and has_post[0] and not all(has_post):
            # "Jo Roe Professor of Medicine and Public Health" is one person.
            return whole[:1]
        if len(whole) == len(names) and all(
            person.kind == "person" or number > 0 for number, person in enumerate(whole)
        ):
            return whole
    person = single_name(part, is_strict=is_strict)
    return [person] if person is not None else []


def _newcomers(
    part: str, following: str, *, has_and: bool, after_credentials: bool
) -> list[Person]:
    """Further people in a comma list: a name that "and", credentials or a post beside it mark."""
    if _is_place(part, following):
        return []
    person = single_name(part, is_strict=True)
    if person is None:
        names = _AND.split(part)
        if len(names) > 1 and after_credentials:
            people = [single_name(name, is_strict=True) for name in names]
            if all(p is not None and p.kind == "person" for p in people):
                return [p for p in people if p is not None]
        return []
    if person.kind != "person":
        return [person] if has_and and TEAM.search(part) else []
    if person.credentials or person.prefix or (has_and and after_credentials):
        return [person]
    if credentials_of(following) and not _is_place_code(following):
        return [person]
    if after_credentials and not SPECIALTY.search(part) and not TITLE.search(part):
        # "A, B and C" without credentials; a post or place would not stand right after a name.
        return [person]
    if TITLE.search(following) and not ORG.search(part):
        return [person]
    return []


def _name_after_and(part: str, following: str) -> tuple[str, Person] | None:
    """ "Clinical Professor of Medicine and Jo Roe" before ", MA": a name joined to a post."""
    for match in reversed(list(_AND.finditer(part))):
        person = single_name(part[match.end() :], is_strict=True)
        if person is None or person.kind != "person":
            continue
        if person.credentials or person.prefix or credentials_of(following):
            return part[: match.start()].strip(), person
    return None


def _credentials_then_rest(part: str) -> tuple[tuple[str, ...], list[Person], str] | None:
    """ "PhD and Jo Roe", "BSN Sleep Consultant": credentials of the one before, then more."""
    match = _AND.search(part)
    if match is not None:
        credentials = credentials_of(part[: match.start()])
        person = single_name(part[match.end() :], is_strict=True)
        if credentials and person is not None:
            return credentials, [person], ""
    words = words_with_brackets(part)
    count = 0
    while count < len(words) and is_credential(words[count], is_loose=False):
        count += 1
    if 0 < count < len(words):
        return tuple(neat(word) for word in words[:count]), [], " ".join(words[count:])
    return None


_ORG_START = re.compile(
    r"(?:the\s+)?(?:National|American|World|U\.?S\.?|Food and Drug|Centers?|Department|Office"
    r"|Institute|International"
    r"|European|Royal|British|Canadian|Federal|Society|Ministry|Harvard Health|Mayo Clinic"
    r"|Cleveland Clinic)\s",
    re.I,
)


def _organisation(chunk: str) -> Person | None:
    """A whole chunk as one body: names of institutes hold commas and "and" themselves."""
    name = re.sub(r"^the\s+", "", chunk.strip(" .,"), flags=re.I)
    if any(credentials_of(part) for part in _PARTS.split(name)[1:]):
        return None
    kind = kind_of(name, has_credentials=False)
    if kind == "person" or not looks_like_an_organisation(name):
        return None
    return Person(name=name, kind="team" if TEAM.search(name) else kind)


def _is_place_code(part: str) -> bool:
    return (
        part.strip(" .") in ("MD", "DO", "PA", "MA", "MS", "DC", "LA", "ND", "OT", "PT")
        and part != "M.D."
    )


def _is_place(part: str, following: str) -> bool:
    return bool(_PLACE.match(part)) or bool(_STATE.fullmatch(following.strip(" .")))


_PLACE = re.compile(r"^(?:St\.|New|San|Los|Las|Santa|Fort|Mount|Cape|Saint)\s", re.I)
_STATE = re.compile(
    r"A[KLRZ]|C[AOT]|DE|FL|GA|HI|I[ADLN]|K[SY]|LA|ME|MI|MN|MO|MT|N[CEHJMVY]|O[HKR]|RI|SC|SD|T[NX]|UT"
    r"|V[AT]|W[AIVY]|Missouri|California|Texas|Florida|Ohio|Illinois|Massachusetts|Maryland|Washington"
)


def _with_credentials(person: Person, credentials: tuple[str, ...]) -> Person:
    return replace(person, credentials=tuple(dict.fromkeys((*person.credentials, *credentials))))
