#!/usr/bin/env python3
"""Lets the programs that our exports are for read them.

    check.py PROGRAM PROJECT

PROGRAM is our binary, PROJECT a project's folder. Needs what `tests/peers/requirements.txt` names;
nothing is downloaded here. Each check prints what it counted; the
first thing that a peer does not take ends the script with 1.
"""

import csv
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import tables


def export(program, project, form, out, *more):
    subprocess.run([program, "export", project, "--to", form, "--out", out, *more],
                   check=True, stderr=subprocess.DEVNULL)
    return out


def lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def check(holds, words):
    if not holds:
        sys.exit(f"FAILED {words}")


def spacy_finds_every_span(path):
    import spacy
    from spacy.tokens import DocBin
    from spacy.training import offsets_to_biluo_tags

    nlp = spacy.blank("zh")
    found = DocBin()
    spans = 0
    for record in lines(path):
        doc = nlp.make_doc(record["text"])
        check(doc.text == record["text"], "spacy: the text is changed by the tokenizer")
        ends = []
        for span in record["spans"]:
            taken = doc.char_span(span["start"], span["end"], label=span["label"])
            check(taken is not None and taken.text == span["text"], f"spacy: char_span misses {span}")
            ends.append(taken)
        doc.ents = ends
        offsets = [(span["start"], span["end"], span["label"]) for span in record["spans"]]
        check("-" not in offsets_to_biluo_tags(doc, offsets), "spacy: a span is off its tokens")
        found.add(doc)
        spans += len(ends)
    docs = list(DocBin().from_bytes(found.to_bytes()).get_docs(nlp.vocab))
    check(sum(len(doc.ents) for doc in docs) == spans, "spacy: DocBin loses entities")
    return f"char_span found {spans} of {spans} spans, DocBin keeps them"


def label_studio_converts(path, config_file, folder):
    from label_studio_sdk.converter import Converter
    from label_studio_sdk.label_interface import LabelInterface

    tasks = json.loads(path.read_text(encoding="utf-8"))
    regions = [r for task in tasks for a in task["annotations"] for r in a["result"]]
    config = config_file.read_text(encoding="utf-8")
    interface = LabelInterface(config)
    interface.validate()
    for task in tasks:
        check(interface.validate_task({"data": task["data"]}), "label studio: the task's data")
        for results in task["annotations"] + task["predictions"]:
            errors = interface.validate_prediction(results, return_errors=True)
            check(not errors, f"label studio: {errors[:2]}")
        for r in (r for a in task["annotations"] for r in a["result"] if r["type"] == "labels"):
            value = r["value"]
            check(task["data"]["text"][value["start"]:value["end"]] == value["text"], f"label studio: slice of {value}")

    # The converter reads what the server exports, where every annotation and task has a number.
    for number, task in enumerate(tasks, 1):
        task["id"] = number
        for annotation in task["annotations"]:
            annotation.update(id=number, completed_by=1)
    export_file = folder / "numbered.json"
    export_file.write_text(json.dumps(tasks, ensure_ascii=False), encoding="utf-8")
    converter = Converter(config, str(folder))
    converter.convert_to_json_min(str(export_file), str(folder / "min"), is_dir=False)
    converted = json.loads((folder / "min" / "result.json").read_text(encoding="utf-8"))
    values = sum(len(task["label"]) for task in converted)
    expected = sum(r["type"] == "labels" for r in regions)
    check(values == expected, f"label studio: JSON_MIN has {values} of {expected} regions")
    return f"validators accept our configuration and {len(tasks)} tasks, the converter keeps {values} of {expected} regions"


def label_studio_writes_and_we_read(program, project, config_file, folder):
    """What the converter writes as JSON; its CoNLL makes one token of a Chinese sentence, which nobody can use."""
    from label_studio_sdk.converter import Converter

    (folder / "from-label-studio").mkdir()
    converter = Converter(config_file.read_text(encoding="utf-8"), str(folder))
    converter.convert_to_json(str(folder / "numbered.json"), str(folder / "from-label-studio"), is_dir=False)
    back = folder / "from-label-studio" / "result.json"
    results = [r for task in json.loads(back.read_text(encoding="utf-8"))
               for a in task["annotations"] for r in a["result"]]
    count = sum(r["type"] == "labels" and r["value"]["labels"] != ["indicator-name"] for r in results)
    return comes_in(program, project, back, "label-studio", count, folder)


