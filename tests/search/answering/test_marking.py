"""Answers from withdrawn articles begin with what withdraws them."""

from dragoman.search.answering.marking import mark_withdrawn

TEA = "Editor's note: This article has been withdrawn.\n\nTea cures all, a study says. It is hot."


def test_a_withdrawal_is_quoted_first(tmp_path, real_encoder):
    from dragoman.search.dragoman import Dragoman

    (tmp_path / "tea.txt").write_text(f"RETRACTED: Study of tea\n\n{TEA}")
    (tmp_path / "coffee.txt").write_text("Study of coffee\n\nCoffee cures nothing, a study says.")
    with Dragoman.open(tmp_path / "archive", real_encoder) as dragoman:
        dragoman.add(tmp_path / "tea.txt")
        dragoman.add(tmp_path / "coffee.txt")
        answer = dragoman.ask("What does tea cure, says a study?")
        assert answer.answer
        assert answer.answer.startswith("Editor's note: This article has been withdrawn. [")
        assert any("withdrawn" in warning for warning in answer.warnings)
        for one in answer.citations:
            assert one.article.text[slice(*one.span)] == one.quote
        other = dragoman.ask("What does coffee cure, says a study?")
        assert mark_withdrawn(other) == other
