"""Where reports disagree, and what is corrected or withdrawn."""