def doccano_slices(path):
    # doccano itself is a server; its offsets are JavaScript's, which this counts as Python does UTF-16.
    labels = 0
    for record in lines(path):
        units = record["text"].encode("utf-16-le")
        for start, end, label in record["label"]:
            words = units[2 * start:2 * end].decode("utf-16-le")
            check(words and isinstance(label, str), f"doccano: {start}..{end}")
            labels += 1
    return f"{labels} labels are whole characters of UTF-16"


def conll_is_read_by_spacy(path, of_doccano):
    from spacy.training.converters import conll_ner_to_docs

    docs = list(conll_ner_to_docs(path.read_text(encoding="utf-8"), no_print=True))
    found = sorted(ent.text.replace(" ", "") for doc in docs for ent in doc.ents)
    expected = []
    for record in lines(of_doccano):
        units = record["text"].encode("utf-16-le")
        expected += ["".join(units[2 * start:2 * end].decode("utf-16-le").split()) for start, end, _ in record["label"]]
    check(found == sorted(expected), "conll: spacy's converter finds other entities")
    return f"spacy's converter finds {len(found)} of {len(expected)} entities"


def brat_lines_hold(folder):
    # brat cannot be installed from a package index; these are the rules by which it refuses a line.
    bound, lines_read = 0, 0
    for ann in sorted(folder.glob("*.ann")):
        text = ann.with_suffix(".txt").read_text(encoding="utf-8")
        ids = set()
        for line in ann.read_text(encoding="utf-8").split("\n")[:-1]:
            lines_read += 1
            found = re.fullmatch(r"T(\d+)\t([A-Za-z0-9_-]+) (\d+ \d+(?:;\d+ \d+)*)\t(.*)", line)
            if found:
                pieces = [tuple(map(int, piece.split())) for piece in found[3].split(";")]
                check(" ".join(text[a:b] for a, b in pieces) == found[4], f"brat: text of {line}")
                ids.add("T" + found[1])
                bound += 1
        for line in ann.read_text(encoding="utf-8").split("\n")[:-1]:
            kind = line[0]
            about = re.findall(r"\bT\d+\b", line.split("\t")[1]) if kind in "AR#" else []
            check(kind in "TAR#" and set(about) <= ids, f"brat: {line}")
    entities = (folder / "annotation.conf").read_text(encoding="utf-8")
    check(all(f"[{part}]" in entities for part in ("entities", "relations", "events", "attributes")), "brat: sections")
    return f"{bound} text-bound of {lines_read} lines have their words"


def web_annotations_hold(path, of_doccano):
    page = json.loads(path.read_text(encoding="utf-8"))
    texts = [record["text"] for record in lines(of_doccano)]
    check(page["@context"] == "http://www.w3.org/ns/anno.jsonld" and page["type"] == "AnnotationPage", "web annotation")
    ids = {item["id"] for item in page["items"]}
    check(len(ids) == len(page["items"]), "web annotation: an id stands twice")
    for item in page["items"]:
        quote, position = item["target"]["selector"]
        start, end = position["start"], position["end"]
        around = quote["prefix"] + quote["exact"] + quote["suffix"]
        fits = any(text[start:end] == quote["exact"] and around in text for text in texts)
        check(fits, f"web annotation: {quote}")
    return f"{len(ids)} quotes stand at their positions"


def cassis_covers_every_span(folder, of_doccano):
    import cassis

    found, again = [], []
    for path in sorted(folder.glob("*.json")):
        with path.open("rb") as source:
            cas = cassis.load_cas_from_json(source)
        spans = list(cas.select("webanno.custom.Indicator"))
        found += [(span.label, span.get_covered_text()) for span in spans]
        names = [span.name.get_covered_text() for span in spans if span.name is not None]
        check(all(names), "cas: a name covers nothing")
        cas = cassis.load_cas_from_json(cas.to_json())
        again += [(span.label, span.get_covered_text()) for span in cas.select("webanno.custom.Indicator")]
    expected = []
    for record in lines(of_doccano):
        units = record["text"].encode("utf-16-le")
        expected += [(label, units[2 * start:2 * end].decode("utf-16-le")) for start, end, label in record["label"]]
    check(sorted(found) == sorted(expected) == sorted(again), "cas: cassis covers other words")
    return f"cassis covers {len(found)} of {len(expected)} spans with their words"


