"""Forecasts that people make in the articles, as predictions of a scenario. `forecasts` is the main name.

A forecast never moves a party's position. What it lacks is marked as missing: a criterion always, since a newspaper
gives none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from parley.coding.sources import source_id
from parley.domain.codebook import Codebook
from parley.domain.coding import Coding
from parley.domain.prediction import Chance, Horizon, Prediction
from parley.domain.source import Fact

__all__ = ["MISSING_CRITERION", "Forecast", "forecasts", "place"]

MISSING_CRITERION = "MISSING: say what a stranger would have to look up, and by when."


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """A prediction with the fact that it was made.

    Attributes
    ----------
    coding : id of the coding that it comes from
    prediction : the prediction
    fact : that somebody said so
    missing : names of what it lacks: `criterion`, `probability`, `horizon`
    """

    coding: str
    prediction: Prediction
    fact: Fact
    missing: tuple[str, ...]


def forecasts(codings: Sequence[Coding], codebook: Codebook, *, quote: bool) -> tuple[Forecast, ...]:
    """Take the predictions out of codings.

    Parameters
    ----------
    codings : the codings
    codebook : the parties
    quote : whether the articles' own words are taken over

    Returns
    -------
    a forecast for each statement that is a prediction, once where it was split over several issues
    """
    found: dict[tuple[str, str], Forecast] = {}
    for coding in codings:
        if coding.kind == "prediction":
            found.setdefault((coding.source.digest, coding.statement), _forecast(coding, codebook, quote=quote))
    return tuple(found.values())


def _forecast(coding: Coding, codebook: Codebook, *, quote: bool) -> Forecast:
    about = "" if coding.issue is None else f" about {codebook.issue(coding.issue).name}"
    whose = "" if coding.party is None else f" of what {codebook.party(coding.party).name} will do"
    words = coding.text if quote else f"A forecast{about}{whose}; its words stand in {place(coding)}."
    probability = coding.hedge or (0.0, 1.0)
    horizon = None if coding.horizon is None else Horizon(earliest=coding.horizon[0], latest=coding.horizon[1])
    fact = Fact(
        id=f"f_{coding.id}", source=source_id(coding.source), words=words, said_by=coding.speaker, kind="prediction"
    )
    missing = ["criterion"]
    missing += ["probability"] if coding.hedge is None else []
    missing += ["horizon"] if horizon is None else []
    return Forecast(
        coding=coding.id,
        prediction=Prediction(
            id=f"p_{coding.id}",
            by=coding.speaker,
            words=words,
            probability=Chance(low=probability[0], high=probability[1]),
            criterion=MISSING_CRITERION,
            horizon=horizon,
            parties=() if coding.party is None else (coding.party,),
            grounds=(fact.id,),
        ),
        fact=fact,
        missing=tuple(missing),
    )


def place(coding: Coding) -> str:
    """Where the words of a coding stand."""
    spans = ", ".join(f"{span.start}..{span.end}" for span in coding.spans)
    return f"{coding.source.doc}, characters {spans}"
