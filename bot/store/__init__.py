"""Storage: inbox, sessions, links and outbox behind one interface (contract), with its implementations."""
