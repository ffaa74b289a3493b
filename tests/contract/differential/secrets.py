# SPDX-License-Identifier: Apache-2.0
"""What is kept: kv without and with versions, cubbyholes."""
from .walk import Area, Ask

PATHS = ["a", "b", "b/c", "b/d", "b/c/e", "x y", "é", "A", "a/b"]
VALUES = [{"a": "b"}, {"a": 1}, {}, {"a": {"b": [1, 2.5, None, True]}, "c": "d"}, {"a": None}, {"ttl": "1h"}, {"é": "ß\n"}, {"a": 1e20},
          {"a": 12345678901234567890}, {"a": 0.1}, {"a": "x" * 2000}, {"lease": "5m"}, {"ttl": "x"}, {"a": "xy"}, {"a": 5, "name": "x"}]
LISTS = ["", "", "limit=1", "after=a", "limit=2&after=a", "limit=x", "limit=-1", "limit=0", "after=zz", "limit=max"]
MERGE = {"Content-Type": "application/merge-patch+json"}


class Kv(Area):
    weight = 1.5

    def setup(self):
        self.walk.both(Ask("POST", "sys/mounts/kv1", {"type": "kv"}))

    def request(self):
        walk = self.walk
        mount = walk.one_of("kv1", "kv1", "cubbyhole")
        token = walk.pick("token") if mount == "cubbyhole" and walk.chance(0.4) else "<root>"
        path = mount + "/" + walk.one_of(*PATHS)
        method = walk.one_of("GET", "GET", "POST", "POST", "DELETE", "LIST", "LIST", "SCAN")
        if walk.chance(0.06):
            return Ask(method, mount + "/", walk.one_of(*VALUES) if method == "POST" else None, token)
        if method == "POST":
            return Ask(walk.one_of("POST", "PUT"), path, walk.one_of(*VALUES), token)
        if method in ("LIST", "SCAN"):
            return Ask(method, walk.one_of(mount, mount, mount + "/b", mount + "/nope", mount + "/b/c"), None, token,
                       query=walk.one_of(*LISTS))
        return Ask(method, path, None, token)


class VersionedKv(Area):
    weight = 2.5

    def setup(self):
        self.walk.both(Ask("POST", "sys/mounts/kv2", {"type": "kv", "options": {"version": "2"}}))
        for _ in range(100):  # the real one takes a moment
            if self.walk.real.send(Ask("GET", "kv2/config"))[0] == 200:
                break

    def request(self):
        walk = self.walk
        kind = self.random.choices(["data", "metadata", "versions", "config", "rest"], [6, 5, 3, 0.7, 2])[0]
        return getattr(self, kind)(walk.one_of(*PATHS))

    def data(self, path):
        walk = self.walk
        path = "kv2/data/" + path
        method = walk.one_of("GET", "GET", "POST", "POST", "POST", "PATCH", "DELETE")
        if method == "GET":
            return Ask("GET", path, query=walk.one_of("", "", "version=1", "version=2", "version=0", "version=x", "version=-1"))
        if method == "DELETE":
            return Ask("DELETE", path)
        data = {}
        walk.maybe(data, "data", lambda: walk.one_of(*VALUES, {"a": None, "c": {"x": None}}), 0.95)
        walk.maybe(data, "options", lambda: walk.one_of({"cas": 0}, {"cas": 1}, {"cas": 2}, {}, {"cas": "x"}, {"zz": 1}, {"cas": -1}), 0.3)
        if method == "PATCH" and data.get("data") == {} and walk.chance(0.5):
            data["data"] = {"a": "z"}
        return Ask(method, path, data, headers=MERGE if method == "PATCH" else {})

    def settings(self):
        return self.walk.fields({
            "max_versions": [0, 2, 3, "x"], "cas_required": [True, False, False], "delete_version_after": ["0", "1h", "-1s", "zz", 0],
            "custom_metadata": [{"a": "b"}, {}, {"a": {"b": "c"}}, {"k" * 129: "v"}, "x", {"a": ""}, {"a": None}, {"b": "c"}],
            "metadata_cas": [0, 1, 2, "x"], "metadata_cas_required": [False, False, True]}, 0.25)

    def metadata(self, path):
        walk = self.walk
        method = walk.one_of("GET", "GET", "POST", "POST", "PATCH", "DELETE", "LIST", "SCAN")
        if method in ("LIST", "SCAN"):
            return Ask(method, "kv2/metadata" + walk.one_of("", "", "/b", "/nope", "/b/c"), query=walk.one_of(*LISTS))
        headers = MERGE if method == "PATCH" else {}
        return Ask(method, "kv2/metadata/" + path, self.settings() if method in ("POST", "PATCH") else None, headers=headers)

    def versions(self, path):
        walk = self.walk
        return Ask(walk.one_of("POST", "PUT"), "kv2/%s/%s" % (walk.one_of("delete", "undelete", "destroy"), path),
                   walk.fields({"versions": [[1], [1, 2], ["2"], [99], [], [0], [-1], "1,2", ["x"], 1, [3]]}, 0.95))

    def config(self, path):
        walk = self.walk
        if walk.chance(0.5):
            return Ask("GET", "kv2/config")
        return Ask("POST", "kv2/config", walk.fields({
            "max_versions": [0, 5, 2, -1], "cas_required": [False, False, False, True, "x"], "metadata_cas_required": [False],
            "delete_version_after": ["0s", "1h", "-1s", "zz", 3600, None]}, 0.4))

    def rest(self, path):
        walk = self.walk
        which = walk.one_of("subkeys", "subkeys", "detailed", "detailed", "root", "wrong", "meta")
        if which == "subkeys":
            return Ask("GET", "kv2/subkeys/" + path, query=walk.one_of("", "version=1", "depth=1", "depth=0", "depth=2&version=2", "depth=x"))
        if which == "detailed":
            return Ask("LIST", "kv2/detailed-metadata" + walk.one_of("", "/b", "/nope"), query=walk.one_of(*LISTS))
        method = walk.one_of("GET", "POST", "DELETE", "PATCH", "LIST", "SCAN")
        places = {"root": ["kv2/data", "kv2/data/", "kv2/delete", "kv2/undelete", "kv2/destroy", "kv2/undelete/", "kv2"],
                  "meta": ["kv2/metadata/", "kv2/metadata"],
                  "wrong": ["kv2/" + path, "kv2/", "kv2/detailed-metadata", "kv2/subkeys", "kv2/subkeys/", "kv2/x"]}
        place = walk.one_of(*places[which])
        if place.endswith("/") and method in ("POST", "PATCH"):
            method = "GET"
        return Ask(method, place, {"data": {"a": 1}} if method in ("POST", "PATCH") else None, headers=MERGE if method == "PATCH" else {})
