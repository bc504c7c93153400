"""Tables of files of evidence."""
