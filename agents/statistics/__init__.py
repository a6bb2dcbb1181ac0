"""Statistics: what a town is like as a whole."""
