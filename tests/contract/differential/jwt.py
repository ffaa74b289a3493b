# SPDX-License-Identifier: Apache-2.0
"""The method jwt: configuration, roles, logins by tokens that this makes, and the external groups that follow them."""
import base64
import functools
import json
import re
import subprocess
import tempfile
import time

from .logins import LOGIN, SETTINGS, TTLS, with_policies
from .naming import same
from .walk import Area, Ask

ROLES = ["jr1", "jr2", "jr3", "JR1", "j.r-4"]
GROUPS = ["developers", "operators", "nobody"]


def base64url(raw):
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


class Key:
    """An ECDSA key of openssl's."""

    def __init__(self):
        self.file = tempfile.NamedTemporaryFile(suffix=".pem")
        subprocess.run(["openssl", "ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", self.file.name], check=True,
                       stderr=subprocess.DEVNULL)
        self.public = subprocess.run(["openssl", "ec", "-in", self.file.name, "-pubout"], check=True, capture_output=True).stdout.decode()

    def sign(self, header, claims):
        text = base64url(json.dumps(header).encode()) + "." + base64url(json.dumps(claims).encode())
        der = subprocess.run(["openssl", "dgst", "-sha256", "-sign", self.file.name], input=text.encode(), check=True,
                             capture_output=True).stdout
        first = 4 + der[3]  # SEQUENCE { INTEGER r, INTEGER s }
        numbers = der[4:first], der[first + 2:]
        return text + "." + base64url(b"".join(int.from_bytes(n, "big").to_bytes(32, "big") for n in numbers))


@functools.lru_cache(maxsize=None)
def keys():
    return Key(), Key()


