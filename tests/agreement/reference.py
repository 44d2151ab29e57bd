"""Makes reference.json: data sets and their agreement figures, as the usual packages give them.

    pip install nervaluate==1.2.1 krippendorff==0.9.0 scikit-learn==1.9.1
    python reference.py            # writes reference.json beside this file

`src/query/agreement/tests.rs` reads the data, computes the figures anew and compares. Aligning, counting
and unit normalisation are done here in their own, simplest way, so they are checked as well.
Spans in the file are half-open; nervaluate's ends are inclusive. `null` is a figure that is not defined.
"""

import itertools
import json
import math
import random
import warnings
from pathlib import Path

import krippendorff
import numpy as np
from nervaluate.evaluator import Evaluator
from sklearn.metrics import cohen_kappa_score

warnings.filterwarnings("ignore")
SCHEMES = {"strict": "strict", "exact": "exact", "partial": "partial", "type": "ent_type"}
COUNTS = ["correct", "incorrect", "partial", "missed", "spurious"]
FIELDS = [
    "indicator", "indicator_text", "unit", "unit_measure", "value_type", "measure", "comparator",
    "time_period", "ref_area", "ref_scope", "value_nature", "obs_status",
]
DEFAULTS = {
    "indicator_text": "", "unit": "", "unit_measure": "", "value_type": "count", "measure": "level",
    "comparator": "=", "time_period": "", "ref_area": "", "ref_scope": "", "value_nature": "actual",
    "obs_status": "A", "indicator": "",
}


def figure(number):
    """A figure of the file: 9 digits behind the point, null where it is not defined."""
    return round(float(number), 9) if math.isfinite(number) else None


# The packages.

def alpha(rows, metric):
    """Krippendorff's alpha of a row for each annotator; None is a missing value."""
    given = sorted({value for row in rows for value in row if value is not None})
    if metric == "nominal":
        code = {value: float(place) for place, value in enumerate(given)}
        rows = [[None if value is None else code[value] for value in row] for row in rows]
    data = np.array([[np.nan if value is None else float(value) for value in row] for row in rows])
    try:
        return figure(krippendorff.alpha(reliability_data=data, level_of_measurement=metric))
    except ValueError:
        return None


def kappa(one, other):
    """Cohen's kappa of the items that both have."""
    both = [(a, b) for a, b in zip(one, other) if a is not None and b is not None]
    if not both:
        return None
    code = {value: place for place, value in enumerate(sorted({value for pair in both for value in pair}))}
    return figure(cohen_kappa_score([code[a] for a, _ in both], [code[b] for _, b in both]))


def span_figures(true, pred, label=None):
    """The four schemes over a list of documents, of one label or of all."""
    as_entities = lambda documents: [
        [{"label": entity[2], "start": entity[0], "end": entity[1] - 1} for entity in document]
        for document in documents
    ]
    tags = sorted({entity[2] for document in true + pred for entity in document})
    results = Evaluator(as_entities(true), as_entities(pred), tags, loader="dict").evaluate()
    results = results["overall"] if label is None else results["entities"][label]
    return {
        ours: {name: getattr(results[theirs], name) for name in COUNTS}
        | {name: figure(getattr(results[theirs], name)) for name in ["precision", "recall", "f1"]}
        for ours, theirs in SCHEMES.items()
    }


# Aligning, as simply as can be.

def align(layers):
    """Decisions of several annotators → units, each with one place for each annotator."""
    nodes = [(who, place) for who, layer in enumerate(layers) for place in range(len(layer))]
    at = lambda node: (layers[node[0]][node[1]]["start"], layers[node[0]][node[1]]["end"])
    pairs = []
    for p, q in itertools.combinations(sorted(nodes, key=lambda node: (at(node), node[0])), 2):
        shared = min(at(p)[1], at(q)[1]) - max(at(p)[0], at(q)[0])
        if p[0] != q[0] and shared > 0:
            alone = at(p)[1] - at(p)[0] + at(q)[1] - at(q)[0] - 2 * shared
            pairs.append((-shared, alone, len(pairs), p, q))
    unit_of = {node: frozenset([node]) for node in nodes}
    for *_, p, q in sorted(pairs):
        joined = unit_of[p] | unit_of[q]
        if len({who for who, _ in joined}) == len(joined):
            unit_of.update({node: joined for node in joined})
    units = []
    for unit in sorted(set(unit_of.values()), key=lambda unit: min(at(node) for node in unit)):
        row = [None] * len(layers)
        for who, place in unit:
            row[who] = layers[who][place]
        units.append(row)
    return units


