"""The terms of a truce as text."""

import pytest

from parley.domain.terms import Terms
from parley.errors import UsageError
from parley.files import terms


def test_terms_are_read_by_their_short_names():
    found = terms.read(
        {"side": "bilateral", "class": "preliminary", "days": "30", "process": "yes", "monitoring": "no"}
    )
    assert (found.side, found.ceasefire_class, found.length_days.mode) == ("bilateral", "preliminary", 30)
    assert found.part_of_process is True and found.monitoring is False and found.written is None


def test_a_hyphen_does_as_well_as_an_underscore():
    assert terms.read({"high-intensity": "yes"}).high_intensity is True


def test_what_is_written_wins_over_what_is_known_and_the_rest_stays():
    known = Terms(side="bilateral", monitoring=True, written=True)
    found = terms.read({"monitoring": "unknown", "days": "open-ended"}, known)
    assert (found.side, found.monitoring, found.written, found.length_days) == ("bilateral", None, True, None)


@pytest.mark.parametrize("texts, told", [
    ({"sid": "bilateral"}, "did you mean 'side'"),
    ({"monitor": "yes"}, "did you mean 'monitoring'"),
    ({"class": "prelim"}, "did you mean 'preliminary'"),
    ({"monitoring": "perhaps"}, "write yes, no or unknown"),
    ({"days": "many"}, "a number of days above 0, or open-ended"),
    ({"days": "0"}, "a number of days above 0"),
    ({"days": "nan"}, "a number of days above 0"),
    ({"agreed": "1.2"}, r"a chance in 0\.\.1"),
    ({"grounds": "F1"}, "there is no term 'grounds'"),
])  # fmt: skip
def test_a_wrong_term_is_refused_with_a_hint(texts, told):
    with pytest.raises(UsageError, match=told):
        terms.read(texts)
