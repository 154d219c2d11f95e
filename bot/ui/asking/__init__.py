"""Where wishes come in: options, forms, and the questions before money is spent."""
