"""Makes `.witnesses/`: other people's tools, by which tests check what this project writes.

`make witnesses` runs it. The pins stand in tests/witnesses/; with `--lock` they are made anew.
"""

from __future__ import annotations

import sys

from scripts import tool_environments
from scripts.tool_environments import ROOT, ToolEnvironment

FOLDER = ROOT / ".witnesses"
PINS = ROOT / "tests" / "witnesses"
# With brotli importable warcio 1.8.1 fails on every record that is coded by it, and brotlipy has no
# wheel for Apple's processors.
LEFT_OUT = {"plain": ("brotli",), "pywb": ("brotlipy",)}
ENVIRONMENTS = tuple(
    ToolEnvironment(
        folder=FOLDER / name,
        # First what builds the packages without a wheel.
        pins=(PINS / "build.txt", PINS / f"{name}.txt"),
        without_wheel=("surt", "warcat"),
        left_out=left_out,
    )
    for name, left_out in LEFT_OUT.items()
)


if __name__ == "__main__":
    sys.exit(tool_environments.main(ENVIRONMENTS, "witnesses"))
