"""Training of the reader's model and fitting of the answerability model; not needed to ask."""
