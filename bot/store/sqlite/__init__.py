"""The embedded store: one SQLite file, durable at every commit."""
