"""Site files: every shipped one is sound, and a wrong one is one line that says what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from articles.urls import host_of
from spiders.errors import NotAWebAddress, SiteFileError, UnknownSite
from spiders.scope import why_out_of_scope
from spiders.site import Limits, Site
from spiders.site_files import (
    SHIPPED,
    load_sites,
    read_site,
    read_site_file,
    site_for_bare_url,
    site_tables,
)

SHIPPED_SITES = load_sites()

SOUND = """\
name = "example.org"
publisher = "Example Trust"
hosts = ["www.example.org", "*.example.com"]
path_prefixes = ["/health"]
language = "en-GB"

[seeds]
sitemaps = ["https://www.example.org/sitemap.xml"]
pages = ["https://www.example.org/health/"]

[scope]
allow = ['^/health']
deny = ['/print/']
articles = ['/a-z/[^/]+$']
max_depth = 2
follow_links = false

[schedule]
cron = "17 3 * * MON"
timezone = "Europe/London"

[politeness]
delay_s = 4
concurrency = 1

[hints]
content = ["main > article"]
updated_by_reviews = true

[limits]
requisites_per_page = 60
"""


def sound_site(**changes: str) -> Site:
    text = SOUND
    for old, new in changes.items():
        text = text.replace(old, new)
    return read_site(text, where="example.org.toml", origin="test")


def error_of(old: str, new: str) -> str:
    assert old in SOUND
    with pytest.raises(SiteFileError) as caught:
        read_site(SOUND.replace(old, new), where="example.org.toml", origin="test")
    assert caught.value.exit_code == 2
    message = str(caught.value)
    assert "\n" not in message
    return message


@pytest.mark.parametrize("site", list(SHIPPED_SITES), ids=lambda site: site.name)
def test_a_shipped_site_is_polite_untried_and_starts_inside_its_own_scope(site: Site) -> None:
    assert site.origin == SHIPPED
    assert not site.tried_on_live_web
    assert (site.politeness.delay_s or 0) >= 2
    assert site.politeness.concurrency == 1
    assert site.publisher
    assert site.language
    assert site.schedule is not None
    assert site.seeds.sitemaps
    assert site.seeds.pages
    for url in site.seeds.pages:
        assert why_out_of_scope(site, url) is None
        assert SHIPPED_SITES.for_url(url) is site
    for url in (*site.seeds.sitemaps, *site.seeds.feeds):
        assert site.has_host(host_of(url))


def test_the_publishers_that_were_promised_are_there() -> None:
    names = {site.name for site in SHIPPED_SITES}

    assert {
        "hellodoctor.com.ph",
        "hellodoctor.com.ph-fil",
        "hellosehat.com",
        "hellobacsi.com",
        "marrybaby.vn",
        "hellokhunmor.com",
        "hellodoktor.com",
        "helloyishi.com.tw",
        "hellokrupet.com",
        "hellosayarwon.com",
        "helloswasthya.com",
        "nhs.uk",
        "cdc.gov",
        "medlineplus.gov",
        "womenshealth.gov",
        "mayoclinic.org",
        "clevelandclinic.org",
        "healthline.com",
        "medicalnewstoday.com",
        "webmd.com",
        "patient.info",
    } <= names
    assert SHIPPED_SITES.named("medlineplus.gov").profile.updated_by_reviews


def test_every_key_of_a_sound_file_arrives() -> None:
    site = sound_site()

    assert site.hosts == ("www.example.org", "*.example.com")
    assert site.path_prefixes == ("/health",)
    assert site.seeds.sitemaps == ("https://www.example.org/sitemap.xml",)
    assert [pattern.pattern for pattern in site.scope.deny] == ["/print/"]
    assert (site.scope.max_depth, site.scope.follow_links) == (2, False)
    assert site.schedule is not None
    assert (site.schedule.cron, site.schedule.timezone) == ("17 3 * * MON", "Europe/London")
    assert site.politeness.delay_s == 4.0
    assert site.profile.site == "example.org"
    assert site.profile.publisher == "Example Trust"
    assert site.profile.content == ("main > article",)
    assert site.profile.updated_by_reviews
    assert site.limits == Limits(requisites_per_page=60)


@pytest.mark.parametrize(("text", "expected"), [("true", True), ("false", False), ('"all"', "all")])
def test_requisites_are_taken_with_scripts_without_or_not_at_all(
    text: str, expected: bool | str
) -> None:
    site = sound_site(**{'language = "en-GB"': f'language = "en-GB"\nrequisites = {text}'})

    assert site.requisites == expected
    assert site_tables(site)["requisites"] == expected


def test_what_a_file_leaves_out_is_none_or_empty() -> None:
    site = read_site(
        'name = "x"\nhosts = ["example.org"]\n[seeds]\nfeeds = ["https://example.org/rss"]\n',
        where="x.toml",
        origin="test",
    )

    assert site.schedule is None
    assert site.politeness.delay_s is None
    assert site.scope.max_depth is None
    assert site.language is None
    assert site.profile.content == ()


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('name = "example.org"', 'name = "Ex"', "line 1: name is 'Ex', expected a name of small"),
        ('name = "example.org"', 'name = "other"', "line 1: name is 'other', expected 'example.or"),
        ('name = "example.org"\n', "", "name is missing, expected a value; add it: name ="),
        ("path_prefixes", "path_prefix", "line 4: path_prefix is no key of a site file, expected "
         "one that there is; did you mean path_prefixes?"),
        ("max_depth", "maxdepth", "line 15: scope.maxdepth is no key"),
        ("[politeness]", "[polite]", "polite is no key"),
        ("max_depth = 2", "max_depth = '2'", "line 15: scope.max_depth is '2', expected a whole"),
        ("delay_s = 4", "delay_s = -1", "line 23: politeness.delay_s is -1, expected a number"),
        ("delay_s = 4", "delay_s = nan", "politeness.delay_s is nan, expected a number"),
        ("follow_links = false", "follow_links = 0", "expected true or false"),
        ('language = "en-GB"', "requisites = 'images'", 'expected true, false or "all"'),
        ("requisites_per_page = 60", "requisite_bytes = 0", "line 31: limits.requisite_bytes is 0"),
        ("17 3 * * MON", "17 25 * * *", "line 19: schedule.cron is '17 25 * * *', expected a cron "
         "expression that comes true (Bad hour)"),
        ("17 3 * * MON", "0 0 31 2 *", "schedule.cron"),
        ("17 3 * * MON", "0 17 3 * * *", "cron expression of five fields"),
        ("Europe/London", "Europe/Londres", "schedule.timezone is 'Europe/Londres', expected a ti"),
        ("Europe/London", "../etc/passwd", "expected a time zone"),
        ("'/print/'", "'/print('", "line 13: scope.deny holds '/print(', expected a regular"),
        ("main > article", "main >> article", "line 27: hints.content holds 'main >> article', "
         "expected a CSS selector"),
        ("main > article", "main:nope", "expected a CSS selector"),
        ("main > article", "svg|a", "expected a CSS selector (Undefined namespace prefix)"),
        ("main > article", "p " * 3000, "expected a CSS selector (it has too many parts)"),
        ("https://www.example.org/sitemap.xml", "sitemap.xml", "line 8: seeds.sitemaps holds"),
        ("https://www.example.org/health/", "https://example.net/", "line 9: seeds.pages holds "
         "'https://example.net/', expected URLs on the site's hosts; add 'example.net' to hosts"),
        ('"www.example.org"', '"https://www.example.org"', "expected a host in small letters"),
        ('["/health"]', '["/health/"]', "line 4: path_prefixes holds '/health/'"),
        ('["/health"]', '"/health"', "expected a list of paths; put it in [brackets]"),
        ('"en-GB"', '"English"', "expected a language tag (BCP 47)"),
        ('cron = "17 3 * * MON"\n', "", "schedule.cron is missing"),
        ("[seeds]", "[seeds", "example.org.toml: not valid TOML:"),
        ('publisher = "Example Trust"', "publisher = 5", "publisher is 5, expected text in quotes"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_one_line_with_place_found_expected_and_advice(
    old: str, new: str, expected: str
) -> None:
    message = error_of(old, new)

    assert message.startswith("example.org.toml")
    assert expected in message


def test_the_wrong_member_of_a_long_list_is_named_with_the_line_it_stands_on() -> None:
    message = error_of("[hints]\n", "[hints]\ndrop = [\n  '.advert',\n  '.box[',\n]\n")

    line = SOUND.splitlines().index("[hints]") + 4
    assert f"line {line}: hints.drop holds '.box[', expected a CSS selector" in message


def test_broken_toml_is_reported_with_its_line() -> None:
    assert "line 5" in error_of('language = "en-GB"', "language = en-GB")


def test_a_file_that_is_no_text_or_not_there_is_one_line(tmp_path: Path) -> None:
    binary = tmp_path / "binary.toml"
    binary.write_bytes(b"name = '\xff'")

    for path in (binary, tmp_path / "missing.toml"):
        with pytest.raises(SiteFileError, match=path.name):
            read_site_file(path)


def test_a_site_of_the_user_wins_by_name_and_before_shipped_ones_of_the_host(
    tmp_path: Path,
) -> None:
    (tmp_path / "nhs.uk.toml").write_text(
        'name = "nhs.uk"\nhosts = ["www.nhs.uk"]\n[seeds]\npages = ["https://www.nhs.uk/mine/"]\n'
    )
    (tmp_path / "my-cdc.toml").write_text(
        'name = "my-cdc"\nhosts = ["www.cdc.gov"]\n[seeds]\npages = ["https://www.cdc.gov/flu/"]\n'
    )

    sites = load_sites(tmp_path)

    assert sites.named("nhs.uk").seeds.pages == ("https://www.nhs.uk/mine/",)
    found = sites.for_url("https://www.cdc.gov/flu/about.html")
    assert found is not None
    assert found.name == "my-cdc"
    assert len(sites) == len(SHIPPED_SITES) + 1


def test_a_folder_of_own_sites_need_not_exist(tmp_path: Path) -> None:
    assert len(load_sites(tmp_path / "none")) == len(SHIPPED_SITES)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://hellodoctor.com.ph/cancer/x/y/", "hellodoctor.com.ph"),
        ("https://HELLODOCTOR.com.ph/fil/cancer/", "hellodoctor.com.ph-fil"),
        ("https://hellodoctor.com.ph/fil", "hellodoctor.com.ph-fil"),
        ("https://hellodoctor.com.ph/film-and-health/", "hellodoctor.com.ph"),
        ("https://hellodoctor.com.ph:8443/", None),
        ("https://example.org/", None),
        ("not a url", None),
    ],
)
def test_a_url_belongs_to_the_site_of_its_host_and_longest_prefix(
    url: str, expected: str | None
) -> None:
    found = SHIPPED_SITES.for_url(url)

    assert (found.name if found else None) == expected


def test_a_wildcard_host_holds_the_domain_and_all_hosts_under_it() -> None:
    site = sound_site()

    assert site.has_host("example.com")
    assert site.has_host("a.b.example.com")
    assert not site.has_host("notexample.com")
    assert not site.has_host("example.org")


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("hellodoctor.com", "did you mean hellodoctor.com.ph"),
        ("healthlin.com", "healthline.com"),
        ("mayo", "did you mean mayoclinic.org?"),
        ("zzz", "`archiater sites list` shows all"),
    ],
)
def test_an_unknown_site_is_answered_with_the_names_that_are_near(name: str, hint: str) -> None:
    with pytest.raises(UnknownSite, match="there is no site") as caught:
        SHIPPED_SITES.named(name)

    assert hint in str(caught.value)


@pytest.mark.parametrize(
    ("urls", "name", "hosts"),
    [
        (["https://blog.example.org/a"], "example.org", ("blog.example.org",)),
        (["https://example.org/a"], "example.org", ("example.org", "www.example.org")),
        (["https://www.example.org/a"], "example.org", ("www.example.org", "example.org")),
        (["http://127.0.0.1:8000/a"], "127.0.0.1:8000", ("127.0.0.1:8000",)),
        (["http://localhost/"], "localhost", ("localhost",)),
        (["https://www.nhs.uk/"], "www.nhs.uk", ("www.nhs.uk",)),
        (
            ["https://a.example.org/", "https://b.example.org/"],
            "example.org",
            ("a.example.org", "b.example.org"),
        ),
    ],
)
def test_a_bare_url_is_a_site_of_its_own(
    urls: list[str], name: str, hosts: tuple[str, ...]
) -> None:
    site = site_for_bare_url(*urls)

    assert (site.name, site.hosts, site.seeds.pages) == (name, hosts, tuple(urls))
    assert site.profile.site == name
    assert all(why_out_of_scope(site, url) is None for url in urls)


@pytest.mark.parametrize("text", ["hellodoctor", "ftp://example.org/", "", "http://"])
def test_what_is_no_web_address_is_refused_before_anything_is_fetched(text: str) -> None:
    with pytest.raises(NotAWebAddress, match="is no web address"):
        site_for_bare_url(text)
