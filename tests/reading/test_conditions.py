import pytest

from tests.reading.sentences import pieces, read, table


@pytest.mark.parametrize("row", table("conditions"))
def test_a_condition_is_cut_off_whole_and_tied_to_what_it_conditions(row):
    sentence, condition = row.split(" | ")
    _, found, _, _ = read(sentence)
    marked = [index for index, each in enumerate(found) if each.condition]
    assert [pieces(sentence)[index] for index in marked] == [condition]
    assert any(each.conditions == (marked[0],) for each in found)


@pytest.mark.parametrize("sentence", table("no-conditions"))
def test_words_that_often_set_a_condition_do_not_always(sentence):
    _, found, _, _ = read(sentence)
    assert not any(each.condition for each in found)


@pytest.mark.parametrize(
    ("sentence", "under"),
    [
        ("“[Show me the map and I will sign tonight],” he {said}.", [(), (0,)]),
        ("“[Open the gate, and we will talk],” he {said}.", [(), (0,)]),
        ("“[Open the gate and feed the prisoners],” he {said}.", [(), ()]),
        ("“[We opened the gate, and they will talk],” he {said}.", [(), ()]),
        ("“[Do it by Monday and everybody walks free],” he {said}.", [(), (0,)]),
        ("He {said}: [give us one year in four, and you can have your court].", [(), (0,)]),
        ("“[There has to be a vote, or else we stay at home],” he {said}.", [(), (0,)]),
        (
            "He {said} [two men were free, and that his side was “ready to open it” provided that the army left].",
            [(), (2,), ()],
        ),
        ("He {said} [he would leave the talks if the port stayed shut, and turn to the north].", [(1,), (), (1,)]),
    ],
)
def test_an_order_is_a_condition_of_what_follows_and_a_condition_belongs_to_what_stands_beside_it(sentence, under):
    _, found, _, _ = read(sentence)
    assert [each.conditions for each in found] == under
