"""A package that lacks most handlers of sample.yaml."""
