"""The pins of other people's tools: with hashes, without an address, no brotli for witnesses."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from scripts import bootstrap, lock, peers, tool_environments, witnesses

WITNESS_PINS = {pins for environment in witnesses.ENVIRONMENTS for pins in environment.pins}
ALL_PINS = sorted({*WITNESS_PINS, *peers.ENVIRONMENT.pins})


def entries(pins: Path) -> list[str]:
    lines = pins.read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def name_of(pins: Path) -> str:
    return pins.stem


@pytest.mark.parametrize("pins", ALL_PINS, ids=name_of)
def test_every_pin_has_the_hash_of_a_file(pins: Path) -> None:
    without = [entry for entry in entries(pins) if not re.search(r"--hash=sha256:\w{64}", entry)]

    assert without == []
    assert entries(pins)


@pytest.mark.parametrize("pins", ALL_PINS, ids=name_of)
def test_no_address_stands_in_the_pins(pins: Path) -> None:
    assert list(lock.addresses(pins.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("pins", ALL_PINS, ids=name_of)
def test_what_is_asked_for_is_pinned_so(pins: Path) -> None:
    asked = pins.with_suffix(".in").read_text(encoding="utf-8").splitlines()
    pinned = {entry.split()[0] for entry in entries(pins)}

    assert {line for line in asked if line and not line.startswith("#")} <= pinned


@pytest.mark.parametrize("pins", sorted(WITNESS_PINS), ids=name_of)
def test_no_witness_has_brotli(pins: Path) -> None:
    assert not any(entry.startswith("brotli") for entry in entries(pins))


def test_what_is_wanted_changes_with_the_pins(tmp_path: Path) -> None:
    pins = tmp_path / "peers.txt"
    pins.write_text("lxml==6.1.3\n", encoding="utf-8")
    environment = replace(peers.ENVIRONMENT, pins=(pins,))
    before = tool_environments.what_is_wanted(environment)

    pins.write_text("lxml==6.1.4\n", encoding="utf-8")

    assert tool_environments.what_is_wanted(environment) != before


def test_an_environment_that_fits_its_pins_is_left_as_it_is(tmp_path: Path) -> None:
    environment = replace(peers.ENVIRONMENT, folder=tmp_path)
    bootstrap.write_note(tmp_path, tool_environments.what_is_wanted(environment))

    assert not tool_environments.set_up(environment)
