"""Interviews: residents answer questions in character, and nothing comes of it in the town."""
