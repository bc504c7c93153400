"""What was seen at work: observations, judgements and sign-off, against frameworks kept by edition."""
