"""Finances: what residents and businesses own, earn, spend and owe, for people to read."""
