"""Reads every collection of a OneRoster 1.2 service with Timeback's client, tokens and paging included, and counts."""

import asyncio
import sys

from felles import les_valg, rapport
from timeback_common import OneRosterPaths, TimebackProvider
from timeback_oneroster import OneRosterClient

valg = les_valg()
rot = valg["rot"]
vert, sti = rot[: rot.index("/", 8)], rot[rot.index("/", 8) :]
provider = TimebackProvider(
    base_url=vert,
    auth_url=valg["token_url"],
    client_id=valg["client_id"],
    client_secret=valg["client_secret"],
    scope=valg["scope"],
    paths={"oneroster": OneRosterPaths(rostering=sti)},
)


def alle(navn):
    async def les():
        async with OneRosterClient(provider=provider) as klient:
            return await getattr(klient, navn).list_all(limit=50)

    return lambda: asyncio.run(les())


samlinger = {
    "orgs": alle("orgs"),
    "schools": alle("schools"),
    "academicSessions": alle("academic_sessions"),
    "classes": alle("classes"),
    "users": alle("users"),
    "students": alle("students"),
    "enrollments": alle("enrollments"),
}
sys.exit(rapport(samlinger))
