"""Files made to exhaust the reader, larger than what one would keep: each makes its text from a sound small case."""

from collections.abc import Callable

__all__ = ["HOSTILE"]


def added(sound: str, before: str, *lines: str) -> str:
    """The case with lines put before one of its lines."""
    return sound.replace(before, "".join(f"{line}\n" for line in lines) + before, 1)


def approach(name: str, extends: str) -> str:
    return f"  - {{id: {name}, name: x, by: coast, words: x, extends: {extends}}}"


HOSTILE: dict[str, Callable[[str], str]] = {
    "more than 2 MB": lambda sound: sound + "# " + "x" * 2_000_000,
    "2 MB of zeros": lambda sound: "\0" * 1_999_999,
    "2 MB of brackets": lambda sound: "[" * 1_999_999,
    "2 MB of braces": lambda sound: "{" * 1_999_999,
    "2 MB of dashes": lambda sound: "- " * 999_999,
    "2 MB of question marks": lambda sound: "? " * 999_999,
    "2 MB of an open quote": lambda sound: 'title: "' + "x\n" * 999_000,
    "2 MB of one key": lambda sound: "x" * 1_999_990 + ": 1",
    "2 MB of one number": lambda sound: "title: " + "9" * 1_999_990,
    "2 MB of one title": lambda sound: sound.replace(
        "title: Salt", 'title: "\\a' + "x" * 1_900_000 + '"\nunknown: Salt'
    ),
    "2 MB of list items": lambda sound: "parties:\n" + "- a\n" * 499_000,
    "2 MB of empty lists": lambda sound: "parties: [" + "[], " * 499_000 + "]",
    "2 MB of aliases": lambda sound: "a: &a 1\nb: [" + "*a, " * 499_000 + "]",
    "2 MB of anchors": lambda sound: "".join(f"a{number}: &a{number} 1\n" for number in range(110_000)),
    "2 MB of unknown keys": lambda sound: "".join(f"k{number}: 1\n" for number in range(180_000)),
    "2 MB of the same key": lambda sound: "title: x\n" * 220_000,
    "2 MB of tabs": lambda sound: "title:\n" + "\t" * 1_999_000,
    "2 MB of carriage returns": lambda sound: "title: x" + "\r" * 1_999_000,
    "2 MB of line feeds": lambda sound: "title: x" + "\n" * 1_999_000,
    "2 MB of comments": lambda sound: "# x\n" * 499_000,
    "nine laughs to the ninth power": lambda sound: (
        "a: &a [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n"
        + "".join(
            f"{after}: &{after} [{', '.join([f'*{before}'] * 9)}]\n"
            for before, after in zip("abcdefgh", "bcdefghi", strict=True)
        )
    ),
    "20,000 wrong references": lambda sound: sound.replace(
        "pulls: [blockade]", "pulls: [" + ", ".join(f"blockad{number}" for number in range(20_000)) + "]"
    ),
    "4,500 parties below zero": lambda sound: added(
        sound, "issues:\n", *(f"  - {{id: p{number}, name: x, role: other, capability: -1}}" for number in range(4_500))
    ),
    "a chain of 2,000 approaches": lambda sound: added(
        sound, "outcomes:\n", *(approach(f"a{number}", f"a{number + 1}") for number in range(2_000))
    ),
    "a circle of 2,000 approaches": lambda sound: added(
        sound, "outcomes:\n", *(approach(f"a{number}", f"a{(number + 1) % 2_000}") for number in range(2_000))
    ),
    "a scale of 5,000 rungs": lambda sound: added(
        sound,
        "        - {at: 100, words: the coast, rung: coast_takes}\n",
        *(f"        - {{at: {number / 40}, words: x, rung: r{number % 2_000}}}" for number in range(1, 4_000)),
    ),
}
