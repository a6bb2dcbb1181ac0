"""What every REST door of the house has in common."""
