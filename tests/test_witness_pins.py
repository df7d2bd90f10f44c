"""The pins of other people's tools: with hashes, without an address, and without brotli."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from scripts import lock, witnesses

NAMES = (witnesses.BUILD, *witnesses.ENVIRONMENTS)


def text_of(name: str) -> str:
    return (witnesses.PINS / f"{name}.txt").read_text(encoding="utf-8")


def entries(name: str) -> list[str]:
    lines = text_of(name).replace("\\\n", " ").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize("name", NAMES)
def test_every_pin_has_the_hash_of_a_file(name: str) -> None:
    without = [entry for entry in entries(name) if not re.search(r"--hash=sha256:\w{64}", entry)]

    assert without == []
    assert entries(name)


@pytest.mark.parametrize("name", NAMES)
def test_no_address_stands_in_the_pins(name: str) -> None:
    assert list(lock.addresses(text_of(name))) == []


@pytest.mark.parametrize("name", NAMES)
def test_what_is_asked_for_is_pinned_so(name: str) -> None:
    asked = (witnesses.PINS / f"{name}.in").read_text(encoding="utf-8").splitlines()
    pinned = {entry.split()[0] for entry in entries(name)}

    assert {line for line in asked if line and not line.startswith("#")} <= pinned


@pytest.mark.parametrize("name", NAMES)
def test_no_tool_has_brotli(name: str) -> None:
    assert not any(entry.startswith("brotli") for entry in entries(name))


def test_what_is_wanted_changes_with_the_pins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in NAMES:
        (tmp_path / f"{name}.txt").write_text(text_of(name), encoding="utf-8")
    monkeypatch.setattr(witnesses, "PINS", tmp_path)
    before = witnesses.what_is_wanted("plain")

    (tmp_path / "plain.txt").write_text("warcio==1.8.2\n", encoding="utf-8")

    assert witnesses.what_is_wanted("plain") != before
