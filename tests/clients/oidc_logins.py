# SPDX-License-Identifier: Apache-2.0
"""OpenBao (OTHER_ADDR) and a server (VAULT_ADDR) behind the same OpenID provider: the same people sign in to both, with
what the provider says of them changing in between, and after every step both must know the same of them. Providers are
npm's oidc-provider, OpenBao's own and the server's own. What a browser does is done here, by following redirects; the
command line `bao login -method=oidc` is the real one.

    oidc_logins.py NODE_FOLDER
"""
import base64
import http.cookiejar
import json
import os
import pathlib
import shutil
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
import uuid

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
from servers import ROOT, send  # noqa: E402

UID = uuid.uuid4().hex[:8]
MOUNT = "oi-" + UID
CALLBACK = "http://127.0.0.1:1/callback"
COMMAND = "http://localhost:8250/oidc/callback"
GROUPS = ["dev", "ops", "all"]


def own_callback(address):
    return "%s/v1/auth/%s/oidc/callback" % (address, MOUNT)


class Stay(urllib.request.HTTPRedirectHandler):
    """A browser that tells where it is sent to, once that is `until`."""

    def __init__(self, until):
        self.until = until

    def redirect_request(self, request, body, code, text, headers, url):
        return None if url.startswith(self.until) else super().redirect_request(request, body, code, text, headers, url)


def browse(url, until, who):
    """Follows redirects as a browser does that has the cookie who=…; what it was sent to in the end: {"code", "state"}."""
    jar = http.cookiejar.CookieJar()
    jar.set_cookie(http.cookiejar.Cookie(0, "who", who, None, False, "127.0.0.1", True, False, "/", True, False, None, True, None, None, {}))
    browser = urllib.request.build_opener(Stay(until), urllib.request.HTTPCookieProcessor(jar))
    try:
        with browser.open(url, timeout=30) as answer:
            raise AssertionError("it was sent nowhere: %s %s" % (answer.geturl(), answer.read()[:500]))
    except urllib.error.HTTPError as error:
        url = error.headers.get("Location", "")
        assert url.startswith(until), (error.code, url, error.read()[:500])
        return dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(url).query))


