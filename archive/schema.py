"""The tables of `archive.db` and the steps that bring an older database forward.

`pragma user_version` holds the number of the last step applied. A step is never changed once
released; a new one is added. Times are UTC text, `2026-11-22T09:30:00.123456Z`, so that text order
is time order. Each concern's SQL stands in the module that owns the table; here is only the shape.
"""

from __future__ import annotations

import sqlite3

from archive.errors import NewerCollection, NoCollection

_FIRST = """
create table sites (
    name text primary key,
    publisher text,
    language text,
    first_crawled_at text,
    last_crawled_at text
);
create table crawls (
    id integer primary key,
    site text not null,
    started_by text not null,          -- command, schedule, demo, import
    state text not null,               -- running, finished, interrupted, failed
    started_at text not null,
    ended_at text,
    settings text not null,            -- JSON: limit, since, one_page, seeds
    counts text not null,              -- JSON: fetched, articles, new_versions, ...
    error text,
    pid integer,
    boot_id text
);
create index crawls_by_site on crawls (site, id);
create table warc_files (
    id integer primary key,
    name text not null unique,         -- file name below warcs/, without .open
    state text not null,               -- open, sealed
    origin text not null,              -- crawl, import
    durable_bytes integer not null,    -- bytes up to here are on the disk and have their rows
    sha256 text,                       -- of the sealed file, hex
    source_sha256 text,                -- of the file that was imported, where it was rewritten
    created_at text not null,
    sealed_at text
);
create table captures (
    id integer primary key,
    warc_file_id integer not null references warc_files (id),
    offset integer not null,           -- of the response WARC record, bytes in the compressed file
    length integer not null,
    request_offset integer,
    request_length integer,
    record_id text not null,           -- WARC-Record-ID, with the angle brackets removed
    record_type text not null,         -- response, revisit, resource, metadata
    crawl_id integer references crawls (id),
    site text not null,
    url text not null,
    fetched_at text not null,
    status integer,                    -- null where no answer came
    content_type text,
    payload_digest text,               -- SHA-1, as WARC and indexes have it
    payload_sha256 text,               -- hex; null where no payload was read or is known
    payload_bytes integer,
    etag text,
    last_modified text,
    location text,                     -- target of a redirect, normalised
    truncated text,
    error text,
    outcome text,                      -- article, not_article, skipped, failed; null: waiting
    reason text,                       -- why it is not an article
    unique (warc_file_id, offset)
);
create index captures_by_url on captures (url, fetched_at);
create index captures_by_record on captures (record_id);
create index captures_by_location on captures (location, fetched_at) where location is not null;
create index captures_by_payload on captures (payload_digest) where record_type = 'response';
create index captures_waiting on captures (id) where outcome is null;
create index captures_by_crawl on captures (crawl_id);
create index captures_gone on captures (url, fetched_at) where status in (404, 410);
create table articles (
    id integer primary key,
    url text not null unique,
    site text not null,
    publisher text,
    language text,
    title text,
    section text,
    review_status text not null,
    published text,
    modified text,
    reviewed text,
    next_review_due text,
    word_count integer not null,
    version integer not null,          -- number of the latest version
    capture_id integer not null references captures (id),   -- latest capture of this article
    first_seen_at text not null,
    last_seen_at text not null,
    gone_at text                       -- when a later fetch first found the page gone
);
create index articles_by_site on articles (site, id);
create index articles_by_reviewed on articles (reviewed);
create table texts (
    digest text primary key,           -- text_digest of the record
    text text not null,
    sections text not null             -- JSON, the record's `sections`
);
create table records (
    digest text primary key,           -- sha256: of the JSON
    record text not null               -- JSON of the record without capture, version, times; with
                                       -- text and sections only where those of `texts` differ
);
create table observations (
    capture_id integer primary key references captures (id),
    article_id integer not null references articles (id),
    fetched_at text not null,
    text_digest text not null references texts (digest),
    record_digest text not null references records (digest),
    derivation text not null           -- extractor version, profile digest, knowledge digest
);
create index observations_by_article on observations (article_id, fetched_at);
create index observations_by_text on observations (text_digest);
create table versions (
    article_id integer not null references articles (id),
    number integer not null,           -- 1 is the oldest
    text_digest text not null references texts (digest),
    first_capture_id integer not null references captures (id),
    last_capture_id integer not null references captures (id),
    first_seen_at text not null,
    last_seen_at text not null,
    word_count integer not null,
    primary key (article_id, number)
);
create table people (
    id integer primary key,
    name_key text not null unique,     -- letters of the name, folded
    name text not null,                -- as first seen
    kind text not null                 -- person, org, team
);
create table credits (
    article_id integer not null references articles (id),
    person_id integer not null references people (id),
    role text not null,
    position integer not null,         -- order in the record
    name text not null,                -- as this article spells it
    credentials text not null,         -- JSON list
    specialty text,
    affiliation text,
    primary key (article_id, position)
);
create index credits_by_person on credits (person_id, role);
create table article_dates (
    article_id integer not null references articles (id),
    kind text not null,
    value text not null,
    precision text not null,
    raw text not null,
    primary key (article_id, kind)
);
create table article_references (
    article_id integer not null references articles (id),
    position integer not null,
    text text not null,
    url text,
    doi text,
    pmid text,
    pmcid text,
    isbn text,
    primary key (article_id, position)
);
create index article_references_by_doi on article_references (doi) where doi is not null;
create table rights (
    article_id integer not null references articles (id),
    category text not null,            -- archive, share, search, ai_input, train, tdm
    verdict text not null,             -- allow, disallow, unknown
    primary key (article_id, category)
);
create table findings (
    article_id integer not null references articles (id),
    kind text not null,                -- see articles/findings.py
    message text not null,
    primary key (article_id, kind, message)
);
create index findings_by_kind on findings (kind);
create table frontier (
    site text not null,
    url text not null,                 -- normalised
    crawl_id integer not null references crawls (id),   -- the crawl that last asked for it
    kind text not null,                -- sitemap, feed, page, requisite
    state text not null,               -- waiting, leased, done, disallowed, failed, out_of_scope
    priority integer not null,
    depth integer not null,
    found_by text not null,            -- seed, sitemap, feed, link, redirect, command, page, style
    found_on text,                     -- URL of the page that named it
    lastmod text,
    tries integer not null default 0,
    ready_at text,                     -- not before this time, where a failure asked for a rest
    leased_by text,                    -- boot id and pid of the worker
    reason text,                       -- of the end, where it is not `done`
    changed_at text not null,
    primary key (site, url)
) without rowid;
create index frontier_waiting on frontier (site, crawl_id, state, priority desc);
create table due_moments (
    site text not null,
    due_at text not null,
    state text not null,               -- started, finished, failed, missed, skipped
    crawl_id integer references crawls (id),
    reason text,
    noted_at text not null,
    primary key (site, due_at)
);
create table search_documents (
    id integer primary key,            -- article id
    title text not null,
    headings text not null,
    text text,                         -- analysed text where it differs from the text itself
    text_digest text not null references texts (digest),
    analyser text not null
);
create index search_documents_by_digest on search_documents (text_digest);
-- One text digest may come to stand for another spelling (white space, NFC); the index must still
-- be able to subtract what it was given.
create trigger texts_indexed before update of text on texts when old.text <> new.text
begin
    update search_documents
    set text = old.text
    where text_digest = old.digest and text is null;
end;
create table search_queue (
    article_id integer primary key     -- changed since it was last indexed
);
-- Analysed text holds U+200B between words and U+200C between the pieces (characters, syllables) of
-- a word of an unspaced script. unicode61 would split at both; `pieces` is where it shall.
create view search_source as
    select
        d.id,
        replace(replace(replace(d.title, 'đ', 'd'), 'Đ', 'D'), char(8204), '') as title,
        replace(replace(replace(d.headings, 'đ', 'd'), 'Đ', 'D'), char(8204), '') as headings,
        replace(
            replace(replace(coalesce(d.text, t.text), 'đ', 'd'), 'Đ', 'D'), char(8204), ''
        ) as text,
        case when d.analyser = 'plain/1' then '' else replace(
            d.title || char(10) || d.headings || char(10) || coalesce(d.text, t.text),
            char(8204), char(8203)
        ) end as pieces
    from search_documents d
    join texts t on t.digest = d.text_digest;
create virtual table article_search using fts5 (
    title, headings, text, pieces,
    content = 'search_source', content_rowid = 'id',
    tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'"
);
"""

