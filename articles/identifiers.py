"""Identifiers of publications in one spelling each: DOI, PMID, PMCID, ISBN.

The `find_*` functions take the text of a reference with the URLs of its links behind it, escapes
resolved, and give the first identifier; None where there is none. Called by `references`.
"""

from __future__ import annotations

import re

_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))


def find_doi(text: str) -> str | None:
    """The first DOI of a text, normalised.

    >>> find_doi("Roe A. Rye. J Bread 2020. https://doi.org/10.1000/ABC.1")
    '10.1000/abc.1'
    """
    found = _DOI.search(text) if "10." in text else None
    return normalise_doi(found[0]) or None if found else None


# Old DOIs hold a SICI, whose angle brackets end any other: "1097-0258(19980815)17:15<1661::AID-
# SIM968>3.0.CO;2-2".
_DOI = re.compile(
    r"\b10\.\d{4,9}(?:\.\d{1,9})*/"
    r"[^\s\"'<>“”„«»，。；、（）】」]{1,300}"
    r"(?:<[^\s\"'<>]{1,60}>\d\.\d\.[A-Z]{2};2-[0-9A-Z#])?",
    re.IGNORECASE,
)
_IS_SICI = re.compile(r">\d\.\d\.[a-z]{2};2-.$")
# What publishers put behind a DOI in the addresses of its forms.
_FORMS = re.compile(
    r"(?:/(?:full|fulltext|abstract|abs|summary|meta|pdf|epdf|html|references)|\.(?:pdf|full|abstract))$"
)
_NEXT_IDENTIFIER = re.compile(r"[.,;:\[(]{0,2}(?:pmid|pmcid|epub|isbn)\b.*$")


def normalise_doi(doi: str) -> str:
    """A DOI in lower case without what the sentence or the URL put behind it.

    >>> normalise_doi("10.1000/ABC(12).")
    '10.1000/abc(12)'
    """
    doi = doi.translate(_DASHES).lower()
    if _IS_SICI.search(doi):
        return doi
    doi = re.split(r"[?#]|&(?:amp;)?\w+=", doi, maxsplit=1)[0]
    doi = _NEXT_IDENTIFIER.sub("", doi).rstrip(_BEHIND)
    for _ in range(2):
        doi = _FORMS.sub("", doi)
    if doi.endswith(")") and doi.count("(") < doi.count(")"):
        doi = doi.rstrip(")")
    return doi.rstrip(".,;")


_BEHIND = ".,;:]}'\"/’”»"


def find_pmid(text: str) -> str | None:
    """The number of a publication in PubMed, from "PMID: 123456" or the address of its page.

    >>> find_pmid("https://www.ncbi.nlm.nih.gov/pubmed/?term=12345678")
    '12345678'
    """
    found = _PMID.search(text)
    if found is None and "pubmed" in text.lower() and (query := _PMID_QUERY.search(text)):
        found = query
    return found[found.lastindex or 0] if found else None


_PMID = re.compile(
    r"\bPMID\s*[:#-]?\s*(\d{3,8})\b"
    r"|\bPubMed(?: (?:ID|PMID)|:)[\s:]*(\d{3,8})\b|\bPubMed\s+(\d{6,8})\b"
    r"|(?:pubmed\.ncbi\.nlm\.nih\.gov/|ncbi\.nlm\.nih\.gov/(?:m/)?pubmed/|europepmc\.org/"
    r"(?:article|abstract)/med/)(\d{3,8})\b",
    re.IGNORECASE,
)
# A search for five digits and no more can only mean the number.
_PMID_QUERY = re.compile(
    r"(?:pubmed|db=pubmed)[^\s#]{0,80}?[?&](?:term|list_uids|id)=(\d{5,8})(?![\w+. -])"
    r"|[?&](?:list_uids|id)=(\d{5,8})&[^\s#]{0,80}?db=pubmed",
    re.IGNORECASE,
)


def find_pmcid(text: str) -> str | None:
    """The number of a publication in PubMed Central, with its letters.

    >>> find_pmcid("PMCID: PMC 7654321")
    'PMC7654321'
    """
    found = _PMCID.search(text)
    return f"PMC{found[1] or found[2]}" if found else None


_PMCID = re.compile(
    r"\bPMC\s?(\d{4,9})\b|(?:\bPMCID\s*:?\s*|/pmc/articles/)(\d{4,9})\b", re.IGNORECASE
)


def find_isbn(text: str) -> str | None:
    """The first ISBN of a text whose check digit is right, as 13 digits.

    >>> find_isbn("Bread. Rye Press. ISBN-10: 0-306-40615-2")
    '9780306406157'
    """
    if "isbn" not in text.lower() and "BookSources" not in text:
        return None
    found = (normalise_isbn(digits) for digits in _ISBN.findall(text))
    return next((isbn for isbn in found if isbn is not None), None)


_SEPARATOR = r"[-\s\u2010-\u2014\u2212]?"
_ISBN = re.compile(
    r"(?:ISBN|BookSources)(?:[-\s\u2010-\u2014]?1[03]\b)?[\s:：./=#-]{0,3}"
    r"(?:\([a-z. -]{1,20}\)[\s:]{0,2})?"
    rf"(97[89]{_SEPARATOR}(?:\d{_SEPARATOR}){{9}}\d|(?:\d{_SEPARATOR}){{9}}[\dXx])(?!\d)",
    re.IGNORECASE,
)


def normalise_isbn(isbn: str) -> str | None:
    """The 13 digits of an ISBN, of an old one with ten too; None where its check digit is wrong.

    >>> normalise_isbn("978-3-16-148410-0"), normalise_isbn("978-3-16-148410-1")
    ('9783161484100', None)
    """
    digits = [character for character in isbn.upper() if character in "0123456789X"]
    if len(digits) == 10 and "X" not in digits[:9]:
        last = 10 if digits[9] == "X" else int(digits[9])
        total = sum((10 - at) * int(digit) for at, digit in enumerate(digits[:9])) + last
        if total % 11:
            return None
        body = "978" + "".join(digits[:9])
        return body + _check_digit(body)
    if len(digits) == 13 and "X" not in digits:
        whole = "".join(digits)
        is_book = whole.startswith(("978", "979"))
        return whole if is_book and _check_digit(whole[:12]) == whole[12] else None
    return None


def _check_digit(twelve: str) -> str:
    """The thirteenth digit of an ISBN (ISO 2108, annex A)."""
    total = sum(int(digit) * (3 if at % 2 else 1) for at, digit in enumerate(twelve))
    return str(-total % 10)
