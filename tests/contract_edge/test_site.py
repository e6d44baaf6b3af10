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
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert not re.search(r"<script>|<style|style=", page.text)
    links = re.findall(r'(?:src|href)="([^"#]+)"', page.text)
    assert {"/docs/page.js", "/docs/page.css", "/docs/swagger-ui-bundle.js", "/openapi.json"} <= set(links)
    modules = [link for link in links if link.endswith("page.js")]
    for link in modules:
        imported = re.findall(r"^import .*'\./(.+)';$", (await anonymous.get(link)).text, re.MULTILINE)
        assert imported
        links += [f"/docs/{name}" for name in imported]
    for link in links:
        assert link.startswith("/")
        assert (await anonymous.get(link)).status_code == 200, link


async def test_files_are_packed_for_those_who_take_it_and_sent_once(anonymous: httpx.AsyncClient) -> None:
    path = "/docs/swagger-ui-bundle.js"
    plain = await anonymous.get(path, headers={"Accept-Encoding": "br, gzip;q=0"})
    packed = await anonymous.get(path, headers={"Accept-Encoding": "br, gzip"})
    assert packed.content == plain.content
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) < len(plain.content) / 2
    assert "Accept-Encoding" in plain.headers["vary"]
    again = await anonymous.get(path, headers={"If-None-Match": packed.headers["etag"]})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", plain.headers["etag"])
    other = await anonymous.get(path, headers={"If-None-Match": '"another"'})
    assert other.status_code == 200
    head = await anonymous.head(path, headers={"Accept-Encoding": "identity"})
    assert (head.content, head.headers["content-length"]) == (b"", str(len(plain.content)))


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
