"""The dashboard asks for metrics that there are."""

import json
import re

import pytest
from prometheus_client.parser import text_string_to_metric_families

from pages import IN_CHECKOUT, ROOT

DASHBOARD = ROOT / "docs" / "deployment" / "grafana-dashboard.json"


@pytest.mark.skipif(not IN_CHECKOUT, reason="not in a checkout")
def test_every_metric_of_the_dashboard_exists(shipping_client):
    shipping_client.get("/v1/ask?q=Who+spoke+of+the+ships%3F")
    labels = {
        sample.name: set(sample.labels)
        for family in text_string_to_metric_families(shipping_client.get("/metrics").text)
        for sample in family.samples
    }
    panels = json.loads(DASHBOARD.read_text())["panels"]
    queries = [target["expr"] for panel in panels for target in panel["targets"]]
    assert len(queries) > 10
    for query in queries:
        metrics = set(re.findall(r"\b(?:dragoman|process)_\w+", query))
        assert metrics
        assert metrics <= set(labels), query
        used = [name.split(", ") for name in re.findall(r"by \(([^)]*)\)", query)]
        used.append(re.findall(r"(\w+)=~?\"", query))
        assert {name for names in used for name in names} <= set().union(
            *(labels[metric] for metric in metrics)
        ), query
