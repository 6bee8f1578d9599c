"""The faces without a messenger: a terminal for people, lines of JSON for scripts; same engine, same store."""
