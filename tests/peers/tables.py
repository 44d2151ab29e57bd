"""Tables of observations, read by openpyxl and pyarrow and compared with the JSON Lines export; and pages of HTML."""

import csv
import json
import os
import shutil
import subprocess
import sys
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path

SCRIPTS = Path(__file__).parents[2] / "assets" / "scripts"

# What a table's cells break on: formulas, Excel's escapes, line ends, letters outside of the first plane, marks.
AWKWARD = ["=1+1", "+7", "@a", "'x", "_x0041_ _x000D_", "a\r\nb\nc", "\"a\",b;c\td", "😀𠮷e\u0301１２", "👩‍👩‍👧",
           "<b>&amp;</b>", "0012", "1e5", "2024-01-02", "TRUE", "\u200f\u2067x", "长" * 3000]


def check(holds, words):
    if not holds:
        sys.exit(f"FAILED {words}")


def expected(jsonl):
    """What JSON Lines say of each observation, by the names of columns."""
    records = [json.loads(line) for line in jsonl.read_text(encoding="utf-8").split("\n") if line]
    for said in (record for record in records if record.get("role") == "indicator"):
        low, _, high = said["value"].partition("..")
        start, end = said.get("indicator_span", (None, None))
        row = {**said, "value_text": said["value"], "value": None if high else low, "value_min": low if high else None,
               "value_max": high or None, "indicator_start": start, "indicator_end": end}
        yield {column: None if words == "" else words for column, words in row.items()}


def compare(name, rows, jsonl, number, shown=lambda words: words):
    """Each row says what JSON Lines say: `number` makes what an exact number becomes, `shown` what words become."""
    count = 0
    records = list(expected(jsonl))
    check(len(rows) == len(records), f"{name}: {len(rows)} rows of {len(records)}")
    for row, record in zip(rows, records):
        for column, words in row.items():
            if column in ("indicator_name", "title", "annotator", "sentence"):
                continue
            wanted = record.get(column)
            if column in ("value", "value_min", "value_max"):
                wanted = None if wanted is None else number(wanted)
            elif column in ("start", "end", "indicator_start", "indicator_end", "unit_mult") and wanted is not None:
                wanted = int(wanted)
            elif column == "origin":
                wanted = wanted or "manual"
            wanted = shown(wanted) if isinstance(wanted, str) else wanted
            check(words == wanted, f"{name}: {column} of {record['text']}: {words!r}, expected {wanted!r}")
            count += 1
        check(record["text"].strip()[:20] in row["sentence"], f"{name}: sentence of {record['text']}")
    return count


def xlsx(path, jsonl, project):
    import openpyxl

    with path.open("rb") as source:
        book = openpyxl.load_workbook(source)
    observations, reports, dismissed, legend = book.worksheets
    about = [[cell.value for cell in row] for row in legend.iter_rows(min_row=2)]
    codes = {(row[0], row[1]): row[2] for row in about if row[3] is None}
    terms = {(row[1], row[3]): row[2] for row in about if row[3] is not None}
    links = 0
    rows = []
    for sheet in (observations, dismissed):
        heads = [cell.value for cell in sheet[1]]
        check(len(set(heads)) == len(heads), "xlsx: a head stands twice")
        check(sheet.freeze_panes == "B2" and sheet.auto_filter.ref == sheet.dimensions, "xlsx: heads, filter")
        for cells in sheet.iter_rows(min_row=2):
            row = {}
            for head, cell in zip(heads, cells):
                check(cell.data_type in "sn", f"xlsx: {cell.coordinate} is {cell.data_type}")
                words = cell.value
                row[codes[sheet.title, head]] = terms.get((head, words), words)
                if cell.hyperlink:
                    target = (path.parent / cell.hyperlink.target.replace("%20", " ")).resolve()
                    check(target.is_file() and project.resolve() in target.parents, f"xlsx: link to {target}")
                    links += 1
            if sheet is observations:
                rows.append(row)
    check(links == observations.max_row + dismissed.max_row - 2, f"xlsx: {links} links")
    check(reports.max_row > 1, "xlsx: no reports")
    number = lambda words: int(words) if Decimal(words) == int(Decimal(words)) else float(words)
    # openpyxl hands over a carriage return as Excel escapes it.
    count = compare("xlsx", rows, jsonl, number, lambda words: words.replace("\r", "_x000D_"))
    return f"openpyxl reads {count} cells of {len(rows)} rows as JSON Lines say, and {links} links lead to texts"


