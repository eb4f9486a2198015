"""Files that hold files: archives, compressed files and mailboxes."""
