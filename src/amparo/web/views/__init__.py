"""Pages, one module for each room of the desk."""
