"""Letters to print: for people who use neither e-mail nor text messages."""
