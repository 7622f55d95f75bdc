"""Parties of the spatial model of politics as scenarios, and one turn of it written a second time."""

import datetime
import math

import numpy as np

from parley.domain.estimate import Estimate
from parley.domain.issue import Issue
from parley.domain.party import Party
from parley.domain.position import Position
from parley.domain.scenario import Question, Scenario

__all__ = ["one_turn", "scenario"]


def scenario(capability, position, salience):
    """Parties with these numbers: capability (party), position (party, issue) 0..100 or NaN, salience 0..1."""
    parties, issues = range(len(capability)), range(np.shape(position)[1])

    def exactly(value):
        return Estimate.exactly(float(value), because="made up")

    return Scenario(
        title="Parties in a space",
        question=Question(text="Where do they come to rest?", asked_by="p0"),
        as_of=datetime.date(2020, 1, 1),
        parties=tuple(
            Party(id=f"p{i}", name=f"P{i}", role="other", capability=exactly(capability[i])) for i in parties
        ),
        issues=tuple(Issue(id=f"i{d}", name=f"I{d}", question=f"Where on {d}?") for d in issues),
        positions=tuple(
            Position(party=f"p{i}", issue=f"i{d}", position=exactly(position[i][d]), salience=exactly(salience[i][d]))
            for i in parties
            for d in issues
            if not np.isnan(position[i][d])
        ),
    )


