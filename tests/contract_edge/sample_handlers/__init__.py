"""Handlers of sample.yaml."""
