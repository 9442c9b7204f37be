"""Shows that each check of files fails when it should.

    python3 -m unittest check.test_static check.test_live     (in the folder dashboards)
"""

import copy
import unittest

from . import catalogue, dashboards, lint, names, promql

METRICS = catalogue.metrics()


def first_panel(dashboard):
    return next(dashboards.panels(dashboard))


def first_series_panel(dashboard):
    return next(panel for panel in dashboards.panels(dashboard) if panel["type"] == "timeseries")


def replace_query(dashboard, old, new):
    target = first_panel(dashboard)["targets"][0]
    assert old in target["expr"]
    target["expr"] = target["expr"].replace(old, new)


class LintTests(unittest.TestCase):
    """A change for each rule that it has to find."""

    CHANGES = {
        lint.has_a_stable_identity: lambda it: it.update(uid=None),
        lint.is_not_editable: lambda it: it.update(editable=True),
        lint.has_a_shared_crosshair: lambda it: it.update(graphTooltip=0),
        lint.has_a_data_source_to_choose: lambda it: dashboards.variables(it).pop(0),
        lint.has_variables: lambda it: dashboards.variables(it)[1].update(allValue=".*"),
        lint.uses_the_data_source_chosen:
            lambda it: first_panel(it).update(datasource={"type": "prometheus", "uid": "PBFA97CFB590B2093"}),
        lint.has_panels_that_explain_themselves: lambda it: first_panel(it)["fieldConfig"]["defaults"].pop("unit"),
        lint.has_queries_with_legends: lambda it: first_series_panel(it)["targets"][0].update(legendFormat=""),
        lint.matches_job_and_instance: lambda it: replace_query(it, 'job=~"$job", ', ""),
        lint.takes_rates_over_the_rate_interval:
            lambda it: first_panel(it)["targets"][0].update(expr="rate(zmq_connect_retries_total[5m])"),
        lint.places_panels_without_overlap: lambda it: first_panel(it)["gridPos"].update(w=24),
        lint.links_keep_variables_and_time: lambda it: it["links"][0].update(keepTime=False),
    }

    def test_every_rule_is_tried(self):
        self.assertEqual(set(lint.RULES), set(self.CHANGES))

    def test_every_rule_can_fail(self):
        for rule, change in self.CHANGES.items():
            for dashboard in dashboards.load():
                with self.subTest(rule=rule.__name__, dashboard=dashboard["title"]):
                    self.assertEqual([], list(rule(dashboard)))
                    changed = copy.deepcopy(dashboard)
                    change(changed)
                    self.assertNotEqual([], list(rule(changed)))

    def test_a_counter_without_a_rate_is_found(self):
        dashboard = dashboards.load()[0]
        first_panel(dashboard)["targets"][0]["expr"] = "sum(zmq_connect_retries_total)"
        self.assertIn("without rate or increase", str(list(lint.takes_rates_over_the_rate_interval(dashboard))))

    def test_missing_texts_are_found(self):
        for field in ("title", "description"):
            dashboard = dashboards.load()[0]
            first_panel(dashboard)[field] = ""
            self.assertNotEqual([], list(lint.has_panels_that_explain_themselves(dashboard)))


