# SPDX-License-Identifier: Apache-2.0
"""Identity tokens and the provider of OpenID Connect: what is configured, what is published, and the code flow."""
import re
import urllib.parse

from .walk import Area, Ask

BASE = "identity/oidc/"
KEYS = ["k1", "k2", "k3", "default"]
NAMES = ["o1", "o2", "O1", "a.b-c"]
SCOPES = ["s1", "s2", "s3", "openid"]
TIMES = ["1h", "2h", 3600, "90m", "0", "-5", "zz", "1d", 60, "30s", "11h"]
LASTING = [time for time in TIMES if time not in ("0", "30s")]  # the end of a key is seen late there
TEMPLATES = ["", "{}", '{"a":1}', '{"a": {{identity.entity.name}} }', '{"g": {{identity.entity.groups.names}}, "b": 1}',
             "e30=", "{", "[]", '{"sub":1}', '{"a":{"b":1}}', '{"a": {{identity.entity.nope}} }', '{"t": {{time.foo}} }',
             '{"b": {{identity.entity.metadata.k}}, "a": {{identity.entity.id}} }', '{"a":1} x']
ISSUERS = ["", "https://a.example", "http://b:80", "x", "https://a/b", "ftp://a", "https://a?b"]
CALLBACK = "http://127.0.0.1:9/cb"
SCHEMES = {"allowed_client_ids": ["*", [], ["*"], "x", ["<client1>"], "b,a,a"]}
VERIFIER = "v" * 43


