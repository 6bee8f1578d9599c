"""Understanding of typed answers: from a person's words to a value in the party file's form, or to a question back."""
