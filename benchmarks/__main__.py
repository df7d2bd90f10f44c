"""`python -m benchmarks`: every benchmark in its short form, one after the other."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SHORT = (
    ("crawl.py", "--pages", "200", "--rounds", "3"),
    ("extraction.py", "--rounds", "2"),
    ("search.py", "--articles", "5000", "--export"),
)


def main() -> None:
    folder = Path(__file__).parent
    for script, *options in SHORT:
        print(f"\n{script} {' '.join(options)}", flush=True)
        command = [sys.executable, str(folder / script), *options]
        subprocess.run(command, check=True)  # noqa: S603


if __name__ == "__main__":
    main()