# The figures of a project.

def label(decision):
    if "dismissed" in decision:
        return "-" + decision["dismissed"]
    return decision["tagged"].get("indicator") or "?"


def base_unit(words):
    """The unit without the magnitude in front."""
    return words.lstrip("万亿")


def aspect(name, decision):
    """What an annotator says under one name; None where the decision has no such field."""
    if decision is None:
        return None
    tagged = decision.get("tagged")
    if name == "ruling":
        return "dismissed" if tagged is None else "tagged"
    if name == "type":
        return label(decision)
    if name == "reason":
        return decision.get("dismissed")
    if tagged is None:
        return None
    if name in ("value", "value_exact"):
        return float(decision["base"]) if name == "value" else decision["base"]
    words = tagged.get(name, DEFAULTS[name])
    return base_unit(words) if name == "unit" else words


def field_figures(units, count):
    fields = {}
    for name in ["ruling", "type", "reason", "value", "value_exact", *FIELDS]:
        rows = [[aspect(name, unit[who]) for unit in units] for who in range(count)]
        given = [[value for value in column if value is not None] for column in zip(*rows)]
        fields[name] = {
            "n": sum(len(column) >= 2 for column in given),
            "agreed": sum(len(column) >= 2 and len(set(column)) == 1 for column in given),
            "alpha": alpha(rows, "ratio" if name == "value" else "nominal"),
            "kappa": kappa(*rows) if count == 2 and name != "value" else None,
        }
    return fields


def figures(project, annotators, reports, only=None):
    """Figures of the given reports, which are shared; of one label or of all."""
    layers = {who: project["layers"][who] for who in annotators}
    units = [
        unit
        for report in reports
        for unit in align([layers[who].get(report, []) for who in annotators])
        if only is None or any(decision and label(decision) == only for decision in unit)
    ]
    decided = [sum(decision is not None for decision in unit) for unit in units]
    answer = {
        "both": sum(count >= 2 for count in decided),
        "one_sided": [
            sum(count == 1 and unit[place] is not None for unit, count in zip(units, decided))
            for place in range(len(annotators))
        ],
        "fields": field_figures(units, len(annotators)),
    }
    if len(annotators) == 2:
        entities = [
            [[[d["start"], d["end"], label(d)] for d in layers[who][report]] for report in reports]
            for who in annotators
        ]
        answer["spans"] = span_figures(*entities, only)
    return answer


def compare(project, annotators):
    """All figures of these annotators, and those of each shared report and each label."""
    layers = [project["layers"][who] for who in annotators]
    shared = [report for report in project["reports"] if sum(report in layer for layer in layers) >= 2]
    labels = {label(d) for layer in layers for report in shared for d in layer.get(report, [])}
    return {
        "annotators": annotators,
        "shared": shared,
        "all": figures(project, annotators, shared),
        "reports": {report: figures(project, annotators, [report]) for report in shared},
        "labels": {only: figures(project, annotators, shared, only) for only in sorted(labels)},
    }


def with_figures(project):
    annotators = list(project["layers"])
    pairs = [compare(project, list(pair)) for pair in itertools.combinations(annotators, 2)]
    together = compare(project, annotators) if len(annotators) > 2 else None
    return project | {"pairs": pairs, "together": together}


# Data.

INDICATORS = {
    "rd_expenditure": ("研发投入", "amount", "元", "CNY"),
    "tech_contracts": ("技术合同成交额", "amount", "元", "CNY"),
    "enterprises": ("高新技术企业", "count", "家", ""),
    "rd_intensity": ("研发投入强度", "percent", "%", "PT"),
    "": ("新型研发机构", "count", "个", ""),
}
REASONS = ["date", "name", "criterion", "identifier"]


def tagged(indicator, digits, mult, rng):
    """An observation and the value that it means."""
    words, value_type, unit, code = INDICATORS[indicator]
    exact = str(int(digits * 10 ** (mult - 2))) if mult else f"{digits / 100:.2f}"
    observation = {
        "indicator": indicator, "indicator_text": words, "value_type": value_type, "value": exact,
        "obs_value": f"{digits / 100:.2f}", "unit_mult": mult, "unit": unit, "unit_measure": code,
        "measure": rng.choice(["level", "level", "level", "growth_rate", "share"]),
        "time_period": rng.choice(["2023", "2024"]), "ref_area": rng.choice(["清河市", "云岭省"]),
        "ref_scope": rng.choice(["", "", "全国"]), "comparator": rng.choice(["=", "=", ">"]),
        "value_nature": rng.choice(["actual", "actual", "target"]), "obs_status": "A",
    }
    return observation, exact


