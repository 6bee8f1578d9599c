"""Long campaigns of faults against whole bots: ``make faults``; a short one runs with the tests."""
