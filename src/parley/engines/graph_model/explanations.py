"""Why states hold, or who would leave them, under several concepts: `explanation`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from parley.domain.conflict_answers import (
    Explained,
    Explanation,
    Sanction,
    Standing,
    StatementScore,
    Verdict,
)
from parley.engines.graph_model.explain import certificates
from parley.engines.graph_model.reading import AnyConcept, Reading
from parley.methods.graph_certificates import Answer, Certificate

__all__ = ["explanation", "words_of"]

Certify = Callable[[int, int], Certificate]


def explanation(
    reading: Reading,
    states: Sequence[int],
    concepts: Sequence[AnyConcept],
    *,
    progress: Callable[[int, int, str], None] | None = None,
) -> Explanation:
    """Say for each decision maker and concept why it would stay in a state, or leave it, with the proof.

    Parameters
    ----------
    reading : the conflict
    states : positions of the states
    concepts : the concepts to judge
    progress : called with (states done, all, what)
    """
    reading.insist_on(concepts)
    certify = {concept: certificates(reading.model, reading.rank, concept) for concept in concepts}
    told, mentioned = [], set(states)
    for done, state in enumerate(states):
        if progress is not None:
            progress(done, len(states), f"state {reading.key(state)}")
        standings = []
        for maker in range(len(reading.model.makers)):
            found = {concept: each(maker, state) for concept, each in certify.items()}
            mentioned |= _mentioned(reading, maker, state, found.values())
            standings.append(_standing(reading, maker, state, found))
        holds = tuple(
            concept for k, concept in enumerate(concepts) if all(standing.verdicts[k].stable for standing in standings)
        )
        told.append(Explained(state=reading.key(state), equilibrium=holds, parties=tuple(standings)))
    return Explanation(concepts=tuple(concepts), explained=tuple(told), states=reading.named(mentioned))


def _improvements(reading: Reading, maker: int, state: int) -> list[int]:
    own = reading.rank[maker]
    return sorted((x for x in reading.moves[maker][state] if own[x] < own[state]), key=lambda x: (own[x], x))


def _mentioned(reading: Reading, maker: int, state: int, found: Iterable[Certificate]) -> set[int]:
    result = set(_improvements(reading, maker, state))
    for each in found:
        for answer in each.answers:
            result |= {answer.end, *(step.to for step in answer.steps)}
    return result


def _standing(reading: Reading, maker: int, state: int, found: dict[AnyConcept, Certificate]) -> Standing:
    wishes, own = reading.model.wishes[maker], reading.rank[maker]
    words = words_of(reading, maker)
    return Standing(
        party=reading.model.makers[maker],
        rank=int(own[state]),
        ranks=int(own.max()),
        moves=len(reading.moves[maker][state]),
        improvements=tuple(reading.key(each) for each in _improvements(reading, maker, state)),
        verdicts=tuple(_verdict(reading, concept, state, each) for concept, each in found.items()),
        statements=tuple(
            StatementScore(says=wishes.says[k], words=words[k], holds=bool(wishes.truth[state, k]))
            for k in reading.orders[maker]
        ),
    )


def words_of(reading: Reading, maker: int) -> tuple[str, ...]:
    """The statements of a decision maker in words, in the order listed; empty where there are none."""
    conflict = reading.scenario.conflict
    assert conflict is not None
    own = (each for each in conflict.preferences if each.party == reading.model.makers[maker])
    return tuple(statement.words for each in own for statement in each.statements)


def _verdict(reading: Reading, concept: AnyConcept, state: int, found: Certificate) -> Verdict:
    def told(answer: Answer) -> Sanction:
        here, steps = answer.improvement, []
        for step in answer.steps:
            steps.append(reading.step(step.mover, state if concept == "SIM" else here, step.to))
            here = step.to
        return Sanction(improvement=reading.key(answer.improvement), steps=tuple(steps), end=reading.key(answer.end))

    return Verdict(
        concept=concept,
        stable=found.stable,
        unanswered=None if found.unanswered is None else reading.key(found.unanswered),
        answers=tuple(told(answer) for answer in found.answers),
    )
