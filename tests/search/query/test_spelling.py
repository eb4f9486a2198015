"""Questions with typing errors, corrected by what an archive has."""

from time import perf_counter

import pytest

from dragoman.corpus.article import Article
from dragoman.index.archive import Archive
from dragoman.index.opening import open_archive
from dragoman.search.dragoman import Dragoman
from dragoman.search.query.spelling import corrected
from initials_encoder import InitialsEncoder

ARTICLES = [
    Article(
        "fire",
        "Fire at the paper mill",
        "A fire has destroyed the paper mill of Tolkby. The fire chief Bruno Lass praised the 22 "
        "volunteers who fought the blaze. The damage is put at 1.5 million euros. Mayor Greta "
        "Oberlin announced on Monday that the swimming hall will open in 2027. In Zelensky's "
        "words it was a hard night.",
    ),
    Article(
        "bear",
        "Bear near the village",
        "Ranger Ute Finn found the tracks of a bear by the upper weir. She advises hikers to stay "
        "on the paths. In the canton of Greenor the beekeepers are compensated. A connection by "
        "bus takes the visitors there. On Monday Conal Mackin was elected mayor of Greenor.",
    ),
    Article(
        "kitchen",
        "O’Rourke’s kitchen closes",
        "The kitchen of O’Rourke’s on the quay will close. At N'Diaye's, the cook said, nobody "
        "knew it. Four berths of the quay are let to Marit Lunde and to her brother Sven Berger.",
    ),
]


@pytest.fixture(scope="module")
def archive(tmp_path_factory) -> Archive:
    folder = tmp_path_factory.mktemp("typed") / "archive"
    with Dragoman.open(folder, InitialsEncoder()) as dragoman:
        dragoman.add(ARTICLES)
    return open_archive(folder)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        # letters exchanged, too few, too many, doubled, beside the right one
        ("Who is the fire cheif of Tolkby?", "Who is the fire chief of Tolkby?"),
        ("When will the swiming hall open?", "When will the swimming hall open?"),
        ("when wil the swimmming halll open", "when will the swimming hall open"),
        ("Who fouhgt the blaxe?", "Who fought the blaze?"),
        ("the damage at the papper mill", "the damage at the paper mill"),
        ("Who are compensated by the cantan?", "Who are compensated by the canton?"),
        ("who are the beekepers", "who are the beekeepers"),
        ("Voluntears of the fire", "Volunteers of the fire"),
        ("WHO IS THE FIRE CHEIF?", "WHO IS THE FIRE CHIEF?"),
        # another inflection than the archive has
        ("what did the mayor anounce", "what did the mayor announce"),
        # words of any question
        ("wat did the mayor say", "what did the mayor say"),
        ("Waht is the damage?", "What is the damage?"),
        ("hwo many volunteers were there", "how many volunteers were there"),
        ("how mch is the damage", "how much is the damage"),
        ("whats the damage", "what's the damage"),
        ("Why didnt the kitchen close?", "Why didn't the kitchen close?"),
        # names
        ("Who was elected mayor of Grenor?", "Who was elected mayor of Greenor?"),
        ("who was elected mayor of grenor?", "who was elected mayor of Greenor?"),
        ("What did Ute Fin advise?", "What did Ute Finn advise?"),
        ("What did Bruno Las praise?", "What did Bruno Lass praise?"),
        ("Who is Sven Bergen?", "Who is Sven Berger?"),
        ("Who is Conal Macken?", "Who is Conal Mackin?"),
        ("When will ORourkes close?", "When will O’Rourke’s close?"),
        ("Who knew it at NDiaye?", "Who knew it at N'Diaye?"),
    ],
)
def test_what_was_mistyped_is_corrected(archive, typed, meant):
    assert corrected(typed, archive) == meant


@pytest.mark.parametrize(
    "question",
    [
        "Who praised the volunteer?",  # another inflection
        "Who quoted Zelenskiy?",  # a known spelling
        "What happened in 2072 and on the 1sr?",
        # like what the archive has, and not it
        "Where does Conan live?",
        "What did Conrad Mackay win?",
        "Who is Conal Macready?",
        "Who is the mayor of Bergen?",
        "Who was killed in Bergan?",
        "Who is Bruno Mackin?",
        "Who is Rute Fine?",
        "What does the band tour?",  # English: not "four"
        "Where is the ball?",  # not "hall"
        "Who sells milk?",  # not "mill"
        "Which bore was found?",
        "thx! pls",
        "qwxzk vvbn",
        # other languages
        "Wann wird das Schwimmbad geöffnet?",
        "Кто мэр Толкби?",
        "x",
        "of the",
        "2022",
        "🙂🙂 a",
        "@cheif https://cheif.example/cheif",
    ],
)
def test_what_the_archive_or_english_has_and_what_is_unsure_stays(archive, question):
    assert corrected(question, archive) == question


def test_what_was_said_before_is_known(archive):
    assert corrected("Did the cheif say so?", archive, ["The cheif knew."]) == (
        "Did the cheif say so?"
    )


def test_a_long_question_takes_no_longer_than_a_search(archive):
    text = "asdf qwer zxcv uiop hjkl " * 80
    corrected("cheif", archive)  # the words of English are read once
    started = perf_counter()
    assert corrected(text, archive) == text
    assert perf_counter() - started < 0.2


def test_no_word_of_a_removed_article_is_proposed(tmp_path):
    with Dragoman.open(tmp_path / "archive", InitialsEncoder()) as dragoman:
        dragoman.add([*ARTICLES, Article("met", "Met", "They met Ida Zelenka at the paper mill.")])
        archive = open_archive(dragoman.folder)
        assert corrected("Where is Ida Zelenkka?", archive) == "Where is Ida Zelenka?"
        assert corrected("the zelenkka of Tolkby", archive) == "the Zelenka of Tolkby"
        dragoman.remove(["met"])
        assert corrected("Where is Ida Zelenkka?", archive) == "Where is Ida Zelenkka?"
        assert corrected("the zelenkka of Tolkby", archive) == "the zelenkka of Tolkby"


def test_search_and_ask_say_what_they_searched_for(tmp_path):
    with Dragoman.open(tmp_path / "archive", InitialsEncoder()) as dragoman:
        dragoman.add(ARTICLES)
        found = dragoman.search("the fire cheif", mode="lexical")
        assert (found.question, found.question_understood) == ("the fire cheif", "the fire chief")
        assert found.passages[0].article.id == "fire"
        answer = dragoman.ask("Who is the fire cheif?", rerank=0)
        assert answer.question_asked == "Who is the fire cheif?"
        assert answer.question_understood == "Who is the fire chief?"
