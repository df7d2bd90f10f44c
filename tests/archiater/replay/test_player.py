"""Getting replayweb.page, and serving it over a collection on an origin of its own."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import tarfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from archiater.replay import player
from archiater.replay.player import FILES, NoPlayer, get_player, has_player, player_folder

URL = "https://example.org/fever"
CONTENT = {name: f"// {name}".encode() for name in FILES}


def packed(files: Mapping[str, bytes]) -> bytes:
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w:gz") as tar:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return raw.getvalue()


@pytest.fixture
def tarball(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package in the place of npm's, whose digest counts as the right one."""
    files = {f"package/{name}": content for name, content in CONTENT.items()}
    data = packed({**files, "../outside.js": b"x", "package/other.js": b"y"})
    digest = base64.b64encode(hashlib.sha512(data).digest()).decode()
    monkeypatch.setattr(player, "SHA512", digest)
    path = tmp_path / "player.tgz"
    path.write_bytes(data)
    return path


def test_the_files_of_the_package_are_kept_as_they_came_and_no_others(
    tarball: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "data" / "player"

    get_player(folder, tarball=tarball)

    assert has_player(folder)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == CONTENT
    assert [path.name for path in folder.parent.iterdir()] == ["player"]


def test_a_package_with_another_digest_is_refused_and_nothing_is_changed(
    tarball: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "player"
    get_player(folder, tarball=tarball)
    tarball.write_bytes(tarball.read_bytes() + b"\0")

    with pytest.raises(NoPlayer, match="its sha512 is"):
        get_player(folder, tarball=tarball)

    assert {path.name: path.read_bytes() for path in folder.iterdir()} == CONTENT


def test_without_npm_it_is_said_how_else_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(NoPlayer, match="--player-from"):
        get_player(tmp_path / "player")

    assert not has_player(tmp_path / "player")


def test_npm_that_fails_is_quoted_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    npm = tmp_path / "npm"
    npm.write_text("#!/bin/sh\necho 'no\nnetwork' >&2\nexit 1\n")
    npm.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")

    with pytest.raises(NoPlayer, match=r"failed \(no network\)"):
        get_player(tmp_path / "player")


@pytest.mark.parametrize(
    ("environment", "start"),
    [
        ({"XDG_DATA_HOME": "/data"}, "/data/archiater"),
        ({"XDG_DATA_HOME": "data"}, None),
        ({}, None),
    ],
)
def test_the_player_lies_in_the_users_data_folder(
    environment: dict[str, str], start: str | None
) -> None:
    expected = start or str(Path.home() / ".local" / "share" / "archiater")

    assert str(player_folder(environment)).startswith(f"{expected}/")


@pytest.fixture
def views(
    home: Path, archive: Any, view: Any, tarball: Path, tmp_path: Path, serving_a_view: Any
) -> Iterator[tuple[Any, Any]]:
    """The view and the player of a collection with two captures."""
    archive(URL, b"<p>Rest.")
    archive("https://example.org/style.css", b"b{}", kind="text/css")
    get_player(tmp_path / "player", tarball=tarball)
    with serving_a_view(home, tmp_path / "player") as bound:
        yield type(view)(origin=bound.origin), type(view)(origin=bound.player_origin)


def test_a_page_of_the_view_leads_to_the_player_on_another_origin(views: tuple[Any, Any]) -> None:
    view, scripted = views

    page = view.follow(f"/web/{URL}").text

    assert f'href="{scripted.origin}/?site=example.org&amp;url=https' in page
    assert view.origin != scripted.origin


def test_the_player_is_served_unchanged_under_a_policy(views: tuple[Any, Any]) -> None:
    _, scripted = views

    for path, name in (("/ui.js", "ui.js"), ("/replay/sw.js?x=1", "sw.js")):
        got = scripted.get(path)
        assert got.body == CONTENT[name]
        assert got.headers["content-type"] == "text/javascript; charset=utf-8"
        assert "default-src 'self'" in got.headers["content-security-policy"]
        assert got.headers["x-content-type-options"] == "nosniff"


def test_its_page_quotes_what_it_was_asked_for(views: tuple[Any, Any]) -> None:
    _, scripted = views

    text = scripted.get("/?site=%22a%2F..&url=%22%3E%3Cscript%3E&ts=2026x01%22").text

    assert 'url="&quot;&gt;&lt;script&gt;"' in text
    assert 'ts="202601"' in text
    assert 'source="/archive/0/%22a%2F../index.cdxj"' in text


def test_every_line_of_the_index_leads_to_its_record_by_a_range(views: tuple[Any, Any]) -> None:
    _, scripted = views
    page = scripted.get("/?site=example.org&url=x").text
    source = page.partition('source="')[2].partition('"')[0]

    lines = scripted.get(source).text.splitlines()

    assert len(lines) == 2
    for line in lines:
        entry = json.loads(line.split(" ", 2)[2])
        start, length = int(entry["offset"]), int(entry["length"])
        address = f"{source.rpartition('/')[0]}/{entry['filename']}"
        part = scripted.get(address, headers={"Range": f"bytes={start}-{start + length - 1}"})
        assert part.status == 206
        assert len(part.body) == length
        assert part.body.startswith(b"\x1f\x8b")


@pytest.mark.parametrize(
    "path",
    [
        "/archive/0/example.org/none.warc.gz",
        "/archive/0/example.org/..%2f..%2farchive.db",
        "/archive/0/example.org/archive.db",
        "/archive/" + "9" * 5000 + "/example.org/archive.db",
        "/web/https://example.org/fever",
        "/raw/x/0",
    ],
)
def test_nothing_but_the_warc_files_is_to_be_had_there(views: tuple[Any, Any], path: str) -> None:
    _, scripted = views

    assert scripted.get(path).status == 404


def test_the_player_checks_the_host_as_well(views: tuple[Any, Any]) -> None:
    _, scripted = views

    assert scripted.get("/", headers={"Host": "rebound.example"}).status == 421
