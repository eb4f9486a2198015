"""Follow-up questions, understood by what was asked and answered before."""
