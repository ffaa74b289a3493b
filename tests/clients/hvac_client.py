# SPDX-License-Identifier: Apache-2.0
"""What a Python program does with hvac: VAULT_ADDR and VAULT_TOKEN say where and as whom."""
import os
import uuid

import hvac
from hvac import exceptions

uid = uuid.uuid4().hex[:8]
address = os.environ["VAULT_ADDR"]
root = hvac.Client(url=address, token=os.environ["VAULT_TOKEN"])


def refused(kind, function, *args, **kwargs):
    try:
        function(*args, **kwargs)
    except kind:
        return
    raise AssertionError("not refused: %s" % (args,))


# The server
assert root.is_authenticated()
assert root.sys.is_initialized() and not root.sys.is_sealed()
assert root.sys.read_health_status(method="GET")["initialized"]
assert root.sys.read_seal_status()["sealed"] is False

# Mounts
root.sys.enable_auth_method("userpass", path="up-" + uid, description="people")
root.sys.enable_auth_method("approle", path="ar-" + uid)
methods = root.sys.list_auth_methods()["data"]
accessor = methods["up-%s/" % uid]["accessor"]
root.sys.tune_auth_method("up-" + uid, default_lease_ttl="1h", max_lease_ttl="2h")
assert root.sys.read_auth_method_tuning("up-" + uid)["data"]["max_lease_ttl"] == 7200

# Policies
rules = 'path "identity/entity/id/*" { capabilities = ["read"] }'
root.sys.create_or_update_policy("reader-" + uid, rules)
assert root.sys.read_policy("reader-" + uid)["data"]["rules"] == rules
assert "reader-" + uid in root.sys.list_policies()["data"]["policies"]
root.sys.create_or_update_acl_policy("wrap-" + uid, 'path "sys/wrapping/*" { capabilities = ["update"] }')
assert "wrap-" + uid in root.sys.list_acl_policies()["data"]["keys"]

# Identity
identity = root.secrets.identity
entity = identity.create_or_update_entity("alice-" + uid, metadata={"team": "red"}, policies=["wrap-" + uid])["data"]["id"]
assert identity.read_entity(entity)["data"]["metadata"] == {"team": "red"}
assert identity.read_entity_by_name("alice-" + uid)["data"]["id"] == entity
identity.create_or_update_entity_by_name("alice-" + uid, metadata={"team": "blue"})
alias = identity.create_or_update_entity_alias("alice", entity, accessor)["data"]["id"]
assert identity.read_entity_alias(alias)["data"]["canonical_id"] == entity
assert entity in identity.list_entities()["data"]["keys"]
assert "alice-" + uid in identity.list_entities_by_name()["data"]["keys"]
group = identity.create_or_update_group("readers-" + uid, policies=["reader-" + uid],
                                        member_entity_ids=[entity])["data"]["id"]
above = identity.create_or_update_group("all-" + uid, member_group_ids=[group])["data"]["id"]
assert identity.read_group(group)["data"]["parent_group_ids"] == [above]
assert identity.lookup_entity(alias_name="alice", alias_mount_accessor=accessor)["data"]["id"] == entity
assert identity.lookup_group(name="READERS-" + uid)["data"]["id"] == group
other = identity.create_or_update_entity("bob-" + uid)["data"]["id"]
identity.merge_entities([other], entity)
assert identity.read_entity(entity)["data"]["merged_entity_ids"] == [other]

# Userpass
root.auth.userpass.create_or_update_user("alice", password="secret", mount_point="up-" + uid)
assert root.auth.userpass.list_user(mount_point="up-" + uid)["data"]["keys"] == ["alice"]
alice = hvac.Client(url=address)
refused(exceptions.InvalidRequest, alice.auth.userpass.login, "alice", "wrong", mount_point="up-" + uid)
login = alice.auth.userpass.login("alice", "secret", mount_point="up-" + uid)["auth"]
assert login["entity_id"] == entity and login["lease_duration"] == 3600
assert set(login["identity_policies"]) == {"wrap-" + uid, "reader-" + uid}
assert alice.secrets.identity.read_entity(entity)["data"]["name"] == "alice-" + uid
refused(exceptions.Forbidden, alice.secrets.identity.list_entities)

# Tokens
assert alice.auth.token.lookup_self()["data"]["entity_id"] == entity
assert alice.auth.token.renew_self(increment=60)["auth"]["lease_duration"] == 60
child = root.auth.token.create(policies=["default"], ttl="10m", num_uses=3, meta={"a": "b"})["auth"]
assert root.auth.token.lookup_accessor(child["accessor"])["data"]["num_uses"] == 3
user = hvac.Client(url=address, token=child["client_token"])
assert user.auth.token.lookup_self()["data"]["meta"] == {"a": "b"}
root.auth.token.revoke_accessor(child["accessor"])
refused(exceptions.Forbidden, user.auth.token.lookup_self)
orphan = root.auth.token.create_orphan(ttl="5m")["auth"]
assert root.auth.token.lookup(orphan["client_token"])["data"]["orphan"] is True
root.auth.token.create_or_update_role("job-" + uid, allowed_policies=["default"], orphan=True)
assert "job-" + uid in root.auth.token.list_roles()["data"]["keys"]

# Approle
root.auth.approle.create_or_update_approle("job", token_policies=["default"], token_ttl="20m", mount_point="ar-" + uid)
role = root.auth.approle.read_role_id("job", mount_point="ar-" + uid)["data"]["role_id"]
secret = root.auth.approle.generate_secret_id("job", metadata={"k": "v"}, mount_point="ar-" + uid)["data"]
machine = hvac.Client(url=address)
assert machine.auth.approle.login(role, secret["secret_id"], mount_point="ar-" + uid)["auth"]["lease_duration"] == 1200
root.auth.approle.destroy_secret_id("job", secret["secret_id"], mount_point="ar-" + uid)
refused(exceptions.InvalidRequest, machine.auth.approle.login, role, secret["secret_id"], mount_point="ar-" + uid)

# Wrapping
wrapped = root.auth.token.create(policies=["default"], wrap_ttl="60s")["wrap_info"]
assert wrapped["ttl"] == 60
assert root.sys.unwrap(wrapped["token"])["auth"]["policies"] == ["default"]
refused(exceptions.InvalidRequest, root.sys.unwrap, wrapped["token"])
assert alice.sys.wrap({"x": "y"}, ttl=60)["wrap_info"]["creation_path"] == "sys/wrapping/wrap"

# Leaving
alice.logout(revoke_token=True)
identity.delete_group(above)
identity.delete_group(group)
identity.delete_entity(entity)
for name in ("reader-", "wrap-"):
    root.sys.delete_policy(name + uid)
root.sys.disable_auth_method("up-" + uid)
root.sys.disable_auth_method("ar-" + uid)
print("hvac done")
