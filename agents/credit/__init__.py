"""Credit: friends lend and pay back, and treat each other."""
