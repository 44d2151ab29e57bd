#!/usr/bin/env python3
"""Grades the recogniser on the suites of other projects, apart from what `exclusions.tsv` lists.

usage: tests/suites/score.py [--suites DIR] [--show N] [--cmd COMMAND]

The grading itself is done by `score_suites.py`, which lies beside the suites. This script
reads each listed case as its line says (another span or value), or takes it out where the line gives
none, grades what is left, and prints how many cases were changed or taken out for which reason.
"""
import argparse
import collections
import csv
import json
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
PROJECT = HERE.parent.parent

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("--suites", type=pathlib.Path, default=PROJECT.parent / "shared" / "suites")
parser.add_argument("--show", default="0", help="how many wrong cases to print")
parser.add_argument("--cmd", default=f"{PROJECT}/target/release/indicator-annotator extract --lines -")
given = parser.parse_args()

with open(HERE / "exclusions.tsv", encoding="utf-8", newline="") as listing:
    rows = list(csv.DictReader(listing, delimiter="\t", quoting=csv.QUOTE_NONE))
listed = {(row["suite"], row["text"], row["span"]): row for row in rows}
reasons = {row["kind"]: row["reason"] for row in rows}
taken, changed = collections.Counter(), collections.Counter()
used = set()


def read_as(text, span, row):
    """The expectation with the span and value that the row gives instead."""
    start = text.index(row["instead"], span["start"])
    return {**span, "start": start, "end": start + len(row["instead"]), "text": row["instead"], "value": row["value"]}


def kept(suite, case):
    """The case without its excluded spans, or None where nothing of it is left."""
    spans = []
    for span in case["expected"] or [None]:
        key = (suite, case["text"], span["text"] if span else "")
        row = listed.get(key)
        used.add(key)
        if row is None:
            spans.append(span)
        elif row["instead"]:
            changed[row["kind"]] += 1
            spans.append(read_as(case["text"], span, row))
        else:
            taken[row["kind"]] += 1
    if not spans:
        return None
    return {**case, "expected": [span for span in spans if span]}


with tempfile.TemporaryDirectory() as folder:
    paths = []
    for path in sorted(given.suites.glob("*.jsonl")):
        cases = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        left = [case for case in (kept(path.stem, case) for case in cases) if case]
        paths.append(pathlib.Path(folder) / path.name)
        paths[-1].write_text("".join(json.dumps(case, ensure_ascii=False) + "\n" for case in left), encoding="utf-8")
    if not paths:
        sys.exit(f"no suites in {given.suites}; name their folder with --suites")
    grader = [sys.executable, str(given.suites / "score_suites.py"), "--cmd", given.cmd, "--show", given.show]
    done = subprocess.run([*grader, *map(str, paths)], check=False)

for title, counts in (("graded otherwise:", changed), ("not graded:", taken)):
    print(f"\n{title}")
    for kind, count in counts.most_common():
        print(f"{count:5}  {kind:13} {reasons[kind]}")
    print(f"{sum(counts.values()):5}  in all")
stale = listed.keys() - used
for key in sorted(stale):
    print("in exclusions.tsv but in no suite:", *key)
sys.exit(done.returncode or (1 if stale else 0))
