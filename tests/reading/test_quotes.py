import pytest

from parley.domain.source import Article
from parley.reading.grid import Grid
from parley.reading.parsing import parsed


def quoted(text):
    """The words of a text that stand in quotation marks, without the marks, paragraph by paragraph."""
    paragraphs = parsed(Article(text=text))
    grid = Grid.of(paragraphs)
    found = []
    for number in range(len(paragraphs)):
        inside = [i for i in range(grid.offset[number], grid.offset[number + 1]) if grid.quoted[i] == 1]
        found.append(" ".join(text[grid.start[i] : grid.end[i]] for i in inside))
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“Never”, he said.", ["Never"]),
        ('"Never", he said. "Not now."', ["Never Not now ."]),
        ("''Never'', he said.", ["Never"]),
        ("«Never», he said.", ["Never"]),
        ("It's the ministers' plan, not Étaín’s.", [""]),
        ("“He told me ‘never’ and left”, she said.", ["He told me ‘ never ’ and left"]),
        ("“The first part.\n“The second part.”\nNo more.", ["The first part .", "The second part .", ""]),
        ("“The first part.\nThe second part”, he said.", ["The first part .", "The second part"]),
        ('He is 6\' 2" tall and said "no" twice.', ["no"]),
        ('A stray " mark here.\nHe said "no".', ["mark here .", "no"]),
        ("Nothing was open”, he said.", [""]),
        ("‘Never,’ he said. ‘The owners’ boats can’t wait.’", ["Never , The owners ’ boats ca n’t wait ."]),  # noqa: RUF001
        ("‘Never,’ he said.\nIt was the owners’ plan.", ["Never ,", ""]),  # noqa: RUF001
        ("The owners’ boats lay at the ‘free’ quay.", [""]),  # noqa: RUF001
        ("“No”, he said. “Never.”\nThe ‘free’ quay, as ‘they’ say.", ["No Never .", ""]),  # noqa: RUF001
    ],
)
def test_words_in_quotation_marks_are_known_as_such(text, expected):
    assert quoted(text) == expected
