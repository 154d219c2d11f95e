"""From a job in the queue to its message: painting, judging, delivering, closing."""
