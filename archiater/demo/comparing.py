"""Where a record that extraction made differs from what the demo expects of it.

`differences` is used by the tests and may be shown by the demo command: one line a difference.
"""

from __future__ import annotations

from collections.abc import Iterator

from archiater.demo.expected import ExpectedArticle, ExpectedPerson
from articles.record import Article, Contributor


def differences(expected: ExpectedArticle, article: Article) -> tuple[str, ...]:
    """One line for each difference, `what: got ..., expected ...`; empty for a right record."""
    return tuple(_differences(expected, article))


def _differences(expected: ExpectedArticle, article: Article) -> Iterator[str]:
    stated = tuple(sorted((date.kind, date.value[:10]) for date in article.dates))
    pairs: tuple[tuple[str, object, object], ...] = (
        ("title", article.title, expected.title),
        ("language", _primary(article.language), _primary(expected.language)),
        ("dates", stated, expected.dates),
        ("review status", article.review.status, expected.review_status),
        ("number of references", len(article.references), expected.n_references),
        ("disclaimers", article.disclaimers, expected.disclaimers),
        ("sponsored", article.sponsored is not None, expected.is_sponsored),
        ("AI disclosure", article.ai_disclosure is not None, expected.has_ai_disclosure),
    )
    for what, got, wanted in pairs:
        if got != wanted:
            yield f"{what}: got {got!r}, expected {wanted!r}"
    yield from _people(expected, article)
    yield from _text(expected, article)


def _people(expected: ExpectedArticle, article: Article) -> Iterator[str]:
    roles = sorted(
        {person.role for person in expected.people} | {one.role for one in article.contributors}
    )
    for role in roles:
        wanted = {person.name: person for person in expected.people if person.role == role}
        got = {one.name: one for one in article.contributors if one.role == role}
        if wanted.keys() != got.keys():
            yield f"{role}: got {sorted(got)}, expected {sorted(wanted)}"
        for name in sorted(wanted.keys() & got.keys()):
            yield from _person(wanted[name], got[name])


def _person(wanted: ExpectedPerson, got: Contributor) -> Iterator[str]:
    """Specialty is compared only where the page shows it as one."""
    pairs: tuple[tuple[str, object, object], ...] = (
        ("credentials", got.credentials, wanted.credentials),
        ("prefix", got.prefix, wanted.prefix),
        ("kind", got.kind, wanted.kind),
        ("scope", got.scope, wanted.scope),
        ("specialty", got.specialty if wanted.specialty else None, wanted.specialty),
    )
    for what, found, expected in pairs:
        if found != expected:
            yield f"{what} of {wanted.name}: got {found!r}, expected {expected!r}"


def _text(expected: ExpectedArticle, article: Article) -> Iterator[str]:
    text = " ".join(article.text.split())
    kept = (*article.takeaways, text)
    missing = [piece for piece in expected.body if not any(piece in one for one in kept)]
    if missing:
        yield f"text: {len(missing)} of {len(expected.body)} pieces missing, first {missing[0]!r}"
    for line in expected.unwanted:
        if line in text:
            yield f"text: has {line!r}, expected without it"


def _primary(language: str | None) -> str | None:
    """`zh` of `zh-Hant`: a page of one script needs no more to be right."""
    return language.partition("-")[0] if language else None
