"""English as it is read here: names, numbers, units, dates, negation. One home for each."""
