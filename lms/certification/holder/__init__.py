"""What holders see and decide of their certificates: what counts, who is shown one, and what strangers see."""
