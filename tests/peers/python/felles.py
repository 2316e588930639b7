"""What the client programs share: settings from standard input, and one JSON line with what was read.

A row is never printed: only how many there were, how many had an id of their own, and, where a collection was refused,
the kind of error and where in the row it lies.
"""

import json
import sys


def les_valg():
    return json.loads(sys.stdin.read())


def rapport(samlinger):
    lest = {}
    for navn, hent in samlinger.items():
        try:
            rader = hent()
            lest[navn] = {"rader": len(rader), "ider": len({rad.sourced_id for rad in rader})}
        except Exception as feil:
            lest[navn] = {"avvist": grunn(feil)}
    print(json.dumps(lest))
    return 0


def grunn(feil):
    """The error's kind and place. Messages of validation errors quote the value, so they are left out."""
    navn = type(feil).__name__
    if hasattr(feil, "errors") and callable(feil.errors):
        steder = sorted({f"{'.'.join(map(str, e['loc']))}: {e['type']}" for e in feil.errors()})
        return f"{navn}: {', '.join(steder[:3])}"
    if hasattr(feil, "status"):
        return f"{navn}: HTTP {feil.status}"
    spor = feil.__traceback__
    while spor.tb_next:
        spor = spor.tb_next
    return f"{navn} in {spor.tb_frame.f_code.co_name}"
