"""An archive on a Milvus server or in Milvus Lite, of which each reader keeps a local copy."""
