"""Training the reader's model. Nothing here is needed, or there, where Dragoman is used."""
