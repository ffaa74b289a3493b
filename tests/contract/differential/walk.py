# SPDX-License-Identifier: Apache-2.0
"""A random walk: requests of all areas, one after the other, to both servers."""
import dataclasses
import json
import random
import re
import time

from .naming import LEARNT, OPAQUE, differing, pairs, same

OPERATIONS = {"GET": "read", "POST": "update", "PUT": "update", "DELETE": "delete", "LIST": "list", "SCAN": "scan",
              "PATCH": "patch", "HEAD": "header"}
ODD_VALUES = [None, "", [], {}, 0, 5, -1, 1.5, True, False, "x", "true", "1h", "-5", ["a", 1], [None], {"a": "b"},
              {"a": {"b": 1}}, "a,b", "nope", 10**18, 10**30, 1e300, "\u0000", "\ud83d\ude00", "1.5h", "5d", [""], " "]
ODD_BODIES = [b"{", b"[]", b"null", b'"x"', b"5", b"true", b'{"a":1}{"b":2}', b'{"a":1} x', b"{'a':1}", b'{"a":}',
              b'{"a" 1}', b'{"a":1,}', b'{"name":"\xff\xfe"}', b'\xef\xbb\xbf{"a":1}', b'{"name":"x","name":"y"}',
              b'{"a":NaN}', b'{"a":01}', b'{"a":"\x01"}', b'{"a":"\\ud800"}', b'{"a":"\\x"}', b'{"a":tru}', b" ", b"\n",
              b"{} ", b'{"a":[1,2', b'{"a":"b', b"a=b&c=d", b'{"a":1e999}', b'{"a":-}', b"[" * 20 + b"]" * 20,
              b'{"a":' * 50 + b"1" + b"}" * 50, b'{"\\u0061":1}', b"/**/{}", b"\x00", b'{"":1}']


@dataclasses.dataclass
class Ask:
    """A request in common words."""
    method: str
    path: str
    data: object = None
    token: str = "<root>"
    headers: dict = dataclasses.field(default_factory=dict)
    query: str = ""
    raw: bytes = None
    quoted: bool = False
    kinds: dict = dataclasses.field(default_factory=dict)  # which member of the answer makes a thing of which kind
    slow: bool = False
    place: str = ""  # how the walk's namespace is named: by "header" or "prefix"; the root: not at all

    def operation(self):
        if self.method == "GET" and "list=true" in self.query:
            return "list"
        return OPERATIONS.get(self.method, self.method)

    def told(self):
        rest = {key: value for key, value in (("token", self.token if self.token != "<root>" else None), ("in", self.place),
                                              ("headers", self.headers), ("raw", self.raw)) if value}
        return "%s %s%s %s %s" % (self.method, self.path, "?" + self.query if self.query else "",
                                  json.dumps(self.data), rest or "")


