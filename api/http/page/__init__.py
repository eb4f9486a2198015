"""The web page: plain HTML, CSS and JavaScript modules, sent as they are."""
