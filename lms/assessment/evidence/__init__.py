"""Evidence: what somebody saw, said or made, and which criteria it speaks to. It judges nothing."""
