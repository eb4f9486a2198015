"""The reader that is shipped: whole, small, and able to read."""

from dragoman.search.reading.model import FOLDER, MODEL_FILE, open_reader_model

PASSAGES = [
    ("Talks", "The talks of 29 March 2022 were held in Istanbul, in the Dolmabahçe palace."),
    ("Straits", "Turkey closed the straits to warships under the convention of 1936."),
    ("Grain", "Farmers in the south expect a poor harvest this year."),
]


def test_it_is_small_and_has_its_card_beside_it():
    assert (FOLDER / MODEL_FILE).stat().st_size <= 24_000_000
    assert "squadshifts" in (FOLDER / "MODEL.md").read_text()


def test_it_finds_the_passage_that_answers_and_the_answer_in_it():
    readings = open_reader_model().read("Where were the talks of 29 March held?", PASSAGES)
    answers = [reading.probability for reading in readings]
    assert max(answers) == answers[0] > 0.5
    assert readings[0].span
    assert "Istanbul" in PASSAGES[0][1][slice(*readings[0].span)]


def test_it_says_that_none_answers():
    readings = open_reader_model().read("Who won the cycling race in Norway?", PASSAGES)
    assert max(reading.probability for reading in readings) < 0.5


def test_what_is_read_does_not_depend_on_the_passages_beside_it():
    reader = open_reader_model()
    question = "In which year was the convention signed?"
    assert reader.read(question, PASSAGES)[1:2] == reader.read(question, PASSAGES[1:2])


def test_a_search_that_reads_once_more_says_what_was_found(talks):
    found = talks.search("Where were the talks of 29 March held?", rerank=10).passages
    parts = {part.name: part for part in found[0].parts}
    assert "Istanbul" in parts["reader"].reason
    assert found[0].score == sum(part.contribution for part in found[0].parts)
