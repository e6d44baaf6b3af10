"""Health, metrics, the contract and its page."""

import re

import httpx

from palaver.readiness import Readiness
from tests.contract_edge.conftest import SAMPLE, client_of, sample_edge, sample_services


async def test_contract_is_served_as_it_is_and_as_json(anonymous: httpx.AsyncClient) -> None:
    assert (await anonymous.get("/openapi.yaml")).content == SAMPLE.read_bytes()
    document = (await anonymous.get("/openapi.json")).json()
    assert document["info"]["title"] == "Sample"
    assert document["paths"]["/api/things/{thing}"]["get"]["operationId"] == "get-thing"


async def test_docs_page_loads_nothing_from_elsewhere(anonymous: httpx.AsyncClient) -> None:
    page = await anonymous.get("/docs")
    assert "<title>Palaver</title>" in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]
    links = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert len(links) == 4
    for link in links:
        assert link.startswith("/docs/")
        assert (await anonymous.get(link)).status_code == 200
    start = (await anonymous.get("/docs/start.js")).text
    assert "persistAuthorization: true" in start
    assert "tryItOutEnabled: true" in start


async def test_health(anonymous: httpx.AsyncClient) -> None:
    response = await anonymous.get("/healthz")
    assert (response.status_code, response.text) == (200, "OK")
    response = await anonymous.head("/healthz")
    assert (response.status_code, response.content, response.headers["content-length"]) == (200, b"", "2")
    response = await anonymous.post("/healthz")
    assert (response.status_code, response.headers["allow"]) == (405, "GET, HEAD")


async def test_readiness_names_its_reasons() -> None:
    services = sample_services()
    async with client_of(sample_edge(services)) as client:
        response = await client.get("/readyz")
        assert (response.status_code, response.json()) == (200, {"ready": True})
        services.found = Readiness(["database"], ["bus"])
        response = await client.get("/readyz")
        assert response.status_code == 503
        assert response.json() == {"ready": False, "reasons": ["database"], "warnings": ["bus"]}


async def test_a_warning_leaves_the_server_ready() -> None:
    services = sample_services()
    services.found = Readiness([], ["bus"])
    async with client_of(sample_edge(services)) as client:
        response = await client.get("/readyz")
        assert (response.status_code, response.json()) == (200, {"ready": True, "warnings": ["bus"]})


async def test_metrics_count_by_operation(anonymous: httpx.AsyncClient) -> None:
    await anonymous.get("/api/ping")
    metrics = (await anonymous.get("/metrics")).text
    assert 'palaver_requests_total{operation="ping",status="200"}' in metrics
    assert 'palaver_request_seconds_count{operation="ping"}' in metrics


async def test_process_that_only_runs_turns_tells_its_health_and_serves_nothing_else() -> None:
    async with client_of(sample_edge(sample_services(role="worker"))) as client:
        for path in ("/healthz", "/readyz", "/metrics"):
            assert (await client.get(path)).status_code == 200
        for path in ("/openapi.yaml", "/docs", "/docs/swagger-ui.css", "/api/things/1", "/"):
            response = await client.get(path)
            assert (response.status_code, list(response.json())) == (404, ["message"]), path
