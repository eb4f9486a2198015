"""Text exports of press databases: many documents in one file, each with its fields."""
