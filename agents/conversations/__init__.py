"""Conversations: who talks with whom and why, what they say, and what comes of it."""
