# SPDX-License-Identifier: Apache-2.0
"""Tokens, their roles, what wraps answers, leases and capabilities."""

from .naming import same
from .walk import Area, Ask

TTLS = ["1h", 3600, "90m", "0", "-5", "zz", "1d", "2000h", 7200, "3600", ""]
POLICIES = [["p1"], ["p1", "p2"], ["P3"], ["default"], ["root"], [], ["nope"], ["p2", "p1", "p2"], ["response-wrapping"],
            ["p4", "p5"], "p1,p2", [" p1 "], ["sudo"]]
ROLES = ["r1", "r2", "r3", "R1", "r-4.x"]
TYPES = ["service", "batch", "", "default", "zz", "default-service", "default-batch", "Service"]
PATHS = ["auth/token/create", "kv1/a", "kv1/b/c", "identity/entity/id/x", "sys/auth/one", "kv2/data/a", "nope", "",
         "/kv1/a", "sys/mounts", "kv1/", "auth/token/accessors", "auth/token/accessors/", "identity/group/name/x", "+", "*"]


class Tokens(Area):
    weight = 4.0

    def setup(self):
        self.walk.both(Ask("GET", "auth/token/lookup-self"))

    def creation(self):
        return self.walk.fields({
            "policies": POLICIES, "ttl": TTLS, "explicit_max_ttl": TTLS, "period": TTLS, "num_uses": [0, 2, 3, -1, "2", 100],
            "type": TYPES, "no_parent": [True, False], "no_default_policy": [True, "false"], "renewable": [True, False],
            "display_name": ["x", "a b/c", "é", "", "x" * 70], "meta": [{"a": "b"}, {}, {"a": 5}, "a=b", ["a=b"], "x"],
            "entity_alias": ["a", "b", "zz", "A"], "lease": TTLS, "id": ["custom1", "custom2", "s.x", "hvs.x", "a.b", "c d"],
        }, 0.17)

    def role_settings(self):
        return self.walk.fields({
            "allowed_policies": ["p1,p2", ["p1"], ["P1", "default"], [], ["root"]], "disallowed_policies": ["p3", ["p1"], ["default"]],
            "allowed_policies_glob": [["p*"], "p1,q*", []], "disallowed_policies_glob": [["s*"], ["p3*"]],
            "orphan": [True, False], "renewable": [True, False], "path_suffix": ["suffix", "a/b", "x", "-x", ""],
            "allowed_entity_aliases": ["a,b", ["A*"], ["*"], []], "token_period": TTLS, "token_explicit_max_ttl": TTLS,
            "period": TTLS, "explicit_max_ttl": TTLS, "bound_cidrs": ["127.0.0.1/32", "10.0.0.0/8", "x"],
            "token_bound_cidrs": [["127.0.0.1"], ["127.0.0.0/8", "::1"], "x"], "token_no_default_policy": [True],
            "token_num_uses": [0, 2, -1, 50], "token_type": TYPES + ["default-service"],
        }, 0.12)

    def request(self):
        walk = self.walk
        kind = self.random.choices(["create", "role", "lookup", "renew", "revoke", "list"], [7, 5, 6, 4, 3, 1])[0]
        ask = getattr(self, kind)()
        if walk.chance(0.2):
            ask.token = walk.pick("token", 0.02)
        return ask

    def create(self):
        walk = self.walk
        path = walk.one_of("create", "create", "create-orphan", "create/" + walk.one_of(*ROLES))
        ask = Ask(walk.one_of("POST", "PUT"), "auth/token/" + path, self.creation(), kinds={"auth.entity_id": "entity"})
        if walk.in_namespace and not ask.data.get("policies"):  # a role gives the root's there
            ask.data["policies"] = ["p1"]
        if walk.chance(0.1):
            ask.headers = {"X-Vault-Wrap-TTL": walk.one_of("60", "5m", "1h")}
        return ask

    def role_path(self):
        return "auth/token/roles/" + self.walk.one_of(*ROLES)

    def list(self):
        walk = self.walk
        if walk.chance(0.2) and not walk.in_namespace:  # in one it takes away there what the root token keeps in its cubbyhole
            return Ask("POST", "auth/token/tidy")
        return Ask("LIST", walk.one_of("auth/token/accessors", "auth/token/roles"),
                   query=walk.one_of("", "", "limit=2", "after=r1"))

    def lookup(self):
        walk = self.walk
        choice = walk.random.random()
        if choice < 0.3:
            return Ask("POST", "auth/token/lookup", {"token": walk.pick("token")})
        if choice < 0.4:
            return Ask("GET", "auth/token/lookup", query=walk.one_of("", "token=" + walk.pick("token")))
        if choice < 0.6:
            return Ask(walk.one_of("GET", "GET", "POST"), "auth/token/lookup-self", token=walk.pick("token"))
        if choice < 0.8:
            return Ask("POST", "auth/token/lookup-accessor", {"accessor": walk.pick("accessor")})
        return Ask("GET", self.role_path())

    def renew(self):
        walk = self.walk
        data = walk.fields({"increment": TTLS}, 0.6)
        which = walk.one_of("renew", "renew-self", "renew-accessor")
        if which == "renew":
            data["token"] = walk.pick("token")
        if which == "renew-accessor":
            data["accessor"] = walk.pick("accessor")
        return Ask("POST", "auth/token/" + which, data,
                   token=walk.pick("token") if which == "renew-self" else "<root>")

    def revoke(self):
        walk = self.walk
        which = walk.one_of("revoke", "revoke-accessor", "revoke-orphan", "revoke-self", "role", "role")
        if which == "role":
            return Ask("DELETE", self.role_path())
        token = walk.pick("token")
        if token == "<root>":
            token = "nope"
        if which == "revoke-self":
            return Ask("POST", "auth/token/revoke-self", walk.one_of(None, {}), token=token)
        if which == "revoke-accessor":
            accessor = walk.pick("accessor")
            return Ask("POST", "auth/token/revoke-accessor", {"accessor": accessor if accessor != self.root_accessor() else "x"})
        return Ask("POST", "auth/token/" + which, {"token": token})

    def root_accessor(self):
        return self.walk.things["accessor"][0]

    def role(self):
        return Ask("POST", self.role_path(), self.role_settings())

    def forgives(self, ask, answers, shown):
        """How long a token has lived yet, to the second, depends on when it was asked."""
        if ask.path.startswith("auth/token/renew") and (answers[0][0], answers[1][0]) == (500, 204):
            return True  # its user is gone, and it will be at its next look
        if ask.path.startswith("auth/token/renew") and "token not found" in str(answers[0][1]) and "lease is not renewable" in str(answers[1][1]):
            return True  # a tidy is under way there
        wrapped = ask.path == "sys/wrapping/unwrap" and (shown[0][0] or {}).get("auth")
        if not (ask.path.startswith("auth/token/renew") or wrapped) or answers[0][0] != answers[1][0] or answers[0][0] != 200:
            return False
        for one in shown:
            one[0]["warnings"] = [text for text in one[0]["warnings"] or [] if "exceeded the effective max_ttl" not in text]
        (real, own) = ((one[0].get("auth") or {}) for one in shown)
        if real.get("orphan") is False and own.get("orphan"):  # its parent was revoked alone
            own["orphan"] = False
        return same(*shown)


