#!/usr/bin/env python3
"""Makes spaCy's DocBin of what `indicator-annotator export --to spacy` writes.

    docbin.py IN.jsonl OUT.spacy [LANGUAGE]

Needs spaCy. LANGUAGE is that of the tokenizer, `zh` unless it is said. Each report becomes a Doc: its decisions are
entities, and `doc.user_data` has the export's `meta` and `spans` with all fields. Words that are no whole tokens end
the script, as spaCy would drop them.
"""

import json
import sys

import spacy
from spacy.tokens import DocBin


def main(source, target, language="zh"):
    nlp = spacy.blank(language)
    docs = DocBin(store_user_data=True)
    with open(source, encoding="utf-8", newline="\n") as lines:
        for record in map(json.loads, lines):
            doc = nlp.make_doc(record["text"])
            spans = [doc.char_span(span["start"], span["end"], label=span["label"]) for span in record["spans"]]
            if None in spans:
                sys.exit(f"no whole tokens: {record['spans'][spans.index(None)]}")
            doc.ents = spans
            doc.user_data.update(meta=record.get("meta"), spans=record["spans"])
            docs.add(doc)
    docs.to_disk(target)
    print(f"{len(docs)} documents")


if __name__ == "__main__":
    main(*sys.argv[1:])
