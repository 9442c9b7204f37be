"""The parts of Prometheus' HTTP API that are needed here."""

import json
import urllib.error
import urllib.parse
import urllib.request


class QueryError(Exception):
    """Prometheus has refused a query."""


class Prometheus:

    def __init__(self, url):
        self.url = url

    def instant(self, expr, at):
        """The series of an answer, each with labels and a list of one pair of time and value."""
        result = self._get("query", query=expr, time=at)["result"]
        return [{"labels": each["metric"], "values": _numbers([each["value"]])} for each in result]

    def range(self, expr, start, end, step):
        """The series of an answer, each with labels and pairs of time and value."""
        result = self._get("query_range", query=expr, start=start, end=end, step=step)["result"]
        return [{"labels": each["metric"], "values": _numbers(each["values"])} for each in result]

    def label_values(self, label, selector):
        return self._get(f"label/{label}/values", **{"match[]": selector})

    def targets(self):
        return self._get("targets", state="active")["activeTargets"]

    def rules(self):
        return [rule for group in self._get("rules")["groups"] for rule in group["rules"]]

    def _get(self, path, **parameters):
        url = f"{self.url}/api/v1/{path}?{urllib.parse.urlencode(parameters)}"
        try:
            with urllib.request.urlopen(url, timeout=60) as response:
                return json.load(response)["data"]
        except urllib.error.HTTPError as ex:
            if ex.code not in (400, 422):
                raise
            raise QueryError(f"{json.load(ex).get('error', ex)}: {parameters}") from ex


def _numbers(pairs):
    return [(float(time), float(value)) for time, value in pairs]