class Oidc(Area):
    """Keys are ES256 and EdDSA: the others cost the walk its time, and a test of their own has all seven."""
    weight = 2.5

    def setup(self):
        both = self.walk.both
        both(Ask("POST", BASE + "key/k1", {"algorithm": "ES256", "allowed_client_ids": "*"}))
        both(Ask("POST", BASE + "key/default", {"algorithm": "ES256"}))
        both(Ask("POST", BASE + "client/web", {"key": "k1", "redirect_uris": CALLBACK, "assignments": "allow_all"}))
        both(Ask("GET", BASE + "client/web", kinds={"data.client_id": "client", "data.client_secret": "secret"}))
        both(Ask("POST", BASE + "client/phone", {"key": "k1", "redirect_uris": CALLBACK, "assignments": "allow_all",
                                                "client_type": "public"}))
        both(Ask("GET", BASE + "client/phone", kinds={"data.client_id": "client"}))
        both(Ask("POST", BASE + "role/o1", {"key": "k1", "client_id": "c"}))
        both(Ask("POST", BASE + "provider/p1", {"allowed_client_ids": "*"}))

    def request(self):
        which = self.random.choices([self.key, self.role, self.published, self.introspect, self.assignment, self.scope,
                                     self.client, self.provider, self.authorize, self.exchange, self.userinfo, self.config],
                                    [2, 2, 1.5, 1, 1.5, 1.5, 2.5, 2, 3, 3, 1, 1])[0]
        return which()

    def crud(self, kind, name, data, remove=0.15):
        chance = self.random.random()
        if chance < 0.15:
            return Ask("LIST", BASE + kind)
        if chance < 0.35:
            return Ask("GET", BASE + kind + "/" + name)
        if chance < 0.35 + remove:
            return Ask("DELETE", BASE + kind + "/" + name)
        return Ask("POST", BASE + kind + "/" + name, data)

    def config(self):
        return self.walk.one_of(Ask("GET", BASE + "config"), Ask("POST", BASE + "config", {"issuer": self.walk.one_of(*ISSUERS)}))

    def key(self):
        walk = self.walk
        name = walk.one_of(*KEYS)
        if walk.chance(0.15):
            return Ask("POST", BASE + "key/%s/rotate" % walk.one_of(name, "zz"), walk.fields({"verification_ttl": LASTING}, 0.4))
        data = {"algorithm": walk.one_of("ES256", "EdDSA", "ES256", "HS256", "")}
        data.update(walk.fields({"rotation_period": TIMES, "verification_ttl": TIMES, **SCHEMES}, 0.3))
        return self.crud("key", name, data)

    def role(self):
        walk = self.walk
        name = walk.one_of(*NAMES)
        if walk.chance(0.25):
            return Ask("GET", BASE + "token/" + walk.one_of("o1", name), token=walk.pick("token", 0.1))
        data = walk.fields({"template": TEMPLATES, "ttl": TIMES}, 0.4)
        walk.maybe(data, "key", lambda: walk.one_of(*KEYS, "zz"), 0.85)
        walk.maybe(data, "client_id", lambda: walk.one_of("c", "d"), 0.9)
        return self.crud("role", name, data)

    def published(self):
        place = self.walk.one_of("", "provider/p1/", "provider/default/", "provider/zz/")
        return Ask("GET", BASE + place + ".well-known/" + self.walk.one_of("keys", "openid-configuration", "keys", "zz"), token=None)

    def introspect(self):
        walk = self.walk
        data = walk.fields({"token": ["x", "", "a.b.c", "e30.e30.e30", "eyJhbGciOiJub25lIn0.e30."], "client_id": ["c"]}, 0.7)
        return Ask("POST", BASE + "introspect", data)

    def assignment(self):
        walk = self.walk
        data = walk.fields({"entity_ids": [[], "AB,ab", ["*"]], "group_ids": [[], ["x"]]}, 0.4)
        return self.crud("assignment", walk.one_of("as1", "as2", "allow_all"), data)

    def scope(self):
        walk = self.walk
        data = walk.fields({"description": ["d", ""]}, 0.6)
        data["template"] = walk.one_of(*TEMPLATES[1:])  # one without a template breaks the real server's providers
        return self.crud("scope", walk.one_of(*SCOPES), data)

    def client(self):
        walk = self.walk
        data = walk.fields({"redirect_uris": [CALLBACK, [CALLBACK, "https://ex.com/cb"], []], "id_token_ttl": TIMES,
                            "assignments": ["allow_all", ["allow_all", "as1"], "as2", [], "zz"], "access_token_ttl": TIMES,
                            "client_type": ["public", "confidential", "zz"], "authorization_code": [True, True, False],
                            "client_credentials": [True, False], "key": ["k1", "default", "k2", "zz"]}, 0.25)
        ask = self.crud("client", walk.one_of("web", "phone", "cl1", "cl2"), data, 0.06)
        ask.kinds = {"data.client_id": "client", "data.client_secret": "secret"}
        return ask

    def provider(self):
        walk = self.walk
        data = walk.fields({"issuer": ISSUERS, **SCHEMES, "scopes_supported": ["s1", ["s1", "s2"], [], "openid", "s3"]}, 0.3)
        ask = self.crud("provider", walk.one_of("p1", "p2", "default"), data, 0.06)
        if ask.method == "LIST" and walk.chance(0.5):
            return Ask("GET", BASE + "provider", query="list=true&allowed_client_id=" + walk.one_of("x", "<client1>", "zz"))
        return ask

    def authorize(self):
        walk = self.walk
        data = {"client_id": walk.pick("client", 0.05), "redirect_uri": CALLBACK, "response_type": "code", "scope": "openid s1",
                "state": "st", "nonce": "no"}
        if walk.chance(0.5):
            data["code_challenge"] = VERIFIER
        if walk.chance(0.3):
            name = self.random.choice(sorted(data))
            if walk.chance(0.5):
                del data[name]
            else:
                data[name] = walk.one_of("zz", "", "token", "openid zz", "http://127.0.0.1:10/cb")
        data.update(walk.fields({"max_age": ["0", "100000", "zz"], "request": ["x"], "request_uri": ["x"],
                                 "code_challenge_method": ["plain", "S256", "zz"]}, 0.05))
        path = BASE + "provider/%s/authorize" % walk.one_of("p1", "p1", "default", "zz")
        token = walk.pick("token", 0.05)
        kinds = {"code": "code"}
        if walk.chance(0.5):
            return Ask("POST", path, data, token=token, kinds=kinds)
        texts = {key: value for key, value in data.items() if value is not None}
        query = "&".join("%s=%s" % (key, urllib.parse.quote(value, safe="<>")) for key, value in texts.items())
        return Ask("GET", path, token=token, query=query, kinds=kinds)

    def exchange(self):
        walk = self.walk
        data = {"grant_type": "authorization_code", "code": walk.pick("code", 0.1), "redirect_uri": CALLBACK,
                "client_id": walk.pick("client", 0.05)}
        walk.maybe(data, "client_secret", lambda: walk.pick("secret", 0.1), 0.8)
        walk.maybe(data, "code_verifier", lambda: walk.one_of(VERIFIER, VERIFIER, "x"), 0.5)
        if walk.chance(0.2):
            data.update({"grant_type": walk.one_of("client_credentials", "client_credentials", "zz"), "scope": walk.one_of("openid", "s1")})
        if walk.chance(0.1):
            del data[self.random.choice(sorted(data))]
        return Ask("POST", BASE + "provider/%s/token" % walk.one_of("p1", "p1", "default", "zz"), data, token=None,
                   kinds={"access_token": "access"})

    def userinfo(self):
        walk = self.walk
        ask = Ask(walk.one_of("GET", "POST"), BASE + "provider/%s/userinfo" % walk.one_of("p1", "default", "zz"), token=None)
        token = walk.pick("access", 0.2) if walk.chance(0.7) else walk.pick("token", 0.1)
        if walk.chance(0.8):
            ask.headers = {"Authorization": "Bearer " + token}
        else:
            ask.token = token
        return ask

    def saw(self, ask, answers):
        """The real server goes on to publish the keys of a role that is gone, until a key is written."""
        if ask.method == "DELETE" and ask.path.startswith(BASE + "role/") and answers[0][0] == 204:
            self.walk.both(Ask("POST", BASE + "key/k4", {"algorithm": "ES256"}))

    def forgives(self, ask, answers, shown):
        """A scope that lost its template: give it one, and let both write the provider again."""
        if answers[0][0] != 500 or "unexpected end of JSON input" not in str(answers[0][1]) or not ask.path.startswith(BASE):
            return False
        for name in SCOPES[:-1]:
            self.walk.both(Ask("POST", BASE + "scope/" + name, {"template": "{}"}))
        self.walk.both(ask)
        return True

    def excuses(self, ask, status, own_status, shown):
        """Which of several reserved or clashing claims is named is the real server's chance."""
        if not ask.path.startswith(BASE) or status != own_status:
            return False
        texts = [re.sub(r'"[^"]*"', "", str(one[0])) for one in shown]
        return texts[0] == texts[1] and "top level key" in texts[0] or all("conflicting top-level" in text for text in texts)
