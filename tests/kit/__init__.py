"""What the tests of whole conversations are made of: a Bot API server, others' knowledge to keep it honest, and people."""