_SITE_KNOWLEDGE = """
create table fingerprints (
    id integer primary key,            -- digest of the rest: equal ones are held once
    sketch blob not null,              -- of the main text: 16 keys of 64 bits, big-endian
    keys blob not null                 -- of the page's blocks: 64 bits each, big-endian, ascending
);
alter table observations add column fingerprint_id integer references fingerprints (id);
create table sites_to_count (
    site text primary key,
    changes integer not null           -- of its fingerprints, since it was last counted
);
create table site_knowledge (
    site text not null,
    digest text not null,              -- as a derivation names it
    is_current integer not null,       -- else held for the records that were made with it
    texts integer not null,            -- different texts that were counted
    counts blob not null,              -- key (64 bits) and texts it stands in (32), big-endian
    primary key (site, digest)
) without rowid;
"""

# Until here people of one name were one row. Now each site's bearer of a name has one, and `people`
# is what they come to; old ids stay with the site that named the person first. What the rules make
# of it is made by `archive.people_directory`, which finds everybody in the queue.
_PEOPLE = """
create table people_now (
    id integer primary key,            -- that of its oldest site person
    name_key text not null,            -- letters of the name, folded
    name text not null,                -- as most credits spell it
    kind text not null                 -- person, org, team
);
insert into people_now select id, name_key, name, kind from people;
drop table people;
alter table people_now rename to people;
create index people_by_key on people (name_key);
create table site_people (
    id integer primary key autoincrement,
    site text not null,
    name_key text not null,
    kind text not null,
    person_id integer not null references people (id),   -- who this is
    unique (name_key, site)
);
create index site_people_by_person on site_people (person_id);
alter table credits add column profile_url text;
alter table credits add column licence text;
alter table credits add column site_person_id integer references site_people (id);
insert into site_people (id, site, name_key, kind, person_id)
    select p.id, a.site, p.name_key, p.kind, p.id
    from people p
    join articles a on a.id = (
        select min(c.article_id) from credits c where c.person_id = p.id
    );
insert into site_people (site, name_key, kind, person_id)
    select distinct a.site, p.name_key, p.kind, p.id
    from credits c
    join people p on p.id = c.person_id
    join articles a on a.id = c.article_id
    where true
    order by p.id, a.site
    on conflict do nothing;
update credits
set site_person_id = (
        select s.id
        from site_people s
        join articles a on a.site = s.site
        join people p on p.name_key = s.name_key
        where a.id = credits.article_id and p.id = credits.person_id
    ),
    profile_url = (
        select json_extract(r.record, '$.contributors[' || credits.position || '].profile_url')
        from articles a
        join observations o on o.capture_id = a.capture_id
        join records r on r.digest = o.record_digest
        where a.id = credits.article_id
    ),
    licence = (
        select json_extract(r.record, '$.contributors[' || credits.position || '].licence')
        from articles a
        join observations o on o.capture_id = a.capture_id
        join records r on r.digest = o.record_digest
        where a.id = credits.article_id
    );
create index credits_by_site_person on credits (site_person_id);
create table person_aliases (
    id integer primary key,            -- of a site person that is gone
    person_id integer not null         -- who it was
);
create table person_handles (
    handle text not null,              -- what like people share: a key, a profile page, ...
    site_person_id integer not null,
    primary key (handle, site_person_id)
) without rowid;
create index person_handles_by_person on person_handles (site_person_id);
create table common_handles (
    handle text primary key            -- held by too many to tell anything
) without rowid;
create table person_links (
    one integer not null,              -- site people, the older first
    other integer not null,
    strength text not null,            -- decided, strong, fair, weak; likely: not merged
    reason text not null,
    against text,                      -- what keeps them apart
    primary key (one, other)
) without rowid;
create index person_links_by_other on person_links (other);
create table person_decisions (
    one_name text not null,            -- with its site: what a re-extraction does not change
    one_site text not null,
    other_name text not null,
    other_site text not null,
    is_same integer not null,
    decided_at text not null,
    primary key (one_name, one_site, other_name, other_site)
) without rowid;
create table people_queue (
    site_person_id integer primary key,   -- changed since the rules last looked
    has_handles integer not null default 0   -- its handles are those of its credits again
);
create table people_rules (
    version text not null              -- of the keys and rules that made the rows
);
insert into people_rules values ('0');
"""

