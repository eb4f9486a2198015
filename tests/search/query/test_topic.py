"""What questions are about, by what was said before."""

from dragoman.search.query.topic import content_stems, topic_of


def test_words_of_talking_tell_nothing():
    assert content_stems("Okay, can you tell me more about that please?") == ()
    assert content_stems("Which straits did Turkey's navy close in 1936?") == (
        "strait",
        "turkey",
        "navi",
        "close",
    )


def test_what_question_and_answer_share_is_the_topic():
    asked, answer = "Who closed the straits?", "The straits were closed to warships by a pact."
    assert topic_of("Why was it?", "Why was it?", asked, [asked], [answer]) == "closed"


def test_a_question_that_holds_the_topic_needs_none():
    asked, answer = "Which straits?", "The straits of the Black Sea, straits that were closed."
    question = "Are these straits deep?"
    assert topic_of(question, question, asked, [asked], [answer]) is None


def test_a_possessor_or_a_people_alone_is_no_topic():
    asked = "Who leads Ukraine's Turkish delegation?"
    assert topic_of("And it?", "And it?", asked, [asked], []) == "Ukraine's Turkish delegation"


def test_where_nothing_was_said_there_is_no_topic():
    assert topic_of("Why?", "Why?", "", [], []) is None
