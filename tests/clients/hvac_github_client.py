# SPDX-License-Identifier: Apache-2.0
"""What a Python program does with hvac's calls of the method github: VAULT_ADDR and VAULT_TOKEN say where and as whom.
The real GitHub can't be reached by tests: a server here answers in its place, as its public documentation of the REST
API says."""
import concurrent.futures
import http.server
import json
import os
import threading
import uuid

import hvac
from hvac import exceptions

uid = uuid.uuid4().hex[:8]
path = "github-" + uid
address = os.environ["VAULT_ADDR"]
root = hvac.Client(url=address, token=os.environ["VAULT_TOKEN"])
github = root.auth.github
ORGANIZATION = {"login": "Kith", "id": 42}
TEAMS = {"token-ann": ["Platform Team"], "token-bob": []}


class GitHub(http.server.BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def do_GET(self):
        token = (self.headers.get("Authorization") or "").split()[-1:]
        name = token[0] if token else ""
        where = self.path.partition("?")[0]
        teams = [{"name": team, "slug": team.lower().replace(" ", "-"), "organization": ORGANIZATION} for team in TEAMS.get(name, [])]
        known = {"/user": {"login": name.partition("-")[2], "id": 7}, "/user/orgs": [ORGANIZATION], "/user/teams": teams}
        if where == "/orgs/Kith":
            self.tell(200, ORGANIZATION)
        elif where in known and name.startswith("token-"):
            self.tell(200, known[where])
        else:
            self.tell(401, {"message": "Bad credentials"})

    def tell(self, status, answer):
        body = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def entities_of(names):
    """Of logins that come all at once."""
    def entity_of(name):
        return hvac.Client(url=address).auth.github.login("token-" + name, use_token=False, mount_point=path)["auth"]["entity_id"]
    with concurrent.futures.ThreadPoolExecutor(50) as threads:
        return set(threads.map(entity_of, names))


class Server(http.server.ThreadingHTTPServer):
    request_queue_size = 256


with Server(("127.0.0.1", 0), GitHub) as server:
    threading.Thread(target=server.serve_forever, daemon=True).start()
    root.sys.enable_auth_method("github", path=path)
    github.configure("Kith", base_url="http://127.0.0.1:%d" % server.server_port, ttl="1h", mount_point=path)
    kept = github.read_configuration(mount_point=path)["data"]
    assert kept["organization"] == "Kith" and kept["organization_id"] == 42, kept
    github.map_team("platform-team", policies=["team", "all"], mount_point=path)
    assert github.read_team_mapping("platform-team", mount_point=path)["data"]["value"] == "team,all"
    github.map_user("ann", policies=["boss"], mount_point=path)
    assert github.read_user_mapping("ann", mount_point=path)["data"]["value"] == "boss"
    accessor = root.sys.list_auth_methods()["data"][path + "/"]["accessor"]
    identity = root.secrets.identity
    group = identity.create_or_update_group("team-" + uid, group_type="external", policies=["outside"])["data"]["id"]
    identity.create_or_update_group_alias("platform-team", canonical_id=group, mount_accessor=accessor)
    ann = hvac.Client(url=address)
    login = ann.auth.github.login("token-ann", mount_point=path)["auth"]
    assert set(login["policies"]) == {"all", "boss", "default", "outside", "team"}, login["policies"]
    assert login["metadata"] == {"username": "ann", "org": "Kith"}, login["metadata"]
    assert identity.read_group(group)["data"]["member_entity_ids"] == [login["entity_id"]]
    assert ann.auth.token.renew_self()["auth"]["lease_duration"] == 3600
    bob = hvac.Client(url=address).auth.github.login("token-bob", mount_point=path)["auth"]
    assert bob["policies"] == ["default"], bob
    try:
        hvac.Client(url=address).auth.github.login("wrong", mount_point=path)
        raise SystemExit("not refused")
    except exceptions.InvalidRequest:
        pass
    assert len(entities_of(["eve"] * 200)) == 1
    assert len(entities_of(["u%d" % number for number in range(200)])) == 200
    identity.delete_group(group)
    root.sys.disable_auth_method(path)
print("hvac-github done")
