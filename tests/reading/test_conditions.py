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
        ("He {said} [he would leave the talks if the port stayed shut, and turn to the north].", [(1,), (), (1,)]),
    ],
)
def test_an_order_is_a_condition_of_what_will_follow_it_and_later_acts_share_the_condition_before_them(sentence, under):
    _, found, _, _ = read(sentence)
    assert [each.conditions for each in found] == under
