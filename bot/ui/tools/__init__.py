"""Tools on members' pictures: where they come from, and what is asked about them."""
