"""What is in deploy/: that its files say what the program does, and that its topology works with real processes."""
