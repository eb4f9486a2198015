"""Whether a text supports or contradicts a claim."""
