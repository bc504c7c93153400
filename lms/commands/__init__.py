"""What an operator types: one small file for each command. The work itself is done in the rooms."""
