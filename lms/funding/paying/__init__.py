"""What payers paid: remittances, payments matched to lines, and recoveries."""