class NamesTests(unittest.TestCase):

    def test_a_misspelt_metric_is_found(self):
        self.assertEqual(["x: there is no metric zmq_conections"],
                         list(names.expression_problems("x", "sum(zmq_conections)", METRICS)))

    def test_a_label_that_a_metric_does_not_have_is_found(self):
        for expr in ('zmq_messages_total{role="bind"}', "sum by (role) (zmq_messages_total)"):
            self.assertEqual(1, len(list(names.expression_problems("x", expr, METRICS))), expr)

    def test_a_misspelt_metric_in_a_variable_is_found(self):
        dashboard = dashboards.load()[0]
        dashboards.variables(dashboard)[1]["query"] = "label_values(zmq_monitor_endpoint, job)"
        self.assertNotEqual([], list(names.dashboard_problems(dashboard, METRICS)))

    def test_an_expression_without_metric_is_found(self):
        self.assertEqual(["x: names no metric"], list(names.expression_problems("x", "1 + 1", METRICS)))

    def test_a_rule_with_an_unknown_record_or_label_is_found(self):
        rule = {"type": "alerting", "name": "A", "query": "endpoint:zmq_nothing > 0",
                "annotations": {"summary": "{{ $labels.sockets }}"}}
        self.assertEqual(["rule A: there is no metric endpoint:zmq_nothing", "rule A, summary: there is no label sockets"],
                         list(names.rule_problems([rule], METRICS)))

    def test_an_alert_that_is_never_seen_firing_or_silent_is_found(self):
        rules = [{"type": "alerting", "name": "ZmqGood"}, {"type": "recording", "name": "a:b:c"}]
        firing = {"alertname": "ZmqGood", "exp_alerts": [{"exp_labels": {}}]}
        silent = {"alertname": "ZmqGood"}
        self.assertEqual([], list(names.rule_test_problems(rules, [{"alert_rule_test": [firing]}, {"alert_rule_test": [silent]}])))
        for tests, missing in (([firing], "to be silent"), ([silent], "to fire"), ([], "to fire")):
            self.assertEqual([f"rule ZmqGood is not tested {missing}"],
                             list(names.rule_test_problems(rules, [{"alert_rule_test": tests}])))

    def test_the_runbook_and_the_alerts_have_to_agree(self):
        def rule(name, anchor):
            return {"type": "alerting", "name": name, "labels": {"severity": "info"},
                    "annotations": {"summary": "s", "description": "d", "runbook_url": names.RUNBOOK + anchor}}

        good = [rule("ZmqGood", "zmqgood")]
        self.assertEqual([], list(names.runbook_problems(good, "# R\n\n## ZmqGood\n")))
        self.assertEqual(1, len(list(names.runbook_problems(good, "# R\n"))))
        self.assertEqual(1, len(list(names.runbook_problems(good, "## ZmqGood\n## ZmqGone\n"))))
        self.assertEqual(1, len(list(names.runbook_problems([rule("ZmqGood", "good")], "## ZmqGood\n"))))

    def test_an_alert_that_is_not_in_the_table_is_found(self):
        rules = [{"type": "alerting", "name": "ZmqGood"}, {"type": "recording", "name": "a:b:c"}]
        self.assertEqual([], list(names.table_problems(rules, "| [ZmqGood](runbook.md#zmqgood) | info | now |")))
        self.assertEqual(["the table of alerts has no line ZmqGood"], list(names.table_problems(rules, "ZmqGood")))

    def test_a_link_to_a_page_or_heading_that_is_not_there_is_found(self):
        def problems(url):
            dashboard = dashboards.load()[0]
            first_panel(dashboard)["links"] = [{"title": "t", "url": names.DOCUMENTATION + url}]
            return list(names.link_problems(dashboard, catalogue.DOCS))

        self.assertEqual([], problems("endpoint.md#hints"))
        self.assertIn("there is no page hints.md", str(problems("hints.md")))
        self.assertIn("endpoint.md has no heading hint", str(problems("endpoint.md#hint")))


class PromqlTests(unittest.TestCase):

    def test_all_selectors_are_read(self):
        read = promql.read('60 * sum by (job) (rate(a_total{x=~"}|(",y!="2"}[5m])) / on (instance) (b > bool 0) # c')
        self.assertEqual([("a_total", "5m", "rate"), ("b", "", "")],
                         [(each.metric, each.range, each.function) for each in read.selectors])
        self.assertEqual([("x", "=~", "}|("), ("y", "!=", "2")], read.selectors[0].matchers)
        self.assertEqual({"job", "instance"}, read.clause_labels)

    def test_a_selector_by_name_only_has_several_metrics(self):
        [selector] = promql.read('{__name__=~"a|b", job="x"}').selectors
        self.assertEqual(["a", "b"], selector.metrics())


if __name__ == "__main__":
    unittest.main()
