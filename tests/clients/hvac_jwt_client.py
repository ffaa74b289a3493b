# SPDX-License-Identifier: Apache-2.0
"""What a Python program does with hvac's calls of the methods jwt and oidc: VAULT_ADDR and VAULT_TOKEN say where and as
whom. The provider is the server's own."""
import concurrent.futures
import os
import pathlib
import sys
import time
import urllib.parse
import uuid

import hvac
from hvac import exceptions

sys.dont_write_bytecode = True
sys.path[:0] = [str(pathlib.Path(__file__).resolve().parent.parent / folder) for folder in ("support", "contract")]
from differential.jwt import Key  # noqa: E402
from servers import send  # noqa: E402

uid = uuid.uuid4().hex[:8]
address, token = os.environ["VAULT_ADDR"], os.environ["VAULT_TOKEN"]
root = hvac.Client(url=address, token=token)
jwt = root.auth.jwt
key = Key()


def refused(call):
    try:
        call()
    except (exceptions.InvalidRequest, exceptions.Forbidden):
        return
    raise SystemExit("not refused")


# Tokens that people bring
path = "jwt-" + uid
root.sys.enable_auth_method("jwt", path=path)
jwt.configure(jwt_validation_pubkeys=[key.public], default_role="r", path=path)
assert jwt.read_config(path=path)["data"]["default_role"] == "r"
jwt.create_role("r", "sub", [], bound_audiences=["aud"], groups_claim="groups", token_policies=["of-role"], token_ttl="1h", path=path)
assert jwt.list_roles(path=path)["data"]["keys"] == ["r"]
assert jwt.read_role("r", path=path)["data"]["groups_claim"] == "groups"
accessor = root.sys.list_auth_methods()["data"][path + "/"]["accessor"]
identity = root.secrets.identity
group = identity.create_or_update_group("devs-" + uid, group_type="external", policies=["outside"])["data"]["id"]
identity.create_or_update_group_alias("devs", canonical_id=group, mount_accessor=accessor)


def signed(name, **more):
    now = int(time.time())
    return key.sign({"alg": "ES256"}, {"sub": name, "aud": "aud", "iat": now, "exp": now + 600, "groups": ["devs"], **more})


def login(name):
    return hvac.Client(url=address).auth.jwt.jwt_login("r", signed(name), use_token=False, path=path)["auth"]


def entities_of(names):
    """Of logins that come all at once."""
    with concurrent.futures.ThreadPoolExecutor(50) as threads:
        return {auth["entity_id"] for auth in threads.map(login, names)}


joe = login("joe")
assert set(joe["policies"]) == {"default", "of-role", "outside"} and joe["metadata"] == {"role": "r"}, joe
assert identity.read_group(group)["data"]["member_entity_ids"] == [joe["entity_id"]]
refused(lambda: hvac.Client(url=address).auth.jwt.jwt_login("r", signed("joe", aud="other"), path=path))
refused(lambda: hvac.Client(url=address).auth.jwt.jwt_login("r", Key().sign({"alg": "ES256"}, {"sub": "joe"}), path=path))
assert len(entities_of(["ann"] * 200)) == 1
assert len(entities_of(["u%d" % number for number in range(200)])) == 200
jwt.delete_role("r", path=path)
refused(lambda: login("joe"))

# People who sign in
oidc = "oidc-" + uid
people = "people-" + uid
callback = "http://127.0.0.1:1/callback"


def ask(method, where, data=None, whose=token):
    status, answer = send(address, method, where, data, whose)
    assert status < 300, (where, status, answer)
    return answer


root.sys.create_or_update_policy("sign-" + uid, 'path "identity/oidc/provider/*" { capabilities = ["read", "update"] }')
root.sys.enable_auth_method("userpass", path=people)
root.auth.userpass.create_or_update_user("joe", "pw", policies="sign-" + uid, mount_point=people)
person = hvac.Client(url=address).auth.userpass.login("joe", "pw", use_token=False, mount_point=people)["auth"]
ask("POST", "identity/oidc/client/" + oidc, {"redirect_uris": callback, "assignments": "allow_all"})
client = ask("GET", "identity/oidc/client/" + oidc)["data"]
ask("POST", "identity/oidc/provider/" + oidc, {"allowed_client_ids": "*"})
root.sys.enable_auth_method("oidc", path=oidc)
jwt.configure(oidc_discovery_url="%s/v1/identity/oidc/provider/%s" % (address, oidc), oidc_client_id=client["client_id"],
              oidc_client_secret=client["client_secret"], default_role="r", path=oidc)
jwt.create_role("r", "sub", [callback], role_type="oidc", token_policies=["of-role"], path=oidc)
url = root.auth.oidc.oidc_authorization_url_request("r", callback, path=oidc)["data"]["auth_url"]
parts = urllib.parse.urlsplit(url)
query = dict(urllib.parse.parse_qsl(parts.query))
back = ask("GET", parts.path.replace("/ui/vault/", "") + "?" + parts.query, None, person["client_token"])
auth = root.auth.oidc.oidc_callback(query["state"], query["nonce"], back["code"], path=oidc)["auth"]
assert "of-role" in auth["policies"] and auth["metadata"] == {"role": "r"}, auth
refused(lambda: root.auth.oidc.oidc_callback(query["state"], query["nonce"], back["code"], path=oidc))
assert root.auth.oidc.oidc_authorization_url_request("r", "http://elsewhere/", path=oidc)["data"]["auth_url"] == ""

# Leaving
for mount in (path, oidc, people):
    root.sys.disable_auth_method(mount)
ask("DELETE", "identity/oidc/provider/" + oidc)
ask("DELETE", "identity/oidc/client/" + oidc)
identity.delete_group(group)
print("hvac-jwt done")
