"""How a party's options and the others' paces answer each other, in words: `answers_in_words`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from parley.briefing import words
from parley.briefing.talk_lines import PACE_WORDS
from parley.briefing.worths import Worths
from parley.domain.scenario import Scenario

__all__ = ["answers_in_words"]

Detail = Mapping[str, Any]

TOLD = 4
"""As many equilibria are told one by one."""

LIKELY = 0.2
"""Actions that are at least so likely are named."""

PARTS_IN_WORDS = {
    "stays_out": "stays out",
    "proposes": "proposes",
    "proposes_and_leans": "proposes and leans on whom it is asked to",
    "proposes_and_threatens": "proposes and threatens",
    "walks_away": "leaves halfway",
}


def answers_in_words(scenario: Scenario, game: Detail) -> list[str]:
    """Tell a game, a sentence or two for each way of playing it.

    Parameters
    ----------
    scenario : gives the names
    game : as in `detail` of the engine
    """
    lines = _equilibria(scenario, game)
    if game["in_turn"] is not None:
        lines.append(_in_turn(scenario, game))
    if game["logit"] is not None:
        lines.append(_logit(scenario, game))
    return [*lines, _knowing(scenario, game)] if game["types"] > 1 else lines


def _action(name: str) -> str:
    """An option or a pace, as what somebody does."""
    pace, _, opening = name.partition(", ")
    text = PARTS_IN_WORDS.get(name) or PACE_WORDS[pace]
    return f"{text}, beginning {'halfway' if opening == 'halfway' else 'high'}" if opening else text


def _cell(scenario: Scenario, cell: Detail) -> str:
    worths = Worths(scenario)
    parts = []
    for party, name in cell["actions"].items():
        value = cell["value"][party]
        shown = worths.amount(party, value) if worths.states(party) else f"{value:.2f}"
        parts.append(f"{scenario.party(party).name} {_action(name)} ({shown})")
    return "; ".join(parts)


def _equilibria(scenario: Scenario, game: Detail) -> list[str]:
    found = game["equilibria"]
    if not found:
        return [
            "There is no combination of ways to talk from which nobody would turn away: whatever all do, somebody has "
            "a better answer."
        ]
    many = "One way" if len(found) == 1 else f"{words.capital(words.count(len(found)))} ways"
    says = f"{many} to talk from which nobody alone would turn away (pure equilibria), with what the talks are worth:"
    lines = [says, *(f"  {_cell(scenario, each)}." for each in found[:TOLD])]
    if len(found) > TOLD:
        lines.append(f"  and {words.count(len(found) - TOLD)} more.")
    return lines


def _in_turn(scenario: Scenario, game: Detail) -> str:
    path, first = game["in_turn"], scenario.party(game["players"][0]).name
    text = f"If {first} shows first how it will talk and the others answer: {_cell(scenario, path)}."
    if path["ties"]:
        tied = words.listed([scenario.party(party).name for party in path["ties"]])
        low, high = path["least"][game["players"][0]], path["most"][game["players"][0]]
        text += f" There {tied} could as well do otherwise; {first} then gets between {low:.2f} and {high:.2f}."
    return text


def _logit(scenario: Scenario, game: Detail) -> str:
    parts = []
    for party, chances in game["logit"]["chances"].items():
        likely = sorted((each for each in chances.items() if each[1] >= LIKELY), key=lambda each: -each[1])
        shown = [f"{_action(name)} ({words.percentage(chance)})" for name, chance in likely]
        parts.append(f"{scenario.party(party).name} {' or '.join(shown) or 'does any of these'}")
    return f"If everybody may err, the less the more it costs (logit equilibrium): {'; '.join(parts)}."


def _knowing(scenario: Scenario, game: Detail) -> str:
    knowing, first = game["knowing"], scenario.party(game["players"][0]).name
    best: Sequence[str] = knowing["surely"] or knowing["possibly"]
    when = f"If the others know their own numbers and {first} only how likely they are"
    says = "is" if knowing["surely"] else "may be"
    if len(best) == len(knowing["least"]):
        return f"{when}, any option may be best for it."
    told = " or ".join(f"“{_action(name)}”" for name in best[:TOLD]) + (" or another" if len(best) > TOLD else "")
    return f"{when}, best for it {says}: {told}."