class Jwt(Area):
    weight = 1.5
    regrouped = False

    def setup(self):
        walk = self.walk
        walk.both(Ask("POST", "sys/auth/jw", {"type": "jwt"}))
        walk.both(Ask("GET", "sys/auth/jw", kinds={"accessor": "jwtmount", "data.accessor": "jwtmount"}))
        walk.both(Ask("POST", "auth/jw/config", {"jwt_validation_pubkeys": [keys()[0].public]}))
        walk.both(Ask("POST", "auth/jw/role/jr1", {"role_type": "jwt", "user_claim": "sub", "bound_audiences": "aud", "groups_claim": "groups"}))
        self.make_groups()

    def make_groups(self):
        walk = self.walk
        for name in GROUPS[:2]:
            walk.both(Ask("POST", "identity/group", {"name": "outside-" + name, "type": "external", "policies": ["p1"]}, kinds={"data.id": "jwtgroup"}))
            walk.both(Ask("POST", "identity/group-alias", {"name": name, "mount_accessor": walk.pick("jwtmount", 0), "canonical_id": walk.things["jwtgroup"][-1]}))

    def saw(self, ask, answers):
        """What a renewal does to the real server's groups: into them come the ids of those who are gone, out of them go
        all whose token auth/token made, or a method that knows no groups; as at its logins."""
        changes = re.match("auth/(token/renew|(up|ar)/login)", ask.path) and answers[0][0] == 200
        self.regrouped = bool(changes) and self.members(0) != self.members(1)
        if not self.regrouped:
            return
        for group in self.walk.things.get("jwtgroup", []):
            self.walk.both(Ask("DELETE", "identity/group/id/" + group))
        self.make_groups()

    def members(self, which):
        side = (self.walk.real, self.walk.ours)[which]
        groups = [side.send(self.walk.inside(Ask("GET", "identity/group/id/" + group)))[1] for group in self.walk.things.get("jwtgroup", [])]
        return [side.names.common(((group or {}).get("data") or {}).get("member_entity_ids")) for group in groups]

    def forgives(self, ask, answers, shown):
        if ask.path.endswith("/oidc/callback") and answers[0][0] == answers[1][0] and "<!DOCTYPE html>" in str(answers[1][1]):
            return True  # the page is our own
        if not self.regrouped or answers[0][0] != answers[1][0]:
            return False
        for one in shown:
            for name in ("identity_policies", "policies"):
                ((one[0] or {}).get("auth") or {}).pop(name, None)
        return same(*shown)

    def request(self):
        kind = self.random.choices(["config", "role", "login", "group", "browser", "other"], [1, 4, 8, 2, 1, 1])[0]
        return getattr(self, "ask_" + kind)()

    def ask_config(self):
        walk = self.walk
        if walk.chance(0.4):
            return Ask("GET", "auth/jw/config")
        data = {"jwt_validation_pubkeys": [keys()[0].public]}
        data.update(walk.fields({
            "jwt_supported_algs": [["ES256"], [], "ES256,RS256", ["HS256"], ["none"]], "bound_issuer": ["me", ""],
            "default_role": ["jr1", "JR2", ""], "namespace_in_state": [True, False], "oidc_client_id": ["x", ""],
            "oidc_response_mode": ["query", "form_post", "zz"], "oidc_response_types": ["code", "zz", []],
            "provider_config": [{}, {"provider": "x"}], "override_allowed_server_names": [["a"], []]}, 0.12))
        if walk.chance(0.1):
            data["jwt_validation_pubkeys"] = walk.one_of([], "bad", [keys()[0].public * 2], [keys()[0].public, keys()[1].public])
        return Ask("POST", "auth/jw/config", data)

    def ask_role(self):
        walk = self.walk
        path = "auth/jw/role/" + walk.one_of(*ROLES)
        method = walk.one_of("POST", "POST", "POST", "GET", "GET", "DELETE")
        if method != "POST":
            return Ask(method, path)
        settings = {name: values for name, values in SETTINGS.items() if name != "token_strictly_bind_ip"}
        data = walk.fields({**settings, "ttl": TTLS, "max_ttl": ["2h", 7200], "period": TTLS, "num_uses": [0, 3, 20]}, 0.07)
        data.update({"role_type": "jwt", "user_claim": "sub", "bound_audiences": "aud"})
        data.update(walk.fields({
            "role_type": ["jwt", "oidc", "zz", ""], "user_claim": ["mail", "/org/unit", "", "sub"], "user_claim_json_pointer": [True, False],
            "bound_audiences": ["aud", ["a", "aud"], []], "bound_subject": ["joe", ""], "groups_claim": ["groups", "/org/groups", ""],
            "bound_claims": [{"dept": "eng"}, {"dept": ["eng", "o*"]}, {"/org/unit": "ops"}, {}, {"n": 5}, {"n": [5, "5"]}, {"dept": {"a": 1}}, "x"],
            "bound_claims_type": ["string", "glob", "zz"], "claim_mappings": [{"mail": "email"}, {"n": "number"}, {"a": "role"}, {"a": "b", "c": "b"}, {}],
            "expiration_leeway": [0, -1, 10, "5m"], "not_before_leeway": [0, -1, 10], "clock_skew_leeway": [0, -1, 30], "max_age": [0, 60, -1],
            "allowed_redirect_uris": ["http://localhost/cb", []], "callback_mode": ["client", "direct", "zz"], "verbose_oidc_logging": [True, False],
            "oauth2_metadata": [["access_token"], ["x"], []], "oidc_scopes": ["a,b", []]}, 0.12))
        return Ask("POST", path, with_policies(data))

    def ask_login(self):
        walk = self.walk
        now = int(time.time())
        claims = {"sub": walk.one_of("joe", "ann", "joe"), "aud": "aud", "iat": now, "exp": now + 3000, "groups": walk.one_of([], ["developers"], ["operators", "nobody"], "developers"),
                  "org": {"unit": walk.one_of("ops", "dev"), "groups": ["operators"]}, "dept": walk.one_of("eng", "ops"), "mail": "joe@example", "n": walk.one_of(5, 5, [5], ["x", "5"])}
        odd = walk.fields({"sub": [5, "", None, ["a"]], "aud": [["x", "aud"], "x", 5, None, []], "iss": ["me", "other"], "exp": [now - 3000, "x", 0], "iat": [now + 3000, 0],
                           "nbf": [now + 3000, now - 5], "groups": [None, 5, [1], {"a": 1}, ["a", None]], "dept": [5, None, ["eng", "x"], {"a": 1}], "mail": [5, ["a"], None],
                           "org": [None, 5, {"unit": None}], "n": [5.0, "5", True]}, 0.04)
        claims.update(odd)
        token = keys()[1 if walk.chance(0.03) else 0].sign({"alg": "ES256"} if walk.chance(0.97) else walk.one_of({"alg": "none"}, {"alg": "HS256"}, {}, {"alg": "ES384"}), claims)
        if walk.chance(0.04):
            token = walk.one_of("", "x", "a.b.c", token[:-6], token + ".x", " " + token)
        data = {"role": walk.one_of(*ROLES), "jwt": token}
        if walk.chance(0.06):
            data.pop(walk.one_of("role", "jwt"))
        return Ask(walk.one_of("POST", "PUT"), "auth/jw/login", data, token=None, kinds=LOGIN)

    def ask_group(self):
        return Ask("GET", "identity/group/id/" + self.walk.pick("jwtgroup"))

    def ask_browser(self):
        """Nobody can sign in: there is no provider. tests/clients has those who can."""
        walk = self.walk
        fields = {"state": ["st_x", "", 5, None], "code": ["c", ""], "id_token": ["x"], "client_nonce": ["n", "", None], "error": ["access_denied"], "zz": [1]}
        kind = walk.one_of("auth_url", "callback", "callback", "poll")
        if kind == "auth_url":
            fields = {"role": [*ROLES, "", None, 5], "redirect_uri": ["http://localhost/cb", "", None], "client_nonce": ["n"], "zz": [1]}
        elif kind == "callback" and walk.chance(0.6):
            return Ask("GET", "auth/jw/oidc/callback", token=None, query=walk.one_of("state=x&code=c", "state=x&error=access_denied", "code=c", "", "zz=1"))
        return Ask(walk.one_of("POST", "PUT"), "auth/jw/oidc/" + kind, walk.fields(fields, 0.5), token=None)

    def ask_other(self):
        walk = self.walk
        if walk.chance(0.7):
            return Ask("LIST", "auth/jw/role", query=walk.one_of("", "", "limit=1", "after=jr1", "limit=-1"))
        return Ask(walk.one_of("GET", "DELETE", "PATCH"), walk.one_of("auth/jw/login", "auth/jw/config", "auth/jw/zz"), {})
