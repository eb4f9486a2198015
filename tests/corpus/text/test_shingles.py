"""What is a copy: reprints, cut and lightly edited; and what is not: other reports."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dragoman.corpus.article import Article
from dragoman.corpus.loading import read_articles
from dragoman.corpus.text.shingles import Wording, are_duplicates, similarities, wording
from dragoman.search.bundled import BUNDLED
from reprints import EDITS, bulletin, digest, made_up_report, quoting, replaced, with_background

BUNDLED_TEXTS = [a.text for a in read_articles(BUNDLED) if isinstance(a, Article)]
TEXTS = BUNDLED_TEXTS + [made_up_report(seed) for seed in range(30)]


def worded(text: str) -> Wording:
    found = wording(text)
    assert found is not None
    return found


def are_found_copies(one: str, other: str) -> bool:
    """Whether they are copies, and their sketches show it."""
    first, second = worded(one), worded(other)
    return are_duplicates(first, second) and similarities(first.sketch, [second.sketch])[0] > 0


@pytest.mark.parametrize("edit", [name for name in EDITS if name != "15 % of words replaced"])
def test_reprints_are_duplicates(edit):
    found = [are_found_copies(text, EDITS[edit](text)) for text in TEXTS]
    assert np.mean(found) >= 0.9


def test_separate_reports_are_not():
    assert len(BUNDLED_TEXTS) == 11
    assert not [pair for pair in combinations(map(worded, TEXTS), 2) if are_duplicates(*pair)]


def test_a_bulletin_with_new_figures_is_another_report():
    yesterday, today = bulletin(1, 1_314, 1_585), bulletin(2, 1_421, 1_732)
    assert not are_duplicates(worded(yesterday), worded(today))
    assert are_found_copies(today, EDITS["outlet lines added"](today))
    assert are_found_copies(today, today.replace(",", ""))


def test_one_figure_of_many_may_have_been_corrected():
    harbours = "old new red blue north south east west inner outer small".split()
    counted = enumerate(harbours, start=20)
    text = " ".join(f"The {name} harbour counted {n} ships in the year." for n, name in counted)
    assert are_found_copies(text, text.replace("20", "21", 1))
    thrice = text.replace("20", "50").replace("22", "52").replace("24", "54")
    assert not are_duplicates(worded(text), worded(thrice))


def test_a_date_written_the_other_way_round_is_the_same():
    text = made_up_report(1) + " The envoys met on 29 March 2022 in the old palace by the sea."
    assert are_found_copies(text, text.replace("29 March 2022", "March 29, 2022"))
    assert not are_duplicates(worded(text[-62:]), worded(text[-62:].replace("29", "30")))


def test_who_quotes_two_paragraphs_makes_no_copy():
    for seed, text in enumerate(TEXTS):
        assert not are_duplicates(worded(text), worded(quoting(text, 1000 + seed)))


def test_a_digest_of_four_is_no_copy_of_any():
    for first in range(len(BUNDLED_TEXTS) - 3):
        four = BUNDLED_TEXTS[first : first + 4]
        whole = worded(digest(*four))
        assert not any(are_duplicates(worded(text), whole) for text in four)


def test_background_in_every_report_makes_no_copies():
    background = made_up_report(7, paragraphs=4)
    reports = [worded(with_background(100 + n, background)) for n in range(8)]
    assert not [pair for pair in combinations(reports, 2) if are_duplicates(*pair)]


def test_briefs_are_compared_whole():
    brief = (
        "Delegations met in the palace for a second day of talks, officials said. No date was set."
    )
    assert are_found_copies(brief, brief.upper())
    assert not are_duplicates(worded(brief), worded(brief.replace("palace", "harbour")))
    assert not are_duplicates(worded(brief), worded(f"{brief} {made_up_report(3)}"))


@pytest.mark.parametrize("text", ["", "…", "Watch the video above.", "🙂 " * 50, "word " * 11])
def test_with_too_few_words_there_is_no_telling(text):
    assert wording(text) is None


def test_scripts_without_spaces_have_words_too():
    text = "俄罗斯和乌克兰代表团星期二在伊斯坦布尔多尔玛巴赫切宫举行了新一轮谈判"
    assert are_found_copies(text, f"{text}。")


def test_hashes_are_the_same_on_every_machine():
    found = worded("One two three four five six seven eight nine ten eleven twelve.")
    assert found.fingerprint.hex() == "8088ac76f04ab34023fb517cab1a980a"
    assert found.sketch[0] == 1379109465926841951


@given(st.integers(0, 40), st.integers(0, 40), st.floats(0, 0.6))
@example(9, 9, 0.28125)
def test_being_a_copy_is_mutual(one, other, share):
    first = worded(TEXTS[one])
    second = worded(replaced(TEXTS[other], share) if other % 2 else TEXTS[one])
    assert are_duplicates(first, second) == are_duplicates(second, first)
    there = similarities(first.sketch, [second.sketch])
    back = similarities(second.sketch, [first.sketch])
    assert there == back


def test_similarities_estimate_the_share_in_common():
    whole = worded(made_up_report(1))
    others = [replaced(made_up_report(1), share) for share in (0, 0.05, 0.1)]
    sketches = [worded(text).sketch for text in (*others, made_up_report(2))]
    shares = [np.isin(worded(text).shingles, whole.shingles).mean() for text in others]
    *estimated, of_another = similarities(whole.sketch, sketches)
    assert estimated == pytest.approx(shares, abs=0.15)
    assert of_another == 0


@given(st.text())
def test_any_text_has_a_wording_or_none_and_is_a_copy_of_itself(text):
    found = wording(text)
    assert found is None or are_duplicates(found, found)
