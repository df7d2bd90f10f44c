"""`archiater sites check` as an operator reads it: blocks, reasons, colour and proposals."""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]

TEXT = (
    "A cough clears the airways, and most coughs go away on their own three weeks after a cold.",
    "Honey in warm water soothes the throat of those who are older than one year, before bedtime.",
    "See a doctor when you cough up blood, when breathing hurts, or when you lose weight quickly.",
)
PAGE = """<html lang=en><head><title>TITLE</title></head><body><nav><a href=/>Home</a></nav>
<main><h1>TITLE</h1>
<div class=by-line><p>Medically reviewed by Ana Reyes, MD, on 3 May 2024</p></div>
<div class=story-text>TEXT<div class=newsletter-box><p>Come back to read more of us</p></div></div>
</main><footer><p>Example Trust, Manila</p></footer></body></html>"""


def write_page(folder: Path, name: str, title: str = "Coughing", page: str = PAGE) -> Path:
    text = "".join(f"<p>{sentence.replace('cough', title.lower())}</p>" for sentence in TEXT)
    path = folder / name
    path.write_text(page.replace("TITLE", title).replace("TEXT", text), encoding="utf-8")
    return path


def write_site(home: Path, hints: str) -> None:
    (home / "sites").mkdir(exist_ok=True)
    (home / "sites" / "mine.toml").write_text(
        'name = "mine"\nhosts = ["example.org"]\n[seeds]\npages = ["https://example.org/"]\n'
        f"[hints]\n{hints}\n"
    )


def checked(archiater: Run, *pages: Path, options: tuple[str, ...] = ()) -> tuple[int, str]:
    urls = [f"https://example.org/{number}" for number, _ in enumerate(pages)]
    files = [word for page in pages for word in ("--file", page)]
    code, out, _ = archiater("sites", "check", *urls, *files, *options)
    return code, out


