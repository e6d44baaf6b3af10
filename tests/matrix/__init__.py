"""Who may do what, for every operation and every kind of caller, in one table."""
