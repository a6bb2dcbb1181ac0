"""Population: who comes to live in the town, who moves away, and why."""
