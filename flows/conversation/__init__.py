"""The conversation: a pure step from (session, event) to (session, views). Delivery and wording are elsewhere."""
