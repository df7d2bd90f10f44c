from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pyarrow.parquet as pq  # type: ignore[import-untyped]
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from archiater.commands import export as export_command
from archive.collection import Collection
from archive.exchange import Exchange
from archive.exporting.exporting import FORMATS
from archive.exporting.selection import USES
from archive.exporting.wacz_checking import verify_wacz_signature
from archive.recording import Recorder
from articles.record import Rights

Library = Callable[..., Path]
Run = Callable[..., tuple[int, str, str]]


def test_the_command_offers_what_the_archive_can_export() -> None:
    """It names them itself, so that `--help` need not import the archive."""
    assert export_command._DATASETS == FORMATS
    assert export_command._USES == USES


def test_each_format_holds_the_articles(library: Library, run_command: Run, tmp_path: Path) -> None:
    path = library({"title": "One"}, {"title": "Two"})

    for format_name in ("jsonl", "csv", "parquet"):
        out = tmp_path / f"articles.{format_name}"
        code, printed, err = run_command(path, "export", format_name, str(out))
        assert (code, printed) == (0, "")
        assert err.startswith("2 articles, ")

    lines = (tmp_path / "articles.jsonl").read_text("utf-8").splitlines()
    with (tmp_path / "articles.csv").open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    table = pq.read_table(tmp_path / "articles.parquet")
    assert [json.loads(line)["title"] for line in lines] == ["One", "Two"]
    assert [row["title"] for row in rows] == ["One", "Two"]
    assert table["title"].to_pylist() == ["One", "Two"]


def test_a_dash_is_standard_output(library: Library, run_command: Run) -> None:
    path = library({"title": "Một"})

    code, out, err = run_command(path, "export", "jsonl", "-")

    assert code == 0
    assert json.loads(out)["title"] == "Một"
    assert err.startswith("1 articles, ")


def test_filters_and_query_choose_as_in_a_search(library: Library, run_command: Run) -> None:
    path = library(
        {"title": "One", "text": "Fever."},
        {"title": "Two", "text": "Fever.", "site": "b.org"},
        {"title": "Three", "text": "Cough.", "site": "b.org"},
    )
    _, out, _ = run_command(
        path, "export", "csv", "-", "--query", "fever", "--site", "b.org", "--reviewer", "rhea"
    )

    assert [row["title"] for row in csv.DictReader(out.splitlines())] == ["Two"]


def test_what_its_page_forbids_is_left_out_and_told(
    library: Library, run_command: Run, tmp_path: Path
) -> None:
    path = library(
        {"rights": Rights(resolved=(("train", "allow"),))},
        {"rights": Rights(resolved=(("train", "disallow"),))},
        {},
    )

    code, out, err = run_command(
        path, "export", "jsonl", str(tmp_path / "a"), "--use", "train", "--json"
    )

    manifest = json.loads(out)
    assert (code, err) == (0, "")
    assert manifest["articles"] == 1
    assert manifest["left_out"] == {"disallowed": 1, "unknown": 1}

    _, _, err = run_command(path, "export", "jsonl", str(tmp_path / "b"), "--use", "train")

    assert "1 left out: their pages forbid to train them" in err
    assert "1 left out: their pages do not permit to train them" in err


def test_an_existing_file_is_kept_unless_force_is_given(
    library: Library, run_command: Run, tmp_path: Path
) -> None:
    path, out = library({}), tmp_path / "a.csv"
    out.write_text("precious")

    code, _, err = run_command(path, "export", "csv", str(out))

    assert (code, err.count("\n")) == (2, 1)
    assert "exists already; choose another name or give --force" in err
    assert out.read_text() == "precious"
    assert run_command(path, "export", "csv", str(out), "--force")[0] == 0
    assert out.read_text("utf-8").startswith("url,")


