# SPDX-License-Identifier: Apache-2.0
"""Mounts, tools, counters, what consoles ask, audit, state of the server, and odd paths."""
import re

from .naming import same
from .walk import Area, Ask

SECRET = ["m1", "m2", "m3/x", "m4"]
AUTH = ["n1", "n2", "n3/x", "one"]
TTLS = ["1h", 3600, "0", "-5", "zz", "system", 0, "2000h"]
# Of mounts: what only the real one's plugins have.
TUNING = {
    "default_lease_ttl": TTLS, "max_lease_ttl": TTLS, "description": ["x", ""], "listing_visibility": ["unauth", "hidden", "", "zz"],
    "audit_non_hmac_request_keys": [["a"], "a,b", []], "audit_non_hmac_response_keys": [["a"], []],
    "passthrough_request_headers": [["X-A"], []], "allowed_response_headers": [["X-B"]],
    "token_type": ["service", "batch", "default-service", "default-batch", "zz", ""],
}
LOCKOUT = [{"lockout_threshold": "3", "lockout_duration": "5m"}, {"lockout_disable": True}, {"lockout_counter_reset_duration": "1m"}, {}]


class Mounts(Area):
    weight = 2.0

    def setup(self):
        self.walk.both(Ask("DELETE", "sys/mounts/secret"))  # which only the real one has from the start

    def enabling(self, auth):
        walk = self.walk
        data = walk.fields({"description": ["x", "é", ""], "local": [True, False], "seal_wrap": [False, True],
                            "options": [{"version": "2"}, {"version": "1"}, {}, None, {"version": "3"}, {"a": "b"}]}, 0.15)
        data["type"] = walk.one_of("userpass", "approle", "userpass", "nope", "") if auth else walk.one_of("kv", "kv", "nope", "", "cubbyhole")
        if walk.chance(0.3):
            data["config"] = walk.fields({**TUNING, "force_no_cache": [True]}, 0.15)
            data["config"].pop("description", None)
        return data

    def request(self):
        walk = self.walk
        auth = walk.chance(0.5)
        base, names = ("sys/auth", AUTH) if auth else ("sys/mounts", SECRET)
        which = self.random.choices(["enable", "disable", "read", "all", "tune", "tuning", "remount", "status"],
                                    [4, 1.5, 2, 1.5, 3, 3, 2, 1])[0]
        path = base + "/" + walk.one_of(*names)
        if which == "enable":
            ask = Ask("POST", path, self.enabling(auth))
            if path == "sys/auth/one":
                ask.data["type"] = "userpass"
            return ask
        if which == "disable":
            return Ask("DELETE", path if path != "sys/auth/one" else "sys/auth/nope")
        if which == "read":
            return Ask("GET", walk.one_of(path, path, base + "/token" if auth else base + "/cubbyhole", base + "/kv1"))
        if which == "all":
            return Ask("GET", base)
        fixed = ["sys/auth/up", "sys/auth/ar"] if auth else ["sys/mounts/kv1", "sys/mounts/auth/up"]
        path = walk.one_of(path, path, walk.one_of(*fixed))
        if which == "tuning":
            return Ask("GET", path + "/tune")
        if which == "tune":
            return self.tune(path, fixed)
        if which == "status":
            return Ask("GET", "sys/remount/status/" + (walk.pick("migration") or "x"))
        return self.remount(auth)

    def tune(self, path, fixed):
        walk = self.walk
        data = walk.fields(TUNING, 0.15)
        if "auth" in path:
            walk.maybe(data, "user_lockout_config", lambda: walk.one_of(*LOCKOUT), 0.15)
        if path in fixed:
            for name in ("default_lease_ttl", "max_lease_ttl", "token_type", "user_lockout_config"):
                data.pop(name, None)
        walk.maybe(data, "options", lambda: walk.one_of({"version": "2"} if "auth" not in path else {}, {"a": "b"}, {}), 0.05)
        if path in fixed:
            data.pop("options", None)
        return Ask("POST", path + "/tune", data)

    def remount(self, auth):
        walk = self.walk
        names = ["auth/n1", "auth/n2", "auth/n3/x"] if auth else SECRET
        data = walk.fields({"from": names, "to": names + ["sys/x", "cubbyhole/", "auth/token", "identity", " m5"]}, 0.95)
        return Ask("POST", "sys/remount", data, kinds={"data.migration_id": "migration", "migration_id": "migration"})


