"""Facts: dated, sourced values from ``content/`` as typed objects, and the one loader that reads them."""
