from typing import Literal

Experiment = Literal['agent-lifecycle-hooks', 'ai-gateway-seat-exclusion', 'auto-fill-parameters', 'chat-advisor', 'chat-virtual-desktop', 'example', 'mcp-server-http', 'nats_pubsub', 'notifications', 'oauth2', 'workspace-build-updates', 'workspace-capable-licensing', 'workspace-usage']

EXPERIMENT_VALUES: set[Experiment] = { 'agent-lifecycle-hooks', 'ai-gateway-seat-exclusion', 'auto-fill-parameters', 'chat-advisor', 'chat-virtual-desktop', 'example', 'mcp-server-http', 'nats_pubsub', 'notifications', 'oauth2', 'workspace-build-updates', 'workspace-capable-licensing', 'workspace-usage',  }

def check_experiment(value: str) -> Experiment:
    if value in EXPERIMENT_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {EXPERIMENT_VALUES!r}")