def one_turn(x, s, c, rules):  # noqa: C901
    """Where everybody stands after one turn, party by party with nothing but `math`; `x` and `s` are lists of lists.

    Knows every rule but loss aversion, and bargains by the opener's own estimate.
    """
    n, issues = len(x), range(len(x[0]))
    everybody, resolve = range(n), [math.fsum(row) for row in s]

    def distance(i, point):
        top = math.fsum(((x[i][d] - point[d]) * s[i][d]) ** 2 for d in issues)
        return math.sqrt(top / math.fsum(share**2 for share in s[i]))

    def worth(gap, risk):
        return (1 - gap) * (1 + gap * risk)

    def heard(gain):
        sign = max(-1.0, min(1.0, gain / 1e-8))
        return {
            "proportional": gain,
            "binary": sign,
            "mostly_proportional": 0.8 * gain + 0.2 * sign,
            "half_cubic": (gain + gain**3) / 2,
            "cubic": gain**3,
        }[rules.voting]

    def beats(pro, con):
        if rules.victory_odds != "threshold":
            power = {"linear": 1, "square": 2, "quartic": 4, "octic": 8}[rules.victory_odds]
            return 1 / (1 + (con / pro) ** power)
        if pro >= 1.1 * con or con >= 1.1 * pro:
            return (1.0 if pro > con else 1e-6) / (1 + 1e-6)
        return (2.1 * pro / (pro + con) - 1) / 0.1

    def chances(table):
        options = range(len(table[0]))
        push = [
            [1e-8 + math.fsum(max(0.0, c[k] * heard(table[k][a] - table[k][b])) for k in everybody) for b in options]
            for a in options
        ]
        odds = [[0.5 if a == b else beats(push[a][b], push[b][a]) for b in options] for a in options]
        if rules.outcome_odds == "conditional":
            product = [math.prod(row) for row in odds]
            return [each / math.fsum(product) for each in product]
        p, share = [1 / len(options)] * len(options), [[1 / len(options)] * len(options) for _ in options]
        if rules.outcome_odds == "incentive_chain":
            pull = [[push[a][b] * odds[a][b] + (1e-10 if a == b else 0) for b in options] for a in options]
            total = [math.fsum(pull[a][b] for a in options) for b in options]
            share = [[pull[a][b] / total[b] for b in options] for a in options]
        for _ in range(1000):
            after = [
                math.fsum(odds[a][b] * (p[a] * share[b][a] + p[b] * share[a][b]) for b in options) for a in options
            ]
            change = max(abs(new - old) for new, old in zip(after, p, strict=True))
            p = [(new + old) / 2 for new, old in zip(after, p, strict=True)]
            if change <= (1e-8 if rules.outcome_odds == "incentive_chain" else 1e-6):
                break
        return p

    gap = [[distance(i, point) for point in x] for i in everybody]
    p = chances([[worth(each, 0.0) for each in row] for row in gap])
    low, span = min(p), max(p) - min(p)
    lowest = {"zero_to_one": 0.0, "minus_half_to_one": -0.5, "minus_one_to_one": -1.0}[rules.risk_range]
    risk = [lowest + (1 - lowest) * (each - low) / span if span > 1e-12 else 0.0 for each in p]
    known = {"own": 0.0, "one_third": 1 / 3, "half": 0.5, "two_thirds": 2 / 3, "full": 1.0}[rules.risk_view]

    def prospects(i, j):
        """The chance that i prevails over j, and its gain, as i sees it."""
        u = [[worth(gap[k][m], (1 - known) * risk[i] + known * risk[k]) for m in (i, j, k)] for k in everybody]
        votes = [c[k] * resolve[k] * heard(u[k][0] - u[k][1]) for k in everybody]
        pro, con = (1e-10 + math.fsum(max(0.0, sign * votes[k]) for k in (i, j)) for sign in (1, -1))
        ahead, behind = pro, con
        for k in everybody:
            if k in (i, j):
                continue
            q = (pro + max(0.0, votes[k])) / (pro + con + abs(votes[k]))
            at_i, at_j, own = u[k]
            loyal, lost = rules.third_parties == "fully_committed", rules.third_parties == "uncommitted"
            with_i = q * (3 * at_i if loyal else 2 * at_i + own) + (1 - q) * (2 * at_j + own if lost else 3 * at_j)
            with_j = q * (2 * at_i + own if lost else 3 * at_i) + (1 - q) * (3 * at_j if loyal else 2 * at_j + own)
            vote = c[k] * resolve[k] * heard(with_i - with_j)
            ahead, behind = ahead + max(0.0, vote), behind + max(0.0, -vote)
        chance, mine, its = ahead / (ahead + behind), u[i][0], u[i][1]
        fought = chance * 2 * mine + (1 - chance) * 2 * its
        return chance, (1 - resolve[j]) * 2 * mine + resolve[j] * fought - mine - its

    def meet(i, j, chance):
        points = [[], []]
        for d in issues:
            if rules.bargain_weights == "power_gap":
                for side, (k, m, lead) in enumerate(((i, j, 1 - 2 * chance), (j, i, 2 * chance - 1))):
                    pull = max(0.0, lead) * s[m][d] ** 2
                    part = pull / (pull + 1e-6 + (1 - max(0.0, lead)) * s[k][d] ** 2)
                    points[side].append(x[k][d] + part * (x[m][d] - x[k][d]))
                continue
            power = {"plain": 1, "squared": 2}[rules.bargain_weights]
            a, b = (s[i][d] * chance) ** power, (s[j][d] * (1 - chance)) ** power
            for side, (mine, its) in enumerate(((a + 1e-6, b), (a, b + 1e-6))):
                exact = (mine * x[i][d] + its * x[j][d]) / (mine + its)
                points[side].append(math.floor(0.5 + exact * 10_000) / 10_000)
        return points

    bargains = []
    for i in everybody:
        found = [(prospects(i, j), j) for j in everybody if j != i]
        (chance, gain), j = max(found, key=lambda each: (each[0][1], -each[1]))
        if gain > 1e-5:
            bargains.append((i, j, meet(i, j, chance)))
    own = [[worth(gap[k][m], risk[k]) for m in everybody] for k in everybody]

    def value(k, bargain):
        if bargain is None:
            return math.fsum(own[k]) / n
        i, j, points = bargain
        new = [worth(distance(k, point), risk[k]) for point in points]
        return math.fsum([*new, *(own[k][m] for m in everybody if m not in (i, j))]) / n

    ends = []
    for k in everybody:
        options = [None, *(bargain for bargain in bargains if k in bargain[:2])]
        backing = chances([[value(m, bargain) for bargain in options] for m in everybody])
        taken = options[max(range(len(options)), key=lambda option: (backing[option], -option))]
        ends.append(x[k] if taken is None else taken[2][0 if taken[0] == k else 1])
    return ends
