"""Whom a pronoun that says something means: the fit of its weights, and what they must tell."""

import numpy as np
from fit_pronouns import SIGNS, fit, right

from parley.domain.source import Article
from parley.reading import read


def _speakers(text):
    return {statement.speaker for statement in read(Article(text=text)).statements}


def test_they_are_whom_the_sentence_before_is_about_and_not_others_named_in_passing():
    text = (
        "One of the elders said the herders would be gone by May.\n\nTwenty-six people died in the valley. "
        "The herders ask for little, or so it sounds. They want three corridors to the river."
    )
    speakers = _speakers(text)
    assert "the herders" in speakers
    assert not any("twenty-six" in speaker.lower() for speaker in speakers)


def test_the_fit_trusts_the_sign_that_whom_pronouns_mean_bear_and_no_other():
    subject, back = SIGNS.index("subject"), SIGNS.index("sentences back")
    rows = np.zeros((2, len(SIGNS)))
    rows[0, subject], rows[1, back] = 1.0, 1.0
    told = [(rows, np.array([1.0, 0.0]), 1)] * 20
    weights = fit(told)
    assert weights[subject] > 0 > weights[back]
    assert np.count_nonzero(np.abs(weights) > 1e-6) == 2
    assert right(told, weights) == 20
    assert right(told, -weights) == 0


def test_the_only_woman_of_an_article_is_she_however_far_back_and_a_man_beside_her_is_not():
    text = (
        "Sister Benedicta Oyana came up to the checkpoint with a ledger. The ledger holds 2,316 rifles. They belong to "
        "the Front. The Front has promised to lock them up by July. The government has promised an amnesty. So far "
        "there is neither a container nor a law. The rains are near. “Each of them wants to be second,” {} told me."
    )
    assert "Benedicta Oyana" in _speakers(text.format("she"))
    assert "Benedicta Oyana" not in _speakers(text.format("he"))


def test_who_disagrees_has_the_floor_and_a_phrase_before_the_subject_is_nobody_else():
    text = (
        "Dr Esther Wanjala had treated both men. Grace Amuge, a lawyer, says that at least 60 were dead.\n\nAmuge "
        "expects little from the talks. The president needs a war, she argues, and he will have it. Dr Wanjala {}. "
        "Men with toothache, she says, may surprise you."
    )
    said = {
        each.speaker for each in read(Article(text=text.format("disagrees"))).statements if each.kind == "prediction"
    }
    assert "Esther Wanjala" in said
    settler = (
        "The settler is called Abdul Mannan. A cheerful man of sixty, he insists that the state gave him the land."
    )
    assert _speakers(settler) & {"Abdul Mannan", "a cheerful man of sixty"} == {"Abdul Mannan"}
