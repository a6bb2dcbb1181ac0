"""The rules of the stage itself: what happens to a town whoever lives in it."""
