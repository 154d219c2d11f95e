"""Pictures made of pictures: what is asked, what is taken, what it costs."""
