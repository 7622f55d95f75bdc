import pytest

from tests.reading.sentences import kinds, table

ROWS = [tuple(part.strip() for part in line.split(" | ", 2)) for line in table("kinds")]


@pytest.mark.parametrize(("role", "wanted", "sentence"), ROWS)
def test_a_sentence_makes_the_moves_that_a_careful_reader_sees_in_it(role, wanted, sentence):
    assert " ".join(kinds(sentence, role)) == wanted
