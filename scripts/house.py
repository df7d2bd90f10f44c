"""The rules of the house that can be read off the files: arrows point down, the core is pure.

Every function takes the root of a repository and yields one line for each thing that is wrong, so
that `tests/test_house.py` can hold this repository against them, and small wrong ones as well.
"""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

MAY_IMPORT: Mapping[str, frozenset[str]] = {
    "articles": frozenset(),
    "archive": frozenset({"articles"}),
    "spiders": frozenset({"articles"}),
    "pipelines": frozenset({"archive", "articles"}),
    "archiater": frozenset({"spiders", "archive", "articles"}),
}
# Scrapy's settings name the stages by dotted path: the one way in which the shell knows them.
MAY_NAME: Mapping[str, frozenset[str]] = {"archiater": frozenset({"pipelines"})}
CORE = "articles"
OUTSIDE_WORLD = frozenset(
    {
        *("scrapy", "twisted", "warcio", "fastwarc", "sqlite3", "sqlite_utils", "requests"),
        *("os", "pathlib", "io", "tempfile", "shutil", "glob", "socket", "http", "urllib.request"),
        *("time", "random", "subprocess", "threading", "multiprocessing", "asyncio"),
    }
)
CLOCK = frozenset({"now", "today", "utcnow"})
LONGEST_FILE = 450
_UNTOUCHED = frozenset({"build", "dist", "collection", "demo-collection"})
_TEXT_FILES = frozenset({".py", ".md", ".toml", ".txt", ".cfg", ".sh", ".json", ".html", ""})
# In pieces, so that this file does not hold what it looks for.
_PRIVATE = re.compile(
    r"(?<![\w.])/" + r"(?:work/(?:main|shared)|root/|tmp/\w|home/\w+/|Users/\w+/)"
    r"|\b(?:" + "|".join((r"pypi\." + "org", "python" + r"hosted\.", r"npmjs\." + "org")) + ")"
)


def wrong_arrows(root: Path) -> Iterator[str]:
    """Imports and dotted paths that lead from a room to one it may not know.

    Imports inside functions and those for the type checker count like any other.
    """
    for room, allowed in MAY_IMPORT.items():
        for path in python_files(root / room):
            for line, target in imports_of(root, path):
                first = target.partition(".")[0]
                if first in MAY_IMPORT and first != room and first not in allowed:
                    place = _place(root, path, line)
                    yield f"{place} imports {target}: {room} may not know {first}"
            for line, target in _dotted_paths(root, path):
                first = target.partition(".")[0]
                if first not in {room, *allowed, *MAY_NAME.get(room, ())}:
                    yield f"{_place(root, path, line)} names {target}: {room} may not know {first}"


def impurities(root: Path) -> Iterator[str]:
    """What in the core reaches for a file, a socket, the clock, or a framework."""
    for path in python_files(root / CORE):
        for line, target in imports_of(root, path):
            if any(target == name or target.startswith(f"{name}.") for name in OUTSIDE_WORLD):
                yield f"{_place(root, path, line)} imports {target}: the core is pure"
        for node in ast.walk(_tree(path)):
            if not isinstance(node, ast.Call):
                continue
            called = node.func
            place = _place(root, path, node.lineno)
            if isinstance(called, ast.Name) and called.id in {"open", "__import__", "input"}:
                yield f"{place} calls {called.id}(): the core is pure"
            if isinstance(called, ast.Attribute) and called.attr in CLOCK:
                yield f"{place} calls .{called.attr}(): the core has no clock"


def import_circles(root: Path) -> Iterator[str]:
    """Modules that import each other while they are being imported, as one line per circle."""
    graph: dict[str, set[str]] = {}
    for room in MAY_IMPORT:
        for path in python_files(root / room):
            name = _module_name(root, path)
            targets = (_module_of(root, target) for _, target in _imports_at_load(root, path))
            graph[name] = {target for target in targets if target is not None and target != name}
    done: set[str] = set()
    for start in sorted(graph):
        yield from _circles_from(start, graph, done, ())