STEPS: tuple[str, ...] = (_FIRST, _SITE_KNOWLEDGE, _PEOPLE)
VERSION = len(STEPS)


def migrate(connection: sqlite3.Connection, *, where: str) -> None:
    """Bring the database forward to `VERSION`, each step in one transaction.

    Raises `NewerCollection` where a newer archiater wrote it, `NoCollection` where it is a database
    of something else; nothing is changed then.
    """
    found = _version_of(connection, where=where)
    if found == 0 and connection.execute("select 1 from sqlite_schema").fetchone():
        raise _not_ours(where)
    for number, step in enumerate(STEPS[found:], start=found + 1):
        connection.executescript(
            f"begin immediate;\n{step}\npragma user_version = {number};\ncommit;"
        )


def check(connection: sqlite3.Connection, *, where: str) -> int:
    """The schema version of the database.

    Raises `NewerCollection` where it is too new for us, `NoCollection` where it has none.
    """
    found = _version_of(connection, where=where)
    if found == 0:
        raise _not_ours(where)
    return found


def _not_ours(where: str) -> NoCollection:
    return NoCollection(
        f"{where}: a database without the tables of a collection, expected one that archiater "
        "made; move it away, then run `archiater init` or `archiater import` on warcs/"
    )


def _version_of(connection: sqlite3.Connection, *, where: str) -> int:
    found: int = connection.execute("pragma user_version").fetchone()[0]
    if found > VERSION:
        raise NewerCollection(
            f"{where}: the database has schema version {found}, this archiater knows {VERSION}; "
            "install the newer archiater that wrote it"
        )
    return found
