import math
from collections.abc import Callable, Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.corpus.article import Article, Passage
from dragoman.corpus.splitting import encoder_text, split
from dragoman.corpus.text.sentences import is_heading, sentence_spans

SPECIAL_TOKENS = 4
Count = Callable[[Sequence[str]], list[int]]


def a_token_a_word(texts: Sequence[str]) -> list[int]:
    return [len(text.split()) for text in texts]


def a_token_for_four_characters(texts: Sequence[str]) -> list[int]:
    return [math.ceil(len(text) / 4) for text in texts]


def a_token_a_character(texts: Sequence[str]) -> list[int]:
    return [len(text) for text in texts]


COUNTS = st.sampled_from([a_token_a_word, a_token_for_four_characters])
WORDS = (
    "talks Istanbul Kalın Зеленський said, of peace; 1,151 the U.N. (and) “so” cease-fire".split()
)


def some_words(number: int, first: int, step: int) -> str:
    return " ".join(WORDS[(first + n * step) % len(WORDS)] for n in range(number))


def words(least: int, most: int) -> st.SearchStrategy[str]:
    return st.builds(some_words, st.integers(least, most), st.integers(0, 12), st.integers(1, 12))


def sentence(least: int, most: int) -> st.SearchStrategy[str]:
    return words(least, most).map(lambda words: f"He {words} left.")


HEADINGS = st.lists(st.sampled_from(["Talks", "ON THE GROUND", "“No winner”"]), max_size=3)
PARAGRAPHS = st.lists(
    st.one_of(sentence(1, 30), sentence(1, 30), sentence(1, 30), sentence(100, 400)),
    min_size=1,
    max_size=8,
).map(" ".join)
SECTIONS = st.tuples(HEADINGS, PARAGRAPHS).map(lambda parts: "\n".join([*parts[0], parts[1]]))
ARTICLES = st.builds(
    lambda title, gap, sections: Article("id", title, gap.join(sections)),
    title=words(0, 12),
    gap=st.sampled_from(["\n", "\n\n"]),
    sections=st.lists(SECTIONS, min_size=1, max_size=8),
)
LIMITS = st.integers(60, 300)


def check_cover(article: Article, passages: list[Passage]) -> None:
    """Ordered and disjoint, each in the article's own words, and together all of them."""
    end = 0
    for position, passage in enumerate(passages):
        assert (passage.article_id, passage.position) == (article.id, position)
        assert article.text[slice(*passage.span)] == passage.text
        assert passage.text == passage.text.strip() != ""
        assert not article.text[end : passage.span[0]].strip()
        end = passage.span[1]
    assert not article.text[end:].strip()


def room_in(article: Article, count: Count, limit: int) -> int:
    return limit - SPECIAL_TOKENS - count([encoder_text(article, "")])[0]


def check_limit(article: Article, passages: list[Passage], count: Count, limit: int) -> None:
    given = [encoder_text(article, passage.text) for passage in passages]
    assert max(count(given), default=0) + SPECIAL_TOKENS <= limit


@given(ARTICLES, COUNTS, LIMITS)
def test_passages_cover_the_article_without_gap_or_overlap(article, count, limit):
    check_cover(article, split(article, count, limit))


def test_each_caption_is_a_passage_of_its_own():
    stated = Article(
        "id", "T", "They met. It rained.", captions=("Akar speaks. In May", "Both in Kyiv")
    )
    article = stated.with_captions_in_text()
    assert [passage.text for passage in split(article, a_token_a_word, 200)] == [
        "They met. It rained.",
        "Caption: Akar speaks. In May",
        "Caption: Both in Kyiv",
    ]
    check_cover(article, split(article, a_token_a_word, 200))


@given(ARTICLES, COUNTS, LIMITS)
def test_the_encoder_can_read_every_passage_with_its_title(article, count, limit):
    check_limit(article, split(article, count, limit), count, limit)


@given(st.text(st.characters(exclude_categories=["Cs"])), COUNTS, LIMITS)
def test_both_hold_for_any_text_at_all(text, count, limit):
    article = Article("id", "Title", text)
    passages = split(article, count, limit)
    check_cover(article, passages)
    check_limit(article, passages, count, limit)


@given(ARTICLES, COUNTS, LIMITS)
def test_a_passage_has_150_words_at_most_unless_it_is_one_sentence(article, count, limit):
    for passage in split(article, count, limit):
        body = [n for n in sentence_spans(passage.text) if not is_heading(passage.text[slice(*n)])]
        assert len(passage.text.split()) <= 150 or len(body) == 1


@given(ARTICLES, COUNTS, LIMITS)
def test_a_heading_is_never_last_unless_what_follows_leaves_no_room(article, count, limit):
    for passage, following in pairwise(split(article, count, limit)):
        lines = [line for line in passage.text.split("\n") if line]
        if is_heading(lines[-1]) and article.text[passage.span[1]] == "\n":
            first, *_ = sentence_spans(following.text)
            tokens = sum(count([*lines, following.text[slice(*first)]]))
            assert all(is_heading(line) for line in lines)
            # White space is counted with the line before it, so each may cost a token more.
            assert tokens + len(lines) >= room_in(article, count, limit)


@given(ARTICLES, COUNTS, LIMITS)
def test_monstrous_sentences_are_cut_and_marked_and_no_others(article, count, limit):
    room = room_in(article, count, limit)
    spans = sentence_spans(article.text)
    tokens = count([article.text[start:end] for start, end in spans])
    for passage in split(article, count, limit):
        within = [
            (span, n)
            for span, n in zip(spans, tokens, strict=True)
            if span[0] < passage.span[1] and passage.span[0] < span[1]
        ]
        if passage.cut:
            assert any(n >= room for _, n in within)
        else:
            assert all(n <= room for _, n in within)
            assert passage.span == (within[0][0][0], within[-1][0][1])


