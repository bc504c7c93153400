"""The areas of an authority, and which PA and which employer belongs to which: said by somebody, never guessed."""