def cassis_writes_and_we_read(program, project, folder, work):
    """What cassis writes comes into a layer again, each in its place."""
    import cassis

    back = work / "from-cassis"
    back.mkdir()
    count = 0
    for path in sorted(folder.glob("*.json")):
        with path.open("rb") as source:
            cas = cassis.load_cas_from_json(source)
        count += len(list(cas.select("webanno.custom.Indicator")))
        cas.to_json(back / path.name)
    return comes_in(program, project, back, "cassis", count, work)


def comes_in(program, project, path, who, count, work, moved=False):
    copy = work / f"project-{who}"
    shutil.copytree(project, copy)
    command = [program, "import", copy, path, "--as", "annotations", "--layer", who]
    done = subprocess.run(command, check=False, capture_output=True, text=True,
                          env={**os.environ, "INDICATOR_ANNOTATOR_DATA": str(work / "data")})
    came = f"{count} decisions" in done.stdout and " 0 refused" in done.stdout
    check(came and (moved or f"{count} in place" in done.stdout), f"{who}: import says {done.stdout}{done.stderr}")
    return f"{count} spans that {who} wrote come in" + ("" if moved else ", each in its place")


def spacy_writes_and_we_read(program, project, path, folder):
    """What spaCy keeps as entities comes into a layer again, each in its place."""
    import spacy

    nlp = spacy.blank("zh")
    back = folder / "from-spacy.jsonl"
    count = 0
    with back.open("w", encoding="utf-8") as out:
        for record in lines(path):
            doc = nlp.make_doc(record["text"])
            doc.ents = [doc.char_span(span["start"], span["end"], label=span["label"]) for span in record["spans"]]
            spans = [{"start": ent.start_char, "end": ent.end_char, "label": ent.label_} for ent in doc.ents]
            count += len(spans)
            out.write(json.dumps({"text": doc.text, "spans": spans, "meta": record["meta"]}) + "\n")
    return comes_in(program, project, back, "spacy", count, folder)


