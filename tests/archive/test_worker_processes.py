from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from functools import partial

import pytest

from archive.worker_processes import Crash, WorkersFailed, answer_in_order, ctrl_c_held_back


def answer_number(number: int) -> int:
    """Ten times the number; some numbers end the process or never come back."""
    if number == 3:
        os.kill(os.getpid(), signal.SIGSEGV)
    if number == 5:
        os._exit(7)
    if number == 8:
        time.sleep(600)
    return number * 10


def prepare_numbers(broken: bool = False) -> Callable[[int], int]:
    if broken:
        raise OSError("no database")
    return answer_number


def test_a_crash_costs_its_own_task_and_no_other() -> None:
    answers = dict(answer_in_order(range(10), prepare_numbers, jobs=2, limit_s=3))

    assert list(answers) == list(range(10))
    assert answers[3] == Crash("the process was ended by SIGSEGV")
    assert answers[5] == Crash("the process ended with exit code 7")
    assert answers[8] == Crash("took more than 3 s")
    assert [answers[number] for number in (0, 1, 2, 4, 6, 7, 9)] == [0, 10, 20, 40, 60, 70, 90]


def test_processes_that_cannot_begin_are_an_error_not_a_crash_of_every_task() -> None:
    with pytest.raises(WorkersFailed, match="exit code 1 before its first page"):
        list(answer_in_order(range(3), partial(prepare_numbers, True), jobs=1))


def test_ctrl_c_waits_until_a_process_has_started() -> None:
    done = []

    def start() -> None:
        with ctrl_c_held_back():
            # To this thread: to the process, another thread of the test runner may take it.
            signal.raise_signal(signal.SIGINT)
            done.append("start")

    with pytest.raises(KeyboardInterrupt):
        start()

    assert done == ["start"]
