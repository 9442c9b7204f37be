"""Shows that each check fails when it should.

    python3 -m unittest -q check.test_checks     (in the folder dashboards)
"""

import copy
import unittest

from lab.prometheus import QueryError

from . import answers, catalogue, commands, dashboards, instances, lint, names, promql

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

    def test_the_runbook_and_the_alerts_have_to_agree(self):
        def rule(name, anchor):
            return {"type": "alerting", "name": name, "labels": {"severity": "info"},
                    "annotations": {"summary": "s", "description": "d", "runbook_url": names.RUNBOOK + anchor}}

        good = [rule("ZmqGood", "zmqgood")]
        self.assertEqual([], list(names.runbook_problems(good, "# R\n\n## ZmqGood\n")))
        self.assertEqual(1, len(list(names.runbook_problems(good, "# R\n"))))
        self.assertEqual(1, len(list(names.runbook_problems(good, "## ZmqGood\n## ZmqGone\n"))))
        self.assertEqual(1, len(list(names.runbook_problems([rule("ZmqGood", "good")], "## ZmqGood\n"))))


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


class FakePrometheus:
    """Answers each query with the same series, or refuses it."""

    def __init__(self, series=None):
        self.series = series

    def instant(self, expr, at):
        if self.series is None:
            raise QueryError("parse error")
        return self.series(expr) if callable(self.series) else self.series

    def range(self, expr, start, end, step):
        return self.instant(expr, end)

    def label_values(self, label, selector):
        return ["something"]


def series(value, **labels):
    return {"labels": labels, "values": [(0.0, value)]}


class AnswersTests(unittest.TestCase):

    def problems(self, answer, **options):
        dashboard = dashboards.load()[0]
        dashboard["panels"] = [first_series_panel(dashboard)]
        dashboard["annotations"]["list"] = []
        window = answers.Window(FakePrometheus(answer), 0, 60, 2)
        return list(answers.problems(dashboard, window, **options))

    def test_an_answer_is_fine(self):
        self.assertEqual([], self.problems([series(0.0, job="j", socket="s")]))

    def test_an_empty_answer_is_found(self):
        self.assertIn("no answer", self.problems([])[0])

    def test_an_answer_without_numbers_is_found(self):
        self.assertIn("no answer", self.problems([series(float("nan"), job="j", socket="s")])[0])

    def test_a_panel_on_the_list_may_be_empty(self):
        self.assertEqual([], self.problems([], may_be_empty={("ZeroMQ / Overview", "Live connections"): "why"}))

    def test_a_refused_query_is_found(self):
        self.assertIn("parse error", self.problems(None)[0])

    def test_a_label_of_the_legend_that_is_not_there_is_found(self):
        self.assertIn("the legend names socket", self.problems([series(1.0, job="j")])[0])

    def test_a_word_that_never_occurs_is_found(self):
        self.assertEqual(['x: m never has state="closd"'],
                         list(answers.word_problems("x", 'm{state="closd"}', FakePrometheus([]))))

    def test_chosen_values_are_escaped_as_grafana_does(self):
        self.assertEqual(r'x{e=~"tcp://\\*:1|a"}', answers.fill('x{e=~"$e"}', {"e": answers.escape("tcp://*:1") + "|a"}, 8, 60))


class InstancesTests(unittest.TestCase):

    def problems(self, whole, parts):
        def answer(expr):
            for job, value in parts.items():
                if f'job=~"{job}"' in expr:
                    return [series(value)]
            return [series(whole)]

        dashboard = dashboards.load()[0]
        dashboard["panels"] = [{**first_panel(dashboard), "targets": [
            {"refId": "A", "expr": 'sum(zmq_connections{job=~"$job", instance=~"$instance"})'}]}]
        window = answers.Window(FakePrometheus(answer), 0, 60, 2)
        return list(instances.problems(dashboard, window, list(parts), []))

    def test_parts_that_add_up_are_fine(self):
        self.assertFalse([each for each in self.problems(3.0, {"a": 1.0, "b": 2.0}) if "jobs don't" in each])

    def test_parts_that_do_not_add_up_are_found(self):
        self.assertTrue([each for each in self.problems(3.0, {"a": 3.0, "b": 3.0}) if "jobs don't" in each])


class CommandsTests(unittest.TestCase):

    def test_a_meter_without_help_is_found(self):
        self.assertEqual(["promtool check metrics: zmq_x_total no help text"],
                         commands.metrics_complaints("# TYPE zmq_x_total counter\nzmq_x_total 1\n"))

    def test_what_is_no_scrape_is_found(self):
        self.assertNotEqual([], commands.metrics_complaints("<html>\n"))


if __name__ == "__main__":
    unittest.main()
