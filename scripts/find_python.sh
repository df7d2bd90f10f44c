#!/bin/sh
# Prints the first CPython of 3.11 to 3.14 on the PATH: `python3` itself, else the newest by name.
# Without one it says so in one line and fails. The pins in requirements*.txt have wheels for these.
for name in python3 python3.14 python3.13 python3.12 python3.11 python; do
    if "$name" -c '
import sys
sys.exit(not ((3, 11) <= sys.version_info < (3, 15) and sys.implementation.name == "cpython"))
' >/dev/null 2>&1; then
        echo "$name"
        exit 0
    fi
done
found=$(python3 --version 2>/dev/null) || found="nothing"
echo "make: archiater needs CPython 3.11, 3.12, 3.13 or 3.14 and none is on the PATH" \
    "(python3 is $found): install one" \
    "(Debian, Ubuntu: apt-get install python3 python3-venv), or name it: make PYTHON=/path/to/python3" >&2
exit 1
