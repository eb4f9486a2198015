"""The question, analysed: its terms, what it asks for, what it leaves unsaid."""
