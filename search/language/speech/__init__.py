"""Who says what, as English tells it: quotation marks, verbs of saying, and those who say."""
