"""What all messages are made of: panels, buttons, forms, colours, answers."""
