"""The desk's pages of the mailbox, for the coordination alone."""
