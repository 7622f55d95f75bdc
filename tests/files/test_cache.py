"""The user's cache folder."""

import pytest

from parley.files import cache


@pytest.fixture(autouse=True)
def somewhere(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "parley"


def never():
    raise AssertionError("it was made again")


def test_a_text_is_made_once_and_then_taken_from_the_folder():
    assert cache.kept("song", lambda: "la\nlà") == "la\nlà"
    assert cache.kept("song", never) == "la\nlà"


def test_a_file_that_was_changed_is_made_anew(somewhere):
    cache.kept("song", lambda: "la")
    (somewhere / "song").write_bytes((somewhere / "song").read_bytes() + b"!")
    assert cache.kept("song", lambda: "la") == "la"
    assert (somewhere / "song").read_bytes().endswith(b"\nla")


def test_where_nothing_can_be_written_the_text_is_made_all_the_same(somewhere):
    somewhere.write_text("a file where the folder should be")
    assert cache.kept("song", lambda: "la") == "la"
