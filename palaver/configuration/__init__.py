"""What administrators configure: AI providers, model configs and MCP servers, and the rules that hold among fields.

Read for running turns by palaver.llm.catalog; written here only.
"""
