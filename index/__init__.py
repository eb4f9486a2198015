"""The archive: articles, passages and vectors on disk, and the two indexes over them."""
