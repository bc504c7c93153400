"""What happens to a certificate after its issue: suspended, replaced, withdrawn, renewed; and who may do so."""
