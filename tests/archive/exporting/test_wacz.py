from __future__ import annotations

import gzip
import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from archive.cdxj_index import index_path, update_cdxj
from archive.collection import Collection
from archive.errors import DamagedWarc
from archive.exporting import package_warcs, wacz
from archive.exporting.files import CannotWrite, FileExists
from archive.exporting.selection import Selection
from archive.exporting.wacz import NothingToPackage, export_wacz
from archive.extracting import extract_pending
from archive.importing import import_warcs
from archive.reading import article_record
from archive.searching.filters import Filters
from archive.searching.index import index_pending
from archive.verifying.verifying import verify_files
from archive.warc_members import Member, scan_members
from archive.warc_reading import WarcRecord, parse_record

Capture = Callable[..., None]
Record = Callable[..., None]
MakePage = Callable[..., str]

ORG = "https://example.org"
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
COUGH = Selection(query="cough")
NET = Selection(filters=Filters(sites=("example.net",)))


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out.wacz"


def exported(collection: Collection, out: Path, selection: Selection | None = None) -> Path:
    index_pending(collection)
    export_wacz(collection, out, selection, created_at=NOON)
    return out


def parts(package: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(package) as opened:
        assert opened.testzip() is None
        return {name: opened.read(name) for name in opened.namelist()}


def index_of(package: Path) -> list[dict[str, Any]]:
    """The JSON of the lines, with key and time."""
    lines = gzip.decompress(parts(package)["indexes/index.cdx.gz"]).splitlines(keepends=True)
    assert lines == sorted(lines)
    split = [line.decode().split(" ", 2) for line in lines]
    return [{"key": key, "time": time, **json.loads(rest)} for key, time, rest in split]


def pages_of(package: Path) -> list[dict[str, Any]]:
    header, *lines = parts(package)["pages/pages.jsonl"].decode().splitlines()
    assert json.loads(header) == {
        "format": "json-pages-1.0",
        "id": "pages",
        "title": "Articles",
        "hasText": True,
    }
    return [json.loads(line) for line in lines]


def records_of(package: Path, name: str) -> list[WarcRecord]:
    found = []
    for member in scan_members(io.BytesIO(parts(package)[f"archive/{name}"])):
        assert isinstance(member, Member)
        record = parse_record(member.data)
        assert record is not None
        found.append(record)
    return found


def captured(package: Path) -> list[str]:
    """Path and type of every line of the index, in order of time."""
    lines = sorted(index_of(package), key=lambda line: line["time"])
    return [
        f"{line['url'].removeprefix(ORG)} {'revisit' if 'revisit' in line['mime'] else 'response'}"
        for line in lines
    ]


def test_a_package_of_everything_holds_the_warc_files_as_they_are(
    archived: Collection, out: Path
) -> None:
    found = parts(exported(archived, out))

    files = {f"archive/{path.name}": path.read_bytes() for path in archived.warcs.iterdir()}
    assert len(files) == 4
    assert list(found) == [
        *sorted(files),
        "indexes/index.cdx.gz",
        "indexes/index.idx",
        "pages/pages.jsonl",
        "datapackage.json",
        "datapackage-digest.json",
    ]
    assert {name: found[name] for name in files} == files


def test_what_readers_seek_in_is_stored_as_it_is(archived: Collection, out: Path) -> None:
    with zipfile.ZipFile(exported(archived, out)) as package:
        stored = {
            info.filename for info in package.infolist() if info.compress_type == zipfile.ZIP_STORED
        }

    assert {name for name in parts(out) if name.endswith(".gz")} == stored


def test_its_index_is_that_of_the_collection_with_digests_of_records(
    archived: Collection, out: Path
) -> None:
    update_cdxj(archived)
    kept = index_path(archived).read_bytes().splitlines()
    own = [json.loads(line.split(b" ", 2)[2]) for line in kept]

    lines = index_of(exported(archived, out))

    assert [{name: line[name] for name in own[0]} for line in lines] == own
    for line in lines:
        warc = parts(out)[f"archive/{line['filename']}"]
        member = warc[int(line["offset"]) : int(line["offset"]) + int(line["length"])]
        assert line["recordDigest"] == f"sha256:{hashlib.sha256(member).hexdigest()}"


def test_the_list_of_blocks_finds_every_block_of_the_index(
    archived: Collection, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wacz, "_LINES_IN_BLOCK", 3)
    found = parts(exported(archived, out))
    header, *blocks = found["indexes/index.idx"].splitlines()

    assert header == b'!meta 0 {"format": "cdxj-gzip-1.0", "filename": "index.cdx.gz"}'
    assert len(blocks) == 3
    lines = []
    for block in blocks:
        key, time, rest = block.split(b" ", 2)
        place = json.loads(rest)
        packed = found["indexes/index.cdx.gz"][place["offset"] :][: place["length"]]
        assert place["digest"] == f"sha256:{hashlib.sha256(packed).hexdigest()}"
        lines += gzip.decompress(packed).splitlines(keepends=True)
        assert lines[-len(gzip.decompress(packed).splitlines())].startswith(key + b" " + time)
    assert b"".join(lines) == gzip.decompress(found["indexes/index.cdx.gz"])


def test_every_article_is_a_page_that_the_index_finds(archived: Collection, out: Path) -> None:
    pages = pages_of(exported(archived, out))

    lines = {(line["url"], line["time"]) for line in index_of(out)}
    assert [page["url"] for page in pages] == [
        "https://example.net/rash",
        f"{ORG}/cough",
        f"{ORG}/fever",
    ]
    for page in pages:
        record = article_record(archived, page["url"])
        assert (page["title"], page["text"]) == (record["title"], record["text"])
        assert (page["url"], "".join(filter(str.isdigit, page["ts"]))) in lines
    assert len({page["id"] for page in pages}) == 3


def test_the_datapackage_lists_every_part_with_its_digest(archived: Collection, out: Path) -> None:
    found = parts(exported(archived, out))
    listed = json.loads(found["datapackage.json"])
    digest = json.loads(found["datapackage-digest.json"])

    assert {
        resource["path"]: (resource["hash"], resource["bytes"]) for resource in listed["resources"]
    } == {
        name: (f"sha256:{hashlib.sha256(part).hexdigest()}", len(part))
        for name, part in found.items()
        if not name.startswith("datapackage")
    }
    assert (listed["profile"], listed["wacz_version"]) == ("data-package", "1.1.1")
    assert listed["created"] == "2026-11-22T12:00:00Z"
    assert listed["title"] == "Articles of 2 sites"
    assert digest == {
        "path": "datapackage.json",
        "hash": f"sha256:{hashlib.sha256(found['datapackage.json']).hexdigest()}",
    }


@pytest.mark.parametrize("selection", [None, COUGH, NET], ids=["all", "query", "site"])
def test_the_same_collection_gives_the_same_bytes(
    archived: Collection, out: Path, selection: Selection | None
) -> None:
    first = exported(archived, out, selection).read_bytes()

    assert exported(archived, out.with_name("2.wacz"), selection).read_bytes() == first


def test_a_selected_article_comes_with_what_it_needs_and_nothing_else(
    archived: Collection, out: Path
) -> None:
    exported(archived, out, COUGH)

    assert captured(out) == ["/cough response", "/style.css response"]
    assert [page["url"] for page in pages_of(out)] == [f"{ORG}/cough"]


def test_a_selected_article_comes_in_all_its_captures_with_its_redirects(
    archived: Collection, out: Path
) -> None:
    exported(archived, out, Selection(query="fever 200"))

    assert captured(out) == [
        "/fever response",
        "/old-fever response",
        "/style.css response",
        "/fever response",
        "/fever revisit",
    ]


def test_what_another_tool_captured_is_known_for_a_requisite_by_its_type(
    archived: Collection, record: Record, out: Path
) -> None:
    head = "200 OK\r\nContent-Type: "
    record(
        (f"{ORG}/a.png", "png", f"{head}image/png"),
        (f"{ORG}/a.woff", "woff", f"{head}font/woff2"),
        (f"{ORG}/a.pdf", "pdf", f"{head}application/pdf"),
        day=20,
    )
    extract_pending(archived, profile_of=lambda _site: None)

    exported(archived, out, COUGH)

    assert {line["url"].removeprefix(ORG) for line in index_of(out)} == {
        "/cough",
        "/style.css",
        "/a.png",
        "/a.woff",
    }


def test_what_an_address_answered_later_comes_along(
    archived: Collection, record: Record, out: Path
) -> None:
    record((f"{ORG}/cough", "gone", "410 Gone\r\nContent-Type: text/plain"), day=20)
    extract_pending(archived, profile_of=lambda _site: None)

    exported(archived, out, COUGH)

    statuses = [line["status"] for line in index_of(out) if line["url"] == f"{ORG}/cough"]
    assert statuses == ["200", "410"]


def test_a_selection_by_site_alone_is_every_capture_of_the_site(
    archived: Collection, out: Path
) -> None:
    exported(archived, out, Selection(filters=Filters(sites=("example.org",))))

    (name,) = (name for name in parts(out) if name.startswith("archive/"))
    records = records_of(out, name.removeprefix("archive/"))
    assert len(captured(out)) == 6
    assert [record.type for record in records].count("request") == 7
    assert [record.target_uri for record in records if record.type == "metadata"] == [f"{ORG}/down"]


def test_the_original_of_a_revisit_comes_along_from_outside_the_selection(
    archived: Collection, record: Record, a_page: MakePage, out: Path
) -> None:
    page = a_page("Take 200 mg of it. " * 60)
    record(("https://example.com/copied", page), site="example.com", day=20)
    extract_pending(archived, profile_of=lambda _site: None)

    exported(archived, out, Selection(filters=Filters(sites=("example.com",))))

    assert captured(out) == ["/fever response", "https://example.com/copied revisit"]


def test_selected_records_are_copied_byte_for_byte_behind_a_warcinfo(
    archived: Collection, out: Path
) -> None:
    (line,) = index_of(exported(archived, out, NET))
    (source,) = archived.warcs.glob("*example.net*")
    members = [m for m in scan_members(io.BytesIO(source.read_bytes())) if isinstance(m, Member)]
    packed = parts(out)[f"archive/{line['filename']}"]
    copied = [m for m in scan_members(io.BytesIO(packed)) if isinstance(m, Member)]

    assert [member.data for member in copied[1:]] == [member.data for member in members[1:]]
    warcinfo, request, response = records_of(out, line["filename"])
    assert warcinfo.type == "warcinfo"
    assert warcinfo.field("WARC-Filename") == line["filename"]
    assert b"archiater-site: example.net\r\n" in warcinfo.block
    assert (request.type, request.concurrent_to) == ("request", response.record_id)
    assert int(line["offset"]) == copied[2].offset


def test_a_selection_of_gigabytes_is_parted_into_files(
    archived: Collection, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(package_warcs, "MAX_FILE_BYTES", 1000)

    exported(archived, out, Selection(filters=Filters(sites=("example.org",))))

    names = sorted({line["filename"] for line in index_of(out)})
    assert len(names) > 1
    assert names[0].endswith("-00001.warc.gz")
    for name in names:
        assert records_of(out, name)[0].type == "warcinfo"
    assert len(index_of(out)) == 6


@pytest.mark.parametrize(
    "selection",
    [None, Selection(filters=Filters(sites=("example.org", "example.net")))],
    ids=["all", "sites"],
)
def test_what_is_imported_again_gives_the_same_articles(
    archived: Collection, out: Path, tmp_path: Path, selection: Selection | None
) -> None:
    exported(archived, out, selection)

    with Collection.create(tmp_path / "again") as again:
        imported = import_warcs(again, [out], site_of=lambda _url: "unknown")
        extract_pending(again, profile_of=lambda _site: None)
        found = {url: _comparable(again, url) for url in _urls(again)}

    assert imported.skipped == ()
    assert found == {url: _comparable(archived, url) for url in _urls(archived)}
    assert len(found) == 3


def _urls(collection: Collection) -> list[str]:
    return [row[0] for row in collection.connection.execute("select url from articles order by 1")]


def _comparable(collection: Collection, url: str) -> dict[str, Any]:
    """The record without the place of its capture, which is another."""
    record = article_record(collection, url)
    place = {"warc_file", "offset"}
    capture = {key: value for key, value in record["capture"].items() if key not in place}
    return {**record, "capture": capture}


@pytest.mark.parametrize("selection", [None, COUGH, NET], ids=["all", "query", "site"])
def test_verify_finds_a_package_whole(
    archived: Collection, out: Path, selection: Selection | None
) -> None:
    exported(archived, out, selection)

    faults = list(verify_files([out]))

    assert faults == []


def test_progress_ends_with_all_bytes(archived: Collection, out: Path) -> None:
    told: list[tuple[int, int]] = []

    export_wacz(archived, out, on_bytes=lambda done, of: told.append((done, of)))

    total = sum(path.stat().st_size for path in archived.warcs.iterdir())
    assert told[-1] == (total, total)
    assert told == sorted(told)


def test_what_was_written_is_told(archived: Collection, out: Path) -> None:
    told = export_wacz(archived, out, created_at=NOON, title="Two sites")

    assert told == {
        "format": "wacz",
        "wacz_version": "1.1.1",
        "created": "2026-11-22T12:00:00Z",
        "articles": 3,
        "captures": 7,
        "is_signed": False,
        "bytes": out.stat().st_size,
        "sha256": hashlib.sha256(out.read_bytes()).hexdigest(),
    }
    assert json.loads(parts(out)["datapackage.json"])["title"] == "Two sites"


def test_nothing_to_package_is_said_and_no_file_left(collection: Collection, out: Path) -> None:
    with pytest.raises(NothingToPackage, match="no capture in a sealed WARC file is selected"):
        export_wacz(collection, out)

    assert not out.exists()


def test_an_existing_file_is_kept_unless_force_is_given(archived: Collection, out: Path) -> None:
    out.write_text("precious")

    with pytest.raises(FileExists, match="choose another name or give --force"):
        export_wacz(archived, out)
    assert out.read_text() == "precious"

    export_wacz(archived, out, force=True)
    assert zipfile.is_zipfile(out)


def test_a_folder_that_is_not_there_is_said_before_anything_is_read(
    archived: Collection, tmp_path: Path
) -> None:
    with pytest.raises(CannotWrite, match="there is no such folder"):
        export_wacz(archived, tmp_path / "nowhere" / "out.wacz")


def _lose(path: Path) -> None:
    path.unlink()


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-200])


def _flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[-30] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize(
    ("harm", "said"), [(_lose, "cannot be read"), (_cut, "ends"), (_flip, "its SHA-256 is")]
)
def test_a_damaged_file_is_never_packaged(
    archived: Collection, out: Path, harm: Callable[[Path], None], said: str
) -> None:
    harm(next(archived.warcs.glob("*example.net*")))

    with pytest.raises(DamagedWarc, match=said):
        export_wacz(archived, out)

    assert not out.exists()
    assert not list(out.parent.glob(".out*"))


def test_a_collection_that_cannot_be_written_to_can_be_packaged(
    archived: Collection, out: Path
) -> None:
    index_pending(archived)
    with Collection.open(archived.path, read_only=True) as reader:
        export_wacz(reader, out, COUGH, created_at=NOON)

    assert len(index_of(out)) == 2