class Tools(Area):
    weight = 2.5

    def request(self):
        walk = self.walk
        which = self.random.choices(["hash", "draw", "counters", "ui", "audit", "state", "keys", "odd"], [3, 3, 1.5, 2.5, 4, 2, 7, 2])[0]
        return getattr(self, which)()

    def hash(self):
        walk = self.walk
        data = walk.fields({"input": ["YWJj", "", "x", "YWJj\n", "é"], "format": ["hex", "base64", "zz", ""],
                            "algorithm": ["sha2-256", "sha2-224", "sha2-384", "sha2-512", "sha3-256", "sha3-224", "md5", ""]}, 0.7)
        name = walk.one_of("", "", "/sha2-512", "/sha3-384", "/zz", "/sha2-256")
        return Ask("POST", "sys/tools/hash" + name, data)

    def draw(self):
        walk = self.walk
        data = walk.fields({"bytes": [1, 16, 0, -1, "8", 1000, "x", 10**9], "format": ["hex", "base64", "zz"], "source": ["platform", "seal", "all", "zz"]}, 0.6)
        return Ask("POST", "sys/tools/random" + walk.one_of("", "", "/12", "/x", "/0", "/platform/5", "/zz/5", "/all/7", "/seal/3"), data)

    def counters(self):
        return Ask("GET", "sys/internal/counters/" + self.walk.one_of("entities", "tokens", "requests"))

    def ui(self):
        walk = self.walk
        token = walk.one_of("<root>", None, walk.pick("token"))
        return Ask("GET", "sys/internal/ui/" + walk.one_of("mounts", "namespaces", "mounts/kv1", "mounts/kv1/a", "mounts/auth/up", "mounts/nope",
                                                          "mounts/sys/auth", "mounts/identity/entity/id", "mounts/m1"), token=token)

    def audit(self):
        walk = self.walk
        headers = "sys/config/auditing/request-headers"
        which = walk.one_of("devices", "enable", "disable", "hash", "headers", "header", "set", "set", "remove")
        device = "sys/audit/" + walk.one_of("file", "x", "a/b")
        if which == "devices":
            return Ask("GET", "sys/audit")
        if which == "enable":
            return Ask("POST", device, walk.fields({"type": ["file", "x", ""], "options": [{"file_path": "/x"}, {}], "description": ["d"], "local": [True]}, 0.7))
        if which == "disable":
            return Ask("DELETE", device)
        if which == "hash":
            return Ask("POST", "sys/audit-hash/" + walk.one_of("file", "x"), walk.fields({"input": ["a", "", "é"]}, 0.9))
        if which == "headers":
            return Ask("GET", headers)
        name = headers + "/" + walk.one_of("X-One", "x-one", "X-Two", "Accept")
        if which == "set":
            return Ask("POST", name, walk.fields({"hmac": [True, False, "x"]}, 0.7))
        return Ask("GET" if which == "header" else "DELETE", name)

    def state(self):
        walk = self.walk
        token = walk.one_of("<root>", None)
        return Ask(walk.one_of("GET", "GET", "GET", "HEAD"), "sys/" + walk.one_of("health", "health", "seal-status", "leader", "init", "key-status"), token=token,
                   query=walk.one_of("", "", "standbyok=true", "activecode=299", "activecode=x"))

    def keys(self):
        """What must not really seal or change the keys is asked with what is refused."""
        walk = self.walk
        key = walk.one_of("x", "", "AAAA", "YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXoxMjM0NTY=")
        share = walk.one_of({"key": key}, {"key": key, "nonce": walk.pick("nonce")}, {}, {"nonce": "x"}, {"key": 5})
        shares = walk.fields({"secret_shares": [1, 3, 0, 300, "x", 5], "secret_threshold": [1, 2, 0, 9, 3], "backup": [True],
                              "require_verification": [True, False], "stored_shares": [1], "pgp_keys": [[]]}, 0.4)
        which = walk.one_of("open", "root", "root", "shares", "shares", "shares", "init", "rest", "rest")
        if which == "open":
            path = walk.one_of("sys/generate-root/attempt", "sys/generate-root/update", "sys/rekey/init", "sys/rekey/update", "sys/rekey/verify")
            method = walk.one_of("GET", "POST", "DELETE", "PUT")
            return Ask(method, path, walk.one_of(share, {}, shares) if method in ("POST", "PUT") else None, walk.one_of(None, "<root>"))
        if which == "root":
            path = "sys/generate-root-token/" + walk.one_of("attempt", "update")
            method = "POST" if path.endswith("update") else walk.one_of("GET", "POST", "DELETE")
            data = share if path.endswith("update") else walk.one_of({}, {"otp": "x"}, {"otp": "abcdefghijklmnopqrstuvwxyz"})
            return Ask(method, path, data if method == "POST" else None, kinds={"data.nonce": "nonce"})
        if which == "shares":
            part = walk.one_of("init", "init", "init", "update", "verify", "backup")
            method = {"update": "POST", "backup": walk.one_of("GET", "DELETE")}.get(part) or walk.one_of("GET", "POST", "DELETE")
            place = "sys/rekey/" if part == "backup" and walk.chance(0.5) else "sys/rotate/root/"
            return Ask(method, place + part, (shares if part == "init" else share) if method == "POST" else None, kinds={"data.nonce": "nonce"})
        if which == "init":
            return walk.one_of(Ask("GET", "sys/init", token=None), Ask("POST", "sys/init", shares, token=None),
                               Ask("POST", "sys/unseal", walk.one_of(share, {"reset": True}, {"key": key, "migrate": True}, {"reset": "x"}), token=None),
                               Ask("POST", "sys/seal", token=walk.one_of(None, "nope")), Ask("GET", "sys/leader", token=None))
        return walk.one_of(Ask("GET", "sys/rotate/config"), Ask("GET", "sys/rotate/keyring/config"), Ask("POST", "sys/rotate"),
                           Ask("POST", "sys/rotate/keyring"), Ask("GET", "sys/key-status"), Ask("GET", "sys/ha-status"))

    def odd(self):
        walk = self.walk
        path = walk.one_of("", "x", "kv1/../kv1/a", "kv1//a", "kv1/%2e%2e/a", "kv1/a%2fb", "kv1/%61", "kv1/a%00b", "identity", "identity/",
                           "identity/nope", "sys/nope", "auth/nope/login", "auth/", "auth", "auth/token", "auth/up", "kv1/./a", "kv1/a%20b", "kv1/a+b",
                           "sys/policies", "sys/policies/acl/p1/x", "nope/a/b", "sys", "auth/up/nope", "auth/ar/nope", "auth/token/nope")
        method = walk.one_of("GET", "POST", "LIST", "DELETE", "HEAD")
        return Ask(method, path, {} if method == "POST" else None, token=walk.one_of("<root>", None, "<root>"), quoted=True)

    def forgives(self, ask, answers, shown):
        """Random bytes are random, and each server has a name and a version."""
        if re.match("sys/(health|seal-status|key-status|ha-status|unseal)$", ask.path) and answers[0][0] == answers[1][0]:
            for one in shown:
                for data in (one[0], (one[0] or {}).get("data")):
                    for name in ("cluster_name", "version", "commit_date", "build_date", "storage_type", "encryptions", "server_time_utc", "nodes"):
                        (data or {}).pop(name, None)
            return same(*shown)
        if "PGP keys are not supported" in str(answers[1][1]):
            return True
        if re.match("sys/(rekey|generate-root)/", ask.path) and (answers[0][0], answers[1][0]) == (403, 405):
            return True
        if ask.path == "sys/internal/counters/tokens":  # those that have expired stay a while
            return answers[0][0] == answers[1][0]
        if not re.match("sys/(tools/random|wrapping/unwrap)", ask.path) or answers[0][0] != 200 or answers[1][0] != 200:
            return False
        for (_, body, _), one in zip(answers, shown):
            data = (body or {}).get("data")
            if not isinstance(data, dict) or "random_bytes" not in data:
                return False
            one[0]["data"]["random_bytes"] = len(data["random_bytes"])
        return same(*shown)
