# SPDX-License-Identifier: Apache-2.0
"""Userpass and approle: users, roles, secret ids, logins, who is locked out."""
import re

from .walk import Area, Ask

HASH = "$2b$05$.IFW0XVO823W1PxpoJsueOk1Ct8pjU8CktoetUd/2qnMFJqftlhS2"  # of "pw", at the least cost
TTLS = ["1h", 3600, "90m", "0", "-5", "zz", "1d", 0]
USERS = ["u1", "u2", "u3", "U1", "a.b-c"]
ROLES = ["ar1", "ar2", "ar3", "AR1", "a.b"]
SETTINGS = {
    "token_policies": ["p1", ["p1", "p2"], [], ["default"], "P1, p3"], "policies": ["p3", ["p1"], []],
    "token_ttl": TTLS, "token_max_ttl": ["2h", 7200, "30m", "-1"], "token_period": TTLS, "token_explicit_max_ttl": TTLS,
    "token_num_uses": [0, 3, -1, 20], "token_no_default_policy": [True, False], "token_bound_cidrs": ["127.0.0.1/32", [], "x"],
    "token_type": ["service", "batch", "default", "default-batch", "zz"], "token_strictly_bind_ip": [True, False],
}
FIELDS = {"policies": ["policies", "token_policies"], "period": ["period", "token_period"],
          "bound-cidr-list": ["bound_cidr_list"], "secret-id-bound-cidrs": ["secret_id_bound_cidrs"],
          "token-bound-cidrs": ["token_bound_cidrs"], "secret-id-num-uses": ["secret_id_num_uses"],
          "secret-id-ttl": ["secret_id_ttl"], "token-num-uses": ["token_num_uses"], "token-ttl": ["token_ttl"],
          "token-max-ttl": ["token_max_ttl"]}
LOGIN = {"auth.client_token": "token", "auth.accessor": "accessor", "auth.entity_id": "entity"}


def with_policies(data):
    """Of a token without any the real server says `null`, and renews it or not, by whether a list was ever set."""
    if data.get("token_no_default_policy") and not data.get("token_policies"):
        data["token_policies"] = ["p1"]
    return data


class Userpass(Area):
    weight = 2.0

    def setup(self):
        walk = self.walk
        walk.both(Ask("POST", "sys/auth/up", {"type": "userpass"}))
        walk.both(Ask("GET", "sys/auth/up", kinds={"accessor": "mount"}))
        walk.both(Ask("POST", "auth/up/users/u1", {"password_hash": HASH, "token_policies": ["p1"]}))

    def user(self):
        walk = self.walk
        data = walk.fields({**SETTINGS, "ttl": TTLS, "max_ttl": TTLS, "bound_cidrs": ["127.0.0.1/32", "10.0.0.0/8", "x"]}, 0.12)
        with_policies(data)
        if walk.chance(0.8):
            data["password_hash"] = HASH
        elif walk.chance(0.5):
            data.update(walk.fields({"password": ["pw", "", "x" * 73, "é"], "password_hash": ["x", ""]}, 0.6))
        return data

    def request(self):
        walk = self.walk
        user = walk.one_of(*USERS)
        choice = self.random.random()
        if choice < 0.3:
            return Ask("POST", "auth/up/users/" + user, self.user())
        if choice < 0.45:
            return Ask("GET", "auth/up/users/" + user)
        if choice < 0.55:
            return Ask("LIST", "auth/up/users", query=walk.one_of("", "", "limit=1", "after=u1", "limit=1&after=a", "limit=x", "limit=-1"))
        if choice < 0.62:
            return Ask("DELETE", "auth/up/users/" + (user if user != "u1" else "u3"))
        if choice < 0.70:
            return Ask("POST", "auth/up/users/%s/password" % user.lower(), walk.one_of({"password_hash": HASH}, {"password_hash": HASH}, {}, {"password": ""}))
        if choice < 0.78:
            return Ask("POST", "auth/up/users/%s/policies" % user.lower(),
                       walk.fields({"policies": ["p1", [], ["p2"]], "token_policies": ["p3", ["p1", "p1"], []]}, 0.6))
        if choice < 0.83:
            return self.locked(user)
        return self.login(user)

    def locked(self, user):
        walk = self.walk
        if walk.chance(0.4):
            return Ask("GET", "sys/locked-users", query=walk.one_of("", "mount_accessor=" + walk.pick("mount"), "mount_accessor=x"))
        return Ask("POST", "sys/locked-users/%s/unlock/%s" % (walk.pick("mount").strip() or "x", user))

    def login(self, user):
        walk = self.walk
        if walk.chance(0.03):
            user = "nobody"
        data = walk.one_of({"password": "pw"}, {"password": "pw"}, {"password": "pw"}, {"password": "no"}, {}, {"password": ""})
        return Ask(walk.one_of("POST", "PUT"), "auth/up/login/" + user, data, token=None, kinds=LOGIN)


