from __future__ import annotations

import pytest

from articles.identifiers import (
    find_doi,
    find_isbn,
    find_pmcid,
    find_pmid,
    normalise_doi,
    normalise_isbn,
)


@pytest.mark.parametrize(
    ("doi", "expected"),
    [
        ("10.1000/XYZ.", "10.1000/xyz"),
        ("10.1016/S0140-6736(20)30183-5)", "10.1016/s0140-6736(20)30183-5"),
        ("10.1016/S0140–6736(20)30183–5", "10.1016/s0140-6736(20)30183-5"),
        ("10.1093/ije/dyz1/full", "10.1093/ije/dyz1"),
        ("10.3389/fnut.2020.1/full/html", "10.3389/fnut.2020.1"),
        ("10.1000/abc?utm=1", "10.1000/abc"),
        ("10.1371/journal.pone.1&type=printable", "10.1371/journal.pone.1"),
        ("10.1000/abc.PMID:", "10.1000/abc"),
    ],
)
def test_a_doi_has_one_spelling(doi: str, expected: str) -> None:
    assert normalise_doi(doi) == expected
    assert normalise_doi(expected) == expected


def test_a_doi_with_angle_brackets_is_read_whole() -> None:
    sici = "10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2"

    assert find_doi(f"Roe A. Stat Med. 1998. doi:{sici}.") == sici.lower()
    assert find_doi("<i>10.1000/abc</i>") == "10.1000/abc"


def test_a_doi_ends_before_the_signs_of_other_scripts() -> None:
    assert find_doi("小麦 2020，doi:10.1000/abc。黑麦") == "10.1000/abc"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PMID: 12345678.", "12345678"),
        ("PubMed PMID 1234567", "1234567"),
        ("https://pubmed.ncbi.nlm.nih.gov/12345678/", "12345678"),
        ("https://pubmed.ncbi.nlm.nih.gov/?term=12345678", "12345678"),
        ("https://www.ncbi.nlm.nih.gov/pubmed/?term=12345678%5Buid%5D", "12345678"),
        ("http://www.ncbi.nlm.nih.gov/entrez/query.fcgi?db=pubmed&list_uids=12345678", "12345678"),
        ("http://www.ncbi.nlm.nih.gov/entrez/query.fcgi?list_uids=12345678&db=PubMed", "12345678"),
        ("https://europepmc.org/article/MED/12345678", "12345678"),
        ("Found in PubMed 2019", None),
        ("https://pubmed.ncbi.nlm.nih.gov/?term=2019", None),
        ("https://pubmed.ncbi.nlm.nih.gov/?term=20191112+rye", None),
        ("https://www.ncbi.nlm.nih.gov/nuccore/?list_uids=12345678", None),
    ],
)
def test_a_pmid_is_read_from_words_and_addresses(text: str, expected: str | None) -> None:
    assert find_pmid(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "PMCID: PMC7654321",
        "PMC 7654321",
        "PMCID: 7654321",
        "https://pmc.ncbi.nlm.nih.gov/articles/PMC7654321/",
        "https://www.ncbi.nlm.nih.gov/pmc/articles/7654321/",
        "https://europepmc.org/article/pmc/pmc7654321",
    ],
)
def test_a_pmcid_is_read_from_words_and_addresses(text: str) -> None:
    assert find_pmcid(text) == "PMC7654321"


@pytest.mark.parametrize(
    "text",
    [
        "ISBN 978-3-16-148410-0",
        "ISBN9783161484100",
        "ISBN-13: 978–3–16–148410–0.",
        "ISBN 13 978 3 16 148410 0",
        "ISBN (print): 978-3-16-148410-0, 2020",
        "ISBN 3-16-148410-X",
        "ISBN-10: 3–16–148410–x",
        "ISBN 978-3-16-148410-1; ISBN 978-3-16-148410-0",
        "https://books.example/isbn/9783161484100",
    ],
)
def test_an_isbn_of_ten_or_thirteen_digits_comes_out_as_thirteen(text: str) -> None:
    assert find_isbn(text) == "9783161484100"


@pytest.mark.parametrize(
    "isbn", ["978-3-16-148410-1", "0-306-40615-3", "123", "977-3-16-148410-7", "X306406152"]
)
def test_an_isbn_with_a_wrong_check_digit_is_none(isbn: str) -> None:
    assert normalise_isbn(isbn) is None
    assert find_isbn(f"Bread. ISBN {isbn}") is None
