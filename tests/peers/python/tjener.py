"""A OneRoster service put together from other people's parts, over a data set that it is given.

Tokens and scopes are django-oauth-toolkit's, paging, ordering, limits, errors and JSON are Django REST framework's, and
every object is written by the models of a third-party OneRoster library: StrongMind's for 1.1, Timeback's for 1.2. Only
the wiring, and the envelope's key, are ours. It binds 127.0.0.1 and stops when its standard input closes.
"""

import argparse
import datetime
import json
import pathlib
import sys
import threading

import django
from django.conf import settings

PREFIKS = {"1.1": "ims/oneroster/v1p1", "1.2": "ims/oneroster/rostering/v1p2"}
ENTALL = {
    "orgs": "org",
    "academicSessions": "academicSession",
    "classes": "class",
    "users": "user",
    "enrollments": "enrollment",
}
ENDRET = datetime.datetime(2026, 8, 20, 6, 30, tzinfo=datetime.UTC)


def strongmind():
    """Writers of 1.1: booleans for flags, dates as dates, nothing where nothing is known."""
    from oneroster_client import ApiClient, models as m

    tolk = ApiClient()

    def ref(id, slag):
        return m.GUIDRefType(href=f"urn:peer:{id}", sourced_id=id, type=slag) if id else None

    def basis(o):
        return {"sourced_id": o["sourcedId"], "status": "active", "date_last_modified": ENDRET}

    def org(o):
        return m.OrgType(name=o["name"], type=o["type"], identifier=o["identifier"], parent=ref(o["parent"], "org"), **basis(o))

    def okt(o):
        fra, til = (datetime.date.fromisoformat(o[felt]) for felt in ("startDate", "endDate"))
        return m.AcademicSessionType(
            title=o["title"], type=o["type"], start_date=fra, end_date=til, school_year=o["schoolYear"], **basis(o)
        )

    def klasse(o):
        terms = [ref(t, "academicSession") for t in o["terms"]]
        return m.ClassType(
            title=o["title"], class_code=o["classCode"], class_type=o["classType"], grades=o["grades"],
            course=ref(o["course"], "course"), school=ref(o["school"], "org"), terms=terms, **basis(o),
        )

    def bruker(o):
        return m.UserType(
            username=o["username"], enabled_user=True, given_name=o["givenName"], family_name=o["familyName"],
            role=o["role"], identifier=o["identifier"], orgs=[ref(o["school"], "org")], grades=o["grades"], **basis(o),
        )

    def innmelding(o):
        return m.EnrollmentType(
            user=ref(o["user"], "user"), _class=ref(o["class"], "class"), school=ref(o["school"], "org"),
            role=o["role"], primary=True, **basis(o),
        )

    skrivere = {"orgs": org, "academicSessions": okt, "classes": klasse, "users": bruker, "enrollments": innmelding}
    return lambda samling, o: tolk.sanitize_for_serialization(skrivere[samling](o))


def timeback():
    """Writers of 1.2: grades as numbers, booleans for flags, and `null` wherever nothing is known."""
    from timeback_oneroster.types import rostering as t
    from timeback_oneroster.types.base import RefWithHref

    def ref(id, slag):
        return RefWithHref(sourced_id=id, type=slag) if id else None

    def basis(o):
        return {"sourced_id": o["sourcedId"], "date_last_modified": ENDRET.isoformat(timespec="milliseconds")}

    def org(o):
        return t.Organization(
            name=o["name"], type=o["type"], identifier=o["identifier"], parent=ref(o["parent"], "org"), **basis(o)
        )

    def okt(o):
        return t.AcademicSession(
            title=o["title"], type=o["type"], start_date=o["startDate"], end_date=o["endDate"],
            school_year=o["schoolYear"], **basis(o),
        )

    def klasse(o):
        return t.Class(
            title=o["title"], class_code=o["classCode"], class_type=o["classType"], grades=o["grades"],
            course=ref(o["course"], "course"), school=ref(o["school"], "org"),
            terms=[ref(id, "academicSession") for id in o["terms"]], **basis(o),
        )

    def bruker(o):
        ider = [t.UserId(type="fnr", identifier=o["identifier"])] if o["identifier"] else None
        rolle = t.UserRoleAssignment(role_type="primary", role=o["role"], org=ref(o["school"], "org"))
        return t.User(
            username=o["username"], given_name=o["givenName"], family_name=o["familyName"], user_ids=ider,
            roles=[rolle], grades=o["grades"], primary_org=t.PrimaryOrg(sourced_id=o["school"]), **basis(o),
        )

    def innmelding(o):
        klasse = {"class": ref(o["class"], "class")}
        return t.Enrollment(
            user=ref(o["user"], "user"), school=ref(o["school"], "org"), role=o["role"], primary=True, **klasse, **basis(o)
        )

    skrivere = {"orgs": org, "academicSessions": okt, "classes": klasse, "users": bruker, "enrollments": innmelding}
    return lambda samling, o: skrivere[samling](o).model_dump(by_alias=True, mode="json")