def prose(sentences: int, words: int = 12) -> str:
    return " ".join(f"Sentence {n} {'word ' * (words - 3)}end." for n in range(sentences))


def test_passages_of_prose_have_about_110_to_150_words():
    passages = split(Article("id", "Title", prose(100)), a_token_a_word, 256)
    assert {len(passage.text.split()) for passage in passages} == {120}
    assert not any(passage.cut for passage in passages)


def test_a_heading_begins_a_passage_once_there_is_enough_before_it():
    text = f"{prose(8)}\n\nAt the talks\n\n{prose(8)}"
    first, second = split(Article("id", "Title", text), a_token_a_word, 256)
    assert (len(first.text.split()), second.text[:12]) == (96, "At the talks")


def test_headings_go_with_what_follows_even_where_the_passage_is_full():
    text = f"{prose(6)}\n\nPart two\n\nAt the talks\n\n{prose(1, words=100)}\n\n{prose(8)}"
    first, second, *_ = split(Article("id", "Title", text), a_token_a_word, 256)
    assert len(first.text.split()) == 72
    assert second.text.startswith("Part two\n\nAt the talks\n\nSentence 0")


def test_a_list_of_lines_without_full_stops_is_divided_at_150_words_too():
    text = "\n".join(f"Line {n} of a long list" for n in range(200))
    passages = split(Article("id", "Title", text), a_token_a_word, 512)
    assert max(len(passage.text.split()) for passage in passages) == 150


def test_a_short_end_is_joined_to_what_comes_before_where_there_is_room():
    passages = split(Article("id", "Title", prose(11)), a_token_a_word, 256)
    assert [len(passage.text.split()) for passage in passages] == [132]
    passages = split(Article("id", "Title", prose(11)), a_token_a_word, 130)
    assert [len(passage.text.split()) for passage in passages] == [120, 12]


def test_a_sentence_of_more_than_150_words_is_whole_where_the_encoder_reads_it():
    passages = split(Article("id", "Title", prose(1, words=200)), a_token_a_word, 256)
    assert [(len(p.text.split()), p.cut) for p in passages] == [(200, False)]


def test_a_monstrous_sentence_is_cut_after_a_clause_where_it_can_be():
    text = "He " + " ".join(["went on and on and on,"] * 100)
    passages = split(Article("id", "Title", text), a_token_a_word, 64)
    assert all(passage.cut for passage in passages)
    assert all(passage.text.endswith(",") for passage in passages)


@pytest.mark.parametrize("text", ["", "  \n\n "])
def test_an_article_without_text_has_no_passages(text):
    assert split(Article("id", "Title", text), a_token_a_word, 256) == []


def test_one_word_is_one_passage():
    (passage,) = split(Article("id", "", " Peace \n"), a_token_a_word, 256)
    assert (passage.span, passage.text, passage.cut) == ((1, 6), "Peace", False)


def test_the_encoder_reads_the_title_and_then_the_text():
    assert encoder_text(Article("id", "Talks", ""), "They met.") == "Talks\nThey met."
    assert encoder_text(Article("id", "", ""), "They met.") == "They met."


@pytest.mark.parametrize("title", ["Talks " * 100, "会" * 400])
def test_a_title_without_end_leaves_room_for_the_text(title):
    article = Article("id", title, "They met in Istanbul. " * 40)
    passages = split(article, a_token_a_character, 256)
    check_cover(article, passages)
    check_limit(article, passages, a_token_a_character, 256)
    assert min(len(passage.text) for passage in passages) > 40


def test_text_without_spaces_in_a_language_that_has_none_is_cut_to_the_limit():
    article = Article("id", "会谈", "双方代表团在伊斯坦布尔会谈" * 300)
    passages = split(article, a_token_a_character, 128)
    check_cover(article, passages)
    check_limit(article, passages, a_token_a_character, 128)
    assert all(passage.cut for passage in passages)


TWO_MB = 2_000_000
LONG_LINES = {
    "sentences": ("The talks went on in Istanbul, he said. ", False),
    "no full stops": ("word and ", True),
    "no spaces": ("a", True),
}


@pytest.mark.parametrize("count", [a_token_a_word, a_token_for_four_characters])
@pytest.mark.parametrize(("piece", "is_cut"), LONG_LINES.values(), ids=LONG_LINES)
def test_a_line_of_two_megabytes(piece, is_cut, count):
    article = Article("id", "Title", piece * (TWO_MB // len(piece)))
    passages = split(article, count, 256)
    check_cover(article, passages)
    check_limit(article, passages, count, 256)
    assert {passage.cut for passage in passages} == {is_cut}
    assert max(len(passage.text.split()) for passage in passages) <= 150
    assert max(len(passage.text) for passage in passages) <= 10_000


def test_a_list_that_fits_is_in_one_passage_with_the_sentence_before_it():
    items = "\n".join(f"- the bridge at {place}, from July" for place in "ABCDEFGH")
    text = f"{some_words(100, 0, 1)} ended.\n\nClosed are:\n\n{items}\n\nThey open in May."
    texts = [one.text for one in split(Article("id", "Title", text), a_token_a_word, 300)]
    assert any(f"Closed are:\n\n{items}" in passage for passage in texts)
    assert len(texts) > 1
