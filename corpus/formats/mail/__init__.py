"""Mail: newsletters, one by one and in mailboxes, and web pages saved as mail (MHTML)."""
