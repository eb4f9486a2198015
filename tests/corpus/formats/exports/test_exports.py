"""Exports of press databases: many articles in one text."""

from datetime import date

import pytest

from dragoman.corpus.article import Article
from dragoman.corpus.loading import read_articles

FIRST = "The harbour office said on Tuesday that ferries would sail again."
SECOND = "Tickets will stay at twelve crowns, the council decided."
OLD = f"""
                               1 of 2 DOCUMENTS

                                 Harbour Post

                      November 8, 2023 Wednesday
                             Late Edition

Ferries sail again

BYLINE: Jo Reed

LENGTH: 52 words

DATELINE: LINDHAVEN

 {FIRST}

LOAD-DATE: November 9, 2023

LANGUAGE: ENGLISH

                    Copyright 2023 Harbour Post
                        All Rights Reserved

                               2 of 2 DOCUMENTS

                                 Harbour Post

                      November 9, 2023 Thursday

Tickets stay

 {SECOND}
"""
NEW = f"""Ferries sail again
Harbour Post
November 8, 2023 Wednesday

Copyright 2023 Harbour Post All Rights Reserved

Section: NEWS; Pg. 4
Length: 52 words
Byline: Jo Reed

Body

{FIRST}

Load-Date: November 9, 2023


End of Document

Tickets stay
Harbour Post
November 9, 2023 Thursday

Length: 12 words

Body

{SECOND}


End of Document
"""
CODED = f"""HD
Ferries sail again

BY
By Jo Reed
WC
52 words
PD
8 November 2023
SN
Harbour Post
LA
English
CY
(c) 2023 Harbour Post

LP
{FIRST}

NS
gcat : Political/General News
AN
Document HARB000020231108ejb800001

HD
Tickets stay

WC
12 words
PD
9 November 2023
SN
Harbour Post
LP
{SECOND}
AN
Document HARB000020231109ejb900002
"""
UNCODED = f"""Ferries sail again

By Jo Reed
52 words
8 November 2023
Harbour Post
HARB
4
English
(c) 2023 Harbour Post

{FIRST}

Document HARB000020231108ejb800001

Tickets stay

12 words
9 November 2023
Harbour Post
HARB
English
Copyright 2023 Harbour Post

{SECOND}

Document HARB000020231109ejb900002
"""
PROQUEST = f"""
____________________________________________________________

Document 1 of 2

Ferries sail again

Author: Reed, Jo

Publication info: Harbour Post; Lindhaven [Lindhaven]. 08 Nov 2023: A.4.

ProQuest document link: https://database.example/1

Full text: {FIRST}

Subject: Ferries

Title: Ferries sail again

Publication title: Harbour Post

Publication date: Nov 8, 2023

ProQuest document ID: 111

____________________________________________________________

Document 2 of 2

Tickets stay

Publication info: Harbour Post; Lindhaven [Lindhaven]. 09 Nov 2023: A.1.

Full text: {SECOND}

ProQuest document ID: 222
"""
EXPORTS = {"LexisNexis": OLD, "Nexis Uni": NEW, "Factiva": CODED, "Factiva, shown": UNCODED,
           "ProQuest": PROQUEST}  # fmt: skip


@pytest.mark.parametrize("export", EXPORTS)
def test_every_document_is_an_article(tmp_path, export):
    (tmp_path / "a.txt").write_text(EXPORTS[export])
    first, second = read_articles(tmp_path)
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert (first.title, first.text, first.source) == ("Ferries sail again", FIRST, "Harbour Post")
    assert (second.title, second.text, second.source) == ("Tickets stay", SECOND, "Harbour Post")
    assert (first.published, second.published) == (date(2023, 11, 8), date(2023, 11, 9))
    assert "Reed" in first.authors[0]
    assert not second.authors


def test_what_classifies_a_document_is_not_its_text(tmp_path):
    below = "\n\n\nClassification\n\nLanguage: ENGLISH\n\nSubject: FERRIES (90%)\n\nEnd of Document"
    (tmp_path / "a.txt").write_text(NEW.replace("\n\nEnd of Document", below, 1))
    first = next(iter(read_articles(tmp_path)))
    assert isinstance(first, Article)
    assert first.text == FIRST


def test_an_article_that_mentions_an_export_is_none(tmp_path):
    (tmp_path / "a.txt").write_text(f"Ferries sail again\n\n{FIRST}\n\nEnd of Document\n\n{SECOND}")
    (article,) = read_articles(tmp_path)
    assert isinstance(article, Article)
    assert SECOND in article.text
