"""Search and answering: a question in, ranked passages or an answer out."""
