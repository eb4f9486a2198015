from dataclasses import replace

from dragoman.search.evaluation.collection import read_collection
from dragoman.search.training.answerability.held_out import STANDALONE, held_out_collection
from dragoman.search.training.data import part_of_passage


def test_it_has_passages_that_were_not_learned_from_with_their_questions(data, tmp_path):
    name = min(STANDALONE)
    rows = [replace(row, set=name) for row in data.rows]
    rows += [
        replace(row, question="Who paid?", answers=(), unanswerable=True)
        for row in rows
        if row.answers
    ]
    made = held_out_collection(replace(data, rows=rows), 10, tmp_path / "made")
    collection = read_collection(made)
    assert collection.questions
    assert {question.text for question in collection.unanswerable} == {"Who paid?"}
    texts = [data.passages[int(question.about or -1)][1] for question in collection.questions]
    assert all(part_of_passage(text) != "training" for text in texts)
    assert all(
        answer in text
        for question, text in zip(collection.questions, texts, strict=True)
        for answer in question.answers
    )
