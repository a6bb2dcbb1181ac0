"""Employment: the work that there is, how well it is done, and who gets it."""
