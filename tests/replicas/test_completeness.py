"""Every module of `tests/api` also runs on two replicas, or says why not."""

from pathlib import Path

from tests import api

HERE = Path(__file__).parent
ACCOUNTS = (
    "accounts, sessions and rights: rows; what processes remember of them has tests/operations/test_other_replicas.py"
)
CONFIGURATION = "configuration: rows; what processes remember of it has tests/operations/test_other_replicas.py"
ROWS = "reads and writes of rows in single requests: no process remembers or is told anything"
EDGE = "what the edge does before any state is touched: each process for itself"
WORKER = "turns and their model calls: tests/stream and tests/chaos have those of several workers"

ON_ONE_REPLICA = {
    "test_accounts": ACCOUNTS,
    "test_any_token": EDGE,
    "test_audit_log": ROWS,
    "test_browser_sessions": ACCOUNTS,
    "test_chat_config": CONFIGURATION,
    "test_chat_config_options": CONFIGURATION,
    "test_chat_preferences": CONFIGURATION,
    "test_chat_transfer": ROWS,
    "test_compact_chat": ROWS,
    "test_costs": ROWS,
    "test_cross_origin": EDGE,
    "test_debug_runs": WORKER,
    "test_error_rows": EDGE,
    "test_every_request": EDGE,
    "test_first_user": ACCOUNTS,
    "test_fork_chat": ROWS,
    "test_groups": ACCOUNTS,
    "test_keys": ACCOUNTS,
    "test_login": ACCOUNTS,
    "test_mcp_servers": CONFIGURATION,
    "test_members": ACCOUNTS,
    "test_model_configs": CONFIGURATION,
    "test_organizations": ACCOUNTS,
    "test_organizations_and_deployment": ACCOUNTS,
    "test_own_keys_settings": CONFIGURATION,
    "test_passwords": ACCOUNTS,
    "test_prompts": ROWS,
    "test_providers": CONFIGURATION,
    "test_rate_limits": EDGE,
    "test_refusals_of_every_operation": EDGE,
    "test_roles": ACCOUNTS,
    "test_search_chats": ROWS,
    "test_sharing_disabled": CONFIGURATION,
    "test_titles": WORKER,
    "test_tool_approvals": WORKER,
    "test_unknown_organization": ACCOUNTS,
    "test_usage_limits": CONFIGURATION,
    "test_user_provider_keys": CONFIGURATION,
    "test_users": ACCOUNTS,
    "test_watch_ends": "drains a process while its watcher is there: behind the balancer it may be at the other",
    "test_without_processor": "a setting of one process, which refuses before any state is touched",
}
"""Module -> why once is enough."""


def test_each_module_of_the_api_runs_here_or_says_why_not() -> None:
    modules = {path.stem for path in Path(*api.__path__).glob("test_*.py")}
    here = {path.stem for path in HERE.glob("test_*.py")}
    assert modules - here == set(ON_ONE_REPLICA)
