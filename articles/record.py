"""The article record as values: what extraction finds on one page, with the evidence for each part.

Absent means *the page does not say*: `None` or an empty tuple, never a guess. Field names follow
schema.org, WARC and the trade. The public JSON shape of these values is made in `record_json`;
nothing here reads a page or a file. Every room may use these values.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, get_args

from articles.site_knowledge import Fingerprint

Role = Literal[
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
]
ROLES: tuple[str, ...] = get_args(Role)
REVIEWING_ROLES: frozenset[str] = frozenset({"medical_reviewer", "reviewer", "peer_reviewer"})

ContributorKind = Literal["person", "org", "team"]
DateKind = Literal["published", "modified", "reviewed", "next_review_due", "fact_checked"]
DATE_KINDS: tuple[str, ...] = get_args(DateKind)
Precision = Literal["year", "month", "day", "time"]
ReviewStatus = Literal[
    "named", "organisation_only", "claim_only", "self_reviewed", "negated", "none_found"
]
REVIEW_STATUSES: tuple[str, ...] = get_args(ReviewStatus)
EvidenceSource = Literal[
    "byline",
    "review_block",
    "history_panel",
    "jsonld",
    "microdata",
    "rdfa",
    "meta",
    "state",
    "profile",
    "header",
]


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """Where one value of a record stood, and by which rule it was read."""

    source: EvidenceSource
    locator: str
    """CSS path of the element, or JSON pointer into a data block (`jsonld/0#/author/0`,
    `state/__NEXT_DATA__#/props/author`)."""
    raw: str
    """The text as it stands on the page, white space folded."""
    rule: str
    confidence: float
    """0 to 1."""


@dataclass(frozen=True, kw_only=True)
class Contributor:
    """A person, team or organisation who had a part in the article, in one role."""

    role: Role
    name: str
    credentials: tuple[str, ...] = ()
    prefix: str | None = None
    specialty: str | None = None
    job_title: str | None = None
    affiliation: str | None = None
    kind: ContributorKind = "person"
    profile_url: str | None = None
    licence: str | None = None
    scope: str | None = None
    """`source_language_version` where the review was of the text this page translates."""
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, kw_only=True)
class StatedDate:
    """A date the page states, in the page's own calendar day; never converted to UTC."""

    kind: DateKind
    value: str
    """ISO 8601, as exact as the page: `2017`, `2017-04`, `2017-04-26`, `2017-04-26T08:00:00`."""
    precision: Precision
    raw: str
    ambiguous: bool = False
    """Day and month could be the other way round, and neither the page nor its language decides."""
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A value that was found but may not have been chosen."""

    value: str
    evidence: Evidence


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """Sources that disagree about a field: all candidates, the chosen one, the rule that chose."""

    field: str
    candidates: tuple[Candidate, ...]
    chosen: str | None
    rule: str


@dataclass(frozen=True, kw_only=True)
class HistoryEntry:
    """One line of the page's own article history panel."""

    value: str | None
    """ISO date, or None where the line has none."""
    raw: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Review:
    """What the page says of its medical review."""

    status: ReviewStatus = "none_found"
    evidence: tuple[Evidence, ...] = ()
    """What a status without a person rests on: the claim, the denial, the date of a review."""
    flags: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    history: tuple[HistoryEntry, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Statement:
    """A sentence the page makes about itself (sponsoring, use of AI), with its evidence."""

    raw: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Reference:
    """One item of the source list; identifiers normalised (`10.1000/xyz`, digits, https URL)."""

    text: str
    url: str | None = None
    doi: str | None = None
    pmid: str | None = None
    pmcid: str | None = None
    isbn: str | None = None


@dataclass(frozen=True, kw_only=True)
class Link:
    text: str
    url: str | None


@dataclass(frozen=True, kw_only=True)
class Image:
    url: str
    alt: str | None = None
    caption: str | None = None


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    text: str
    kind: Literal["paragraph"] = "paragraph"


@dataclass(frozen=True, kw_only=True)
class ListItem:
    text: str
    items: tuple[ListItem, ...] = ()
    """Items of the list nested in this item."""
    ordered: bool = False
    """Whether the nested list is numbered."""


@dataclass(frozen=True, kw_only=True)
class ListBlock:
    items: tuple[ListItem, ...]
    ordered: bool = False
    start: int = 1
    """Number of the first item; only an ordered list that goes on after a paragraph has another."""
    kind: Literal["list"] = "list"


@dataclass(frozen=True, kw_only=True)
class Table:
    """A data table; `rows` hold cell texts, spans already spread over the cells they cover."""

    rows: tuple[tuple[str, ...], ...]
    header_rows: int = 0
    """How many of the first rows are header cells."""
    header_columns: int = 0
    """How many of the first cells of each row below are header cells."""
    caption: str | None = None
    kind: Literal["table"] = "table"


@dataclass(frozen=True, kw_only=True)
class Quote:
    text: str
    attribution: str | None = None
    """Who said it, where the quote itself names them (`<cite>`)."""
    kind: Literal["quote"] = "quote"


@dataclass(frozen=True, kw_only=True)
class Code:
    text: str
    kind: Literal["code"] = "code"


@dataclass(frozen=True, kw_only=True)
class Callout:
    """A box beside the run of the text ("Did you know?"), or a part of it that can be folded."""

    text: str
    title: str | None = None
    blocks: tuple[Block, ...] = ()
    """The same with its structure, where it is more than paragraphs; else empty."""
    kind: Literal["callout"] = "callout"


@dataclass(frozen=True, kw_only=True)
class Faq:
    question: str
    answer: str
    blocks: tuple[Block, ...] = ()
    """The answer with its structure, where it is more than paragraphs; else empty."""
    kind: Literal["faq"] = "faq"


@dataclass(frozen=True, kw_only=True)
class Figure:
    """An image in the body; neither its caption nor its alternative text is part of `text`."""

    image: Image
    kind: Literal["figure"] = "figure"


Block = Paragraph | ListBlock | Table | Quote | Code | Callout | Faq | Figure


@dataclass(frozen=True, kw_only=True)
class Section:
    """A heading and the blocks up to the next one; the part before the first heading has none."""

    heading: str | None
    level: int | None
    """2 to 6 as in h2 to h6; None without a heading."""
    blocks: tuple[Block, ...]


RIGHTS_CATEGORIES = ("archive", "share", "search", "ai_input", "train", "tdm")
"""What a usage preference can be about, in the order of the record."""


@dataclass(frozen=True, kw_only=True)
class RightsSignal:
    """One usage preference as it stood on the page, in a header or in a file of the site."""

    mechanism: str
    """`robots`, `tdmrep`, `content-usage`, `content-signal`, `rsl`, `licence`."""
    place: str
    """`meta`, `header`, `robots.txt`, `link`, `jsonld`."""
    agent: str | None
    raw: str
    parsed: tuple[tuple[str, str], ...]
    """(category, `allow` or `disallow`) pairs.

    Categories: archive, share, search, ai_input, train, tdm.
    """


@dataclass(frozen=True, kw_only=True)
class Rights:
    signals: tuple[RightsSignal, ...] = ()
    resolved: tuple[tuple[str, str], ...] = ()
    """(category, `allow`, `disallow` or `unknown`) for each of the six categories, in order."""


@dataclass(frozen=True, kw_only=True)
class Derivation:
    """How a record was made: two records can be compared only under one derivation."""

    version: str
    """Version of the extractor's rules; rises with every change that can change a record."""
    route: str
    """Which way of choosing the main content answered: `profile`, `blocks`, ..."""
    confidence: float
    profile_digest: str | None = None
    knowledge_digest: str | None = None
    """Of what was known of the site's other pages; None where that was nothing."""


@dataclass(frozen=True, kw_only=True)
class Article:
    """The normalised record of one page; where it lies is known to `archive` alone."""

    url: str
    """Final URL after redirects, normalised; or the canonical URL on the same registered domain."""
    requested_url: str | None
    site: str | None
    publisher: str | None
    language: str | None
    """BCP 47."""
    title: str | None
    description: str | None = None
    section: str | None = None
    keywords: tuple[str, ...] = ()
    text: str
    """Blocks parted by blank lines, list items and table rows one a line."""
    sections: tuple[Section, ...]
    takeaways: tuple[str, ...] = ()
    faq: tuple[Faq, ...] = ()
    toc: tuple[Link, ...] = ()
    disclaimers: tuple[str, ...] = ()
    disclosures: tuple[str, ...] = ()
    related: tuple[Link, ...] = ()
    images: tuple[Image, ...] = ()
    references: tuple[Reference, ...] = ()
    contributors: tuple[Contributor, ...] = ()
    dates: tuple[StatedDate, ...] = ()
    review: Review = field(default_factory=Review)
    sponsored: Statement | None = None
    ai_disclosure: Statement | None = None
    rights: Rights = field(default_factory=Rights)
    extractor: Derivation
    text_digest: str
    """`sha256:` and hex of the text, white space folded: decides whether two versions differ."""
    word_count: int
    fingerprint: Fingerprint | None = None
    """What of the page is counted for its site; no part of the public record."""

    def date(self, kind: DateKind) -> StatedDate | None:
        """The date of one kind, or None where the page states none."""
        return next((stated for stated in self.dates if stated.kind == kind), None)
