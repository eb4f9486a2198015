"""Names made of stop words, which say what a question is about."""

import pytest

from dragoman.search.query.terms import QueryTerms, names_of_stop_words


def rare(_):
    return 1.0


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("When did The Who split up?", ["The Who"]),
        ("The Them split up when?", ["The Them"]),
        ("Which outages did IT have?", ["IT"]),
        ("Who directed Who Are You?", ["Who Are You"]),
        ("Who Wrote What If?", []),
        ("WHO WROTE IT?", []),
        ("What did the US say?", ["US"]),
        ("Is it He who won?", []),
    ],
)
def test_capitals_tell_names_of_stop_words(question, names):
    assert names_of_stop_words(question) == names


def test_a_name_of_stop_words_is_shared_only_where_it_is_written_so():
    terms = QueryTerms("Who are The Them?", rare)
    assert terms.share("The Them have split up.") == 1.0
    assert terms.share("They told the them they knew.") == 0.0
    assert terms.missing_names("The band has split up.") == ["The Them"]


def test_an_acronym_may_have_dots():
    terms = QueryTerms("What did the US sign?", rare)
    assert terms.share_of_names("The U.S. signed it.") == 1.0
    assert terms.share_of_names("They told us.") == 0.0


def test_plain_names_are_neither_times_nor_acronyms():
    terms = QueryTerms("Did the EU meet Bo Lund on 3 Mondays?", rare)
    assert terms.plain_names == ["Bo", "Lund"]
