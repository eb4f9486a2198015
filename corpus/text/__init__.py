"""Text processing: decoding, cleaning, sentences, and analysis for search."""
