"""The areas an authority divides its place into, and which PA and which employer belongs to which: set, never guessed."""
