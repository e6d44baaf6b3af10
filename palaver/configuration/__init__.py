"""What administrators configure, and what users set about their chats, with the rules that hold among fields.

AI providers, model configs and MCP servers are read for running turns by palaver.llm.catalog, the deployment's settings
through `deployment_settings.DeploymentConfig`, a user's with the owner of each turn; all are written here only.
"""