class AppRole(Area):
    weight = 3.0

    def forgives(self, ask, answers, shown):
        """Who guesses doesn't learn whether somebody exists; the real server locks out only who does."""
        if "/secret-id-accessor/" in ask.path:  # accessors of roles that are gone
            wrapped = {200} if "X-Vault-Wrap-TTL" in ask.headers else set()
            return {answers[0][0], answers[1][0]} <= {204, 403, 404, 500} | wrapped and answers[0][0] != answers[1][0]
        if ask.path.endswith("/token-bound-cidrs") and ask.operation() == "read":  # [] once it was set, else null
            return [(one[0] or {}).get("data") for one in shown] == [{"token_bound_cidrs": []}, {"token_bound_cidrs": None}]
        if not re.match("auth/(ar/login|up/login/)", ask.path):
            return False
        wrong = {"invalid role or secret ID", "invalid username or password", "missing secret_id", "missing password"}
        real = ((answers[0][1] or {}).get("errors") or [""])[0]
        ours = ((answers[1][1] or {}).get("errors") or [""])[0]
        if isinstance(ask.data, dict) and ask.data.get("role_id") == "custom-1" and (real, answers[0][0]) == ("permission denied", 403):
            return ours in wrong  # guesses of an id that nobody had count there for the role that is given it
        return real in wrong and (ours == "missing secret_id" or (answers[1][0], ours) == (403, "permission denied"))

    def setup(self):
        walk = self.walk
        walk.both(Ask("POST", "sys/auth/ar", {"type": "approle"}))
        walk.both(Ask("GET", "sys/auth/ar", kinds={"accessor": "mount"}))
        for name, data in (("ar1", {"token_policies": ["p1"]}), ("ar2", {"bind_secret_id": False, "token_bound_cidrs": ["127.0.0.0/8"]})):
            walk.both(Ask("POST", "auth/ar/role/" + name, data))
            walk.both(Ask("GET", "auth/ar/role/%s/role-id" % name, kinds={"data.role_id": "roleid"}))

    def role(self):
        walk = self.walk
        settings = {name: values for name, values in SETTINGS.items() if name != "token_strictly_bind_ip"}
        return with_policies(walk.fields({
            **settings, "role_id": ["custom-1", "custom-2", ""], "bind_secret_id": [True, False], "bound_cidr_list": ["127.0.0.1/32"],
            "secret_id_bound_cidrs": [["127.0.0.0/8"], ["10.0.0.0/8"], "x", []], "secret_id_num_uses": [0, 1, 5, -1],
            "secret_id_ttl": TTLS, "local_secret_ids": [True, False], "period": TTLS}, 0.1))

    def secret(self):
        walk = self.walk
        return walk.fields({"metadata": ["{\"a\":\"b\"}", "{}", "x", {"a": "b"}, ""], "cidr_list": ["127.0.0.1/32", ["10.0.0.0/8"], "x"],
                            "token_bound_cidrs": ["127.0.0.0/8", "10.0.0.0/8", "x"], "num_uses": [0, 1, 3, -1], "ttl": ["1h", 600, "0", "-1", "x"]}, 0.15)

    def request(self):
        walk = self.walk
        role = walk.one_of(*ROLES) if walk.chance(0.97) else "nope"
        kind = self.random.choices(["one", "id", "field", "secret", "login", "list"], [4, 1.5, 6, 6, 4, 1])[0]
        return getattr(self, "role_" + kind)("auth/ar/role/" + role)

    def role_one(self, path):
        method = self.walk.one_of("POST", "POST", "POST", "GET", "GET", "DELETE")
        return Ask(method, path, self.role() if method == "POST" else None)

    def role_id(self, path):
        walk = self.walk
        if walk.chance(0.6):
            return Ask("GET", path + "/role-id", kinds={"data.role_id": "roleid"})
        return Ask("POST", path + "/role-id", walk.fields({"role_id": ["custom-1", "custom-3", "", 5]}, 0.9))

    def role_field(self, path):
        walk = self.walk
        field = walk.one_of(*FIELDS, "local-secret-ids")
        method = walk.one_of("GET", "POST", "DELETE")
        if field == "local-secret-ids":
            return Ask("GET", path + "/" + field)
        name = walk.one_of(*FIELDS[field])
        values = {**SETTINGS, "period": TTLS, "bound_cidr_list": ["127.0.0.1/32", [], "x"], "secret_id_ttl": TTLS,
                  "secret_id_bound_cidrs": [["127.0.0.0/8"], "x", []], "secret_id_num_uses": [0, 1, 5, -1]}
        if field == "token-num-uses":  # a token that is made used up is found by its accessor there
            values[name] = [0, 3, 20]
        return Ask(method, path + "/" + field, walk.fields({name: values[name]}, 0.95) if method == "POST" else None)

    def role_list(self, path):
        walk = self.walk
        if walk.chance(0.2):
            return Ask("POST", "auth/ar/tidy/secret-id")
        return Ask("LIST", "auth/ar/role", query=walk.one_of("", "", "limit=1", "limit=2&after=ar1", "after=b"))

    def role_secret(self, path):
        walk = self.walk
        which = walk.one_of("make", "make", "custom", "list", "lookup", "lookup", "destroy", "lookup-accessor", "destroy-accessor")
        kinds = {"data.secret_id": "secretid", "data.secret_id_accessor": "secretaccessor"}
        if which == "make":
            return Ask(walk.one_of("POST", "PUT"), path + "/secret-id", self.secret(), kinds=kinds)
        if which == "custom":
            data = self.secret()
            walk.maybe(data, "secret_id", lambda: walk.one_of("own-1", "own-2", ""), 0.9)
            return Ask("POST", path + "/custom-secret-id", data, kinds=kinds)
        if which == "list":
            return Ask("LIST", path + "/secret-id", query=walk.one_of("", "limit=x"))
        action = which.split("-")[0]
        method = "POST" if action == "lookup" else walk.one_of("POST", "DELETE")
        part, data = ("secret-id", {"secret_id": walk.pick("secretid")}) if "-" not in which else (
            "secret-id-accessor", {"secret_id_accessor": walk.pick("secretaccessor")})
        query = ""
        if method == "DELETE":
            (name, value), = data.items()
            query, data = name + "=" + value, None
        return Ask(method, "%s/%s/%s" % (path, part, action), data, query=query)

    def role_login(self, path):
        walk = self.walk
        data = {}
        walk.maybe(data, "role_id", lambda: walk.one_of(walk.pick("roleid"), walk.pick("roleid"), "custom-1"), 0.97)
        walk.maybe(data, "secret_id", lambda: walk.one_of(walk.pick("secretid"), walk.pick("secretid"), "own-1"), 0.9)
        return Ask("POST", "auth/ar/login", data, token=None, kinds=LOGIN)
