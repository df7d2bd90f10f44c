"""Makes `.peers/`: the extractors of other people that two benchmarks measure beside ours.

They are `benchmarks.text` and `benchmarks.review`. `make peers` runs this. The pins stand in
benchmarks/text/; with `--lock` they are made anew.
"""

from __future__ import annotations

import sys

from scripts import tool_environments
from scripts.tool_environments import ROOT, ToolEnvironment

ENVIRONMENT = ToolEnvironment(
    folder=ROOT / ".peers", pins=(ROOT / "benchmarks" / "text" / "peers.txt",)
)


if __name__ == "__main__":
    sys.exit(tool_environments.main((ENVIRONMENT,), "peers"))
