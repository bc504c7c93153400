"""What becomes of a certificate after its issue: suspended, lifted, withdrawn, replaced, lapsed; and by whom."""
