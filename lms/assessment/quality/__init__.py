"""Internal quality assurance: samples, what is sent back, verifiers, standardisation meetings, appeals."""