def truth(rng, length):
    """What stands in one report: decisions that the annotators then change a little."""
    place, decisions = 3, []
    for _ in range(length):
        place += rng.randint(1, 9)
        end = place + rng.randint(2, 8)
        decision = {"start": place, "end": end}
        if rng.random() < 0.3:
            decision["dismissed"] = rng.choice(REASONS)
        else:
            indicator = rng.choice(list(INDICATORS))
            mult = rng.choice([4, 8]) if INDICATORS[indicator][2] == "元" else 0
            decision["tagged"], decision["base"] = tagged(indicator, rng.randint(100, 99999), mult, rng)
        decisions.append(decision)
        place = end
    return decisions


def changed(decision, rng):
    """One annotator's version of a decision."""
    decision = json.loads(json.dumps(decision))
    if "tagged" not in decision:
        if rng.random() < 0.15:
            decision["dismissed"] = rng.choice(REASONS)
        return decision
    if rng.random() < 0.06:
        return {"start": decision["start"], "end": decision["end"], "dismissed": rng.choice(REASONS)}
    observation = decision["tagged"]
    for field, others in {
        "measure": ["level", "growth_rate", "change"], "time_period": ["2023", "2024", "2025"],
        "ref_area": ["清河市", "云岭省"], "value_nature": ["actual", "target", "estimate"],
        "comparator": ["=", ">", ">="], "obs_status": ["A", "P"], "ref_scope": ["", "全国"],
        "indicator": list(INDICATORS), "indicator_text": ["研发投入", "研发经费"],
    }.items():
        if rng.random() < 0.12:
            observation[field] = rng.choice(others)
    luck = rng.random()
    if observation["unit"] == "元" and luck < 0.25:
        # The same value, typed in another magnitude.
        tens = rng.choice([4, 8])
        observation["unit"] = {4: "万元", 8: "亿元"}[tens]
        whole, rest = divmod(int(decision["base"]), 10**tens)
        observation["value"] = f"{whole}.{rest:0{tens}d}".rstrip("0").rstrip(".")
        observation["obs_value"], observation["unit_mult"] = observation["value"], 0
    elif luck < 0.32:
        decision["base"] = observation["value"] = decision["base"].replace(".", "") + "0000"
    elif luck < 0.38:
        decision["base"] = observation["value"] = "-" + decision["base"]
    elif luck < 0.44:
        decision["base"] = observation["value"] = decision["base"].replace("1", "7")
    return decision


def version(decisions, rng):
    """One annotator's version of a report: some numbers missing, some with other ends, some in two."""
    layer = []
    for decision in decisions:
        luck = rng.random()
        if luck < 0.08:
            continue
        mine = changed(decision, rng)
        if luck < 0.18:
            mine["start"] += rng.choice([-1, 1])
        elif luck < 0.28 and mine["end"] - mine["start"] > 3:
            mine["end"] -= 1
        if luck > 0.94 and mine["end"] - mine["start"] > 3:
            middle = mine["start"] + rng.randint(1, mine["end"] - mine["start"] - 1)
            layer.append({"start": mine["start"], "end": middle, "dismissed": "name"})
            mine["start"] = middle
        layer.append(mine)
    return layer


def generated(seed, names, has):
    """A project whose annotators have the reports that `has` says; the last report is one annotator's."""
    rng = random.Random(seed)
    reports = [f"报告{number}" for number in range(1, len(has) + 1)]
    layers = {name: {} for name in names}
    for report, owners in zip(reports, has):
        decisions = truth(rng, 20)
        for name in owners:
            layers[name][report] = version(decisions, rng)
    return {"name": f"generated {seed}", "reports": reports, "layers": layers}


