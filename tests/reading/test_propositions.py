import pytest

from tests.reading.sentences import pieces, table


@pytest.mark.parametrize("row", table("splits"))
def test_a_content_is_cut_into_one_demand_or_claim_each(row):
    sentence, *wanted = row.split(" | ")
    assert pieces(sentence) == wanted


@pytest.mark.parametrize("sentence", table("wholes"))
def test_what_belongs_together_is_not_cut(sentence):
    assert len(pieces(sentence)) == 1
