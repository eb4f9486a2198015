"""What Dragoman is compared with runs, as far as it needs nothing that tests do not have."""

from benchmarks.others import ours, plain_bm25, read_passages, reciprocal_rank_fusion

from dragoman.index.local.archive import LocalArchive


def test_each_finds_what_shares_the_words_and_the_meaning(talks):
    archive = LocalArchive(talks.folder)
    passages, vectors = read_passages(archive)
    assert passages.keys() == vectors.keys()
    systems = (
        ours(talks, "hybrid"),
        plain_bm25(passages),
        reciprocal_rank_fusion(archive, talks.encoder, passages),
    )
    for search in systems:
        found = search("Under which pact did Turkey close the straits in 1936?", 3)
        assert len(found) == 3
        assert "1936" in found[0].text