def small():
    """Two annotators, one report: equal, in another magnitude, off by 10^4, dismissed by one, one-sided."""
    money = lambda value, unit, **more: {"indicator": "rd_expenditure", "value": value, "unit": unit, **more}
    first = [
        {"start": 0, "end": 6, "tagged": money("120000000", "元"), "base": "120000000"},
        {"start": 10, "end": 16, "tagged": money("50000", "元"), "base": "50000"},
        {"start": 20, "end": 24, "dismissed": "date"},
        {"start": 30, "end": 34, "tagged": {"indicator": "enterprises", "value": "7", "unit": "家"}, "base": "7"},
        {"start": 40, "end": 43, "dismissed": "name"},
    ]
    second = [
        {"start": 0, "end": 6, "tagged": money("12000", "万元"), "base": "120000000"},
        {"start": 10, "end": 16, "tagged": money("50000", "万元"), "base": "500000000"},
        {"start": 20, "end": 24, "dismissed": "date"},
        {"start": 29, "end": 34, "dismissed": "criterion"},
        {"start": 50, "end": 55, "tagged": {"indicator": "enterprises", "value": "9", "unit": "家"}, "base": "9"},
    ]
    return {"name": "small", "reports": ["一"], "layers": {"甲": {"一": first}, "乙": {"一": second}}}


MISSING = None
RATINGS = {
    "textbook with gaps": [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, MISSING, MISSING, MISSING],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, MISSING, 3],
        [MISSING, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, MISSING],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, MISSING],
    ],
    "three with many gaps": [
        [MISSING, MISSING, MISSING, MISSING, MISSING, 3, 4, 1, 2, 1, 1, 3, 3, MISSING, 3],
        [1, MISSING, 2, 1, 3, 3, 4, 3, MISSING, MISSING, MISSING, MISSING, MISSING, MISSING, MISSING],
        [MISSING, MISSING, 2, 1, 3, 4, 4, MISSING, 2, 1, 1, 3, 3, MISSING, 4],
    ],
    "two": [[1, 1, 2, 2, 3], [1, 2, 2, 2, 1]],
    "all the same": [[5, 5, 5], [5, 5, 5]],
    "one value of those that are paired": [[5, 5, 6], [5, 5, MISSING]],
    "nothing paired": [[1, MISSING], [MISSING, 2]],
    "never agree": [[1, 2, 1, 2], [2, 1, 2, 1]],
    "zeros and signs": [[0, 0, 7.4, -3, 12], [0, 5, -7.4, -3, 11]],
    "large and small": [[23906000000, 0.31, 19.4, 854], [23906000000, 0.31, 1.94, 8540000]],
}
SPANS = {
    "the same": ([[[0, 3, "a"], [5, 9, "b"]]], [[[0, 3, "a"], [5, 9, "b"]]]),
    "other label": ([[[0, 3, "a"]]], [[[0, 3, "b"]]]),
    "other ends": ([[[0, 3, "a"], [6, 9, "b"]]], [[[0, 4, "a"], [5, 9, "a"]]]),
    "one over two": ([[[0, 3, "a"], [4, 9, "b"]]], [[[1, 8, "b"]]]),
    "two in one": ([[[0, 9, "b"]]], [[[0, 3, "a"], [4, 9, "b"]]]),
    "chain": ([[[0, 4, "a"], [5, 9, "a"], [10, 14, "a"]]], [[[3, 6, "a"], [8, 11, "b"], [13, 16, "a"]]]),
    "nearest of one label": ([[[0, 2, "a"], [3, 9, "a"]]], [[[1, 9, "a"]]]),
    "touching": ([[[0, 3, "a"]]], [[[3, 6, "a"]]]),
    "one-sided": ([[[0, 3, "a"]], []], [[], [[0, 3, "a"]]]),
    "none found": ([[[0, 3, "a"]]], [[]]),
}


def main():
    half = ["甲", "乙"]
    three = ["甲", "乙", "丙"]
    ratings = [
        {"name": name, "rows": rows, "nominal": alpha(rows, "nominal"), "ratio": alpha(rows, "ratio"),
         "kappa": kappa(*rows) if len(rows) == 2 else None}
        for name, rows in RATINGS.items()
    ]
    spans = [
        {"name": name, "true": true, "pred": pred, "figures": span_figures(true, pred)}
        for name, (true, pred) in SPANS.items()
    ]
    projects = [small(), generated(11, half, [half, half, ["甲"]]),
                generated(4, three, [three, three, ["甲", "丙"], three, ["乙"]])]
    answer = {"ratings": ratings, "spans": spans, "projects": [with_figures(each) for each in projects]}
    place = Path(__file__).with_name("reference.json")
    place.write_text(json.dumps(answer, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    decisions = sum(len(d) for p in projects for layer in p["layers"].values() for d in layer.values())
    print(f"{place.name}: {decisions} decisions in {len(projects)} projects")


if __name__ == "__main__":
    main()
