"""Sentences about what would have to change in whose preferences: `inverse` is the main name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from parley.briefing import words
from parley.briefing.conflict_words import LISTED, Names
from parley.briefing.prose import Run, items, paragraph, plain, strong, write
from parley.domain.briefing import Block
from parley.domain.conflict_answers import Finding, Inverse, OrderChange, Preferred, RankingChange, StateKey, Unmet
from parley.domain.scenario import Scenario

__all__ = ["change_in_words", "inverse", "order_in_words", "proof_in_words"]


def inverse(found: Inverse, scenario: Scenario) -> list[Block]:
    """Tell how few changes of preferences would make a state hold, or why none would."""
    names = Names.of(scenario, found.states)
    if found.concept in found.equilibrium:
        holds = f"{names.state(found.state)} is an equilibrium under {words.listed(found.equilibrium)} already"
        return [paragraph(strong(f"Nothing need change: {holds}."))]
    head = [strong(f"What it takes for {names.state(found.state)} to hold under {found.concept}.")]
    if found.equilibrium:
        head.append(plain(f"It holds under {words.listed(found.equilibrium)} already."))
    if len(found.willing) < len(_makers(scenario)):
        head.append(plain(f"Only {names.parties(found.willing)} may come to see things otherwise."))
    blocks: list[Block] = [paragraph(*head)]
    runs = [_statements(found, names), _swaps(found, names)]
    return [*blocks, *items(runs), *_sets(found, names)]


def _makers(scenario: Scenario) -> set[str]:
    conflict = scenario.conflict
    if conflict is None:
        return set()
    acting = {option.party for option in conflict.options} | {move.party for move in conflict.moves}
    return acting | {preference.party for preference in conflict.preferences}


def _statements(found: Inverse, names: Names) -> Run:
    heading = strong("By the order of wishes:")
    each = found.statements
    if each is None:
        return ()
    if each.outcome == "impossible":
        why = proof_in_words(each, found, names, orders=True)
        return write("{heading} {why}", heading=heading, why=why)
    if each.outcome == "undecided":
        why = f"the search was given up after {each.searched:,} orders; that proves nothing."
        return write("{heading} {why}", heading=heading, why=why)
    number = f"{words.count(each.size or 0)} wish{'es' * (each.size != 1)}"
    told = "; ".join(order_in_words(change, names) for change in each.orders)
    text = "{heading} {told}. {number} moved, and fewer will not do. {then}"
    return write(text, heading=heading, told=told, number=words.capital(number), then=_then(each))


def _swaps(found: Inverse, names: Names) -> Run:
    heading = strong("By the ranking of states:")
    each = found.swaps
    if each.outcome == "impossible":
        return write("{heading} {why}", heading=heading, why=proof_in_words(each, found, names, orders=False))
    given_up = f"the search for the smallest change was given up after {each.searched:,} rankings"
    if each.size is None:
        return write("{heading} {why}; that proves nothing.", heading=heading, why=given_up)
    told = "; ".join(change_in_words(change, names) for change in each.rankings)
    pairs = _pairs(each.rankings)
    fewest = f"{words.capital(pairs)} changed, and fewer will not do."
    if each.outcome == "undecided":
        fewest = f"{words.capital(pairs)} changed; this will do, but {given_up}, so that fewer may do as well."
    return write("{heading} {told}. {fewest} {then}", heading=heading, told=told, fewest=fewest, then=_then(each))


def _pairs(changes: Iterable[RankingChange]) -> str:
    count = sum(len(each.to) for change in changes for each in change.prefers)
    return f"{words.count(count)} pair{'s' * (count != 1)} of states"


def _then(each: Finding) -> str:
    return f"It then holds under {words.listed(each.equilibrium)}."


def order_in_words(change: OrderChange, names: Names) -> str:
    """How a party would have to order its wishes, as a part of a sentence."""
    shifts = [
        f"put {names.wish(shift.says, shift.words)} "
        + ("last" if shift.before is None else f"before {names.wish(shift.before, shift.before_words)}")
        for shift in change.moved
    ]
    return f"{names.party(change.party)} would have to {words.listed(shifts)}"


def change_in_words(change: RankingChange, names: Names, *, alone: bool = False) -> str:
    """What a party would have to come to prefer, as a part of a sentence; the first few where there is much.

    Parameters
    ----------
    change : the change
    names : how states and parties are spoken of
    alone : leave out whose preferences these are
    """
    groups = _grouped(change)
    told = [
        f"{words.listed([names.state(x) for x in upper[:LISTED]])}{_more(upper)} to "
        f"{words.listed([names.state(y) for y in lower[:LISTED]])}{_more(lower)}"
        for upper, lower in groups[:LISTED]
    ]
    rest = sum(len(upper) * len(lower) for upper, lower in groups[LISTED:])
    more = f" (and {words.count(rest)} pair{'s' * (rest != 1)} more)" if rest else ""
    who = "" if alone else f"{names.party(change.party)} "
    return f"{who}would have to come to prefer {', and '.join(told)}{more}"


def _more(states: Sequence[StateKey]) -> str:
    return f" and {words.count(len(states) - LISTED)} more" if len(states) > LISTED else ""


Groups = list[tuple[list[StateKey], list[StateKey]]]


def _grouped(change: RankingChange) -> Groups:
    """The pairs in few groups; where it takes more than two, those of the wished-for state come first."""
    groups = _fewest(change.prefers)
    if len(groups) <= 2:
        return groups
    return [*_fewest(change.prefers[:1]), *_fewest(change.prefers[1:])]


def _fewest(pairs: Sequence[Preferred]) -> Groups:
    """The pairs by the states that come to be preferred, or by the others, whichever makes fewer groups."""
    by_upper: Groups = [([each.state], list(each.to)) for each in pairs]
    lower: dict[StateKey, list[StateKey]] = {}
    for each in pairs:
        for state in each.to:
            lower.setdefault(state, []).append(each.state)
    by_lower: Groups = [(states, [state]) for state, states in lower.items()]
    return by_lower if len(by_lower) < len(by_upper) else by_upper


def proof_in_words(each: Finding, found: Inverse, names: Names, *, orders: bool) -> str:
    """Why no change will do, as sentences."""
    asked = [party for party in found.willing if not orders or _has_wishes(party, names.scenario)]
    subject = f"no {'order of the wishes' if orders else 'change of the preferences'} of {names.parties(asked)}"
    if not each.unmet:
        what = "orders" if orders else "ways out"
        return f"{subject} will do: all {what} were tried ({each.searched:,})."
    return f"{subject} will do. {' '.join(_unmet(unmet, found, names, orders=orders) for unmet in each.unmet[:LISTED])}"


def _unmet(unmet: Unmet, found: Inverse, names: Names, *, orders: bool) -> str:
    who, target = names.party(unmet.party), names.state(unmet.improvement)
    if orders and unmet.party in found.willing and _has_wishes(unmet.party, names.scenario):
        return (
            f"{words.capital(who)} would leave for {target} in whatever order its wishes stand: all that come true in "
            "the wished-for state come true there, and more."
        )
    answer = "" if found.concept == "R" else ", and no answer of the others could make that not worth it"
    return f"{words.capital(who)} would leave for {target} all the same{answer}."


def _has_wishes(party: str, scenario: Scenario) -> bool:
    preferences = scenario.conflict.preferences if scenario.conflict is not None else ()
    return any(each.party == party and each.statements and each.counts == "in_order" for each in preferences)


def _sets(found: Inverse, names: Names) -> list[Block]:
    """Who could bring it about, where that is more than the smallest change says."""
    unsure = paragraph(plain("Some sets of parties were too much to search; smaller ones may do."))
    rest: list[Block] = [] if found.every_set else [unsure]
    sets = [[change.party for change in each.rankings] for each in found.parties]
    if len(found.willing) == 1:
        return rest
    if len(sets) == 1 and found.parties[0].rankings == found.swaps.rankings:
        text = f"It takes {names.parties(sets[0])}: without {'any one of them' if len(sets[0]) > 1 else 'it'} no change"
        return [*([paragraph(plain(f"{text} will do."))] if found.every_set else []), *rest]
    opening = paragraph(plain("Whom it takes. Each of these is enough, and none of them with one party less:"))
    runs = [_set(each, names) for each in found.parties]
    return [opening, *items(runs), *rest] if runs else rest


def _set(each: Finding, names: Names) -> Run:
    doubt = "" if each.outcome == "found" else ", though a smaller change of theirs may do"
    pairs = f"{words.capital(_pairs(each.rankings))}{doubt}."
    if len(each.rankings) == 1:
        change = each.rankings[0]
        who, told = f"{names.party(change.party)} alone", change_in_words(change, names, alone=True)
        return write("{who} {told}. {pairs}", who=strong(words.capital(who)), told=told, pairs=pairs)
    who = f"{names.parties([change.party for change in each.rankings])} together:"
    told = "; ".join(change_in_words(change, names) for change in each.rankings)
    return write("{who} {told}. {pairs}", who=strong(words.capital(who)), told=told, pairs=pairs)