def webanno_text(lines):
    """The text as INCEpTION's reader puts it together: the rules are its own, as it is no package."""
    unescaped = {"\\\\": "\\", "\\t": "\t", "\\r": "\r", "\\f": "\f", "\\b": "\b"}
    text, sentence = "", ""
    for line in lines:
        if line.startswith("#Text="):
            words = re.sub(r"\\[\\trfb]", lambda found: unescaped[found[0]], line[len("#Text="):])
            sentence += words + "\n"
        elif sentence and line and not line.startswith("#"):
            begin = 2 * int(line.split("\t")[1].split("-")[0])
            if len(text.encode("utf-16-le")) > begin:
                text = text.removesuffix("\n")
            text += " " * ((begin - len(text.encode("utf-16-le"))) // 2)
            check(len(text.encode("utf-16-le")) == begin, f"webanno: a sentence does not begin at {begin // 2}")
            text, sentence = text + sentence, ""
    return text


def webanno_is_read(folder, of_spacy):
    from web_anno_tsv import open_web_anno_tsv

    records = {record["meta"]["document"]: record for record in lines(of_spacy)}
    found, expected, tokens = 0, sum(len(record["spans"]) for record in records.values()), 0
    for path in sorted(folder.glob("*.tsv")):
        record = records[path.stem]
        rows = path.read_bytes().decode("utf-8").split("\n")
        check(webanno_text(rows).strip() == record["text"].strip(), "webanno: INCEpTION puts another text together")
        columns = sum(len([c for c in row.split("|")[1:] if c]) or 1 for row in rows if row.startswith("#T_SP="))
        tokens_here = [row.split("\t") for row in rows if re.match(r"\d+-\d+\t", row)]
        check({len(row) for row in tokens_here} == {columns + 4}, "webanno: the columns are not those of the head")
        spans = sorted(span["text"].replace("\n", " ") for span in record["spans"])
        with open_web_anno_tsv(path) as sentences:
            here = sorted(annotation.text.replace("\n", " ") for it in sentences for annotation in it.annotations)
        check(here == spans, "webanno: web_anno_tsv finds other words")
        found, tokens = found + len(here), tokens + len(tokens_here)
    return f"INCEpTION's rules give the texts again, web_anno_tsv finds {found} of {expected} spans on {tokens} tokens"


def webanno_writes_and_we_read(program, project, folder, work):
    """What web_anno_tsv writes of the sentences it read; its layer is that of named entities."""
    from web_anno_tsv import open_web_anno_tsv

    back = work / "from-web-anno-tsv"
    back.mkdir()
    count = 0
    for path in sorted(folder.glob("*.tsv")):
        with open_web_anno_tsv(path) as read, open_web_anno_tsv(str(back / path.name), "w") as out:
            for sentence in read:
                sentence.text = sentence.text.rstrip("\n").replace("\n", " ")
                # It takes the column `indicator` for the label; a dismissal has none.
                sentence.annotations = [a for a in sentence.annotations if a.label != "*"]
                count += len(sentence.annotations)
                out.write(sentence)
    return comes_in(program, project, back, "web-anno-tsv", count, work, moved=True)


def numbers_of(span):
    """The whole values that a span's fields say: one, or both ends of a range."""
    from decimal import Decimal

    share = {"PT": Decimal(100), "PM": Decimal(1000)}.get(span["unit_measure"], Decimal(1))
    return [Decimal(end) / share for end in span["value"].split("..")]


def arelle_loads(entry):
    from arelle.RuntimeOptions import RuntimeOptions
    from arelle.api.Session import Session

    options = RuntimeOptions(entrypointFile=str(entry), internetConnectivity="offline", validate=True, keepOpen=True,
                             disablePersistentConfig=True, logFile="logToBuffer",
                             logFormat="[%(messageCode)s] %(message)s")
    with Session() as session:
        session.run(options)
        (model,) = session.get_models()
        check(not model.errors, f"arelle: {model.errors[:3]} {session.get_logs('text')[:400]}")
        check(all(fact.concept.label(lang="zh") for fact in model.facts), "arelle: a concept has no name")
        fields = "{urn:x-indicator-annotator:fields}"
        area = next(name for fact in model.facts for name in fact.context.qnameDims if name.clarkNotation == fields + "area")
        areas = [fact.context.dimValue(area) for fact in model.facts]
        words = [area.typedMember.textValue if area is not None else "" for area in areas]
        return [(fact.xValue, area) for fact, area in zip(model.facts, words)]


def arelle_has_every_fact(entries, of_spacy):
    spans = [span for record in lines(of_spacy) for span in record["spans"] if "reason" not in span]
    expected = sorted((number, span.get("ref_area", "")) for span in spans for number in numbers_of(span))
    found = sorted(value for entry in entries for value in arelle_loads(entry))
    check(found == expected, f"arelle: {len(found)} facts with other values or areas than the {len(expected)} expected")
    return f"Arelle loads and validates {len(entries)} files without an error, {len(found)} of {len(expected)} facts"


def pysdmx_reads(path, of_spacy):
    from decimal import Decimal
    from pysdmx.io import read_sdmx

    (data,) = read_sdmx(path).data
    table = data.data
    dimensions = list(table.columns)[:list(table.columns).index("OBS_VALUE")]
    check(not table.duplicated(dimensions).any(), "sdmx: two observations have one key")
    check({int(mult) for mult in table["UNIT_MULT"]} <= {0, 1, 2, 3, 4, 6, 9, 12, 15}, "sdmx: a magnitude of no code")
    rows = list(csv.DictReader(path.open(encoding="utf-8", newline="")))
    found = sorted(Decimal(row["OBS_VALUE"]).scaleb(int(row["UNIT_MULT"])) for row in rows)
    spans = [span for record in lines(of_spacy) for span in record["spans"] if "reason" not in span]
    expected = sorted(Decimal(end) for span in spans for end in span["value"].split(".."))
    areas = {row["REF_AREA"] for row in rows}
    check(len(table) == len(rows) and found == expected, "sdmx: other values")
    check(areas >= {span["ref_area"] for span in spans if "ref_area" in span} and areas == set(table["REF_AREA"]),
          "sdmx: other areas")
    return f"pysdmx reads {len(table)} of {len(expected)} observations as {data.structure}, each with a key of its own"


def harder(project, copy):
    """The project with letters before every text that UTF-16, bytes and graphemes count each in their own way.

    Areas begin with signs that mean something in XML, CSV, TSV or XBRL.
    """
    shutil.copytree(project, copy)
    for layer in (copy / "layers").rglob("*.ron"):
        # A record that was edited by hand has no checksum.
        records = re.sub(r"\n *check: .*", "", layer.read_text(encoding="utf-8"))
        layer.write_text(records.replace('ref_area: "', 'ref_area: "#\\"<&]|_;->,𠮷😀e\u0301 '), encoding="utf-8")
    for report in (copy / "reports").glob("*.txt"):
        if "~original" not in report.name:
            words = "😀𠮷 e\u0301 １２ 👩‍👩‍👧\n第一行\r\n".encode()
            report.write_bytes(words + report.read_bytes())
    return copy


def check_all(program, project, folder):
    folder.mkdir()
    out = {form: export(program, project, form, folder / form)
           for form in ("spacy", "doccano", "conll", "brat", "web-annotation", "cas-json", "webanno-tsv", "xbrl-json",
                        "xbrl-csv", "sdmx-csv", "jsonl", "csv", "xlsx", "parquet", "html")}
    config = folder / "label-studio.xml"
    out["label-studio"] = export(program, project, "label-studio", folder / "label-studio", "--config", config)
    hard = tables.awkward(program, project, out["csv"], folder)
    hard_out = {form: export(program, hard, form, folder / f"awkward-{form}", "--layer", "awkward")
                for form in ("jsonl", "csv", "xlsx", "parquet", "html")}
    checks = {
        "spacy": lambda: spacy_finds_every_span(out["spacy"]),
        "spacy, back": lambda: spacy_writes_and_we_read(program, project, out["spacy"], folder),
        "label-studio": lambda: label_studio_converts(out["label-studio"], config, folder),
        "label-studio, back": lambda: label_studio_writes_and_we_read(program, project, config, folder),
        "doccano": lambda: doccano_slices(out["doccano"]),
        "conll": lambda: conll_is_read_by_spacy(out["conll"], out["doccano"]),
        "brat": lambda: brat_lines_hold(out["brat"]),
        "cas-json": lambda: cassis_covers_every_span(out["cas-json"], out["doccano"]),
        "cas-json, back": lambda: cassis_writes_and_we_read(program, project, out["cas-json"], folder),
        "webanno-tsv": lambda: webanno_is_read(out["webanno-tsv"], out["spacy"]),
        "webanno-tsv, back": lambda: webanno_writes_and_we_read(program, project, out["webanno-tsv"], folder),
        "xbrl-json": lambda: arelle_has_every_fact(sorted(out["xbrl-json"].glob("*.json")), out["spacy"]),
        "xbrl-csv": lambda: arelle_has_every_fact([out["xbrl-csv"] / "report.json"], out["spacy"]),
        "sdmx-csv": lambda: pysdmx_reads(out["sdmx-csv"], out["spacy"]),
        "xlsx": lambda: tables.xlsx(out["xlsx"], out["jsonl"], project),
        "xlsx, awkward notes": lambda: tables.xlsx(hard_out["xlsx"], hard_out["jsonl"], hard),
        "parquet": lambda: tables.parquet(out["parquet"], out["jsonl"]),
        "parquet, awkward notes": lambda: tables.parquet(hard_out["parquet"], hard_out["jsonl"]),
        "csv": lambda: tables.csv_table(out["csv"], out["jsonl"]),
        "csv, awkward notes": lambda: tables.csv_table(hard_out["csv"], hard_out["jsonl"]),
        "html": lambda: tables.html(out["html"], out["jsonl"]),
        "html, awkward notes": lambda: tables.html(hard_out["html"], hard_out["jsonl"]),
        "docbin.py": lambda: tables.docbin(out["spacy"], folder),
        "web-annotation": lambda: web_annotations_hold(out["web-annotation"], out["doccano"]),
    }
    for form, run in checks.items():
        print(f"{form}: {run()}", flush=True)


def main():
    program, project = str(Path(sys.argv[1]).absolute()), Path(sys.argv[2])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        print("-- the project as it is")
        check_all(program, project, folder / "plain")
        print("-- with 😀, 𠮷, a combining mark, full-width digits and CRLF before every text")
        check_all(program, harder(project, folder / "harder-project"), folder / "harder")


if __name__ == "__main__":
    main()
