"""Who said what: read in each article, found by speaker and matter, merged over articles."""
