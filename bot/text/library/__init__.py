"""The words of pages that members leaf through."""