def oppsett(mappe):
    scopes = {
        f"https://purl.imsglobal.org/spec/or/{v}/scope/roster-core.readonly": v for v in ("v1p1", "v1p2")
    }
    settings.configure(
        SECRET_KEY="only for loopback",
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF=__name__,
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(mappe / "tjener.sqlite3")}},
        INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "oauth2_provider", "rest_framework"],
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        USE_TZ=True,
        LOGGING_CONFIG=None,
        OAUTH2_PROVIDER={"SCOPES": scopes, "ACCESS_TOKEN_EXPIRE_SECONDS": 300},
        REST_FRAMEWORK={
            "DEFAULT_AUTHENTICATION_CLASSES": ["oauth2_provider.contrib.rest_framework.OAuth2Authentication"],
            "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
        },
    )
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


urlpatterns = []


def ruter(valg, data):
    from django.db import connection, models
    from django.urls import include, path
    from oauth2_provider.contrib.rest_framework import TokenHasScope
    from rest_framework.filters import OrderingFilter
    from rest_framework.generics import ListAPIView, RetrieveAPIView
    from rest_framework.pagination import LimitOffsetPagination
    from rest_framework.response import Response
    from rest_framework.serializers import BaseSerializer

    class Rad(models.Model):
        samling = models.TextField()
        sourcedId = models.TextField()
        innhold = models.JSONField()

        class Meta:
            app_label = "peers"

    with connection.schema_editor() as tegner:
        tegner.create_model(Rad)
    skriv = {"1.1": strongmind, "1.2": timeback}[valg.versjon]()
    Rad.objects.bulk_create(
        Rad(samling=samling, sourcedId=o["sourcedId"], innhold=skriv(samling, o))
        for samling, rader in data.items()
        for o in rader
    )

    class Sider(LimitOffsetPagination):
        default_limit = 100
        max_limit = valg.maks_side

        def get_paginated_response(self, rader):
            hoder = {}
            if valg.hoder:
                hoder["X-Total-Count"] = str(self.count)
                if neste := self.get_next_link():
                    hoder["Link"] = f'<{neste}>; rel="next"'
            return Response({self.request.resolver_match.kwargs["samling"]: rader}, headers=hoder)

    class Sortering(OrderingFilter):
        ordering_param = "sort"

    class Som(BaseSerializer):
        def to_representation(self, rad):
            return rad.innhold

    class Felles:
        permission_classes = [TokenHasScope]
        required_scopes = list(settings.OAUTH2_PROVIDER["SCOPES"])[valg.versjon == "1.2" :][:1]
        serializer_class = Som

        def get_queryset(self):
            return Rad.objects.filter(samling=self.kwargs["samling"])

    class Liste(Felles, ListAPIView):
        pagination_class = Sider
        filter_backends = [Sortering]
        ordering_fields = ["sourcedId"]
        ordering = ["id"]

    class Enkelt(Felles, RetrieveAPIView):
        lookup_field = "sourcedId"

        def retrieve(self, request, *args, **kwargs):
            svar = super().retrieve(request, *args, **kwargs)
            svar.data = {ENTALL[kwargs["samling"]]: svar.data}
            return svar

    rot = PREFIKS[valg.versjon]
    urlpatterns.extend(
        [
            path("o/", include("oauth2_provider.urls", namespace="oauth2_provider")),
            path(f"{rot}/<str:samling>", Liste.as_view()),
            path(f"{rot}/<str:samling>/<str:sourcedId>", Enkelt.as_view()),
        ]
    )


def klient(hemmelighet):
    from oauth2_provider.models import get_application_model

    app = get_application_model()
    app.objects.create(
        name="peer", client_id="mellomlag", client_secret=hemmelighet, client_type=app.CLIENT_CONFIDENTIAL,
        authorization_grant_type=app.GRANT_CLIENT_CREDENTIALS, hash_client_secret=False,
    )


def main():
    leser = argparse.ArgumentParser()
    leser.add_argument("--versjon", choices=PREFIKS, required=True)
    leser.add_argument("--data", type=pathlib.Path, required=True)
    leser.add_argument("--mappe", type=pathlib.Path, required=True)
    leser.add_argument("--hemmelighet", type=pathlib.Path, required=True)
    leser.add_argument("--maks-side", type=int, default=1000)
    leser.add_argument("--hoder", action="store_true")
    valg = leser.parse_args()

    oppsett(valg.mappe)
    ruter(valg, json.loads(valg.data.read_text("utf-8")))
    klient(valg.hemmelighet.read_text().strip())

    from django.core.wsgi import get_wsgi_application
    from waitress.server import create_server

    tjener = create_server(get_wsgi_application(), host="127.0.0.1", port=0, threads=2)

    def stopp():
        sys.stdin.read()
        tjener.close()
        tjener.task_dispatcher.shutdown()
        import os

        os._exit(0)

    threading.Thread(target=stopp, daemon=True).start()
    print(json.dumps({"port": int(tjener.effective_port)}), flush=True)
    tjener.run()


main()