class NpmProvider:
    name = "oidc-provider"
    scopes = ["groups", "mail"]
    user_claim = "sub"

    def __init__(self, folder, redirects, how):
        self.client = "kith-" + how, "a secret: of %2F"
        self.process = subprocess.Popen(["node", os.path.join(folder, "provider.mjs")], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.process.stdin.write(json.dumps({"redirectUris": redirects}) + "\n")
        self.process.stdin.flush()
        self.issuer = self.process.stdout.readline().strip()
        assert self.issuer, "oidc-provider doesn't start"

    def people(self, name, said):
        request = urllib.request.Request(self.issuer + "/people/" + name, json.dumps(said).encode(), method="PUT")
        urllib.request.urlopen(request, timeout=30).close()

    def sign_in(self, name, url, until):
        return browse(url, until, name)

    def end(self):
        self.process.stdin.close()
        self.process.wait(timeout=30)


class OwnProvider:
    """A server's identity provider. Who signs in has logged in there by userpass."""

    user_claim = "login"  # its subjects are entities' ids

    def __init__(self, name, address, redirects):
        self.name, self.address, self.tokens = name, address, {}
        self.ask("POST", "sys/auth/people-" + UID, {"type": "userpass"})
        self.accessor = self.ask("GET", "sys/auth/people-" + UID)["data"]["accessor"]
        self.ask("PUT", "sys/policies/acl/sign-" + UID,
                 {"policy": 'path "identity/oidc/provider/*" { capabilities = ["read", "update"] }'})
        scope = '{"groups": {{identity.entity.groups.names}}, "mail": {{identity.entity.metadata.mail}}, "login": {{identity.entity.metadata.login}}}'
        self.scopes = ["said-" + UID]
        self.ask("POST", "identity/oidc/scope/said-" + UID, {"template": base64.b64encode(scope.encode()).decode()})
        self.ask("POST", "identity/oidc/client/app-" + UID, {"redirect_uris": redirects, "assignments": "allow_all"})
        self.ask("POST", "identity/oidc/provider/p-" + UID, {"allowed_client_ids": "*", "scopes_supported": self.scopes})
        client = self.ask("GET", "identity/oidc/client/app-" + UID)["data"]
        self.client = client["client_id"], client["client_secret"]
        self.issuer = address + "/v1/identity/oidc/provider/p-" + UID

    def ask(self, method, path, data=None, token=ROOT):
        status, answer = send(self.address, method, path, data, token)
        assert status < 300, (method, path, status, answer)
        return answer

    def people(self, name, said):
        """Everybody is in `all`: of whom is in no group a template says nothing."""
        self.ask("POST", "auth/people-%s/users/%s" % (UID, name), {"password": "pw", "token_policies": "sign-" + UID})
        login = self.ask("POST", "auth/people-%s/login/%s" % (UID, name), {"password": "pw"}, None)["auth"]
        self.tokens[name] = login["client_token"]
        entity = login["entity_id"]
        self.ask("POST", "identity/entity/id/" + entity, {"metadata": {"mail": said.get("mail", ""), "login": name}})
        wished = said["groups"] + ["all"]
        for group in GROUPS:
            ids = self.members(group)
            changed = [one for one in ids if one != entity] + ([entity] if group in wished else [])
            self.ask("POST", "identity/group/name/" + group, {"member_entity_ids": changed})

    def members(self, group):
        status, answer = send(self.address, "GET", "identity/group/name/" + group, None, ROOT)
        return (answer["data"]["member_entity_ids"] or []) if status == 200 else []

    def sign_in(self, name, url, until):
        """Its page in a browser asks just this, for whoever is signed in."""
        parts = urllib.parse.urlsplit(url)
        path = parts.path.replace("/ui/vault/", "")
        status, answer = send(self.address, "GET", path + "?" + parts.query, None, self.tokens[name])
        assert status == 200, (status, answer)
        return {"code": answer["code"], "state": answer["state"]}

    def end(self):
        for group in GROUPS:
            self.ask("DELETE", "identity/group/name/" + group)
        self.ask("DELETE", "sys/auth/people-" + UID)


class Server:
    """One of the two that people sign in to."""

    def __init__(self, name, address, provider):
        self.name, self.address, self.provider = name, address, provider
        self.tokens = {}
        self.state = None
        ask = self.ask
        ask("POST", "sys/auth/" + MOUNT, {"type": "oidc"})
        self.accessor = ask("GET", "sys/auth/" + MOUNT)[1]["data"]["accessor"]
        self.configure()
        self.role()
        for group in GROUPS[:2]:
            status, made = ask("POST", "identity/group", {"name": "out-%s-%s" % (group, UID), "type": "external", "policies": ["p-" + group]})
            ask("POST", "identity/group-alias", {"name": group, "mount_accessor": self.accessor, "canonical_id": made["data"]["id"]})

    def configure(self, **changes):
        settings = {"oidc_discovery_url": self.provider.issuer, "oidc_client_id": self.provider.client[0],
                    "oidc_client_secret": self.provider.client[1], "default_role": "r"}
        settings.update(changes)
        return self.ask("POST", "auth/%s/config" % MOUNT, settings)

    def role(self, **changes):
        settings = {"user_claim": self.provider.user_claim, "allowed_redirect_uris": [CALLBACK, COMMAND, own_callback(self.address)],
                    "oidc_scopes": self.provider.scopes, "groups_claim": "groups", "claim_mappings": {"mail": "email"},
                    "token_policies": ["of-role"], "token_ttl": "1h"}
        settings.update(changes)
        self.ask("DELETE", "auth/%s/role/r" % MOUNT)
        return self.ask("POST", "auth/%s/role/r" % MOUNT, settings)

    def ask(self, method, path, data=None, token=ROOT):
        return send(self.address, method, path, data, token)

    def begin(self, redirect=CALLBACK, **more):
        return self.ask("POST", "auth/%s/oidc/auth_url" % MOUNT, {"role": "r", "redirect_uri": redirect, **more}, None)

    def callback(self, **parameters):
        query = urllib.parse.urlencode(parameters)
        return self.ask("GET", "auth/%s/oidc/callback?%s" % (MOUNT, query), None, None)

    def login(self, person, **changes):
        """Signs in; the answer's part that both must have the same."""
        url = self.begin()[1]["data"]["auth_url"]
        back = self.provider.sign_in(person, url, CALLBACK)
        back.update(changes)
        self.state = back["state"]
        status, answer = self.callback(code=back["code"], state=back["state"])
        if status == 200:
            self.tokens.setdefault(person, []).append(answer["auth"]["client_token"])
        return told(status, answer)

    def renew(self, person, which):
        return told(*self.ask("POST", "auth/token/renew-self", {}, self.tokens[person][which]))

    def known(self):
        """Everybody of this mount, and his groups and policies."""
        everybody = {}
        for entity in (self.ask("LIST", "identity/entity/id")[1].get("data") or {}).get("keys", []):
            data = self.ask("GET", "identity/entity/id/" + entity)[1]["data"]
            aliases = [{key: alias[key] for key in ("name", "metadata", "mount_type", "mount_path", "custom_metadata", "local")}
                       for alias in data["aliases"] if alias["mount_accessor"] == self.accessor]
            if not aliases:
                continue
            groups = [self.ask("GET", "identity/group/id/" + group)[1]["data"]["name"] for group in data["group_ids"]]
            everybody[aliases[0]["name"]] = {"aliases": aliases, "groups": sorted(groups), "policies": data["policies"],
                                             "metadata": data["metadata"], "disabled": data["disabled"]}
        tokens = {}
        for person, all_of_him in self.tokens.items():
            for token in all_of_him:
                data = self.ask("GET", "auth/token/lookup-self", None, token)[1].get("data") or {}
                tokens.setdefault(person, []).append({key: data.get(key) for key in (
                    "policies", "identity_policies", "display_name", "meta", "path", "creation_ttl", "explicit_max_ttl", "renewable", "type", "num_uses", "orphan")})
        groups = {}
        for group in GROUPS[:2]:
            data = self.ask("GET", "identity/group/name/out-%s-%s" % (group, UID))[1]["data"]
            groups[group] = {"members": len(data["member_entity_ids"] or []), "alias": (data["alias"] or {}).get("name"), "type": data["type"]}
        return {"people": everybody, "tokens": tokens, "groups": groups}

    def entity_of(self, person):
        return self.ask("POST", "identity/lookup/entity", {"alias_name": person, "alias_mount_accessor": self.accessor})[1]["data"]["id"]

    def end(self):
        for group in GROUPS[:2]:
            self.ask("DELETE", "identity/group/name/out-%s-%s" % (group, UID))
        for person in self.tokens:
            self.ask("DELETE", "identity/entity/id/" + self.entity_of(person))
        self.ask("DELETE", "sys/auth/" + MOUNT)


def told(status, answer):
    answer = answer or {}
    auth = answer.get("auth") or {}
    return [status, answer.get("errors"), answer.get("warnings"),
            {key: auth.get(key) for key in ("policies", "token_policies", "identity_policies", "metadata", "lease_duration", "renewable", "token_type", "orphan")}]


class Pair:
    """OpenBao and the other, which must answer the same."""

    def __init__(self, servers):
        self.servers = servers
        self.steps = 0

    def same(self, what, function, status=None):
        """Does it on both; then all that they know must be the same."""
        answers = [function(server) for server in self.servers]
        assert answers[0] == answers[1], "%s: %s\n%s" % (what, *map(json.dumps, answers))
        if status:
            assert answers[0][0] == status, (what, answers[0])
        known = [server.known() for server in self.servers]
        assert known[0] == known[1], "%s\n%s\n%s" % (what, *(json.dumps(one, sort_keys=True) for one in known))
        self.steps += 1
        return known[1]


def walk(pair, provider):
    same = pair.same
    provider.people("joe", {"groups": ["dev", "unknown"], "mail": "joe@old"})
    known = same("first login", lambda server: server.login("joe"), 200)
    assert known["people"]["joe"]["groups"] == ["out-dev-" + UID], known
    assert known["people"]["joe"]["aliases"][0]["metadata"] == {"email": "joe@old", "role": "r"}, known
    same("a state again", lambda server: told(*server.callback(code="c", state=server.state)), 400)
    provider.people("joe", {"groups": ["ops"], "mail": "joe@new"})
    same("a renewal", lambda server: server.renew("joe", 0), 200)
    known = same("other claims", lambda server: server.login("joe"), 200)
    assert known["people"]["joe"]["groups"] == ["out-ops-" + UID], known
    assert known["people"]["joe"]["aliases"][0]["metadata"]["email"] == "joe@new", known
    assert known["tokens"]["joe"][0]["identity_policies"] == ["p-ops"], known  # the old token follows
    same("the older token's renewal", lambda server: server.renew("joe", 0), 200)  # its own groups again
    same("the younger token's renewal", lambda server: server.renew("joe", 1), 200)
    provider.people("ann", {"groups": ["dev", "ops"], "mail": "ann@x"})
    same("somebody else", lambda server: server.login("ann"), 200)
    provider.people("ann", {"groups": [], "mail": "ann@x"})
    known = same("no groups", lambda server: server.login("ann"), 200)
    assert known["people"]["ann"]["groups"] == [], known
    same("disabled", lambda server: [server.ask("POST", "identity/entity/id/" + server.entity_of("ann"), {"disabled": True})[0], server.login("ann")])
    same("enabled", lambda server: [server.ask("POST", "identity/entity/id/" + server.entity_of("ann"), {"disabled": False})[0], server.login("ann")])
    same("bound claims", lambda server: [server.role(bound_claims={"mail": "*@new"}, bound_claims_type="glob")[0], server.login("joe"), server.login("ann")])
    same("a bound subject", lambda server: [server.role(bound_subject="nobody")[0], server.login("joe")])
    same("an audience", lambda server: [server.role(bound_audiences="other")[0], server.login("joe")])
    same("no such claim", lambda server: [server.role(user_claim="nick")[0], server.login("joe")])
    same("no such groups", lambda server: [server.role(groups_claim="/a/b")[0], server.login("joe")])
    same("no such scope", lambda server: [server.role(oidc_scopes=[])[0], server.login("joe")])
    same("a wrong code", lambda server: [server.role()[0], server.login("joe", code="wrong")][0])
    same("an age", lambda server: [server.role(max_age="10h")[0], server.login("joe")])
    same("tokens of the provider's", lambda server: [server.role(oauth2_metadata=["refresh_token"])[0], server.login("joe")])
    same("the usual", lambda server: [server.role()[0], server.login("joe")])
    same("elsewhere", lambda server: begin_elsewhere(server, provider))
    same("wrong algorithms", lambda server: [server.configure(jwt_supported_algs=["ES256"])[0], server.login("joe")])
    same("right again", lambda server: [server.configure()[0], server.login("joe")])


def begin_elsewhere(server, provider):
    """Callback mode `direct`: who began polls, the browser comes back to the server."""
    own = own_callback(server.address)
    server.role(callback_mode="direct")
    begun = server.begin(own, client_nonce="n")[1]["data"]
    poll = lambda: server.ask("POST", "auth/%s/oidc/poll" % MOUNT, {"state": begun["state"], "client_nonce": "n"}, None)
    pending = told(*poll())
    back = provider.sign_in("joe", begun["auth_url"], own)
    pages = []
    for confirmed in ({}, {"confirmation": "1"}):
        query = urllib.parse.urlencode({**back, **confirmed})
        with urllib.request.urlopen(own + "?" + query, timeout=30) as answer:
            pages.append((answer.status, answer.headers.get_content_type()))
            answer.read()
    status, answer = poll()
    server.tokens["joe"].append(answer["auth"]["client_token"])
    server.role()
    return [pending, pages, told(status, answer), told(*poll()), begun["poll_interval"]]


def command_line(server, provider):
    """`bao login -method=oidc`, which begins, and waits for the browser."""
    if not shutil.which("bao"):
        return
    for mode in ("client", "direct"):
        server.role(callback_mode=mode)
        own = own_callback(server.address)
        environment = {**os.environ, "BAO_ADDR": server.address, "VAULT_ADDR": server.address, "BAO_TOKEN": "", "VAULT_TOKEN": ""}
        process = subprocess.Popen(["bao", "login", "-no-store", "-format=json", "-method=oidc", "-path=" + MOUNT, "role=r",
                                    "skip_browser=true", "callbackmode=" + mode],
                                   env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        url = ""
        for line in process.stderr:
            if line.strip().startswith("http"):
                url = line.strip()
                break
        assert url, "bao login doesn't say where to go"
        until = COMMAND if mode == "client" else own
        back = provider.sign_in("joe", url, until)
        if mode == "direct":
            back["confirmation"] = "1"
        with urllib.request.urlopen(until + "?" + urllib.parse.urlencode(back), timeout=30) as answer:
            assert answer.status == 200
        said, problems = process.communicate(timeout=60)
        assert process.returncode == 0, problems
        auth = json.loads(said)["auth"]
        assert auth["metadata"]["role"] == "r" and "of-role" in auth["token_policies"], auth
    server.role()


def main():
    folder = sys.argv[1]
    addresses = {"OpenBao": os.environ["OTHER_ADDR"], "kithd": os.environ["VAULT_ADDR"]}
    redirects = [CALLBACK, COMMAND] + [own_callback(address) for address in addresses.values()]
    for make in (lambda: NpmProvider(folder, redirects, "basic"), lambda: NpmProvider(folder, redirects, "post"),
                 lambda: OwnProvider("OpenBao", addresses["OpenBao"], redirects),
                 lambda: OwnProvider("kithd", addresses["kithd"], redirects)):
        provider = make()
        servers = [Server(name, address, provider) for name, address in addresses.items()]
        pair = Pair(servers)
        try:
            walk(pair, provider)
            for server in servers:
                command_line(server, provider)
        finally:
            for server in servers:
                server.end()
            provider.end()
        print("%s: %d steps" % (provider.name, pair.steps))


main()
