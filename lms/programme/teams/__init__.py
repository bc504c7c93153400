"""Teams of staff or employers who learn: who is in them, and the share that is trained, by month."""
