# SPDX-License-Identifier: Apache-2.0
"""Takes identity tokens of every algorithm and verifies them with PyJWT, as a program that trusts the server does; then
signs in to the other kind of server with each of them. VAULT_ADDR and VAULT_TOKEN say where and as whom, OTHER_ADDR where
the other server is, which takes the same token."""
import json
import os
import time
import urllib.request
import uuid

import jwt

uid = uuid.uuid4().hex[:8]
ADDRESS, ROOT, OTHER = os.environ["VAULT_ADDR"], os.environ["VAULT_TOKEN"], os.environ["OTHER_ADDR"]
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

# A server of the other kind that trusts this one lets its people in.
send("POST", "sys/auth/jwt-" + uid, {"type": "jwt"}, address=OTHER)
send("POST", "auth/jwt-%s/config" % uid, {"jwks_url": discovered["jwks_uri"], "bound_issuer": discovered["issuer"],
                                          "jwt_supported_algs": ALGORITHMS}, address=OTHER)
for each in ALGORITHMS:
    signed, client = take(own, each)
    role = {"role_type": "jwt", "user_claim": "sub", "bound_audiences": [client], "groups_claim": "groups",
            "token_policies": ["default"]}
    send("POST", "auth/jwt-%s/role/%s" % (uid, each.lower()), role, address=OTHER)
    auth = send("POST", "auth/jwt-%s/login" % uid, {"role": each.lower(), "jwt": signed}, "", OTHER)["auth"]
    assert auth["metadata"]["role"] == each.lower() and auth["client_token"]
    alias = send("GET", "identity/entity/id/" + auth["entity_id"], address=OTHER)["data"]["aliases"][0]
    assert alias["name"] == entity
    try:
        send("POST", "auth/jwt-%s/login" % uid, {"role": each.lower(), "jwt": signed[:-6] + "AAAAAA"}, "", OTHER)
        raise AssertionError("a forged token is taken")
    except urllib.error.HTTPError as refusal:
        assert refusal.code == 400, refusal.code