def as_on_a_terminal(monkeypatch: pytest.MonkeyPatch, **environment: str) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    for name in ("NO_COLOR", "FORCE_COLOR", "COLORTERM", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {"TERM": "xterm-256color", "COLUMNS": "200", **environment}.items():
        monkeypatch.setenv(name, value)


def test_the_summary_comes_first_and_the_proposals_last(archiater: Run, tmp_path: Path) -> None:
    code, out = checked(archiater, write_page(tmp_path, "a.html"))

    lines = out.splitlines()
    assert code == 0
    assert lines[0].startswith("Coughing · content by the general rules, confidence 0.")
    assert " of 74 words kept · medical reviewer · reviewed 2024-05-03 · review: named" in lines[0]
    assert 'content = [".story-text"]' in lines[-8:]
    assert lines[-1].startswith("# Seen on one page")


@pytest.mark.parametrize(
    ("mark", "words"),
    [
        ("+", ["p", "A coughing clears the airways"]),
        (
            "-",
            ["promotion", "Come back to read", "markup of main div.story-text div.newsletter-box"],
        ),
        ("·", ["outside: Home", "navigation"]),
        (
            "·",
            ["byline", "Medically reviewed by", "→ contributors.medical_reviewer, dates.reviewed"],
        ),
        ("·", ["Example Trust, Manila"]),
    ],
    ids=["kept", "dropped", "navigation", "byline", "footer"],
)
def test_each_block_is_shown_with_its_verdict_and_the_reason(
    archiater: Run, tmp_path: Path, mark: str, words: list[str]
) -> None:
    _, out = checked(archiater, write_page(tmp_path, "a.html"))

    assert [
        line
        for line in out.splitlines()
        if line.startswith(mark) and all(word in line for word in words)
    ]


def test_only_the_blocks_asked_for_are_shown(archiater: Run, tmp_path: Path) -> None:
    page = write_page(tmp_path, "a.html")

    _, dropped = checked(archiater, page, options=("--show", "dropped"))
    _, rest = checked(archiater, page, options=("--show", "outside", "--show", "kept"))

    assert "Come back" in dropped
    assert "Honey" not in dropped
    assert "Example Trust" not in dropped
    assert "Come back" not in rest
    assert "Honey" in rest
    assert "Example Trust" in rest


def test_json_holds_every_block_whole(archiater: Run, tmp_path: Path) -> None:
    _, out = checked(archiater, write_page(tmp_path, "a.html"), options=("--json",))

    found = json.loads(out)
    [page] = found["pages"]
    blocks = page["explanation"]["blocks"]
    assert {block["verdict"] for block in blocks} == {"kept", "dropped", "outside"}
    assert TEXT[1] in [block["text"] for block in blocks]
    assert found["proposals"][0] == {
        "key": "content", "selector": ".story-text", "pages": 1, "matches": 1
    }  # fmt: skip
    assert tomllib.loads("\n".join(found["proposed_lines"]))["drop"] == [".newsletter-box"]


def test_several_pages_are_shown_in_turn_and_agree_on_the_proposals(
    archiater: Run, tmp_path: Path
) -> None:
    pages = [write_page(tmp_path, f"{title}.html", title) for title in ("Coughing", "Sneezing")]
    other = write_page(
        tmp_path,
        "c.html",
        "Hiccups",
        PAGE.replace("story-text", "tale-text").replace("main>", "section>"),
    )

    _, out = checked(archiater, *pages, other)
    _, blocks = checked(archiater, *pages, other, options=("--show", "dropped"))

    assert "Come back" not in out
    assert blocks.count("Come back") == 3
    assert out.index("Coughing ·") < out.index("Sneezing ·") < out.index("Hiccups ·")
    assert "content = " in out.partition("Proposed for")[2]
    assert "# .story-text: 2 elements on 2 of 3 pages" in out
    assert "Seen on one page" not in out


def test_proposals_put_into_the_site_file_are_taken_and_not_proposed_again(
    archiater: Run, tmp_path: Path, home: Path
) -> None:
    page = write_page(tmp_path, "a.html")
    before = json.loads(checked(archiater, page, options=("--json",))[1])
    write_site(home, "\n".join(before["proposed_lines"]))

    code, out = checked(archiater, page, options=("--json",))

    after = json.loads(out)
    assert (code, after["site"], after["proposals"]) == (0, "mine", [])
    assert after["pages"][0]["record"]["extractor"]["route"] == "profile"
    assert after["pages"][0]["record"]["text"] == before["pages"][0]["record"]["text"]


SALE = "<div class=card><div>Garden lamp in blue</div><div>Order today.</div></div>"


def test_what_the_model_dropped_is_shown_with_what_weighed_against_it(
    archiater: Run, tmp_path: Path
) -> None:
    page = write_page(tmp_path, "a.html", page=PAGE.replace("TEXT", f"TEXT{SALE}"))

    _, out = checked(archiater, page)

    [line] = [line for line in out.splitlines() if "Order today" in line]
    assert re.match(
        r"- +-?\d+ 0\.0[012]\d div +model +Order today\.  probability below 0\.03: ", line
    )
    assert len(re.findall(r" -\d\.\d(?:,|$)", line)) == 3


def test_the_columns_of_kept_and_dropped_blocks_are_aligned(archiater: Run, tmp_path: Path) -> None:
    _, out = checked(archiater, write_page(tmp_path, "a.html"))

    kept, dropped = (
        next(line for line in out.splitlines() if words in line)
        for words in ("Honey in warm", "Come back to")
    )
    assert re.match(r"\+ +\d+ 0\.[5-9]\d\d p ", kept)
    assert kept.index("Honey") == dropped.index("Come back")


def test_a_content_that_the_site_file_names_has_no_probabilities(
    archiater: Run, tmp_path: Path, home: Path
) -> None:
    write_site(home, "content = ['.story-text']")

    _, out = checked(archiater, write_page(tmp_path, "a.html"))

    [line] = [line for line in out.splitlines() if "Honey" in line]
    assert re.match(r"\+ +\d+ {7}p ", line)
    assert "(the model is not asked)" in out


def test_a_long_row_of_blocks_that_left_for_one_reason_is_summed_up(
    archiater: Run, tmp_path: Path
) -> None:
    links = "".join(f"<li><a href=/{number}>Topic number {number}</a></li>" for number in range(40))
    page = write_page(tmp_path, "a.html", page=PAGE.replace("TEXT", f"TEXT<ul>{links}</ul>"))

    _, out = checked(archiater, page)
    _, one_by_one = checked(archiater, page, options=("--show", "dropped"))

    [line] = [line for line in out.splitlines() if "Topic number" in line]
    assert re.match(r"- +40 blocks +link list +Topic number 0 / Topic number 1 / .*…", line)
    assert one_by_one.count("Topic number") == 40


def test_a_row_that_is_summed_up_cannot_steer_the_terminal(
    archiater: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hostile = "".join(f"<p>[red]&#27;[2J{number}&#155;2J</p>" for number in range(3))
    page = write_page(tmp_path, "a.html", page=PAGE.replace("<p>Come", f"{hostile}<p>Come"))
    as_on_a_terminal(monkeypatch, NO_COLOR="1")

    _, out = checked(archiater, page)

    [line] = [line for line in out.splitlines() if "4 blocks" in line]
    assert "[red]" in line
    assert not any(sign in out for sign in ("\x1b[2J", "\x9b"))


def test_what_left_in_a_row_and_may_be_lost_text_keeps_its_line(
    archiater: Run, tmp_path: Path
) -> None:
    short = "<p>Our letter</p><p>Once a week</p><p>Write to us</p>"
    box = f"{short}<p>{TEXT[0]} Read on in our letter.</p>"
    page = write_page(tmp_path, "a.html", page=PAGE.replace("<p>Come", f"{box}<p>Come"))

    _, out = checked(archiater, page)

    dropped = [line for line in out.splitlines() if line.startswith("-") and "promotion" in line]
    assert len(dropped) == 3
    assert "3 blocks" in dropped[0]
    assert "A cough clears" in dropped[1]


def test_a_terminal_gets_colour(
    archiater: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = write_page(tmp_path, "a.html")
    as_on_a_terminal(monkeypatch)

    _, out = checked(archiater, page)

    assert "\x1b[32m+" in out
    assert "\x1b[31m-" in out


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}], ids=str)
def test_a_terminal_that_wants_no_colour_gets_none(
    archiater: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str]
) -> None:
    page = write_page(tmp_path, "a.html")
    as_on_a_terminal(monkeypatch, **environment)

    _, out = checked(archiater, page)

    assert "Come back" in out
    assert "\x1b[3" not in out


