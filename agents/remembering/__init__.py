"""Remembering: what residents lay down in memory of what befalls them, and how others read it."""
