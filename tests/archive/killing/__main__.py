"""Kills a recorder, and recovery, in every way there is, and sees what becomes of the collection.

    python -m tests.archive.killing boundaries power recovery faults random sqlite --rounds 200

Children are forked from one warm process. Prints one line a story and exits with 1 where anything
did not hold.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import random
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from archive.collection import Collection
from archive.errors import ArchiveError
from archive.recovery import recover
from tests.archive.killing.checks import problems, state_of
from tests.archive.killing.steps import COMMITS, SYNCS, WRITES, Moment, Steps, Trouble
from tests.archive.killing.writer import Script, make_template, write

Tell = Callable[[dict[str, Any]], None]
Child = Callable[[Tell], None]
Sampled = TypeVar("Sampled")

_ERROR_EXIT = 7
"""Of a child whose disk refused."""


@dataclass
class Life:
    """What a child told before its end."""

    exit_code: int = 0
    """Negative: the signal that killed it."""
    acknowledged: set[str] = field(default_factory=set)
    synced: dict[int, int] = field(default_factory=dict)
    """Inode -> bytes that are safe on the disk."""
    unsafe_names: list[tuple[str, ...]] = field(default_factory=list)
    """Files made or renamed since the folders were last synced."""
    log_bytes: int = 0
    """Of SQLite's log, when it was last known to be safe."""
    inside: int = 0
    """How often SQLite was given work."""
    said: list[str] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)
    lasted_s: float = 0.0


@dataclass
class Kennel:
    """Where the rounds take place."""

    folder: Path
    chance: random.Random
    rounds: int = 0
    wrong: list[str] = field(default_factory=list)

    def fresh(self, template: str = "template") -> Path:
        path = self.folder / "round"
        shutil.rmtree(path, ignore_errors=True)
        shutil.copytree(self.folder / template, path)
        return path

    def sample(self, steps: Sequence[Sampled], every: int) -> Sequence[Sampled]:
        """One of so many, beginning anywhere."""
        return steps[self.chance.randrange(every) :: every]

    def judge(self, path: Path, life: Life, story: str, *, is_complete: bool = False) -> None:
        """Recover, look at everything, recover again."""
        self.rounds += 1
        judged = run(lambda tell: _judge(path, life.acknowledged, tell, is_complete))
        found = judged.said or ([f"exit code {judged.exit_code}"] if judged.exit_code else [])
        self.wrong += [f"{story}: {what}" for what in found]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("stories", nargs="+", choices=sorted(_STORIES))
    parser.add_argument("--folder", type=Path, help="where the collections are made")
    parser.add_argument("--rounds", type=int, default=15, help="of kills at random")
    parser.add_argument("--every", type=int, default=1, help="take every so manieth step only")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    asked = parser.parse_args()
    logging.disable()
    say(f"seed {asked.seed}")
    failed = False
    for story in asked.stories:
        with tempfile.TemporaryDirectory(dir=asked.folder, prefix="kill-") as folder:
            kennel = Kennel(Path(folder), random.Random(asked.seed))  # noqa: S311
            run(partial(_make_template, kennel.folder / "template"))
            began = time.perf_counter()
            _STORIES[story](kennel, asked)
            say(
                f"{story}: {kennel.rounds} rounds in {time.perf_counter() - began:.1f} s, "
                f"{len(kennel.wrong)} wrong"
            )
            failed = failed or bool(kennel.wrong)
            for line in kennel.wrong[:20]:
                say(f"  {line}")
    return int(failed)


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def kill_at_every_step(kennel: Kennel, asked: argparse.Namespace) -> None:
    """The writer, killed before each of its steps and half-way through each write."""
    script = Script()
    for trouble, name in _troubles(kennel, asked, lambda path: _writing(path, script)):
        path = kennel.fresh()
        life = run(_writing(path, script, trouble))
        kennel.judge(path, life, f"killed {trouble.moment} {name} (step {trouble.at})")


def look_without_recovery(kennel: Kennel, asked: argparse.Namespace) -> None:
    """The same kills, and nothing done about them: whoever looks must see it."""
    script = Script()
    for trouble, name in _troubles(kennel, asked, lambda path: _writing(path, script)):
        if trouble.moment != "half":
            # Between two steps there may be nothing to put right.
            continue
        path = kennel.fresh()
        life = run(_writing(path, script, trouble))
        kennel.rounds += 1
        if not run(partial(_look, path, life.acknowledged)).said:
            kennel.wrong.append(f"nothing seen of a kill {trouble.moment} {name} ({trouble.at})")


def kill_recovery_at_every_step(kennel: Kennel, asked: argparse.Namespace) -> None:
    """Recovery of several kinds of wreck, killed before each of its steps."""
    for number, wreck in enumerate(_wrecks(kennel)):
        shutil.rmtree(kennel.folder / "wreck", ignore_errors=True)
        wreck_life = wreck(kennel.folder / "wreck")
        for trouble, name in _troubles(kennel, asked, _recovering, template="wreck"):
            path = kennel.fresh("wreck")
            life = run(_recovering(path, trouble))
            life.acknowledged = wreck_life.acknowledged
            kennel.judge(
                path, life, f"recovery {number} killed {trouble.moment} {name} ({trouble.at})"
            )


