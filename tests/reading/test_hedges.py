"""Ranges are those of the table: likely, probable and unlikely by ICD 203, the rest conventions of our own."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.domain.hedges import RANGES, probability_range
from parley.domain.source import Article
from parley.reading.hedges import hedge
from parley.reading.modality import modality, negated
from parley.reading.odds import stated_odds
from parley.reading.parsing import parsed

HEDGES = """
certain | Putin will stick to his demands.
certain | He will not back down.
certain | They are going to sign.
certain | They'll sign.
certain | They shall prevail.
certain | He certainly wants a deal.
certain | There is no doubt that they will sign.
certain | They are bound to fail.
certain | They are sure to fail.
certain | They will undoubtedly fail.
certain | The plan will inevitably collapse.
certain | Without a doubt they want it.
almost certain | They will almost certainly sign.
almost certain | Failure is all but certain.
almost certain | It is nearly certain that they will come.
very likely | They are very likely to sign.
very likely | A deal is highly probable.
very likely | In all likelihood they will sign.
very likely | There is every chance that they will sign.
likely | They are likely to sign.
likely | It is likely that they will sign.
likely | The war will likely drag on.
likely | It seems that they want peace.
likely | He seems to care more for his aims.
likely | Peace appears far off.
likely | A deal is expected to be signed.
likely | They are set to sign.
likely | They are poised to attack.
likely | A deal is more likely than not.
likely | There is a good chance of a deal.
likely | They apparently want a truce.
likely | They would accept a truce.
probable | He will probably flatter the president.
probable | A deal is probable.
probable | They presumably want more time.
even | There is an even chance of success.
even | The vote is a toss-up.
even | The odds are fifty-fifty.
possible | They may sign.
possible | They might sign.
possible | They could sign.
possible | They may not sign.
possible | Perhaps they will sign.
possible | Maybe they will sign.
possible | They will possibly sign.
possible | A deal is possible.
possible | We cannot rule out an attack.
possible | An attack can't be ruled out.
possible | He has not ruled out an attack.
possible | It is not impossible that they will meet.
possible | It is not certain that they will meet.
possible | Success is far from certain.
possible | There is a chance that they will meet.
possible | There is a real risk of war.
possible | A deal is not unlikely.
unlikely | He is unlikely to want the second.
unlikely | He is not likely to win.
unlikely | He isn't likely to win.
unlikely | It is not likely that he will win.
unlikely | A deal is improbable.
unlikely | There is little chance of a deal.
unlikely | A deal is not expected to be signed.
unlikely | They will probably not sign. | probable
sceptical | It is doubtful that they will sign.
sceptical | Success is doubtful.
very unlikely | They are very unlikely to sign.
very unlikely | A deal is highly improbable.
very unlikely | There is a slim chance of a deal.
remote | There is almost no chance of a deal.
remote | The country has a remote chance of joining.
impossible | There is no chance of a deal.
impossible | A deal is out of the question.
impossible | It is impossible that they will sign.
impossible | A deal is not possible.
open | It is unclear whether they will sign.
open | It remains to be seen whether they will sign.
open | Nobody knows whether they will sign.
None | They want peace as soon as possible.
None | He met her in May.
None | They must leave.
None | Russia demands the port.
None | They cannot win.
None | They could not agree.
None | Certain regions were ceded.
None | He appeared in court.
None | The army set to work.
"""
BY_CUE = """
certain | is sure | they will come
certain | is convinced | they will come
certain | insists | they will come
certain | does not doubt | they will come
certain | says | they will come
certain | said | they would come
possible | is not sure | they will come
likely | expects | the truce will hold
unlikely | does not expect | the truce will hold
probable | thinks | the truce will hold
probable | believes | the truce will hold
sceptical | does not think | the truce will hold
sceptical | doubts | the truce will hold
sceptical | is sceptical | the truce will hold
possible | fears | the truce will collapse
possible | hopes | the truce will hold
possible | thinks | the truce may hold
unlikely | thinks | the truce is unlikely to hold
None | says | the truce holds
"""
STATED = """
0.55 | 0.65 | There is a 60% chance of a deal.
0.55 | 0.65 | There is a 60 per cent chance of a deal.
0.55 | 0.65 | There is a sixty percent chance of a deal.
0.60 | 0.70 | There is a 60-70% chance of a deal.
0.60 | 0.70 | There is a 60 to 70 per cent chance of a deal.
0.45 | 0.55 | The chances of a deal are 50 per cent.
0.85 | 0.95 | He is 90 per cent sure that they will sign.
0.95 | 1.00 | He is 100 per cent certain that they will sign.
0.00 | 0.05 | There is a zero chance of a deal. | impossible
0.2833 | 0.3833 | There is a one in three chance of a deal.
0.2833 | 0.3833 | The odds are two-to-one against a deal.
0.6167 | 0.7167 | The odds are two-to-one on a deal.
0.15 | 0.25 | There is a one-in-five chance of a deal.
"""


def rows(table):
    return [[cell.strip() for cell in row.split("|")] for row in table.strip().splitlines()]


def read(text):
    return list(parsed(Article(text=text))[0].doc) if text else []


def name(found):
    return found.name if found else "None"


@pytest.mark.parametrize("row", rows(HEDGES), ids=lambda row: row[1])
def test_a_wording_conveys_the_hedge_of_the_table(row):
    found = hedge(read(row[1]))
    assert name(found) == (row[2] if len(row) > 2 else row[0])
    if found:
        assert (found.low, found.high) == (RANGES[found.name].low, RANGES[found.name].high)


@pytest.mark.parametrize(("expected", "cue", "words"), rows(BY_CUE))
def test_the_verb_of_saying_colours_a_plain_will_but_not_what_is_said_outright(expected, cue, words):
    tokens = read(f"He {cue} {words}.")
    length = len(cue.split())
    assert name(hedge(tokens[length + 1 :], tokens[1 : length + 1])) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Few in the port expect the strike to end.", "unlikely"),
        ("Nobody expects the strike to end.", "unlikely"),
        ("No diplomat expects the strike to end.", "unlikely"),
        ("A few expect the strike to end.", "likely"),
        ("Many expect the strike to end.", "likely"),
    ],
)
def test_what_few_expect_is_unlikely_and_what_a_few_expect_is_likely(sentence, expected):
    tokens = read(sentence)
    verb = next(place for place, token in enumerate(tokens) if token.lemma_ == "expect")
    assert name(hedge(tokens[verb + 1 :], tokens[verb : verb + 1])) == expected


@pytest.mark.parametrize("row", rows(STATED), ids=lambda row: row[2])
def test_a_number_gives_a_narrow_range_of_its_own(row):
    found = hedge(read(row[2]))
    if len(row) > 3:
        assert found.name == row[3]
    else:
        assert (found.low, found.high) == pytest.approx((float(row[0]), float(row[1])), abs=1e-4)


@pytest.mark.parametrize(
    ("text", "share"),
    [("the share rose to 60 per cent", None), ("they won by two to one", None), ("a 300 per cent chance", None)],
)
def test_a_number_that_is_no_chance_is_left_alone(text, share):
    assert stated_odds(text) == share


def test_the_ranges_are_those_of_the_shipped_case():
    """Certain .93-.99, likely and probable .55-.80, possible .20-.55, unlikely .20-.45, sceptical .05-.30."""
    assert probability_range("certain") == (0.93, 0.99)
    assert probability_range("likely") == probability_range("probable") == (0.55, 0.80)
    assert probability_range("possible") == (0.20, 0.55)
    assert probability_range("unlikely") == (0.20, 0.45)
    assert probability_range("sceptical") == (0.05, 0.30)
    assert probability_range("open") is None


@pytest.mark.parametrize("row", RANGES.values(), ids=RANGES)
def test_each_row_is_a_range_of_probabilities_with_a_source(row):
    assert 0 <= row.low < row.high <= 1
    assert row.source in {"ours", "ICD 203"}


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("They will leave.", False), ("They will not leave.", True),
        ("They won't leave.", True), ("They never left.", True),
        ("No troops will be sent.", True), ("Nobody will leave.", True), ("Neither side will leave.", True),
        ("Nobody will not leave.", False), ("They will no longer fight.", True), ("They failed to leave.", True),
        ("They did not fail to leave.", False), ("They refused to leave.", False), ("They ruled out a truce.", False),
        ("They are not likely to leave.", False), ("It is not likely that they will leave.", False),
        ("There is no doubt that they will leave.", False), ("There is no chance of a deal.", False),
        ("We cannot rule out an attack.", False), ("They will make no concessions.", True),
        ("They will in no way give in.", True), ("Under no circumstances will they leave.", True),
        ("They will not only leave but pay.", False), ("They said that nobody who does not pay would stay.", False),
        ("They are not going to leave.", True), ("It is likely that they will not leave.", True),
        ("They rejected the plan that does not name the port.", False), ("It is not a frozen conflict.", True),
    ],
)  # fmt: skip
def test_only_the_main_predicate_is_denied(text, denied):
    assert negated(read(text)) is denied


@pytest.mark.parametrize(
    ("text", "modal"),
    [
        ("They must leave.", "must"), ("They have to leave.", "must"), ("They need to leave.", "must"),
        ("They should leave.", "should"),
        ("They ought to leave.", "should"), ("They will leave.", "will"),
        ("They won't leave.", "will"), ("They'll leave.", "will"),
        ("They are going to leave.", "will"), ("They can leave.", "can"),
        ("They can't leave.", "can"), ("They cannot leave.", "can"),
        ("They could leave.", "can"), ("They may leave.", "may"),
        ("They might leave.", "may"), ("They would leave.", "would"),
        ("They leave.", None), ("They left.", None), ("It is likely that they will leave.", "will"),
        ("They left the town that must be rebuilt.", None), ("The troops must be withdrawn.", "must"),
    ],
)  # fmt: skip
def test_the_modal_is_that_of_the_main_predicate(text, modal):
    assert modality(read(text)) == modal


SCRAPS = (
    "not n't no never will may likely unlikely certain chance % 60 one in three to - two odds against doubt be is "
    "ruled out cannot rule 🕊️ \x00 \n nobody possible as soon 999999999999"
)

WORDS = st.sampled_from(SCRAPS.split(" "))


@given(st.lists(WORDS, min_size=1, max_size=12))
@settings(max_examples=200, deadline=None)
def test_no_heap_of_words_breaks_the_reading_of_hedges(scraps):
    for paragraph in parsed(Article(text=" ".join(scraps))):
        tokens = list(paragraph.doc)
        for part in (tokens, tokens[::2], []):
            found = hedge(part, tokens[:2])
            assert found is None or 0 <= found.low <= found.high <= 1
            assert found is None or found.first is None or 0 <= found.first <= found.last < len(part)
            assert negated(part) in {True, False}
            modality(part)
