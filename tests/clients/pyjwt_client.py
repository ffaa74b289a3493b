# SPDX-License-Identifier: Apache-2.0
"""Takes identity tokens of every algorithm and verifies them with PyJWT, as a program that trusts the server does; then
signs in to OpenBao with one of them. VAULT_ADDR and VAULT_TOKEN say where and as whom, BAO_ADDR where an OpenBao is that
takes the same token."""
import json
import os
import time
import urllib.request
import uuid

import jwt

uid = uuid.uuid4().hex[:8]
ADDRESS, ROOT, BAO = os.environ["VAULT_ADDR"], os.environ["VAULT_TOKEN"], os.environ["BAO_ADDR"]
ALGORITHMS = ["RS256", "RS384", "RS512", "ES256", "ES384", "ES512", "EdDSA"]


def send(method, path, body=None, token=ROOT, address=ADDRESS):
    request = urllib.request.Request(address + "/v1/" + path, method=method, headers={"X-Vault-Token": token},
                                     data=None if body is None else json.dumps(body).encode())
    with urllib.request.urlopen(request) as answer:
        text = answer.read()
    return json.loads(text) if text else None


def somebody():
    """An entity and the token of a login as it."""
    send("POST", "sys/auth/up-" + uid, {"type": "userpass"})
    send("PUT", "sys/policies/acl/oidc-" + uid, {"policy": 'path "identity/oidc/token/*" { capabilities = ["read"] }'})
    send("POST", "auth/up-%s/users/joe" % uid, {"password": "pw", "token_policies": ["oidc-" + uid]})
    auth = send("POST", "auth/up-%s/login/joe" % uid, {"password": "pw"}, "")["auth"]
    return auth["entity_id"], auth["client_token"]


def take(token, algorithm):
    """The identity token of a key of this algorithm, and whom it is for."""
    name = "%s-%s" % (algorithm.lower(), uid)
    send("POST", "identity/oidc/key/" + name, {"algorithm": algorithm, "allowed_client_ids": "*"})
    send("POST", "identity/oidc/role/" + name,
         {"key": name, "template": '{"groups": {{identity.entity.groups.names}}, "name": {{identity.entity.name}} }'})
    data = send("GET", "identity/oidc/token/" + name, token=token)["data"]
    return data["token"], data["client_id"]


entity, own = somebody()
send("POST", "identity/group", {"name": "g-" + uid, "member_entity_ids": [entity]})
discovered = json.loads(urllib.request.urlopen(ADDRESS + "/v1/identity/oidc/.well-known/openid-configuration").read())
assert discovered["id_token_signing_alg_values_supported"] == ALGORITHMS
for each in ALGORITHMS:
    signed, client = take(own, each)
    keys = jwt.PyJWKClient(discovered["jwks_uri"])
    claims = jwt.decode(signed, keys.get_signing_key_from_jwt(signed).key, algorithms=[each], audience=client,
                        issuer=discovered["issuer"], options={"require": ["exp", "iat", "sub", "aud", "iss"]})
    assert claims["sub"] == entity and claims["groups"] == ["g-" + uid] and claims["namespace"] == "root"
    assert claims["exp"] - claims["iat"] == 86400 and abs(claims["iat"] - time.time()) < 60
    # After a rotation it is still good, and what is signed then is, too.
    send("POST", "identity/oidc/key/%s-%s/rotate" % (each.lower(), uid), {})
    later, _ = take(own, each)
    fresh = jwt.PyJWKClient(discovered["jwks_uri"])
    for text in (signed, later):
        jwt.decode(text, fresh.get_signing_key_from_jwt(text).key, algorithms=[each], audience=client)
    assert jwt.get_unverified_header(signed)["kid"] != jwt.get_unverified_header(later)["kid"]
    try:
        jwt.decode(signed, keys.get_signing_key_from_jwt(signed).key, algorithms=[each], audience="somebody else")
        raise AssertionError("another's token is taken")
    except jwt.InvalidAudienceError:
        pass

# An OpenBao that trusts the server lets its people in.
signed, client = take(own, "RS256")
send("POST", "sys/auth/jwt-" + uid, {"type": "jwt"}, address=BAO)
send("POST", "auth/jwt-%s/config" % uid, {"jwks_url": discovered["jwks_uri"], "bound_issuer": discovered["issuer"]}, address=BAO)
send("POST", "auth/jwt-%s/role/r" % uid,
     {"role_type": "jwt", "user_claim": "sub", "bound_audiences": [client], "groups_claim": "groups",
      "token_policies": ["default"]}, address=BAO)
auth = send("POST", "auth/jwt-%s/login" % uid, {"role": "r", "jwt": signed}, "", BAO)["auth"]
assert auth["metadata"]["role"] == "r" and auth["client_token"]
alias = send("GET", "identity/entity/id/" + auth["entity_id"], address=BAO)["data"]["aliases"][0]
assert alias["name"] == entity
try:
    send("POST", "auth/jwt-%s/login" % uid, {"role": "r", "jwt": signed[:-6] + "AAAAAA"}, "", BAO)
    raise AssertionError("a forged token is taken")
except urllib.error.HTTPError as refusal:
    assert refusal.code == 400, refusal.code
