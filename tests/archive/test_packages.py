from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from archive.packages import BrokenPackage, PackedFile, list_packed, unpack

CONTENT = b"".join(b"line %d of a file that is packed\n" % number for number in range(200_000))


@pytest.fixture(params=[zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED], ids=["stored", "deflated"])
def package(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "crawl.wacz"
    with zipfile.ZipFile(path, "w", request.param) as members:
        members.writestr("datapackage.json", "{}")
        members.writestr("archive/a.warc", CONTENT)
        members.writestr("archive/b.warc", b"")
        members.mkdir("archive/folder")
    return path


def the_file(package: Path) -> PackedFile:
    return list_packed(package, "archive/")[0]


def test_a_whole_file_comes_out_byte_for_byte(package: Path, tmp_path: Path) -> None:
    assert [part.name for part in list_packed(package, "archive/")] == [
        "archive/a.warc",
        "archive/b.warc",
    ]

    assert unpack(package, the_file(package), tmp_path / "out") is None

    assert (tmp_path / "out").read_bytes() == CONTENT


def test_a_flipped_bit_is_told_and_what_can_be_read_is_given(package: Path, tmp_path: Path) -> None:
    part = the_file(package)
    data = bytearray(package.read_bytes())
    data[part.offset + part.stored_bytes - 100] ^= 1
    package.write_bytes(bytes(data))

    problem = unpack(package, part, tmp_path / "out")

    assert problem is not None
    given = (tmp_path / "out").read_bytes()
    assert given[: len(CONTENT) // 2] == CONTENT[: len(CONTENT) // 2]


def test_a_directory_that_points_elsewhere_is_told(package: Path, tmp_path: Path) -> None:
    data = bytearray(package.read_bytes())
    data[the_file(package).offset] ^= 1
    package.write_bytes(bytes(data))

    problem = unpack(package, the_file(package), tmp_path / "out")

    assert problem == "no head in the package where its directory says"


def test_a_package_without_its_end_has_no_directory(package: Path) -> None:
    package.write_bytes(package.read_bytes()[:-30])

    with pytest.raises(BrokenPackage, match="directory cannot be read"):
        list_packed(package, "archive/")


def test_a_file_that_grows_without_measure_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.wacz"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as members,
        members.open("archive/a.warc", "w") as bomb,
    ):
        for _ in range(300):
            bomb.write(bytes(1 << 20))

    problem = unpack(path, the_file(path), tmp_path / "out")

    assert problem == "a file that grows without measure when unpacked"
    assert (tmp_path / "out").stat().st_size < 300 << 20


def test_what_is_packed_in_an_unknown_way_is_told(tmp_path: Path) -> None:
    path = tmp_path / "odd.wacz"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_BZIP2) as members:
        members.writestr("archive/a.warc", CONTENT)

    problem = unpack(path, the_file(path), tmp_path / "out")

    assert problem == "packed in a way that is not known here"
