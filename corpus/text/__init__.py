"""Text: decoded, cleaned, cut into sentences, analysed for search."""
