"""Pages that members leaf through."""
