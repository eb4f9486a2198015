"""A vocabulary reads the words that it is asked for, and no others."""

from collections.abc import Iterator

from dragoman.index.vocabulary import Vocabulary, words_beginning

WORDS = {"talks": 3, "treaty": 2, "ferry": 1}


def vocabulary() -> tuple[Vocabulary, list[str]]:
    read: list[str] = []

    def beginning(prefix: str) -> Iterator[tuple[str, int]]:
        read.append(prefix)
        return ((word, having) for word, having in WORDS.items() if word.startswith(prefix))

    return Vocabulary(beginning), read


def test_words_are_read_by_their_first_letter_and_once():
    words, read = vocabulary()
    assert words_beginning(words, "tt") == {"talks": 3, "treaty": 2}
    assert words_beginning(words, "ft") == {"ferry": 1, "talks": 3, "treaty": 2}
    assert (words["talks"], words.get("talk"), "treaty" in words) == (3, None, True)
    assert read == ["t", "f"]


def test_of_a_single_word_no_more_is_read():
    words, read = vocabulary()
    assert (words["ferry"], words.get("fer", 0)) == (1, 0)
    assert read == ["ferry", "fer"]


def test_it_is_the_same_as_a_whole():
    words, _ = vocabulary()
    assert dict(words) == WORDS
    assert len(words) == 3
    assert words_beginning(dict(words), "f") == words_beginning(words, "f") == {"ferry": 1}
    assert words_beginning(words, "") == words_beginning(WORDS, "") == {}
