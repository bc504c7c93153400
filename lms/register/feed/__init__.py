"""What other systems are told of a register: who is listed, in order, as the PA agreed."""
