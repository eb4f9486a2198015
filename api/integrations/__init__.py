"""Retrievers for LangChain, LlamaIndex and Haystack, each in a module and an extra of its own."""
