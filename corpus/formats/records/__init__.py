"""Records: articles as objects with fields, in JSON and tables, and the shapes of news APIs."""
