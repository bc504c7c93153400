"""Tables of queues."""
