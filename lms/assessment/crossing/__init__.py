"""Between editions and frameworks: what is new for somebody who holds an older award, and where things stand."""