def test_no_colour_goes_into_a_pipe(archiater: Run, tmp_path: Path) -> None:
    assert "\x1b" not in checked(archiater, write_page(tmp_path, "a.html"))[1]


@pytest.mark.parametrize("is_terminal", [True, False], ids=["terminal", "pipe"])
def test_a_page_cannot_steer_the_terminal(
    archiater: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_terminal: bool
) -> None:
    hostile = "&#27;]0;owned&#7;\u202e[bold red]&#155;2J"
    names = f'<div class="x&#27;[2J [/red]" id="&#27;c"><p>{hostile} {TEXT[0]}</p></div>'
    page = write_page(tmp_path, "a.html", hostile, PAGE.replace("<main>", f"<main>{names}"))
    if is_terminal:
        as_on_a_terminal(monkeypatch, NO_COLOR="1")

    _, out = checked(archiater, page, options=("--show", "kept", "--show", "outside"))

    assert "[bold red]" in out
    assert not any(sign in out for sign in ("\x1b]", "\x1b[2J", "\x1bc", "\x9b", "\u202e", "\x07"))


def test_a_long_block_is_shortened_and_stays_on_its_line(archiater: Run, tmp_path: Path) -> None:
    long = "<p>" + "very long words\n" * 5_000 + "</p>"
    page = write_page(tmp_path, "a.html", page=PAGE.replace("TEXT", f"TEXT{long}"))

    _, out = checked(archiater, page)

    [line] = [line for line in out.splitlines() if "very long words very" in line]
    assert line.endswith("…")
    assert len(line) < 160