@pytest.mark.parametrize(
    "arguments",
    [
        ["jsonl", "-", "--json"],
        ["jsonl", "-", "--manifest"],
        ["parquet", "-"],
        ["xml", "a.xml"],
        ["csv", "nowhere/at/all.csv"],
        ["csv", "a.csv", "--reviewed-after", "x"],
    ],
)
def test_what_cannot_be_written_is_refused_at_once(
    library: Library,
    run_command: Run,
    arguments: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = library({})
    monkeypatch.chdir(tmp_path)

    code, out, err = run_command(path, "export", *arguments)

    assert (code, out) == (2, "")
    assert err
    assert [entry.name for entry in tmp_path.iterdir()] == ["library"]


@pytest.fixture
def crawled(tmp_path: Path) -> Path:
    """A collection with one exchange in a WARC file."""
    body = b"<title>Fever</title><p>Rest."
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(body)
    with Collection.create(tmp_path / "crawled") as collection:
        with collection.transaction() as connection:
            connection.execute(
                """
                insert into crawls (id, site, started_by, state, started_at, settings, counts)
                values (1, 'example.org', 'command', 'finished', '', '{}', '{}')
                """
            )
        with Recorder(collection, site="example.org", crawl_id=1, warcinfo={}) as recorder:
            recorder.add(
                Exchange(
                    url="https://example.org/fever",
                    method="GET",
                    request_block=b"GET /fever HTTP/1.1\r\nHost: example.org\r\n\r\n",
                    response_block=head + body,
                    started_at=datetime(2026, 1, 1, 12, tzinfo=UTC),
                )
            )
    return tmp_path / "crawled"


def test_an_index_goes_to_a_file_or_to_standard_output(
    crawled: Path, run_command: Run, tmp_path: Path
) -> None:
    code, printed, err = run_command(crawled, "export", "cdxj", "-")
    assert (code, err.partition(",")[0]) == (0, "1 lines")
    assert printed.startswith("org,example)/fever 20260101120000 {")

    code, told, _ = run_command(crawled, "export", "cdxj", str(tmp_path / "i.cdxj"), "--json")
    assert (code, json.loads(told)["lines"]) == (0, 1)
    assert (tmp_path / "i.cdxj").read_text() == printed


def test_a_package_is_signed_on_demand_and_can_be_imported(
    crawled: Path, run_command: Run, tmp_path: Path
) -> None:
    key, out = tmp_path / "key.pem", tmp_path / "out.wacz"
    private = ec.generate_private_key(ec.SECP384R1())
    key.write_bytes(private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))

    code, _, err = run_command(
        crawled, "export", "wacz", str(out), "--sign", str(key), "--title", "My fever"
    )
    assert code == 0
    assert re.fullmatch(r"0 articles, 1 captures, \d+ bytes to .*out\.wacz, signed\n", err)
    assert verify_wacz_signature(out) is not None

    code, _, _ = run_command(tmp_path / "again", "import", "--no-extract", str(out))
    assert code == 0
    code, printed, _ = run_command(tmp_path / "again", "export", "cdxj", "-")
    assert printed.startswith("org,example)/fever 20260101120000 {")
    # An import brings the index up to date that the collection keeps.
    assert (tmp_path / "again" / "indexes" / "index.cdxj").read_text() == printed


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["wacz", "-"], "a wacz file cannot go to standard output"),
        (["wacz", "out.wacz", "--manifest"], "--manifest is for jsonl, csv, parquet"),
        (["cdxj", "out.cdxj", "--sign", "key.pem"], "--sign and --title are for wacz"),
        (["wacz", "out.wacz", "--sign", "no-such.pem"], "make one with `openssl ecparam"),
        (["wacz", "out.wacz", "--site", "nowhere.example"], "no capture in a sealed WARC file"),
    ],
)
def test_what_makes_no_sense_for_an_archive_is_refused(
    crawled: Path,
    run_command: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)

    code, _, err = run_command(crawled, "export", *arguments)

    assert code == 2
    assert said in err
    assert not (tmp_path / "out.wacz").exists()
