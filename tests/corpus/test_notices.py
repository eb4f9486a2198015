"""Notices: that an article is withdrawn or corrected, in its words, and nothing else."""

import pytest

from dragoman.corpus.article import Article

SUN = Article("a", "Tea in Rize", "Tea grows. The Sun has retracted this article.")


@pytest.mark.parametrize(
    ("title", "text", "kind", "said"),
    [
        ("RETRACTED: Tea", "Tea cures all.", "retraction", "RETRACTED: Tea"),
        ("Tea", "This story has since been withdrawn. Tea.", "retraction",
         "This story has since been withdrawn."),
        ("Tea", "Tea grew.\n\nEditor’s note: the report was withdrawn in May.", "retraction",
         "Editor’s note: the report was withdrawn in May."),
        ("Tea", "Tea grew.\n\nCorrection: It was coffee. We regret it.", "correction",
         "Correction: It was coffee."),
        ("Tea", "Tea grew. An earlier version of this article said coffee.", "correction",
         "An earlier version of this article said coffee."),
        ("Tea", "Tea grew. An Earlier Version Of  This article said coffee.", "correction",
         "An Earlier Version Of  This article said coffee."),
        ("Tea", "Tea. We Withdraw  this article.", "retraction", "We Withdraw  this article."),
        ("CORRECTED – Tea exports fall", "Tea fell.", "correction", "CORRECTED – Tea exports fall"),
    ],
)  # fmt: skip
def test_an_article_says_that_it_is_withdrawn_or_corrected(title, text, kind, said):
    notice = Article("a", title, text).notice
    assert notice is not None
    assert (notice.kind, notice.text) == (kind, said)
    if notice.span:
        assert text[slice(*notice.span)] == said


@pytest.mark.parametrize(
    "text",
    [
        "The report was withdrawn by the ministry after protests.",
        "The study has been retracted by its journal.",
        "Troops were withdrawn. He corrected the minister.",
        "Correctional officers left. The clarification of water takes a day.",
        "The earlier version of the treaty was worse.",
    ],
)
def test_what_is_told_of_others_is_no_notice(text):
    assert Article("a", "Withdrawal of the troops", text).notice is None


def test_only_a_retraction_withdraws():
    assert SUN.is_withdrawn
    assert not Article("a", "Tea", "Correction: It was coffee.").is_withdrawn


@pytest.mark.parametrize("piece", ["-", "\n-", " “", ",”"])
def test_a_megabyte_of_signs_is_looked_through_once(piece):
    signs = piece * (1_000_000 // len(piece))  # as many steps as its square would take hours
    text = f"The corrections {signs} and notes {signs} were withdrawn."
    assert Article("a", "Signs", text).notice is None
