"""The live stream: worlds as they live, for whoever watches over a WebSocket."""
