"""Work in processes: results in order whatever happens to a process, and few tasks under way at a time."""

import os
import time

from parley.intake import processes
from parley.intake.processes import AHEAD, Lost, outcomes


def squared(number):
    return number * number


def process(number):
    return number, os.getpid()


def troubled(number):
    if number == 3:
        os._exit(9)
    if number == 5:
        time.sleep(600)
    if number == 7:
        raise ValueError("seven")
    return number


def test_results_come_in_the_order_of_the_tasks_for_any_number_of_processes():
    for jobs in (1, 3):
        assert list(outcomes(squared, range(30), jobs=jobs)) == [number * number for number in range(30)]


def test_a_task_that_hangs_kills_its_process_or_breaks_is_told_and_the_others_go_on():
    """One process, so that the task that hangs is not its first, for which it has time to start."""
    found = list(outcomes(troubled, range(9), jobs=1, seconds=5.0))
    assert [each for each in found if not isinstance(each, Lost)] == [0, 1, 2, 4, 6, 8]
    assert [found[place].reason.split(":")[0] for place in (3, 5, 7)] == [
        "its process ended with code 9; there may be too little memory",
        "it took longer than 5 seconds",
        "Parley has a fault",
    ]


def test_no_more_tasks_are_taken_up_than_can_be_held():
    class Watched:
        taken = 0

        def __len__(self):
            return 1000

        def __getitem__(self, place):
            self.taken = max(self.taken, place + 1)
            return place

    watched = Watched()
    results = outcomes(squared, watched, jobs=2)
    for _ in range(10):
        next(results)
    results.close()
    assert 10 <= watched.taken <= 10 + 2 * AHEAD


def test_a_process_does_its_share_of_the_tasks_and_another_one_takes_its_place(monkeypatch):
    """So what a process comes to hold, such as the words that the parser has met, does not grow with the tasks."""
    monkeypatch.setattr(processes, "RENEWED", 4)
    found = list(outcomes(process, range(10), jobs=1))
    assert [number for number, _ in found] == list(range(10))
    ids = [each for _, each in found]
    assert [len(set(ids[:4])), len(set(ids[4:8])), len(set(ids[8:])), len(set(ids))] == [1, 1, 1, 3]
