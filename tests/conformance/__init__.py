"""The conformance kit against our server, and against one that is spoiled."""
