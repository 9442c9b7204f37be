"""The rules that Grafana's own linter of dashboards has, and a few of our own.

Each rule takes a dashboard and yields what is wrong with it.
"""

from . import dashboards, promql

# Units that are used here, of those that Grafana knows.
UNITS = {"none", "s", "percentunit", "ops", "cps", "cpm", "mps", "Bps"}

WITHOUT_LEGEND = {"stat", "table"}


def problems(dashboard):
    return [f"{dashboard.get('title', '?')}: {problem}" for rule in RULES for problem in rule(dashboard)]


def has_a_stable_identity(dashboard):
    for field in ("uid", "title", "description", "tags"):
        if not dashboard.get(field):
            yield f"has no {field}"
    if not 39 <= dashboard.get("schemaVersion", 0) <= 41:
        yield f"has schemaVersion {dashboard.get('schemaVersion')}"
    if dashboard.get("id") is not None:
        yield "has an id, which belongs to one Grafana"


def is_not_editable(dashboard):
    if dashboard.get("editable") is not False:
        yield "is editable"


def has_a_shared_crosshair(dashboard):
    if dashboard.get("graphTooltip") != 1:
        yield "has no shared crosshair"


def has_a_data_source_to_choose(dashboard):
    sources = [each for each in dashboards.variables(dashboard) if each["type"] == "datasource"]
    if len(sources) != 1 or dashboards.variables(dashboard)[0] is not sources[0]:
        yield "doesn't have one data source variable, as its first"
        return
    if (sources[0]["name"], sources[0]["label"], sources[0]["query"]) != ("datasource", "Data source", "prometheus"):
        yield f"has a data source variable {sources[0]['name']} labelled {sources[0]['label']}"


def has_variables(dashboard):
    found = {each["name"]: each for each in dashboards.variables(dashboard)}
    for name in ("job", "instance", "socket", "endpoint"):
        variable = found.get(name)
        if not variable:
            yield f"has no variable {name}"
            continue
        if variable["type"] != "query" or not dashboards.label_values(variable["query"]):
            yield f"variable {name} is no query for label values"
        if variable["label"] != name.title():
            yield f"variable {name} is labelled {variable['label']}"
        if not (variable["multi"] and variable["includeAll"] and variable["allValue"] == ".+"):
            yield f"variable {name} is not multi-valued with .+ for all"
        if variable["refresh"] != 2:
            yield f"variable {name} is not read again when the time changes"


def uses_the_data_source_chosen(dashboard):
    places = [(f"panel {panel['title']}", panel) for panel in dashboards.panels(dashboard)]
    places += [(f"a query of panel {panel['title']}", target) for panel in dashboards.panels(dashboard)
               for target in panel["targets"]]
    places += [(f"annotation {each['name']}", each) for each in dashboards.annotations(dashboard)]
    places += [(f"variable {each['name']}", each) for each in dashboards.variables(dashboard) if each["type"] == "query"]
    for place, holder in places:
        if holder.get("datasource") != {"type": "prometheus", "uid": "${datasource}"}:
            yield f"{place} uses the data source {holder.get('datasource')}"


def has_panels_that_explain_themselves(dashboard):
    titles = set()
    ids = set()
    for panel in dashboards.panels(dashboard):
        name = panel.get("title") or f"number {panel.get('id')}"
        if not panel.get("title"):
            yield f"panel {name} has no title"
        if name in titles:
            yield f"there are two panels {name}"
        titles.add(name)
        if panel.get("id") in ids:
            yield f"there are two panels with the id {panel.get('id')}"
        ids.add(panel.get("id"))
        if len(panel.get("description", "")) < 10:
            yield f"panel {name} has no description"
        defaults = panel["fieldConfig"]["defaults"]
        if defaults.get("unit") not in UNITS:
            yield f"panel {name} has the unit {defaults.get('unit')}"
        if not defaults.get("noValue"):
            yield f"panel {name} has no text for no data"


def has_queries_with_legends(dashboard):
    for panel in dashboards.panels(dashboard):
        if not panel.get("targets"):
            yield f"panel {panel['title']} has no query"
        for target in panel["targets"]:
            if not target.get("expr", "").strip():
                yield f"panel {panel['title']} has an empty query"
            if not target.get("legendFormat") and panel["type"] not in WITHOUT_LEGEND:
                yield f"panel {panel['title']} has a query without a legend"


def matches_job_and_instance(dashboard):
    for place, expr in dashboards.expressions(dashboard):
        if "variable job" in place:
            continue
        wanted = ["job"] if "variable instance" in place else ["job", "instance"]
        for selector in promql.read(expr).selectors:
            for label in wanted:
                if (label, "=~", f"${label}") not in selector.matchers:
                    yield f"{place}: {selector.metric} has no matcher for {label}"


def takes_rates_over_the_rate_interval(dashboard):
    for place, expr in dashboards.expressions(dashboard):
        for selector in promql.read(expr).selectors:
            if selector.range and selector.range not in ("$__rate_interval", "$__range"):
                yield f"{place}: {selector.metric} over {selector.range}"
            if selector.range == "$__range" and selector.function != "increase":
                yield f"{place}: {selector.function} over $__range"
            if selector.metric.endswith("_total") and selector.function not in ("rate", "increase"):
                yield f"{place}: the counter {selector.metric} is shown without rate or increase"


def places_panels_without_overlap(dashboard):
    groups = [[panel for panel in dashboard["panels"]]] + [row["panels"] for row in dashboard["panels"] if row.get("panels")]
    for group in groups:
        taken = {}
        for panel in group:
            place = panel["gridPos"]
            if place["x"] + place["w"] > 24:
                yield f"panel {panel['title']} reaches beyond the right edge"
            for x in range(place["x"], place["x"] + place["w"]):
                for y in range(place["y"], place["y"] + place["h"]):
                    other = taken.setdefault((x, y), panel["title"])
                    if other != panel["title"]:
                        yield f"panels {other} and {panel['title']} overlap"
                        return


def links_keep_variables_and_time(dashboard):
    links = dashboard.get("links", [])
    if not links:
        yield "has no links to the others"
    for link in links:
        if not (link.get("includeVars") and link.get("keepTime")):
            yield f"link {link.get('title')} loses variables or time"


RULES = [
    has_a_stable_identity, is_not_editable, has_a_shared_crosshair, has_a_data_source_to_choose, has_variables,
    uses_the_data_source_chosen, has_panels_that_explain_themselves, has_queries_with_legends, matches_job_and_instance,
    takes_rates_over_the_rate_interval, places_panels_without_overlap, links_keep_variables_and_time,
]