def long_files(root: Path) -> Iterator[str]:
    """Python files of more than `LONGEST_FILE` lines; one of nothing but tables may be longer."""
    for path in python_files(root):
        count = len(path.read_text(encoding="utf-8").splitlines())
        if count > LONGEST_FILE and _has_code(_tree(path)):
            yield f"{path.relative_to(root)} has {count} lines, more than {LONGEST_FILE}"


def _has_code(tree: ast.Module) -> bool:
    return any(isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) for node in ast.walk(tree))


def prints(root: Path) -> Iterator[str]:
    """Calls of print(), but in benchmarks and examples, which are for reading."""
    for path in python_files(root):
        if path.relative_to(root).parts[0] in {"benchmarks", "examples"}:
            continue
        for node in ast.walk(_tree(path)):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "print":
                yield f"{_place(root, path, node.lineno)} prints"


def private_names(root: Path) -> Iterator[str]:
    """Paths of somebody's machine and names of package registries, in any text file."""
    for path in _files(root):
        if path.suffix not in _TEXT_FILES:
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        for match in _PRIVATE.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            yield f"{_place(root, path, line)} has {match.group()!r}"


def python_files(folder: Path) -> Iterator[Path]:
    """The .py files of `folder` and below, in order, without what was installed or built."""
    return (path for path in _files(folder) if path.suffix == ".py")


def imports_of(root: Path, path: Path) -> Iterator[tuple[int, str]]:
    """Line and dotted target of every import of a file, relative ones made absolute."""
    return _imports_in(root, path, ast.walk(_tree(path)))


def _imports_in(root: Path, path: Path, nodes: Iterator[ast.AST]) -> Iterator[tuple[int, str]]:
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            package = list(path.relative_to(root).parts[:-1])
            base = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            yield from ((node.lineno, f"{module}.{alias.name}") for alias in node.names)


def _imports_at_load(root: Path, path: Path) -> Iterator[tuple[int, str]]:
    return _imports_in(root, path, _loaded(_tree(path)))


def _loaded(node: ast.AST) -> Iterator[ast.AST]:
    """What runs while the module is imported: no function's body, nothing for the type checker."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
            continue
        yield child
        yield from _loaded(child)


def _dotted_paths(root: Path, path: Path) -> Iterator[tuple[int, str]]:
    """Strings that are the dotted path of something of ours: `"pipelines.recording.Recording"`."""
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            # `archiater.toml` is a file, and "archive. Then" is prose: neither is a module here.
            room = node.value.partition(".")[0]
            if _module_of(root, node.value) not in {None, room}:
                yield node.lineno, node.value


def _module_of(root: Path, target: str) -> str | None:
    """The longest leading part of a dotted path that is a module of this repository."""
    parts = target.split(".")
    if parts[0] not in MAY_IMPORT or not all(map(str.isidentifier, parts)):
        return None
    for length in range(len(parts), 0, -1):
        stem = root.joinpath(*parts[:length])
        if stem.with_suffix(".py").is_file() or (stem / "__init__.py").is_file():
            return ".".join(parts[:length])
    return None


def _module_name(root: Path, path: Path) -> str:
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _circles_from(
    name: str, graph: Mapping[str, set[str]], done: set[str], trail: tuple[str, ...]
) -> Iterator[str]:
    if name in trail:
        yield " -> ".join((*trail[trail.index(name) :], name))
        return
    if name in done:
        return
    for target in sorted(graph.get(name, ())):
        yield from _circles_from(target, graph, done, (*trail, name))
    done.add(name)


def _files(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if _is_ours(name))
        yield from (Path(place, name) for name in sorted(names) if name != "LICENSE")


def _is_ours(folder: str) -> bool:
    hidden = folder.startswith(".") and folder != ".ci"
    return not (hidden or folder in _UNTOUCHED or folder.endswith(("__pycache__", ".egg-info")))


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def _place(root: Path, path: Path, line: int) -> str:
    return f"{path.relative_to(root)}:{line}"
