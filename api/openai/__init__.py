"""Answers in OpenAI's shapes, for whatever speaks to a chat model of OpenAI's."""
