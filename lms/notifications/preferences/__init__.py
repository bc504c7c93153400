"""How somebody wants to be told: which way for what, when it is quiet, one mail a day, and through whom."""
