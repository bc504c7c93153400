"""The public page on which anybody checks a certificate, by its number or by the file itself."""