def parquet(path, jsonl):
    import pyarrow.parquet

    table = pyarrow.parquet.read_table(path)
    check(table.schema.metadata[b"offset_unit"] == b"Unicode code points", "parquet: the unit of offsets")
    check(str(table.schema.field("value").type) == "decimal128(38, 9)", "parquet: the type of values")
    check(str(table.schema.field("start").type) == "int64", "parquet: the type of offsets")
    rows = table.to_pylist()
    count = compare("parquet", rows, jsonl, lambda words: Decimal(words).quantize(Decimal("1e-9")))
    return f"pyarrow reads {count} cells of {len(rows)} rows as JSON Lines say"


def csv_table(path, jsonl):
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    whole = ("start", "end", "indicator_start", "indicator_end", "unit_mult")
    read = lambda column, words: None if words == "" else int(words) if column in whole else \
        float(words) if column == "score" else words
    rows = [{column: read(column, words) for column, words in row.items()} for row in rows]
    count = compare("csv", rows, jsonl, str)
    return f"Python's csv reads {count} cells of {len(rows)} rows as JSON Lines say"


class Page(HTMLParser):
    """The ids and links of a page, and the words of its tags."""

    VOID = {"meta", "br", "link"}

    def __init__(self):
        super().__init__()
        self.ids, self.links, self.tags, self.open, self.words = [], [], [], [], []

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        check(tag != "script" and not any(name.startswith("on") for name in attributes), f"html: {tag} {attributes}")
        self.ids += [attributes["id"]] if "id" in attributes else []
        self.links += [attributes["href"]] if "href" in attributes else []
        if tag not in self.VOID:
            self.open.append((tag, attributes))

    def handle_endtag(self, tag):
        check(self.open and self.open[-1][0] == tag, f"html: </{tag}> closes {self.open[-1:]}")
        self.open.pop()

    def handle_data(self, data):
        for tag, attributes in self.open:
            if attributes.get("class", "").startswith("v ") and "id" in attributes:
                self.tags.append(data)


def html(path, jsonl):
    page = Page()
    page.feed(path.read_text(encoding="utf-8"))
    check(not page.open, f"html: open {page.open}")
    check(len(set(page.ids)) == len(page.ids), "html: an id stands twice")
    check(all(link.startswith("#") and link[1:] in set(page.ids) for link in page.links), "html: a link leads nowhere")
    wanted = [record["text"] for record in expected(jsonl)]
    check(page.tags == wanted, "html: tags have other words")
    return f"{len(page.tags)} tags have their words, {len(page.links)} links lead to places of the page"


def docbin(path, folder):
    """The documented script makes a DocBin, which has every span."""
    import spacy
    from spacy.tokens import DocBin

    out = folder / "out.spacy"
    subprocess.run([sys.executable, SCRIPTS / "docbin.py", path, out], check=True, stdout=subprocess.DEVNULL)
    docs = list(DocBin().from_disk(out).get_docs(spacy.blank("zh").vocab))
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]
    for doc, record in zip(docs, records, strict=True):
        spans = [(ent.start_char, ent.end_char, ent.label_) for ent in doc.ents]
        wanted = [(span["start"], span["end"], span["label"]) for span in record["spans"]]
        check(spans == wanted and doc.user_data["meta"] == record["meta"], "docbin: other entities")
    return f"the script's DocBin has {sum(len(doc.ents) for doc in docs)} entities"


def awkward(program, project, table, work):
    """A copy of the project with a layer whose notes are what tables break on."""
    copy = work / "awkward-project"
    shutil.copytree(project, copy)
    with table.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    for row, note in zip(rows, AWKWARD):
        row["note"] = note
    written = work / "awkward.csv"
    with written.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    done = subprocess.run([program, "import", copy, written, "--as", "annotations", "--layer", "awkward"], check=False,
                          capture_output=True, text=True, env={**os.environ, "INDICATOR_ANNOTATOR_DATA": str(work / "data")})
    check(f"{len(rows)} in place" in done.stdout and " 0 refused" in done.stdout, f"csv, back: {done.stdout}{done.stderr}")
    return copy