def refuse_at_every_step(kennel: Kennel, asked: argparse.Namespace) -> None:
    """The writer on a disk that refuses one step: no room, a short write, an error."""
    script = Script()
    dry = run(_writing(kennel.fresh(), script))
    for at, name in kennel.sample(list(enumerate(dry.steps, start=1)), asked.every):
        for moment in _refusals_of(name):
            path = kennel.fresh()
            life = run(_writing(path, script, Trouble(at, moment)))
            if life.exit_code not in (0, _ERROR_EXIT):
                kennel.wrong.append(f"{moment} at {name} ({at}): {life.exit_code} {life.said}")
            is_passing = moment in ("ENOSPC", "short") and name in WRITES | COMMITS
            if is_passing and life.exit_code:
                kennel.wrong.append(f"{moment} at {name} ({at}) ended the crawl: {life.said}")
            kennel.judge(path, life, f"{moment} at {name} ({at})", is_complete=is_passing)


def kill_at_random(kennel: Kennel, asked: argparse.Namespace) -> None:
    """The writer, killed from outside at any moment; then half of the disks lose their power."""
    usual_s = run(_writing(kennel.fresh(), Script(checkpoints=True))).lasted_s
    for number in range(asked.rounds):
        script = Script(checkpoints=kennel.chance.random() < 0.5)
        path = kennel.fresh()
        after_s = kennel.chance.uniform(0, usual_s * 1.1)
        life = run(_writing(path, script), kill_after_s=after_s)
        what = "nothing else"
        if kennel.chance.random() < 0.6:
            what = cut_power(path, life, kennel.chance)
        kennel.judge(path, life, f"round {number}, killed after {after_s:.4f} s, {what}")


def kill_inside_sqlite(kennel: Kennel, asked: argparse.Namespace) -> None:
    """The writer, killed while SQLite commits or moves its log into the database."""
    script = Script(checkpoints=True)
    most = run(_writing(kennel.fresh(), script)).inside
    for number in range(asked.rounds):
        path = kennel.fresh()
        at, after_s = kennel.chance.randint(1, most), kennel.chance.uniform(0, 0.002)
        life = run(_writing(path, script), kill_after_s=after_s, kill_inside=at)
        kennel.judge(path, life, f"round {number}, {after_s:.5f} s after SQLite's work {at} began")


def cut_power_at_every_step(kennel: Kennel, asked: argparse.Namespace) -> None:
    """The writer, killed at each step, on a disk that loses what was not synced."""
    script = Script()
    for trouble, name in _troubles(kennel, asked, lambda path: _writing(path, script)):
        path = kennel.fresh()
        life = run(_writing(path, script, trouble))
        what = cut_power(path, life, kennel.chance)
        kennel.judge(path, life, f"killed {trouble.moment} {name} ({trouble.at}), {what}")


def cut_power(path: Path, life: Life, chance: random.Random) -> str:
    """Do to what was not synced what a power cut may do; says what was done."""
    done = []
    for names in reversed(life.unsafe_names):
        if chance.random() < 0.5:
            continue
        if len(names) == 2 and Path(names[1]).exists():
            Path(names[1]).rename(names[0])
            done.append("a name went back")
        elif len(names) == 1 and Path(names[0]).exists():
            Path(names[0]).unlink()
            done.append("a new file is gone")
    for file in (path / "warcs").iterdir():
        safe = life.synced.get(file.stat().st_ino, 0)
        done.append(f"{file.name[-20:]}: {_spoil(file, safe, chance)}")
    log = path / "archive.db-wal"
    if log.exists():
        done.append(f"log: {_spoil(log, life.log_bytes, chance)}")
    return ", ".join(done)


def _spoil(file: Path, safe: int, chance: random.Random) -> str:
    size = file.stat().st_size
    if size <= safe:
        return "all safe"
    start = chance.randint(safe, size)
    how = chance.choice(["left", "cut", "zeros", "garbage", "hole"])
    with file.open("r+b") as opened:
        opened.seek(start)
        if how == "cut":
            opened.truncate(start)
        elif how == "zeros":
            opened.write(bytes(size - start))
        elif how == "garbage":
            opened.write(chance.randbytes(size - start))
        elif how == "hole":
            opened.write(bytes(min(512, size - start)))
    return f"{how} from {start} of {safe} to {size}"


def _troubles(
    kennel: Kennel,
    asked: argparse.Namespace,
    child: Callable[[Path], Callable[..., None]],
    template: str = "template",
) -> Iterator[tuple[Trouble, str]]:
    """Each moment at which a child can be killed, with the name of the step."""
    names = run(child(kennel.fresh(template))).steps
    found = [
        (Trouble(at, moment), name)
        for at, name in enumerate(names, start=1)
        for moment in (("before", "half") if name in WRITES else ("before",))
    ]
    found.append((Trouble(len(names), "after"), names[-1]))
    yield from kennel.sample(found, asked.every)


