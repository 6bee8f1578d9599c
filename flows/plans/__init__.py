"""Plans: steps for several people together, with dates."""
