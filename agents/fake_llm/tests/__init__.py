"""Tests of the fake language model, over real sockets and by the real client."""
