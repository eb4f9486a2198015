"""Refusals on the terminal: in its own words, and below the least confidence."""

import json

KILLED = "How many civilians were killed?"


def test_the_filter_is_named_as_the_option_that_sets_it(command, talks_archive):
    said = command("ask", KILLED, "--until", "2022-03-01")
    assert said.returncode == 3
    assert said.stdout.split("\n")[1].startswith("Without --until the articles answer it:")


def test_json_has_the_reason_in_the_words_of_http(command, talks_archive):
    said = command("ask", KILLED, "--until", "2022-03-01", "--json")
    message = json.loads(said.stdout)
    assert message["reason"] == "filtered"
    assert "the filter `until`" in message["warnings"][0]


def test_an_answer_below_the_least_confidence_is_refused(command, talks_archive):
    said = command("ask", KILLED, "--min-confidence", "1")
    assert said.returncode == 3
    assert "\nNearest: “" in said.stdout
    assert command("ask", KILLED, "--min-confidence", "2").returncode == 2
