"""Rounds: reading IRCC's weekly file, keeping every week of it, fetching the newest."""
