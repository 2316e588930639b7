"""Judges the specification with programs that others wrote: the OpenAPI document and its examples, and the shapes with
payloads that the adapter made, as they are and broken on purpose.

The only argument is the folder with the specification.
"""

import copy
import json
import sys
from pathlib import Path

import yaml
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate as validate_openapi
from pyshacl import validate as validate_shapes
from rdflib import Graph, Namespace

SH = Namespace("http://www.w3.org/ns/shacl#")
VIGOSKOLE = "https://novari.no/ontology/vigoskole#"
FAULTS = []


def fault(text):
    FAULTS.append(text)
    print(f"fault  {text}")


def openapi(folder):
    """The document is one, and every example in it has the form that it is an example of."""
    document = yaml.safe_load((folder / "elevliste_v1.yaml").read_text(encoding="utf-8"))
    validate_openapi(document)
    examples = list(examples_of(document, document))
    for where, schema, value in examples:
        validator = Draft202012Validator(
            {**schema, "components": document["components"]}, format_checker=Draft202012Validator.FORMAT_CHECKER
        )
        for error in validator.iter_errors(value):
            fault(f"example {where}: {error.json_path}: {error.message}")
    if len(examples) < 20:
        fault(f"only {len(examples)} examples were found in the document")
    print(f"ok     the OpenAPI document, and {len(examples)} examples")


def examples_of(document, node, where=""):
    if isinstance(node, dict):
        if "schema" in node and "examples" in node:
            for name, example in node["examples"].items():
                example = resolve(document, example)
                yield f"{where}/{name}", node["schema"], example["value"]
        for key, value in node.items():
            yield from examples_of(document, value, f"{where}/{key}")
    elif isinstance(node, list):
        for at, value in enumerate(node):
            yield from examples_of(document, value, f"{where}/{at}")


def resolve(document, node):
    for key in node.get("$ref", "").split("/")[1:]:
        document = document[key]
    return document if "$ref" in node else node


class Shapes:
    def __init__(self, folder, name, expand=None):
        self.graph = Graph().parse(folder / f"{name}.shacl.ttl", format="turtle")
        self.expand = expand

    def refused_by(self, payload):
        """The names of the shapes that refuse the payload."""
        data = Graph().parse(data=json.dumps(payload), format="json-ld", context=self.expand)
        _, results, _ = validate_shapes(data, shacl_graph=self.graph)
        return {str(shape).rpartition("#")[2] for shape in results.objects(None, SH.sourceShape)}


def shapes(folder, name, example, expand, broken):
    judge = Shapes(folder, name, expand)
    valid = json.loads((folder / "eksempler" / f"{example}.json").read_text(encoding="utf-8"))
    if refused := judge.refused_by(valid):
        fault(f"{example}: a payload of ours is refused by {sorted(refused)}")
    for what, expected, change in broken:
        payload = copy.deepcopy(valid)
        change(payload)
        refused = judge.refused_by(payload)
        if refused != {expected}:
            fault(f"{example}, {what}: refused by {sorted(refused)}, and not by {expected} alone")
    print(f"ok     {example}: conforms; {len(broken)} broken ones were tried")


def set_in(*path_and_value):
    *path, last, value = path_and_value

    def change(payload):
        for key in path:
            payload = payload[key]
        payload[last] = value

    return change


def remove(*path):
    *path, last = path

    def change(payload):
        for key in path:
            payload = payload[key]
        del payload[last]

    return change


ELEVLISTE = [
    ("a number is missing", "Elev-identitetsnummer", remove("elever", 0, "identitetsnummer")),
    ("a number has ten digits", "Elev-identitetsnummer", set_in("elever", 0, "identitetsnummer", "0591109983")),
    ("a number is a number", "Elev-identitetsnummer", set_in("elever", 0, "identitetsnummer", 15911099839)),
    ("a class is blank", "Elev-klassekode", set_in("elever", 1, "klassekode", " ")),
    ("a class is too long", "Elev-klassekode", set_in("elever", 1, "klassekode", "x" * 41)),
    ("a reference is no UUID", "Elev-elevRef", set_in("elever", 1, "elevRef", "elev-2")),
    ("a name is missing", "Elev-navn", remove("elever", 0, "navn")),
    ("a pupil has two family names", "Personnavn-etternavn", set_in("elever", 0, "navn", "etternavn", ["Å", "Ø"])),
    ("an address came along", "Elev", set_in("elever", 0, "adresse", "Syntetisk vei 1")),
    ("there are no pupils", "Elevliste-elever", set_in("elever", [])),
    ("the school year is missing", "Elevliste-skolear", remove("skolear")),
    ("the school has eight digits", "Skole-organisasjonsnummer", set_in("skole", "organisasjonsnummer", "97473836")),
]

ENDRINGER = [
    ("a new pupil has no class", "Elev-klassekode", remove("endringer", 0, "elev", "klassekode")),
    ("a changed pupil has no given name", "Personnavn-fornavn", remove("endringer", 1, "elev", "navn", "fornavn")),
]

SUBMISSION = [
    ("a number is missing", "Student-personalIdentityNumber", remove("students", 0, "personalIdentityNumber")),
    ("a number holds a letter", "Student-personalIdentityNumber", set_in("students", 0, "personalIdentityNumber", "0591109983x")),
    ("a class is blank", "Student-classCode", set_in("students", 1, "classCode", "")),
    ("an e-mail address came along", "Student", set_in("students", 1, "email", "runa@syntetisk.example")),
    ("a family name is missing", "Name-lastName", remove("students", 1, "name", "lastName")),
    ("there are no pupils", "GraduatingStudentsSubmission-students", set_in("students", [])),
    ("the school has no number", "School-orgNumber", remove("school", "orgNumber")),
]


def main(folder):
    openapi(folder)
    shapes(folder, "elevliste_v1", "elevliste", None, ELEVLISTE)
    shapes(folder, "elevliste_v1", "endringer", None, ENDRINGER)
    # This dialect's own @context names a prefix and no terms: what they stand for is said from outside.
    shapes(folder, "vigoskole", "vigoskole", {"@vocab": VIGOSKOLE}, SUBMISSION)
    return 1 if FAULTS else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
