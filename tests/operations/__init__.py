"""Running the server: its database, its life cycle, its command line, its wheel."""