class Wrapping(Area):
    weight = 1.2

    def request(self):
        walk = self.walk
        which = walk.one_of("wrap", "wrap", "lookup", "lookup", "unwrap", "unwrap", "made" if walk.in_namespace else "rewrap", "made")
        if which == "wrap":
            return Ask("POST", "sys/wrapping/wrap", walk.one_of({"a": "b"}, {}, {"a": {"b": [1, None]}}, None, {"token": "x"}),
                       headers={"X-Vault-Wrap-TTL": walk.one_of("60", "5m", "1h", "10h")} if walk.chance(0.9) else {},
                       kinds={"wrap_info.token": "wrapping", "wrap_info.accessor": "accessor"})
        if which == "made":
            return Ask("GET", walk.one_of("sys/mounts", "kv1/a", "auth/token/lookup-self", "identity/entity/id/x"),
                       headers={"X-Vault-Wrap-TTL": "300"}, kinds={"wrap_info.token": "wrapping"})
        token = walk.pick("wrapping")
        if which == "lookup":
            return walk.one_of(Ask("POST", "sys/wrapping/lookup", {"token": token}),
                               Ask("GET", "sys/wrapping/lookup", token=token),
                               Ask("POST", "sys/wrapping/lookup", {"token": token}, token=None))
        return walk.one_of(Ask("POST", "sys/wrapping/" + which, {"token": token}),
                           Ask("POST", "sys/wrapping/" + which, None, token=token),
                           Ask("POST", "sys/wrapping/" + which, {"token": walk.pick("token")}))


