"""News: what passes from person to person, and who has it from whom."""