class Walk:
    def __init__(self, seed, real, ours, areas, routes):
        self.seed = seed
        self.random = random.Random(seed)
        self.real, self.ours = real, ours
        self.routes = routes
        self.in_namespace = False
        self.things = {}
        self.count = 0
        self.areas = [area(self) for area in areas]
        self.weights = [area.weight for area in self.areas]
        self.unequal = set()  # members of answers that may differ from now on

    # What areas draw from.
    def chance(self, probability):
        return self.random.random() < probability

    def pick(self, kind, odd=0.05):
        """One that exists, or (rarely) one that doesn't."""
        known = self.things.get(kind)
        if not known or self.chance(odd):
            return self.random.choice(["nope", "", "11111111-2222-3333-4444-555555555555", "s.aaaaaaaaaaaaaaaaaaaaaaaa"])
        return self.random.choice(known[-12:])

    def some(self, kind):
        return [self.pick(kind) for _ in range(self.random.randrange(4))]

    def one_of(self, *values):
        return self.random.choice(values)

    def maybe(self, data, name, value, probability=0.5):
        if self.chance(probability):
            data[name] = value() if callable(value) else value
            if self.chance(0.03):
                data[name] = None

    def fields(self, choices, probability=0.3):
        """Some of the fields of `choices`: name -> values to draw from."""
        data = {}
        for name, values in choices.items():
            self.maybe(data, name, (lambda values=values: self.random.choice(values)), probability)
        return data

    def setup(self):
        for area in self.areas:
            area.setup()

    def draw(self):
        ask = self.drawn()
        if self.in_namespace:
            ask.place = self.random.choices(["header", "prefix", ""], [6, 3, 1])[0]
            for area in self.areas:
                area.settle(ask)
        return ask

    def drawn(self):
        if self.chance(0.12):
            return self.seldom()
        area = self.random.choices(self.areas, self.weights)[0]
        ask = area.request()
        if not ask.slow:
            self.distort(ask)
        return ask

    def seldom(self):
        """Something to the endpoint that was asked least of all, so that none is forgotten."""
        kind, operation, pattern = self.routes.least(self.random)
        mount = {kind: mount for mount, kind in self.routes.mounts.items()}.get(kind, "")
        path = re.sub(r":(\w+)[+*]?", lambda found: self.filled(found.group(1), pattern), mount + pattern)
        methods = {name: method for method, name in OPERATIONS.items()}
        method = "POST" if operation == "update" else methods[operation]
        if method in ("LIST", "SCAN"):
            path = path.rstrip("/")
        harmful = pattern in ("sys/seal", "revoke-self", "renew-self") or "revoke-prefix" in pattern or "revoke-force" in pattern
        if (kind, pattern) == ("token", "tidy"):  # there it empties the root token's cubbyhole
            harmful = harmful or self.in_namespace
        headers = {"Content-Type": "application/merge-patch+json"} if method == "PATCH" else {}
        data = self.one_of({}, {}, {"zz": 1}, {"a": "b"}) if method in ("POST", "PATCH") else None
        return Ask(method, path, data, token="nope" if harmful else "<root>", headers=headers)

    def filled(self, name, pattern):
        """A value for a parameter of a path."""
        if name == "id":
            kinds = {"entity/": "entity", "persona": "alias", "alias": "alias", "group/": "group", "group-alias": "groupalias"}
            return self.pick(next((kind for part, kind in kinds.items() if part in pattern), "other"), 0.2) or "x"
        return self.one_of(*{"username": ["u1", "u2", "zz"], "role_name": ["ar1", "ar2", "r1", "zz"], "urlbytes": ["3", "x"],
                             "source": ["all", "12"], "urlalgorithm": ["sha2-256", "zz"], "prefix": ["auth/ar/login"],
                             "url_lease_id": ["auth/token/create/x", "y"], "mount_accessor": [self.pick("mount") or "x"],
                             "alias_identifier": ["u1"], "header": ["X-One", "zz"], "rest": ["u1/x", "u1/", ""]}.get(
                                 name, ["a", "b/c", "zz", "n1"]))

    def distort(self, ask):
        """Makes some requests odd."""
        if ask.token == "<root>" and self.chance(0.12):
            ask.token = self.pick("token", 0.1)
        chance = self.random.random()
        if chance < 0.05 and isinstance(ask.data, dict) and ask.data:
            ask.data = dict(ask.data)
            name, value = self.random.choice(sorted(ask.data)), self.random.choice(ODD_VALUES)
            if name != "password" or value != "\u0000":  # one with a zero byte isn't taken here
                ask.data[name] = value
        elif chance < 0.07 and isinstance(ask.data, dict):
            ask.data = {**ask.data, "zz": self.random.choice(ODD_VALUES)}
        elif chance < 0.085 and ask.method in ("POST", "PUT", "PATCH"):
            ask.raw = self.random.choice(ODD_BODIES)
        elif chance < 0.10:
            ask.method = self.random.choice(["GET", "POST", "PUT", "DELETE", "LIST", "PATCH", "HEAD", "OPTIONS", "SCAN", "FOO"])
            if ask.method == "PATCH" and self.chance(0.7):
                ask.headers = {**ask.headers, "Content-Type": "application/merge-patch+json"}
        elif chance < 0.115 and ask.method in ("GET", "LIST", "DELETE"):
            ask.query = self.random.choice(["zz=1", "list=true", "list=x", "list=", "limit=1", "limit=x", "after=a",
                                            "limit=-1&after=b", "limit=2&after=zz", "scan=true", "a=1&a=2", "=1", "&&",
                                            "list=true&scan=true", "limit=max"])
        elif chance < 0.13:
            ask.headers = {**ask.headers, "X-Vault-Wrap-TTL": self.random.choice(["60", "5m", "x", "", "0", "-5", "1h"])}
        elif chance < 0.135 and ask.method == "POST":
            ask.method = "PUT"
        elif chance < 0.138:
            ask.query = self.random.choice(["help=1", "help=0&list=x", "help="])
        elif chance < 0.143:
            ask.path += self.random.choice(["/", "/x", "x", "//"])

    # What is learnt.
    def learn(self, kind, real, ours):
        if real in self.real.names.common_names or ours in self.ours.names.common_names:
            return
        self.count += 1
        name = "<%s%d>" % (kind, self.count)
        self.real.names.bind(real, name)
        self.ours.names.bind(ours, name)
        self.things.setdefault(kind, []).append(name)

    def learn_all(self, ask, real, ours):
        for path, left, right in pairs(real, ours):
            if path == ("request_id",):
                continue
            ones, others = list(OPAQUE.finditer(left)), list(OPAQUE.finditer(right))
            if len(ones) != len(others):
                continue
            for one, other in zip(ones, others):
                if one.lastgroup == other.lastgroup and one.lastgroup in LEARNT:
                    kind = ask.kinds.get(".".join(path)) or self.kind_of(ask, path, one.lastgroup)
                    self.learn(kind, one.group(), other.group())

    @staticmethod
    def kind_of(ask, path, form):
        if form in ("service", "batch"):
            return "token"
        if form in ("mount", "drawn", "lease"):
            return {"mount": "mount", "drawn": "drawn", "lease": "lease"}[form]
        last = path[-1] if path else ""
        if form == "accessor":
            return "accessor"
        alias = re.match("identity/(entity-alias|group-alias|alias)", ask.path)
        group = re.match("identity/(group|lookup/group)", ask.path)
        if last == "entity_id" or last == "canonical_id" and not group:
            return "entity"
        if "aliases" in path or "alias" in path or alias and last == "id":
            return "groupalias" if group else "alias"
        if ask.path.startswith("identity/"):
            return "group" if group else "entity"
        return "other"

    def inside(self, ask):
        """In the walk's namespace, if it is in one."""
        return dataclasses.replace(ask, place="header") if self.in_namespace else ask

    def both(self, ask):
        """Sends it outside the comparison, as what is learnt needs it."""
        ask = self.inside(ask)
        answers = [side.send(ask) for side in (self.real, self.ours)]
        self.learn_all(ask, answers[0][1], answers[1][1])
        return answers

    def step(self, ask, again=False):
        """Sends it; what differs, as text, or nothing."""
        self.routes.count(ask.operation(), self.ours.names.own(ask.path))
        (status, real, headers), (own_status, ours, own_headers) = answers = [
            side.send(ask) for side in (self.real, self.ours)]
        if status == own_status and status < 300:
            self.learn_all(ask, real, ours)
        for area in self.areas:
            area.saw(ask, answers)
        if status == 0:
            return None  # the real server's handler broke down, which is in DIFFERENCES.md
        shown = self.shown(ask, answers)
        if status == own_status and same(shown[0], shown[1]):
            return None
        if status >= 400 and own_status >= 400 and any(area.excuses(ask, status, own_status, shown) for area in self.areas):
            return None
        if len(ask.query) > len("help=") and ask.query.startswith("help=") and re.match("auth/ar/login$|identity/oidc/.*well-known/", ask.path):
            return None  # the real server looks at the role, and knows only some paths there
        if any(area.forgives(ask, answers, shown) for area in self.areas):
            return None
        if not again and re.match("auth/token/(lookup|accessors)", ask.path):  # what is used up goes a little later there
            time.sleep(0.3)
            return self.step(ask, again=True)
        named = [dict(zip(("body", "type", "location", "allow"), one)) for one in shown]
        named[0]["status"], named[1]["status"] = status, own_status
        return "\n    ".join(["%s [%d]" % (ask.told(), status), *differing(*named)])

    def shown(self, ask, answers):
        """What is compared of both answers, in common words."""
        shown = []
        for side, (_, body, seen) in zip((self.real, self.ours), answers):
            if isinstance(body, dict):
                body = {key: value for key, value in self.without(body).items() if key != "request_id"}
                if "see_also" in body:
                    body = {"help": "of its own words"}
            kind = seen.get("Content-Type") if ask.method != "HEAD" else None
            shown.append([side.names.common(body), kind, side.names.common(seen.get("Location")), seen.get("Allow")])
        return shown

    def without(self, value):
        if isinstance(value, dict):
            return {key: self.without(item) for key, item in value.items() if key not in self.unequal}
        if isinstance(value, list):
            return [self.without(item) for item in value]
        return value


class Area:
    """Requests about one part of the API. `weight`: how often it is asked."""
    weight = 1.0

    def __init__(self, walk):
        self.walk = walk
        self.random = walk.random

    def setup(self):
        """What it needs before the walk."""

    def request(self):
        raise NotImplementedError

    def settle(self, ask):
        """Before each request in a walk's namespace, also of other areas; may send it elsewhere."""

    def saw(self, ask, answers):
        """After each request, also of other areas."""

    def excuses(self, ask, status, own_status, shown):
        """Whether two refusals that differ are as good as the same."""
        return False

    def forgives(self, ask, answers, shown):
        """Whether answers that differ are as good as the same; in DIFFERENCES.md."""
        return False
