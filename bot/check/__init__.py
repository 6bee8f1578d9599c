"""Checks of the content beyond what loading it needs: dead entries, addresses, facts that nobody has looked at for long."""
