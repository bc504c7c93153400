"""How people reach the register team of an authority: what it is called, its e-mail, telephone and hours."""
