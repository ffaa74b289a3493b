# SPDX-License-Identifier: Apache-2.0
"""Entities, groups, their aliases, lookups and merges."""
import re

from .naming import same
from .walk import Area, Ask

NAMES = ["a", "A", "b", "b/c", "B/C", "É", "é", " x ", "x", "with \"quotes\"", "e\u0301", "ß", "İ", "i", "c", "d"]
POLICIES = ["p", "P", "q", "", " r ", "root", "default", "p1", "p2", "p3"]
KEYS = ["k", "K", "a b", "", "vault-x", "k" * 129, "long/key=+_-", "é"]
VALUES = ["v", "", "w" * 513, "é", "line\nbreak", 5, True, None, 1.5]


class Identities(Area):
    weight = 6.0

    def __init__(self, walk):
        super().__init__(walk)
        self.merges = 0

    def setup(self):
        for path, local in (("one", False), ("two", False), ("three", False), ("four", self.walk.seed % 2 == 1)):
            self.walk.both(Ask("POST", "sys/auth/" + path, {"type": "userpass", "local": local}))
            self.walk.both(Ask("GET", "sys/auth/" + path, kinds={"accessor": "mount"}))

    def metadata(self):
        choose = self.random.random()
        if choose < 0.1:
            return self.random.choice([[], {}, "a=b", "a", ["a=b", "c"], {"a": []}, 5, [{"a": "b"}]])
        if choose < 0.7:
            return {"k%d" % i: self.random.choice(["v", "w", ""]) for i in range(self.random.randrange(3))}
        return {self.random.choice(KEYS): self.random.choice(VALUES)}

    def name(self):
        return self.random.choice(NAMES)

    def policies(self):
        return [self.random.choice(POLICIES[:5] + POLICIES[7:] if self.random.random() < 0.9 else POLICIES)
                for _ in range(3)]

    def entity(self):
        walk, data = self.walk, {}
        walk.maybe(data, "name", self.name, 0.7)
        walk.maybe(data, "metadata", self.metadata, 0.4)
        walk.maybe(data, "policies", self.policies, 0.4)
        walk.maybe(data, "disabled", lambda: self.random.choice([True, False, "t", 0, "maybe"]), 0.2)
        return data

    def alias(self):
        walk, data = self.walk, {}
        walk.maybe(data, "name", self.name, 0.8)
        walk.maybe(data, "mount_accessor", lambda: walk.pick("mount"), 0.8)
        walk.maybe(data, walk.one_of("canonical_id", "canonical_id", "entity_id"), lambda: walk.pick("entity"), 0.7)
        walk.maybe(data, "custom_metadata", self.metadata, 0.3)
        return data

    def group(self):
        walk, data = self.walk, {}
        walk.maybe(data, "name", self.name, 0.7)
        walk.maybe(data, "type", lambda: self.random.choice(["internal", "external", "", "Internal"]), 0.3)
        walk.maybe(data, "metadata", self.metadata, 0.3)
        walk.maybe(data, "policies", self.policies, 0.3)
        walk.maybe(data, "member_entity_ids", lambda: walk.some("entity"), 0.4)
        walk.maybe(data, "member_group_ids", lambda: walk.some("group"), 0.4)
        return data

    def group_alias(self):
        walk, data = self.walk, {}
        walk.maybe(data, "name", self.name, 0.9)
        walk.maybe(data, "mount_accessor", lambda: walk.pick("mount"), 0.9)
        walk.maybe(data, "canonical_id", lambda: walk.pick("group"), 0.6)
        return data

    def lookup(self, kind, alias):
        walk, data = self.walk, {}
        walk.maybe(data, "id", lambda: walk.pick(kind), 0.3)
        walk.maybe(data, "name", self.name, 0.3)
        walk.maybe(data, "alias_id", lambda: walk.pick(alias), 0.3)
        if walk.chance(0.4):
            data.update(alias_name=self.name(), alias_mount_accessor=walk.pick("mount"))
        return data

    def request(self):
        walk = self.walk
        choice = self.random.random()
        if choice < 0.06:
            return Ask("POST", "identity/lookup/entity", self.lookup("entity", "alias"))
        if choice < 0.10:
            return Ask("POST", "identity/lookup/group", self.lookup("group", "groupalias"))
        if choice < 0.12:
            return Ask("POST", "identity/entity/batch-delete",
                       {"entity_ids": [one for one in walk.some("entity") if one]})
        if choice < 0.15:
            return self.merge()
        if choice < 0.19:
            return self.persona()
        return self.crud()

    def merge(self):
        walk = self.walk
        data = {"to_entity_id": walk.pick("entity"), "from_entity_ids": [walk.pick("entity")]}
        return Ask("POST", "identity/entity/merge", data)

    def persona(self):
        walk = self.walk
        one = "identity/persona/id/" + walk.pick("alias")
        method = walk.one_of("GET", "POST", "POST", "LIST", "DELETE")
        if method == "LIST":
            return Ask("LIST", "identity/persona/id")
        data = walk.fields({"name": ["p1", "p2"], "metadata": [{"a": "b"}], "mount_accessor": ["x"]}, 0.5)
        if method == "POST":
            walk.maybe(data, "id", lambda: walk.pick("entity"), 0.3)
            walk.maybe(data, "entity_id", lambda: walk.pick("entity"), 0.3)
            if walk.chance(0.5):
                return Ask("POST", "identity/persona", data)
            return Ask("POST", one.rstrip("/"), data)
        return Ask(method, one.rstrip("/"))

    def crud(self):
        walk = self.walk
        kinds = {"entity": ("entity", self.entity), "alias": (walk.one_of("entity-alias", "entity-alias", "alias"), self.alias),
                 "group": ("group", self.group), "groupalias": ("group-alias", self.group_alias)}
        kind = walk.one_of("entity", "entity", "alias", "alias", "group", "group", "groupalias")
        path, make = kinds[kind]
        choice = self.random.random()
        named = kind in ("entity", "group") and walk.chance(0.4)
        one = "identity/%s/name/%s" % (path, self.name()) if named else "identity/%s/id/%s" % (path, walk.pick(kind))
        if choice < 0.37:
            data = make()
            walk.maybe(data, "id", lambda: walk.pick(kind), 0.1)
            return Ask("POST", "identity/" + path, data)
        if choice < 0.62:
            return Ask("POST", one.rstrip("/"), make())
        if choice < 0.82:
            return Ask("GET", one)
        if choice < 0.92:
            return Ask("LIST", "identity/%s/%s" % (path, "name" if named else "id"))
        return Ask("DELETE", one.rstrip("/"))

    def saw(self, ask, answers):
        status = answers[0][0]
        if ask.method == "DELETE" and ask.path.startswith("identity/group/"):  # children keep the dead parent there
            self.walk.unequal |= {"num_parent_groups", "parent_group_ids", "modify_index"}
        if ask.path == "identity/entity/merge" and status == 204:  # and a merge may list the survivor twice
            self.walk.unequal.add("num_member_entities")
            self.merges += 1
            if self.merges > 1:  # of the two only one is replaced by the next merge
                self.walk.unequal.add("member_entity_ids")
        if ask.method == "DELETE" and status == 204 and self.merges:
            self.drop_local(ask)
        gone = ask.method == "DELETE" and ask.path.startswith("identity/entity/") or ask.path == "identity/entity/batch-delete"
        if gone and status == 204 and self.merges:  # as little is one that was listed twice
            self.merges += 1
            self.walk.unequal.add("member_entity_ids")
        if status == 400 and ask.path in ("identity/entity-alias", "identity/alias") and isinstance(ask.data, dict) and (
                ask.data.get("canonical_id") or ask.data.get("entity_id")):
            self.drop_alias(ask)
        if status >= 400 and ask.path.startswith("auth/token/create") and isinstance(ask.data, dict) and ask.data.get("entity_alias"):
            self.drop_entity(ask)

    def drop_local(self, ask):
        """An alias of a local mount that a merge has moved stays in the real server until its entity is written again."""
        real = self.walk.real
        if not re.match("identity/(entity-alias|alias|persona)/id/", ask.path):
            return
        found = real.send(Ask("GET", ask.path, place=ask.place))[1]
        data = (found or {}).get("data") or {}
        if data.get("local"):
            self.walk.both(Ask("POST", "identity/entity/id/" + real.names.common(data["canonical_id"]), {}))
            real.send(Ask("DELETE", ask.path, place=ask.place))

    def drop_entity(self, ask):
        """Of a token that was refused the real server keeps the entity that it made for it."""
        found = []
        for side in (self.walk.real, self.walk.ours):
            mounts = side.send(Ask("GET", "sys/auth", place=ask.place))[1]["data"]
            factors = {"alias_name": ask.data["entity_alias"], "alias_mount_accessor": mounts["token/"]["accessor"]}
            found.append(side.send(Ask("POST", "identity/lookup/entity", factors, place=ask.place)))
        if [one[0] for one in found] == [200, 204]:
            self.walk.real.send(Ask("DELETE", "identity/entity/id/" + found[0][1]["data"]["id"], place=ask.place))

    def forgives(self, ask, answers, shown):
        """Of two members that became one by a merge the real server forgets one at the next, and can't store the group
        any more. In a list the real server says of the second alias of a mount that is gone that path and type are empty."""
        if self.merges > 1 and answers[0][0] == 500 and "* invalid entity ID" in str(answers[0][1]) and answers[1][0] < 300:
            self.drop_group(ask, answers[1][1])
            return True
        if ask.operation() != "list" or not ask.path.startswith("identity/") or answers[0][0] != 200:
            return False
        for info in ((shown[0][0].get("data") or {}).get("key_info") or {}).values():
            for alias in [info, info.get("alias") or {}, *info.get("aliases", [])]:
                if alias.get("mount_path") == "":
                    del alias["mount_path"], alias["mount_type"]
        return same(*shown)

    def drop_group(self, ask, answer):
        """One that only one of the two could change."""
        own = ((answer or {}).get("data") or {}).get("canonical_id")
        group = self.walk.ours.names.common_names.get(own)
        if group:
            self.walk.both(Ask("DELETE", "identity/group/id/" + group))
        elif re.match("identity/group/(id|name)/.", ask.path):
            self.walk.both(Ask("DELETE", ask.path))

    def drop_alias(self, ask):
        """A move that was refused leaves the real server's alias half changed in memory: out with it, on both sides."""
        for side in (self.walk.real, self.walk.ours):
            factors = {"alias_name": ask.data.get("name"), "alias_mount_accessor": ask.data.get("mount_accessor")}
            found = side.send(Ask("POST", "identity/lookup/entity", factors, place=ask.place))[1]
            for alias in ((found or {}).get("data") or {}).get("aliases", []):
                if alias["mount_accessor"] == side.names.own(factors["alias_mount_accessor"]):
                    side.send(Ask("DELETE", "identity/entity-alias/id/" + alias["id"], place=ask.place))

    def excuses(self, ask, status, own_status, shown):
        """Of several mistakes in one request the real server tells any one: it looks at fields and ids in no order."""
        errors = [(one[0] or {}).get("errors") if isinstance(one[0], dict) else None for one in shown]
        for text in ("['Field validation failed: ", "['error converting input for field "):
            if all(str(error).startswith(text) for error in errors) and isinstance(ask.data, dict) and len(ask.data) > 1:
                return True
        data = ask.data if isinstance(ask.data, dict) else {}
        return ask.path.startswith("identity/group") and len(data.get("member_group_ids") or []) > 1
