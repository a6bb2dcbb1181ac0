"""Households: what a day costs and brings to residents, beside work."""
