"""A checker of certificates that knows the definitions and nothing of how Parley finds them: for tests only."""

from __future__ import annotations

__all__ = ["assert_proves", "assert_proves_at_once"]


def assert_proves(certificate, moves, rank, concept, maker, state) -> None:
    """Follow the certificate by hand: every answer move by move, or everything the others could do about a gain."""
    rank = rank.tolist()
    like = rank[maker]
    gains = {s1 for s1 in moves[maker][state] if like[s1] < like[state]}
    if certificate.unanswered is not None:
        assert certificate.unanswered in gains and not certificate.answers
        ends = every_end(moves, rank, concept, maker, certificate.unanswered)
        assert not any(punishes(moves, like, concept, maker, state, end) for end in ends)
        return
    assert {answer.improvement for answer in certificate.answers} == gains
    assert len(certificate.answers) == len(gains)
    for answer in certificate.answers:
        here, last = answer.improvement, maker
        assert answer.steps and concept != "R"
        for step in answer.steps:
            assert step.mover not in (maker, last), "nobody moves twice in a row, and the focal one not at all"
            assert step.to in moves[step.mover][here]
            if concept in ("SEQ", "SSEQ"):
                assert rank[step.mover][step.to] < rank[step.mover][here]
            here, last = step.to, step.mover
        assert here == answer.end
        assert punishes(moves, like, concept, maker, state, here)


def punishes(moves, like, concept, maker, state, end) -> bool:
    if like[end] < like[state]:
        return False
    return concept not in ("SMR", "SSEQ") or not any(like[s3] < like[state] for s3 in moves[maker][end])


def every_end(moves, rank, concept, maker, start) -> set[int]:
    """Where sequences of one move, two moves, and so on end, until nothing new comes of a further move."""
    if concept == "R":
        return set()

    def steps(here, last):
        for j in range(len(moves)):
            for target in moves[j][here] if j not in (maker, last) else ():
                if concept not in ("SEQ", "SSEQ") or rank[j][target] < rank[j][here]:
                    yield target, j

    reached: set[tuple[int, int]] = set()
    newest = set(steps(start, maker))
    while newest - reached:
        reached |= newest
        newest = {pair for here, last in reached for pair in steps(here, last)}
    return {end for end, _ in reached}


def assert_proves_at_once(certificate, codes, moves, rank, maker, state) -> None:
    """The same where everybody moves at the same time: each of the others stays, or gains by itself from the state."""
    rank = rank.tolist()
    like = rank[maker]
    gains = {s1 for s1 in moves[maker][state] if like[s1] < like[state]}
    if certificate.unanswered is not None:
        assert certificate.unanswered in gains
        together = [codes[certificate.unanswered]]
        for j in range(len(moves)):
            own = [codes[state] ^ codes[q] for q in moves[j][state] if j != maker and rank[j][q] < rank[j][state]]
            together += [code ^ change for code in together for change in own]
        assert not any(codes.index(code) in bad(like, state) for code in together if code in codes)
        return
    assert {answer.improvement for answer in certificate.answers} == gains
    for answer in certificate.answers:
        code = codes[answer.improvement]
        assert answer.steps and maker not in {step.mover for step in answer.steps}
        assert len({step.mover for step in answer.steps}) == len(answer.steps)
        for step in answer.steps:
            assert step.to in moves[step.mover][state] and rank[step.mover][step.to] < rank[step.mover][state]
            code ^= codes[state] ^ codes[step.to]
        assert codes.index(code) == answer.end and answer.end in bad(like, state)


def bad(like, state) -> set[int]:
    return {s for s, place in enumerate(like) if place >= like[state]}