def test_selectors_that_take_the_text_itself_are_found_out(
    archiater: Run, tmp_path: Path, home: Path
) -> None:
    write_site(home, "drop = ['main']")

    code, out = checked(archiater, write_page(tmp_path, "a.html"))

    assert code == 1
    assert out.startswith("Coughing · no article: ")
    assert "look at\twithout hints.drop there is an article: its selectors take the text" in out
    assert [line for line in out.splitlines() if "Honey" in line and "hints.drop main" in line]


def test_a_content_selector_with_too_little_text_is_found_out(
    archiater: Run, tmp_path: Path, home: Path
) -> None:
    write_site(home, "content = ['.by-line', '.newsletter-box']")

    code, out = checked(archiater, write_page(tmp_path, "a.html"))

    assert code == 1
    assert "look at\thints.content matches too little text (.by-line, .newsletter-box)" in out


def test_a_page_is_read_from_the_collection_where_it_is_asked_for(
    archiater: Run, warc: Path
) -> None:
    archiater("import", warc)

    code, out, _ = archiater("sites", "check", "--archived", "https://www.example.org/0", "--json")

    assert code == 0
    assert json.loads(out)["pages"][0]["record"]["title"] == "Fever in children"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["https://example.org/", "https://example.net/"], "the pages are of several sites"),
        (["https://example.org/a", "https://example.org/b", "--file", "PAGE"], "for each URL"),
        (["https://example.org/a", "--archived", "--file", "PAGE"], "not with --archived"),
        (["https://example.org/a", "--archived"], "'https://example.org/a'"),
        ([], "Missing argument 'URL...'"),
    ],
)
def test_what_cannot_be_checked_is_an_error_of_the_operator(
    archiater: Run, tmp_path: Path, arguments: list[str], message: str
) -> None:
    page = write_page(tmp_path, "a.html")

    code, _, err = archiater("sites", "check", *(page if a == "PAGE" else a for a in arguments))

    assert code == 2
    assert message in err


def test_pages_of_several_hosts_can_be_tried_as_one_site(archiater: Run, tmp_path: Path) -> None:
    page = write_page(tmp_path, "a.html")
    urls = ("https://example.org/", "https://example.net/")

    code, out, _ = archiater(
        "sites", "check", *urls, "--file", page, "--file", page, "--site", "nhs.uk", "--json"
    )

    assert json.loads(out)["site"] == "nhs.uk"
    assert code == 1


def test_a_new_site_file_profits_from_saved_pages(
    archiater: Run, tmp_path: Path, home: Path
) -> None:
    data = '{"@type": "Article", "publisher": {"name": "Example \\n[hints] \\"Trust\\" {x}"}}'
    head = f'<script type="application/ld+json">{data}</script></head>'
    page = write_page(tmp_path, "a.html", page=PAGE.replace("</head>", head))

    code, _, _ = archiater("sites", "new", "mine", "--url", "https://example.org/", "--file", page)

    path = home / "sites" / "mine.toml"
    proposed = path.read_text()
    taken = re.sub(r"^# (publisher|language|content|drop|byline) =", r"\1 =", proposed, flags=re.M)
    path.write_text(taken)
    told = json.loads(archiater("sites", "show", "mine", "--json")[1])
    assert code == 0
    assert told["publisher"] == 'Example [hints] "Trust" {x}'
    assert told["language"] == "en"
    assert told["hints"]["content"] == [".story-text"]
    assert told["hints"]["drop"] == [".newsletter-box"]
    assert told["hints"]["byline"] == [".by-line"]


def test_a_new_site_file_takes_in_nothing_by_itself(
    archiater: Run, tmp_path: Path, home: Path
) -> None:
    page = write_page(tmp_path, "a.html")

    archiater("sites", "new", "mine", "--url", "https://example.org/", "--file", page)

    told = json.loads(archiater("sites", "show", "mine", "--json")[1])
    assert not any(told["hints"].values())


def test_pages_to_learn_from_need_the_address_of_the_site(archiater: Run, tmp_path: Path) -> None:
    page = write_page(tmp_path, "a.html")

    code, _, err = archiater("sites", "new", "nhs.uk", "--file", page)

    assert code == 2
    assert "--file goes with --url" in err
