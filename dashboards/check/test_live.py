"""Shows that each check of answers fails when it should.

    python3 -m unittest check.test_static check.test_live     (in the folder dashboards)
"""

import contextlib
import io
import unittest

from lab.prometheus import QueryError

from . import answers, commands, dashboards, instances, strangers


def panel(dashboard, title):
    return next(each for each in dashboards.panels(dashboard) if each["title"] == title)


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
        dashboard["panels"] = [panel(dashboard, "Live connections")]
        dashboard["annotations"]["list"] = []
        window = answers.Window(FakePrometheus(answer), 0, 60, 2)
        return list(answers.problems(dashboard, window, **options))

    def test_an_answer_is_fine(self):
        self.assertEqual([], self.problems([series(0.0, job="j", socket="s")]))

    def test_an_empty_answer_is_found(self):
        self.assertIn("no answer", self.problems([])[0])

    def test_an_answer_without_numbers_is_found(self):
        self.assertIn("no answer", self.problems([series(float("nan"), job="j", socket="s")])[0])

    def test_a_query_on_the_list_may_be_empty(self):
        problems = self.problems([], may_be_empty={("ZeroMQ / Overview", "Live connections B"): "why"})
        self.assertEqual(["ZeroMQ / Overview, panel Live connections A: no answer"], problems)

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
        dashboard["panels"] = [{**panel(dashboard, "Connections"), "targets": [
            {"refId": "A", "expr": 'sum(zmq_connections{job=~"$job", instance=~"$instance"})'}]}]
        window = answers.Window(FakePrometheus(answer), 0, 60, 2)
        return list(instances.problems(dashboard, window, list(parts), []))

    def test_parts_that_add_up_are_fine(self):
        self.assertFalse([each for each in self.problems(3.0, {"a": 1.0, "b": 2.0}) if "jobs don't" in each])

    def test_parts_that_do_not_add_up_are_found(self):
        self.assertTrue([each for each in self.problems(3.0, {"a": 3.0, "b": 3.0}) if "jobs don't" in each])


class StrangersTests(unittest.TestCase):

    class FakeLab:
        """Knows alerts that have come, and waits for nothing."""

        second_server_port = 1
        second_sample_ports = {"order": 3, "tick": 2}
        wire = "a wire"

        def __init__(self):
            self.known = strangers.expected_alerts(self, self)

        def alerts(self):
            return self.known

        def wait(self, what, condition, seconds):
            if not condition():
                raise AssertionError(what)

        def leave(self):
            self.known = [alert for alert in self.known if alert["alertname"] not in strangers.OF_THE_MOMENT]

    def setUp(self):
        self.lab = self.FakeLab()

    def problems(self):
        with contextlib.redirect_stdout(io.StringIO()):
            return list(strangers.problems(self.lab, self.lab))

    def test_alerts_that_come_and_end_are_fine(self):
        self.lab.known.append({"alertname": "ZmqSocketDown", "instance": "another"})
        self.assertEqual([], self.problems())

    def test_without_a_wire_nobody_is_unreachable(self):
        self.lab.wire = None
        self.assertIn("ZmqPeerUnreachable", self.problems()[0])

    def test_another_alert_and_a_missing_one_are_found(self):
        missing = self.lab.known[0]
        self.lab.known[0] = {**missing, "severity": "info"}
        problems = self.problems()
        self.assertEqual(f"missing in Alertmanager: {missing}", problems[0])
        self.assertIn("unexpected in Alertmanager", problems[1])

    def test_an_alert_that_does_not_end_is_found(self):
        self.lab.leave = lambda: None
        with self.assertRaises(AssertionError):
            self.problems()


class CommandsTests(unittest.TestCase):

    def test_a_meter_without_help_is_found(self):
        self.assertEqual(["promtool check metrics: zmq_x_total no help text"],
                         commands.metrics_complaints("# TYPE zmq_x_total counter\nzmq_x_total 1\n"))

    def test_what_is_no_scrape_is_found(self):
        self.assertNotEqual([], commands.metrics_complaints("<html>\n"))


if __name__ == "__main__":
    unittest.main()
