"""An article of our own with statements that lie side by side, overlap, nest and break off."""

import datetime

from parley.domain.source import Article, Span
from parley.domain.statement import Statement
from parley.reading.result import Reading

TEXT = (
    "Talks resume in Port Albert\n"
    "By Ida Lund\n"
    "18 March 2025\n\n"
    "PORT ALBERT — The northern council will not sign unless the port is opened by 1 June, its envoy Ana "
    "Duarte said on Monday. “We will open the road,” she added, “if the prisoners are let go.”\n\n"
    "What each side wants\n\n"
    "The island’s president, Luis Pérez, is ready to let the prisoners go, and hopes to have a treaty before "
    "the summer; he called the council’s terms <b>“a trap” & nothing more</b>. Observers should be invited, "
    "the mediators’ plan says.\n\n"
    "“The truce could fail within weeks,” said Hana Sato, an analyst. Shells fell on the harbour on Sunday. "
    "If the road stays closed, the council warned, the island will pay for it.\n\n"
    "Sign up for our newsletter\n"
)
SAID = [
    ("Ana Duarte", "the northern council", "refusal", ["will not sign unless the port is opened by 1 June"]),
    ("Ana Duarte", "the northern council", "condition", ["the port is opened by 1 June"]),
    ("Ana Duarte", None, "offer", ["We will open the road,", "if the prisoners are let go."]),
    ("Ana Duarte", None, "condition", ["the prisoners are let go"]),
    ("the article", "Luis Pérez", "offer", ["to let the prisoners go"]),
    ("the article", "Luis Pérez", "goal", ["to have a treaty before the summer"]),
    ("Luis Pérez", None, "assessment", ["the council’s terms <b>“a trap” & nothing more</b>"]),
    ("the mediators", None, "recommendation", ["Observers should be invited"]),
    ("Hana Sato", None, "prediction", ["The truce could fail within weeks,"]),
    ("the article", None, "fact-claim", ["Shells fell on the harbour on Sunday"]),
    ("the northern council", None, "threat", ["the island will pay for it"]),
    ("Luis Pérez", None, "demand", ["trap” & nothing more</b>. Observers should"]),
]  # fmt: skip


def reading(text=TEXT, said=SAID):
    article = Article(
        text=text, title="Talks resume in Port Albert", outlet="The Daily Harbour", author="Ida Lund",
        date=datetime.date(2025, 3, 18),
    )  # fmt: skip
    statements = []
    for number, (speaker, holder, kind, pieces) in enumerate(said, start=1):
        starts = [text.index(piece) for piece in pieces]
        statements.append(
            Statement(
                id=f"s{number}",
                article=article,
                words=tuple(pieces),
                speaker=speaker,
                holder=holder or speaker,
                kind=kind,
                spans=tuple(Span(start=at, end=at + len(piece)) for at, piece in zip(starts, pieces, strict=True)),
                horizon=(datetime.date(2025, 3, 18), datetime.date(2025, 6, 1)) if number in (1, 2) else None,
                horizon_kind="by" if number in (1, 2) else None,
                hedge=(0.2, 0.55) if kind == "prediction" else None,
                conditions=("s2",) if number == 1 else ("s4",) if number == 3 else (),
                part_of=f"a{(number + 1) // 2}",
                target="the island" if kind == "threat" else None,
                confidence=0.5 + number / 30,
                why="a cue of the test",
            )
        )
    return Reading(article=article, statements=tuple(statements))
