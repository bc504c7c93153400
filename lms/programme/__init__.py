"""The running of a programme: who is stuck and why, who is called back, and the lists people come in on."""
