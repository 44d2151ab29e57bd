"""Times recognisers of other projects on a text, sentence by sentence, on one core.

    python3 benches/recognise/peers.py TEXT SECONDS

prints a line of JSON for each: name, version, the bytes it came through in about so many seconds of
processor time, these seconds, and how many numbers it found; or what is missing. To install them:

    pip install cn2an chinese2digits recognizers-text-suite 'emoji<2'
"""

import json
import re
import sys
import time
import warnings
from difflib import SequenceMatcher
from importlib.metadata import PackageNotFoundError, version

SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]?")


def cn2an():
    """Rewrites Chinese numerals without telling where; found are the places that differ afterwards."""
    import cn2an

    def count(sentence, rewritten):
        steps = SequenceMatcher(None, sentence, rewritten, autojunk=False).get_opcodes()
        return sum(kind != "equal" for kind, *_ in steps)

    return lambda sentence: cn2an.transform(sentence, "cn2an"), count


def chinese2digits():
    """Lists the numbers of a sentence."""
    from chinese2digits import takeNumberFromString

    return takeNumberFromString, lambda _, answer: len(answer["CHNumberStringList"])


def recognizers():
    """Seven models answer with spans that overlap; found are those that are apart."""
    from recognizers_number import NumberRecognizer
    from recognizers_number_with_unit import NumberWithUnitRecognizer
    from recognizers_text import Culture

    numbers, units = NumberRecognizer(Culture.Chinese), NumberWithUnitRecognizer(Culture.Chinese)
    models = [
        numbers.get_number_model(),
        numbers.get_ordinal_model(),
        numbers.get_percentage_model(),
        units.get_age_model(),
        units.get_currency_model(),
        units.get_dimension_model(),
        units.get_temperature_model(),
    ]

    def count(_, answer):
        apart, end = 0, -1
        for start, last in sorted((found.start, found.end) for found in answer):
            apart += start > end
            end = max(end, last)
        return apart

    return lambda sentence: [found for model in models for found in model.parse(sentence)], count


PEERS = {
    "cn2an": (cn2an, "cn2an"),
    "chinese2digits": (chinese2digits, "chinese2digits"),
    "recognizers-text-suite": (recognizers, "recognizers-text-suite 'emoji<2'"),
}


def measure(begin, sentences, patience):
    """How far a peer comes in so many seconds."""
    recognise, count = begin()
    recognise(sentences[0])  # what it does once is not counted
    answers, spent = [], 0.0
    for sentence in sentences:
        start = time.process_time()
        answers.append(recognise(sentence))
        spent += time.process_time() - start
        if spent >= patience:
            break
    return {
        "bytes": sum(len(sentence.encode()) for sentence in sentences[: len(answers)]),
        "seconds": spent,
        "found": sum(map(count, sentences, answers)),
    }


def main():
    path, patience = sys.argv[1], float(sys.argv[2])
    warnings.simplefilter("ignore")
    with open(path, encoding="utf-8") as file:
        sentences = SENTENCE.findall(file.read())
    for name, (begin, packages) in PEERS.items():
        try:
            result = {"version": version(name), **measure(begin, sentences, patience)}
        except PackageNotFoundError:
            result = {"missing": f"not installed: pip install {packages}"}
        except ImportError as error:
            result = {"missing": f"{error}: pip install {packages}"}
        print(json.dumps({"name": name, **result}), flush=True)


if __name__ == "__main__":
    main()
