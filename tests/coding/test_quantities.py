"""Amounts are read in the scale's unit, and what is no amount is left alone."""

import pytest

from parley.coding.quantities import quantities
from parley.coding.words import tokens
from parley.domain.issue import Scale

DAYS = Scale(low=0, high=365, unit="days")
SHARE = Scale(low=0, high=150, unit="per cent of the present flow")
REGIONS = Scale(low=0, high=5, unit="regions")

READ = [
    ("a 30-day ceasefire", DAYS, (30, 30, 30)),
    ("a truce of thirty days", DAYS, (30, 30, 30)),
    ("a truce of twenty-five days", DAYS, (25, 25, 25)),
    ("a pause of two weeks", DAYS, (14, 14, 14)),
    ("silence for a year", DAYS, (365, 365, 365)),
    ("a truce of at least 30 days", DAYS, (30, 30, 365)),
    ("no more than 30 days of quiet", DAYS, (0, 30, 30)),
    ("a pause of about 50 days", DAYS, (40, 50, 60)),
    ("between 30 and 60 days", DAYS, (30, 45, 60)),
    ("30 to 60 days", DAYS, (30, 45, 60)),
    ("a truce of ten years", DAYS, (365, 365, 365)),
    ("half of it and 50 per cent of the flow", SHARE, (50, 50, 50)),
    ("50% of the flow", SHARE, (50, 50, 50)),
    ("the four occupied eastern regions", REGIONS, (4, 4, 4)),
]
NOT_READ = [
    ("an answer within 30 days", DAYS),
    ("in the next 30 days", DAYS),
    ("by 30 days", DAYS),
    ("30 soldiers died and the days are long", DAYS),
    ("30. Days went by", DAYS),
    ("30 days", Scale()),
    ("thirty regions", DAYS),
]


@pytest.mark.parametrize(("text", "scale", "amount"), READ)
def test_an_amount_is_read(text, scale, amount):
    (found,) = quantities(tokens(text), scale)
    assert (found.low, found.mode, found.high) == pytest.approx(amount)


@pytest.mark.parametrize(("text", "scale"), NOT_READ)
def test_what_is_no_amount_of_the_matter_is_not_read(text, scale):
    assert quantities(tokens(text), scale) == ()


def test_a_month_is_the_twelfth_of_a_year():
    (found,) = quantities(tokens("three months"), DAYS)
    assert found.mode == pytest.approx(365 / 4)
