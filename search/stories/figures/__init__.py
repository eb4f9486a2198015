"""The figures behind a question, over time: found, told as a table, and drawn."""
