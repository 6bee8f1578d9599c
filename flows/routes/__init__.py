"""Routes: which way to Canada applies to whom, on a day, and why."""
