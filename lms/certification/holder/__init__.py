"""What a holder does with certificates of their own: download, share, and say what a stranger sees."""
