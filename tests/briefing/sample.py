"""A briefing written by hand, with every kind of block and picture, about talks between made-up parties."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

from parley.domain.briefing import Basis, Briefing, Chart, Items, Paragraph, Piece, Section, Table
from parley.domain.forecast import Made

PARTIES = (
    "Northern Council",
    "Southern Republic",
    "River League",
    "Harbour Union",
    "Island States",
    "Other willing countries",
    "Southern public opinion",
)
ENGINES: tuple[tuple[str, str, str], ...] = (
    ("Compromise model", "Compromise model", "collective"),
    ("Weighted median voter", "Median voter model", "collective"),
    ("Qualified majority", "Qualified majority", "collective"),
    ("Nash bargaining solution", "Nash bargaining", "collective"),
    ("Challenge model (expected utility)", "Challenge model", "collective"),
    ("Exchange model", "Exchange model", "collective"),
    ("Spatial model of politics", "Spatial model", "collective"),
    ("Settlement distribution", "Settlement distribution", "collective"),
    ("Graph model for conflict resolution", "Graph model", "graph"),
    ("Bargaining while fighting", "War model", "war"),
)
APPROACHES = ("Press the North", "Offer relations and deals", "Walk away", "Agree to some and turn", "Wait")

ISSUES: list[dict[str, Any]] = [
    {
        "id": "truce",
        "name": "Ceasefire",
        "low": 0,
        "high": 100,
        "unit": "",
        "anchors": [
            {"at": 0, "words": "No ceasefire: the fighting goes on"},
            {"at": 50, "words": "A ceasefire on the North's conditions"},
            {"at": 100, "words": "A ceasefire without conditions, as the River League proposes"},
        ],
    },
    {
        "id": "length",
        "name": "Length of the truce",
        "low": 0,
        "high": 365,
        "unit": "days",
        "anchors": [
            {"at": 0, "words": "Not at all"},
            {"at": 30, "words": "30 days, as proposed"},
            {"at": 180, "words": "Half a year"},
            {"at": 365, "words": "A year or without end: a frozen conflict unless it is settled"},
        ],
    },
    {
        "id": "land",
        "name": "Who holds the two valleys",
        "low": 0,
        "high": 100,
        "unit": "",
        "anchors": [{"at": 0, "words": "The South regains both"}, {"at": 100, "words": "The South gives both up"}],
    },
    {
        "id": "monitors",
        "name": "Peacekeepers",
        "low": 0,
        "high": 100,
        "unit": "",
        "anchors": [{"at": 0, "words": "None"}, {"at": 100, "words": "Soldiers of willing countries"}],
    },
]

# Where each party stands on each issue, 0..100: low, mode, high, stated or assumed, red line at least, at most.
STANDS: dict[str, tuple[tuple[int, float, float, float, str, float | None, float | None], ...]] = {
    "truce": (
        (0, 20, 50, 60, "stated", None, 70),
        (1, 80, 95, 100, "assumed", 40, None),
        (2, 95, 100, 100, "stated", 50, None),
        (3, 70, 85, 100, "assumed", None, None),
        (4, 70, 85, 100, "assumed", None, None),
        (6, 10, 40, 75, "assumed", None, None),
    ),
    "length": (
        (0, 0, 8, 15, "assumed", None, None),
        (1, 5, 8, 30, "stated", None, 50),
        (2, 8, 8, 12, "stated", None, None),
    ),
    "land": (
        (0, 85, 100, 100, "stated", 50, None),
        (1, 0, 0, 25, "stated", None, 55),
        (2, 30, 50, 80, "assumed", None, None),
        (3, 0, 10, 40, "assumed", None, None),
        (4, 0, 15, 40, "assumed", None, None),
        (5, 0, 20, 60, "assumed", None, None),
        (6, 60, 80, 100, "assumed", None, None),
    ),
    "monitors": (
        (0, 0, 0, 20, "stated", None, 40),
        (1, 60, 90, 100, "stated", None, None),
        (5, 80, 100, 100, "stated", None, None),
    ),
}

HORIZONS = ("by mid-July", "by the end of the year", "no time named")


def parties() -> list[dict[str, Any]]:
    return [{"id": f"p{number}", "name": name, "colour": number} for number, name in enumerate(PARTIES)]


def positions() -> dict[str, Any]:
    marks = []
    for issue in ISSUES:
        for party, low, mode, high, basis, at_least, at_most in STANDS[issue["id"]]:
            unit = [issue["low"] + point * (issue["high"] - issue["low"]) / 100 for point in (low, mode, high)]
            common = {"common_low": low, "common_mode": mode, "common_high": high}
            own = dict(zip(("low", "mode", "high"), unit, strict=True))
            red = {"red_low": at_least, "red_high": at_most}
            marks.append(
                {"party": f"p{party}", "issue": issue["id"], "basis": basis, "salience": 0.5, **common, **own, **red}
            )
    return {"issues": ISSUES, "parties": parties(), "marks": marks}


def outlooks() -> list[dict[str, Any]]:
    return [
        {"issue": issue["id"], "low": 12 + place, "high": 78 + place, "mean": 44.0, "interval": "12 to 78"}
        for place, issue in enumerate(ISSUES[:3])
    ] + [{"issue": ISSUES[3]["id"], "low": None, "high": None, "mean": None, "interval": None}]


def settlements() -> dict[str, Any]:
    rows = []
    for place, issue in enumerate(ISSUES):
        for number, (name, short, family) in enumerate(ENGINES):
            middle = 20 + 5 * number + 3 * place
            points = dict(
                zip(
                    ("q05", "q10", "q50", "q90", "q95"),
                    (middle - 18, middle - 12, middle, middle + 9, middle + 16),
                    strict=True,
                )
            )
            about = {"engine": f"e{number}", "engine_name": name, "short": short, "family": family}
            rows.append({"issue": issue["id"], **about, **points})
    return {"issues": ISSUES, "rows": rows, "outlooks": outlooks()}


def many_parties() -> list[dict[str, Any]]:
    """More parties than there are colours."""
    names = (*PARTIES, "Mountain Cantons", "Valley Towns", "Guarantors")
    return [{"id": f"p{number}", "name": name, "colour": number} for number, name in enumerate(names)]


def power() -> dict[str, Any]:
    rows = [
        {"issue": issue["id"], "party": f"p{party}", "at": mode, "share": (party + 1) / 36}
        for issue in ISSUES
        for party, _, mode, *_ in STANDS[issue["id"]]
    ]
    rows.append({"issue": "truce", "party": "p8", "at": 95, "share": 0.2})
    marks = [
        {"issue": issue["id"], "engine_name": name, "family": family, "at": 30 + 6 * number}
        for issue in ISSUES
        for number, (name, _, family) in enumerate(ENGINES)
    ]
    about = {"settlements": marks, "outlooks": outlooks()}
    return {"issues": ISSUES, "parties": many_parties(), "rows": rows, **about}


def rounds() -> dict[str, Any]:
    rows = []
    for issue in ISSUES[:3]:
        lines = [
            {"party": f"p{party}", "points": [mode + (50 - mode) * step / 10 for step in range(11)]}
            for party, _, mode, *_ in STANDS[issue["id"]]
        ]
        lines.append({"party": "p9", "points": [10.0] * 5 + [None] * 6})
        rows.append(
            {"issue": issue, "rounds": list(range(11)), "lines": lines, "median": [40.0 + s for s in range(11)]}
        )
    return {"parties": many_parties(), "rows": rows}


def challenges() -> dict[str, Any]:
    rows = [
        {"challenger": f"p{i}", "challenged": f"p{j}", "wins": (i * j) % 4, "loses": (i + j) % 2}
        for i in range(10)
        for j in range(10)
        if i != j
    ]
    return {"parties": many_parties(), "rows": rows}


def trades() -> dict[str, Any]:
    moves = [
        {"party": "p0", "issue_name": "Who holds the two valleys", "from": 90.0, "to": 60.0, "said": "from 90 to 60"},
        {"party": "p1", "issue_name": "Length of the truce", "from": 8.0, "to": 30.0},
    ]
    effects = [
        {"party": f"p{number}", "value": value, "shown": f"{value:+g}"}
        for number, value in enumerate((3.2, 3.2, 1.5, 0.4, -0.6, -2.5))
    ]
    trade = {"name": "Northern Council with Southern Republic", "moves": moves, "effects": effects}
    return {"parties": many_parties(), "rows": [trade, {**trade, "effects": []}]}


def frontier() -> dict[str, Any]:
    """A frontier that bends, of which the ends would not be signed."""
    points = [
        {"at": [0.2 + 0.01 * k, 0.9 - 0.0001 * k * k], "signed": 10 <= k <= 60, "said": "a package"} for k in range(75)
    ]
    names = ("Balanced", "Leaning to the Northern Council", "Leaning to the Southern Republic")
    return {
        "sides": [{"name": PARTIES[k], "colour": k, "no_agreement": 0.3 + 0.2 * k} for k in range(2)],
        "points": points,
        "named": [{"at": points[k]["at"], "name": name} for k, name in zip((35, 55, 15), names, strict=True)],
    }


def shares() -> dict[str, Any]:
    rows = [
        {"name": name, "colour": k, "signs": k < 2, "no_agreement": None if k == 6 else 0.3 + 0.02 * k,
         "best": None if k == 5 else 0.9, "worth": [0.5 + 0.03 * k, 0.45, 0.6]}
        for k, name in enumerate(PARTIES)
    ]  # fmt: skip
    return {"named": frontier()["named"], "rows": rows}


def concessions() -> dict[str, Any]:
    falling = {
        "party": "p0",
        "named": [0.95, 0.9, 0.7, 0.55],
        "no_agreement": [0.4, 0.4, 0.4, 0.4],
        "agreed": 0.55,
        "said": "Northern Council gives way evenly",
    }
    stalls = {
        **falling,
        "party": "p1",
        "named": [None, 0.8, 0.8, 0.8],
        "agreed": 0.62,
        "said": "Southern Republic stalls",
    }
    path = {
        "name": "Path 1: 60% of talks",
        "ends": "They agree in step 4. Northern Council gives way evenly; Southern Republic stalls.",
        "last": 4,
        "steps": 12,
        "lines": [falling, stalls],
    }
    alone = {**path, "name": "Path 2: 40% of talks", "steps": 1, "last": 1, "lines": [{**stalls, "agreed": None}]}
    return {"parties": many_parties()[:2], "rows": [path, alone]}


def agreement() -> dict[str, Any]:
    chances = ((0.62, 0.41, 0.83), (0.28, 0.05, 0.55), (1.0, 1.0, 1.0))
    names = ("Graph model for conflict resolution", "War bargaining", "Compromise model")
    rows = [
        {"engine_name": name, "mean": mean, "low": low, "high": high}
        for name, (mean, low, high) in zip(names, chances, strict=True)
    ]
    return {"rows": rows}


def approaches() -> dict[str, Any]:
    rows = []
    kinds = [
        (name, 0.5 + 0.01 * number, "Models of collective decision") for number, (name, *_) in enumerate(ENGINES[:8])
    ]
    for engine, base, block in (*kinds, ("War bargaining", 0.44, "War bargaining")):
        for number, name in enumerate(("No change", *APPROACHES)):
            mean = base + (0, 0.07, 0.03, -0.12, 0.05, -0.02)[number]
            spread = {"q05": mean - 0.11, "q10": mean - 0.08, "q50": mean, "q90": mean + 0.07, "q95": mean + 0.1}
            share = (0.05, 0.46, 0.18, 0.02, 0.24, 0.05)[number]
            names = {"approach_name": name, "engine_name": engine, "block": block}
            rows.append({**names, "mean": mean, "best_share": share, **spread})
    return {"rows": rows, "measure_name": "Payoff of the River League", "unit": ""}


def payoffs() -> dict[str, Any]:
    rows = []
    for column, engine in enumerate(("Compromise model", "War bargaining")):
        for number, name in enumerate(("No change", *APPROACHES)):
            for row, party in enumerate(parties()):
                change = 0.0 if number == 0 else 0.03 * ((number * (row + 2) + 3 * column) % 7 - 3)
                about = {"party": party["id"], "party_name": party["name"]}
                rows.append({"approach_name": name, "engine_name": engine, **about, "mean": 0.5 + change})
    return {"rows": rows, "parties": parties()}


def outcomes() -> dict[str, Any]:
    names = (
        "No deal",
        "Truce on conditions",
        "30-day truce",
        "Frozen conflict",
        "Lasting peace",
        "None of these, or left open",
    )
    shares = {
        "Graph model for conflict resolution": (0.41, 0.22, 0.2, 0.1, 0.02, 0.05),
        "War bargaining": (0.7, 0, 0.04, 0.21, 0.05, 0),
    }
    rows = [
        {"label": label, "group": "These say how likely it is", "outcome": name, "share": share, "order": order}
        for label, parts in shares.items()
        for order, (name, share) in enumerate(zip(names, parts, strict=True))
    ]
    return {"rows": rows}


def waiting() -> dict[str, Any]:
    values = ((0, 0.06, -0.02, 0.13), (1, -0.09, -0.2, -0.01))
    rows = [
        {"party_name": PARTIES[number], "colour": number, "mean": mean, "q10": low, "q90": high}
        for number, mean, low, high in values
    ]
    return {"rows": rows}


def survival() -> dict[str, Any]:
    days = ((0, 1.0), (7, 0.97), (30, 0.7), (33, 0.6), (90, 0.38), (365, 0.2))

    def points(power: float) -> list[dict[str, float]]:
        return [
            {"day": day, "probability": share**power, "low": share ** (power + 1), "high": share ** (power / 2)}
            for day, share in days
        ]

    rows = [
        {"name": "It, or what follows it, has not lapsed (band: 90%)", "points": points(1)},
        {"name": "It is still in force under its own terms", "points": points(2)},
        {"name": "It was prolonged or replaced", "points": points(0.5)},
    ]
    return {"rows": rows, "term": 30.0}


def predictions() -> dict[str, Any]:
    said = (
        ("Mara Lindqvist, former minister", "The North will hold to its demands in the talks.", 0.9, 1.0),
        (
            "Mara Lindqvist, former minister",
            "By winter the North will be ready for some concessions, since its economy weakens.",
            0.9,
            1.0,
        ),
        (
            "Tomas Okafor, historian",
            "The North will flatter the League's president and tempt him with deals.",
            0.55,
            0.8,
        ),
        ("Irene Castellan, editor", "The League will want to go back to its earlier strategy.", 0.05, 0.2),
    )
    rows = [
        {"by": by, "words": words, "low": low, "high": high, "horizon": HORIZONS[i % 3]}
        for i, (by, words, low, high) in enumerate(said)
    ]
    return {"rows": rows}


def sensitivity() -> dict[str, Any]:
    names = (
        "how much the Northern Council cares about who holds the two valleys",
        "what a month of war costs the Southern Republic",
        "the League's credibility when it threatens new sanctions",
        "where the Harbour Union stands on peacekeepers",
    )
    return {"rows": [{"name": name, "rho": rho} for name, rho in zip(names, (-0.61, 0.44, 0.23, -0.12), strict=True)]}


def states() -> dict[str, Any]:
    names = (
        "No option",
        "The North withdraws its guards",
        "The South opens the sluice",
        "Both",
        "Recognise the border",
    )
    cells = ((0, 0), (1, 0), (0, 1), (1, 1), (None, 2))
    held = [
        {
            "id": f"s{number}",
            "name": name,
            "at": {"p0": column, "p1": row},
            "now": number == 1,
            "holds": number in (1, 4),
            "agreed": number >= 4,
            "reached": number < 5,
            "said": f"s{number}: {name}",
        }
        for number, (name, (column, row)) in enumerate(zip(names, cells, strict=True), start=1)
    ]
    lines = (("p0", 2, 1, True, True), ("p0", 3, 4, True, True), ("p1", 3, 1, True, True), ("p1", 4, 5, False, False))
    rows = [
        {"party": party, "from": f"s{a}", "to": f"s{b}", "gains": gains, "back": back, "said": f"{party}: {a} to {b}"}
        for party, a, b, gains, back in (*lines, ("p1", 2, 4, False, True))
    ]
    parties = [{"id": f"p{number}", "name": PARTIES[number], "colour": number} for number in range(2)]
    choices = {"p0": ["", "Withdraw the guards"], "p1": ["", "Open the sluice", "Recognise the border"]}
    return {"parties": parties, "choices": choices, "states": held, "rows": rows}


TITLES: dict[str, tuple[str, Callable[[], dict[str, Any]]]] = {
    "positions": ("The parties stand furthest apart on the ceasefire and the two valleys", positions),
    "settlements": ("The models differ most on who holds the two valleys", settlements),
    "power": ("The Northern Council brings most weight to what is at issue", power),
    "rounds": ("By the challenge model, the Southern Republic gives way furthest", rounds),
    "challenges": ("The Northern Council would win most challenges", challenges),
    "trades": ("The Northern Council could give way on the valleys, and the South on the truce", trades),
    "frontier": ("50 of 75 packages on the frontier could be signed by both", frontier),
    "shares": ("The balanced package is worth +20 to the Northern Council", shares),
    "concessions": ("On the most typical path the Northern Council gives way furthest, and they agree", concessions),
    "agreement": ("Agreement: unlikely to almost certain, depending on the model", agreement),
    "outcomes": ("No deal is the likeliest outcome in both models", outcomes),
    "approaches": ("Pressing the North serves the River League best in both models", approaches),
    "payoffs": ("The Southern Republic has most at stake in the choice of approach", payoffs),
    "waiting": ("Waiting may pay for the North and costs the South", waiting),
    "survival": ("Four truces like this one in ten have lapsed when their term is over", survival),
    "predictions": ("Most of those quoted sound very sure", predictions),
    "states": ("Two states hold, one of them an agreement", states),
    "sensitivity": ("What the approach is worth hangs most on how much the North cares about land", sensitivity),
}


def chart(kind: str) -> Chart:
    title, data = TITLES[kind]
    row = ((Piece(text="Northern Council"),), (Piece(text="45%", basis="chance"),))
    return Chart(
        id=kind,
        title=title,
        subtitle="What is drawn, in words and units; a bar holds eight of ten draws",
        kind=kind,
        data=data(),
        alt=f"A picture of {kind} in words",
        table=Table(caption=f"The numbers of {kind}", columns=("Party", "Value"), rows=(row, row), numeric=(1,)),
    )


def words(text: str, *, basis: str | None = None, cites: tuple[str, ...] = (), strong: bool = False) -> Piece:
    return Piece(text=text, basis=basis, cites=cites, strong=strong)


def bottom_line() -> Section:
    lead = (
        words("The League does best by "),
        words("pressing the North", strong=True),
        words(": in "),
        words("46%", basis="chance"),
        words(" of draws no other approach leaves it better off. Agreement within the year is "),
        words("unlikely (30%)", basis="chance"),
        words(", though the two models that speak of it lie far apart: "),
        words("5% to 55%", basis="length"),
        words("."),
    )
    caution = (words("These numbers rest on judgements. Where they are wrong, so is the conclusion."),)
    plain = (
        words("The North has said that it favours a truce only if the root causes of the war are removed"),
        words("", cites=("F1", "F2")),
        words(". A truce of "),
        words("30 days", basis="length"),
        words(" is on the table, and the call is a test of it."),
    )
    blocks = (
        Paragraph(pieces=lead, tone="lead"),
        Paragraph(pieces=plain * 3),
        Paragraph(pieces=caution, tone="caution"),
    )
    return Section(id="bottom-line", title="The bottom line", blocks=blocks)


def section_of(kind: str, title: str) -> Section:
    text = (
        words("Each mark below is one answer. "),
        words("About 60%", basis="chance"),
        words(" of them lie close together."),
    )
    items = Items(
        items=(
            (words("Ceasefire: ", strong=True), words("the North asks for "), words("30 days", basis="length")),
            text,
        ),
        ordered=False,
    )
    return Section(id=kind, title=title, blocks=(Paragraph(pieces=text), chart(kind), items))


def sources() -> Section:
    facts = tuple(
        (
            (words(f"F{number}"),),
            (words("The North favours a truce only if its conditions are met, and has said so twice in public."),),
            (words("The article"),),
        )
        for number in range(1, 8)
    )
    judgements = (
        (
            (words("J1"),),
            (words("The South would accept the present line."),),
            (words("No source says so; the range is wide", cites=("F3",)),),
        ),
    )
    blocks = (
        Table(caption="Facts", columns=("Id", "What is said", "Said by"), rows=facts),
        Table(caption="Judgements", columns=("Id", "What is judged", "Because"), rows=judgements),
        Items(items=((words("A1:", strong=True), words(" The two valleys, The Gazette, 3 May 2031.")),)),
    )
    return Section(id="sources", title="Sources", blocks=blocks)


HEADINGS = {
    "positions": "Who wants what",
    "settlements": "Where agreement could lie",
    "power": "Where the weight lies",
    "rounds": "Who moves",
    "challenges": "Who pulls whom",
    "trades": "Who trades with whom",
    "frontier": "What could be signed",
    "shares": "What each would have",
    "concessions": "How the talks run",
    "agreement": "How each model sees it",
    "outcomes": "What could come of it",
    "approaches": "Approaches compared",
    "payoffs": "What the others gain and lose",
    "waiting": "Delay: who gains from waiting",
    "survival": "Would it hold?",
    "predictions": "What people forecast",
    "states": "Which states hold",
    "sensitivity": "The judgements that matter most",
}


def briefing() -> Briefing:
    made = Made(engine="war_bargaining", parameters={"steps": 12}, scenario_digest="ab" * 32, version="0.1.0", seed=7)
    many = tuple(f"positions[p{number}, truce].salience" for number in range(30))
    bases = {
        "chance": Basis(
            id="chance",
            says="War bargaining, 2,000 draws, seed 7: how likely agreement is.",
            quantities=many,
            grounds=("F1", "F2", "F3", "J1"),
            made=made,
        ),
        "length": Basis(
            id="length", says="As stated by the League.", quantities=("terms.length",), grounds=("F4", "A1", "X9")
        ),
    }
    return Briefing(
        title="The two valleys: how the River League could approach the talks",
        question="How could the River League approach the talks of 5 May, and how would each approach go?",
        asked_by="River League",
        as_of=datetime.date(2031, 5, 4),
        sections=(bottom_line(), *(section_of(kind, title) for kind, title in HEADINGS.items()), sources()),
        bases=bases,
        seed=7,
        draws=2000,
        version="0.1.0",
        scenario_digest="ab" * 32,
    )
