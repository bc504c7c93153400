"""What proves a claim: uploaded files, the payer's checks before the payer makes them, and the pack."""