def _refusals_of(name: str) -> tuple[Moment, ...]:
    if name in WRITES:
        return ("ENOSPC", "short", "EIO")
    return ("ENOSPC", "EIO") if name in SYNCS | COMMITS | {"open", "rename", "replace"} else ()


def _wrecks(kennel: Kennel) -> Iterator[Callable[[Path], Life]]:
    """What a recovery may find: torn in the middle, renamed and not entered, spoilt, two files."""
    script = Script()
    names = run(_writing(kennel.fresh(), script)).steps
    places = {
        "torn": [at for at, name in enumerate(names, 1) if name in WRITES][-3],
        "renamed": [at + 1 for at, name in enumerate(names, 1) if name == "rename"][-1],
        "new": next(at + 1 for at, name in enumerate(names, 1) if name == "open"),
    }

    def wreck(moment: Moment, at: int) -> Callable[[Path], Life]:
        def make(path: Path) -> Life:
            shutil.copytree(kennel.folder / "template", path)
            life = run(_writing(path, script, Trouble(at, moment)))
            # A second file, without a row and torn in the first record.
            other = path / "warcs" / "archiater-20261122093000-other-aaaaa-00001.warc.gz.open"
            other.write_bytes(b"\x1f\x8b\x08\x00torn")
            return life

        return make

    yield wreck("half", places["torn"])
    yield wreck("before", places["renamed"])
    yield wreck("before", places["new"])


def _make_template(path: Path, tell: Tell) -> None:
    make_template(path)


def _writing(path: Path, script: Script, trouble: Trouble | None = None) -> Child:
    return lambda tell: _with_steps(trouble, tell, lambda: write(path, script, tell))


def _recovering(path: Path, trouble: Trouble | None = None) -> Child:
    def act() -> None:
        with Collection.open(path) as collection:
            recover(collection)

    return lambda tell: _with_steps(trouble, tell, act)


def _with_steps(trouble: Trouble | None, tell: Tell, act: Callable[[], None]) -> None:
    steps = Steps(trouble, tell)
    steps.install()
    act()
    tell({"steps": steps.names})


def _judge(path: Path, acknowledged: set[str], tell: Tell, is_complete: bool) -> None:
    with Collection.open(path) as collection:
        recover(collection)
    _look(path, acknowledged, tell, is_complete=is_complete)
    before = state_of(path)
    with Collection.open(path) as collection:
        recover(collection)
    if state_of(path) != before:
        tell({"said": "a second recovery changed something"})


def _look(path: Path, acknowledged: set[str], tell: Tell, *, is_complete: bool = False) -> None:
    for what in problems(path, acknowledged, is_complete=is_complete):
        tell({"said": what})


def run(act: Child, *, kill_after_s: float | None = None, kill_inside: int = 0) -> Life:
    """Fork a child that does `act`, and give what it told before it ended or was killed.

    With `kill_inside` the time to the kill runs from when SQLite has work for the nth time.
    """
    reading, writing = os.pipe()
    began = time.perf_counter()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _live(act, writing)
    os.close(writing)
    with open(reading, "rb", buffering=0) as told:  # noqa: PTH123 - a descriptor
        read = b""
        while read.count(b'{"inside"') < kill_inside and (piece := told.read(1 << 16)):
            read += piece
        if kill_after_s is not None:
            time.sleep(kill_after_s)
            os.kill(child, signal.SIGKILL)
        lines = (read + told.readall()).split(b"\n")
    _, status = os.waitpid(child, 0)
    life = Life(exit_code=os.waitstatus_to_exitcode(status), lasted_s=time.perf_counter() - began)
    # The last line may be cut off by the kill.
    for line in lines[:-1]:
        _note(life, json.loads(line))
    return life


def _live(act: Child, writing: int) -> NoReturn:
    plain_write, code = os.write, 0

    def tell(what: dict[str, Any]) -> None:
        plain_write(writing, json.dumps(what).encode() + b"\n")

    try:
        act(tell)
    except ArchiveError as error:
        tell({"said": str(error)})
        code = _ERROR_EXIT
    except BaseException:
        tell({"said": traceback.format_exc()})
        code = 1
    finally:
        os._exit(code)


def _note(life: Life, told: dict[str, Any]) -> None:
    match told:
        case {"acknowledged": urls}:
            life.acknowledged.update(urls)
        case {"log": size}:
            life.log_bytes = size
        case {"synced": [inode, size]}:
            life.synced[inode] = size
        case {"synced_folder": _}:
            life.unsafe_names.clear()
        case {"renamed": names}:
            life.unsafe_names.append(tuple(names))
        case {"created": [_, name]}:
            life.unsafe_names.append((name,))
        case {"inside": _}:
            life.inside += 1
        case {"said": text}:
            life.said.append(text)
        case {"steps": names}:
            life.steps = names


_STORIES = {
    "boundaries": kill_at_every_step,
    "power": cut_power_at_every_step,
    "recovery": kill_recovery_at_every_step,
    "faults": refuse_at_every_step,
    "random": kill_at_random,
    "sqlite": kill_inside_sqlite,
    "blind": look_without_recovery,
}

if __name__ == "__main__":
    sys.exit(main())
