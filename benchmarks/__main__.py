"""`python -m benchmarks`: every benchmark in its short form, one after the other."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SHORT = (
    ("crawl", "--pages", "200", "--rounds", "3"),
    ("extraction", "--rounds", "2"),
    ("search", "--articles", "5000", "--export"),
    ("recovery", "--megabytes", "60", "--rounds", "2"),
    ("archiving", "--pages", "200", "--rounds", "3"),
    ("writing", "--pages", "200", "--rounds", "3"),
    ("verifying", "--pages", "300"),
)


def main() -> None:
    root = Path(__file__).resolve().parent.parent
    for name, *options in SHORT:
        print(f"\nbenchmarks.{name} {' '.join(options)}", flush=True)
        command = [sys.executable, "-m", f"benchmarks.{name}", *options]
        subprocess.run(command, check=True, cwd=root)  # noqa: S603


if __name__ == "__main__":
    main()