class Rights(Area):
    """Capabilities and leases."""
    weight = 1.6

    def request(self):
        return self.capabilities() if self.walk.chance(0.6) else self.leases()

    def capabilities(self):
        walk = self.walk
        if walk.chance(0.15):
            return Ask("GET", "sys/internal/ui/resultant-acl", token=walk.pick("token"))
        which = walk.one_of("capabilities", "capabilities-self", "capabilities-accessor")
        data = {walk.one_of("paths", "paths", "path"): walk.one_of(
            [walk.one_of(*PATHS)], [walk.one_of(*PATHS) for _ in range(3)], walk.one_of(*PATHS), [])}
        if which == "capabilities":
            data["token"] = walk.pick("token")
        if which == "capabilities-accessor":
            data["accessor"] = walk.pick("accessor")
        token = walk.pick("token") if which == "capabilities-self" else "<root>"
        return Ask("POST", "sys/" + which, data, token=token)

    def leases(self):
        walk = self.walk
        which = walk.one_of("lookup", "list", "list", "renew", "revoke", "prefix", "force", "tidy", "irrevocable")
        if which == "irrevocable":
            query = walk.one_of("type=irrevocable", "type=Irrevocable", "type=irrevocable&limit=" + walk.one_of("none", "x", "-1", "7"),
                                "type=irrevocable&include_child_namespaces=" + walk.one_of("true", "x"), "type=x", "")
            return Ask("GET", walk.one_of("sys/leases", "sys/leases/count"), query=query)
        lease = walk.one_of("auth/token/create/", "auth/up/login/u1/", "x/") + walk.pick("lease")
        prefix = walk.one_of("auth/token/create-orphan/", "auth/token", "auth/up/login", "auth/up/login/u1", "x", "auth", "auth/ar/login",
                             "auth/token/create-orphan", "auth/token/create/r1")
        if which == "list":
            return Ask("LIST", walk.one_of("sys/leases/lookup", "sys/leases/lookup/" + prefix))
        if which in ("lookup", "renew", "revoke"):
            in_path = which != "lookup" and walk.chance(0.4) and lease[-1] != "/"
            data = walk.fields({"increment": TTLS, "sync": [True, "x"]}, 0.3) if which != "lookup" else {}
            if not in_path and walk.chance(0.95):
                data["lease_id"] = lease
            return Ask("POST", "sys/leases/" + which + ("/" + lease if in_path else ""), data)
        if which == "tidy":
            return Ask("POST", "sys/leases/tidy")
        if prefix in ("auth", "auth/token", "auth/token/create-orphan"):
            prefix = "auth/ar/login"
        return Ask("POST", "sys/leases/revoke-%s/%s" % (which, prefix), walk.one_of(None, {}, {"sync": True}))

    def forgives(self, ask, answers, shown):
        """The real server can't tell what a root token may whose entity has policies too, though it lets it do all."""
        failed = "other policies present along with root" in str(answers[0][1])
        return ask.path.startswith("sys/capabilities") and failed and answers[1][0] == 200
