"""Tests, by subject; they mirror the packages they hold to their word."""
