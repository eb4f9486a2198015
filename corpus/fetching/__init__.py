"""Articles from the addresses of pages, feeds and sitemaps, fetched politely."""
