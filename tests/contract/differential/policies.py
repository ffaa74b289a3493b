# SPDX-License-Identifier: Apache-2.0
"""ACL policies."""
import base64
import re

from .walk import Area, Ask

NAMES = ["p1", "p2", "p3", "p4", "p5", "P1", "sudo", "a/b", "x y"]
FIXED = ["root", "default", "response-wrapping", "Default"]
PATHS = ["kv1/*", "kv1/a", "kv1/+/c", "kv1/b/*", "kv2/*", "kv2/data/a", "identity/*", "identity/entity/id/*", "auth/token/*",
         "auth/token/create", "sys/*", "sys/policies/acl/*", "sys/auth/*", "*", "+", "+/a", "cubbyhole/*", "/kv1/a", "kv1/b*",
         "identity/entity/name/+", "auth/up/*", "auth/ar/*", "sys/mounts", "sys/capabilities*", "", "auth/token/lookup-self",
         "identity/entity/id/{{identity.entity.id}}", "kv1/{{identity.entity.name}}/*", "a/+*", "sys/leases/*"]
CAPABILITIES = ["create", "read", "update", "delete", "list", "sudo", "deny", "patch", "scan"]
ODD = ["", "path", "path \"x\" {", "path \"x\" { capabilities = [\"fly\"] }", "path \"x\" { foo = 1 }", "zz = 1", "{}", "{",
       "# nothing", "path \"x\" { capabilities = \"read\" }", "path \"x\" { policy = \"write\" }", "name = \"n\"",
       "path \"x\" { policy = \"zz\" }", "{\"path\":{\"kv1/a\":{\"capabilities\":[\"read\"]}}}", "{\"path\":",
       "path \"x\" { min_wrapping_ttl = \"5m\" max_wrapping_ttl = \"1m\" }", "path x { capabilities = [\"read\"] }",
       "PATH \"x\" {}", "path \"x\" { capabilities = [\"read\",] }", "path \"x\" {{ }", "path \"é\" { capabilities = [\"read\"] }",
       "path \"x\" { capabilities = [\"READ\"] }", "path \"x\" { pagination_limit = -1 }", "path \"x\" { expiration = \"zz\" }",
       "path \"x\" { expiration = \"2020-01-01T00:00:00Z\" capabilities = [\"read\"] }", "path \"x\" { comment = \"c\" }",
       "path \"{{identity.entity.id\" { capabilities = [\"read\"] }", "/* x */ path \"x\" {}", "path \"x\" \"y\" {}"]


class Policies(Area):
    weight = 2.5

    def setup(self):
        for name, text in (("p1", 'path "kv1/*" { capabilities = ["read","list","create","update","delete"] }'),
                           ("p2", 'path "*" { capabilities = ["read","update","list","create","delete","patch","scan"] }'),
                           ("sudo", 'path "*" { capabilities = ["read","update","list","create","delete","sudo","patch"] }')):
            self.walk.both(Ask("POST", "sys/policies/acl/" + name, {"policy": text}))

    def text(self):
        walk = self.walk
        if walk.chance(0.15):
            text = walk.one_of(*ODD)
        else:
            text = "\n".join(self.stanza() for _ in range(self.random.randrange(1, 4)))
        return base64.b64encode(text.encode()).decode() if walk.chance(0.1) else text

    def stanza(self):
        walk = self.walk
        lines = ["capabilities = [%s]" % ", ".join(
            '"%s"' % self.random.choice(CAPABILITIES[:5] if walk.chance(0.8) else CAPABILITIES)
            for _ in range(self.random.randrange(1, 5)))]
        if walk.chance(0.1):
            lines.append(walk.one_of('allowed_parameters = { "a" = ["x","y*"] }', 'allowed_parameters = { "*" = [] }',
                                     'denied_parameters = { "a" = [] }', 'denied_parameters = { "*" = [] }',
                                     'allowed_parameters = { "a" = [] "name" = [] }', 'required_parameters = ["a"]',
                                     'denied_parameters = { "policies" = ["root"] }'))
        if walk.chance(0.05):
            lines.append(walk.one_of('min_wrapping_ttl = "1m"', 'max_wrapping_ttl = 3600', 'pagination_limit = 2'))
        return 'path "%s" {\n  %s\n}' % (walk.one_of(*PATHS), "\n  ".join(lines))

    def name(self):
        return self.walk.one_of(*(FIXED if self.walk.chance(0.08) else NAMES))

    def forgives(self, ask, answers, shown):
        """The policies that are built in have comments of our own."""
        built_in = re.fullmatch("sys/(policies/acl|policy)/(default|response-wrapping)/?", ask.path.lower())
        return bool(built_in) and ask.operation() == "read" and answers[0][0] == answers[1][0]

    def request(self):
        walk = self.walk
        method = walk.one_of("POST", "POST", "POST", "GET", "GET", "DELETE", "LIST", "PATCH")
        old = walk.chance(0.3) and method != "PATCH"
        path = "sys/policy" if old else "sys/policies/acl"
        if method == "LIST":
            if old and walk.chance(0.5):
                return Ask("LIST", path + "/" + self.name())
            return Ask("GET" if old and walk.chance(0.5) else "LIST", path, query=walk.one_of("", "", "limit=1&after=p1"))
        if method in ("GET", "DELETE"):
            name = self.name()
            return Ask(method, "%s/%s" % (path, name if method == "GET" or name != "sudo" else "p5"))
        data = {}
        walk.maybe(data, "policy" if not old or walk.chance(0.8) else "rules", self.text, 0.95)
        if walk.chance(0.2):
            data.update(walk.fields({"cas": [-1, 0, 1, 2, 3, "x"], "cas_required": [True, False]}, 0.6))
        if walk.chance(0.1):
            data.update(walk.fields({"ttl": ["1h", "0", "-2", "zz"], "expiration": ["2030-01-01T00:00:00Z", "2020-01-01T00:00:00Z", "x"],
                                     "allow_slashes_in_identity_templates": [True], "allow_wildcards_in_identity_templates": [True]}, 0.5))
        name = self.name()
        headers = {"Content-Type": "application/merge-patch+json"} if method == "PATCH" else {}
        return Ask(method, "%s/%s" % (path, name if name != "sudo" else "p4"), data, headers=headers)
