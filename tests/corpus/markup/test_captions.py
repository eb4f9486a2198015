import pytest

from dragoman.corpus.formats.html import read_page

FIGURE = "<figure><img src='a.jpg'><figcaption>{}</figcaption></figure>"
BODY = (
    "<p>The harbour office of Lindhaven said on Tuesday that fourteen ferries would sail.</p>" * 2
)


def captions(body: str) -> tuple[str, ...]:
    found = read_page(f"<html><body><article>{BODY}{body}</article></body></html>")
    assert found
    assert "Akar" not in found.text
    return found.captions


@pytest.mark.parametrize(
    "written",
    [
        "Akar speaks in Mersin on 2 May. (AA Photo)",
        "Akar speaks in Mersin on 2 May. Photograph: N. Nemo/AP",
        "Akar speaks in Mersin on 2 May. © Harbour Post",
        "Akar speaks in Mersin on 2 May. N. Nemo/Getty Images",
    ],
)
def test_a_caption_is_kept_apart_without_its_credit(written):
    assert captions(FIGURE.format(written) * 2) == ("Akar speaks in Mersin on 2 May.",)


@pytest.mark.parametrize("written", ["AA Photo", "Akar", "Photo: N. Nemo/AP", "Word " * 200])
def test_what_says_nothing_is_no_caption(written):
    found = read_page(f"<article>{BODY}{FIGURE.format(written)}</article>")
    assert found
    assert found.captions == ()


def test_captions_of_other_articles_are_none():
    assert captions(f"<aside>{FIGURE.format('Akar speaks in Mersin on 2 May.')}</aside>") == ()
