# SPDX-License-Identifier: Apache-2.0
"""What a Python program does with hvac's calls of the method ldap, on a real directory: VAULT_ADDR and VAULT_TOKEN say
where and as whom."""
import concurrent.futures
import os
import pathlib
import sys
import uuid

import hvac
from hvac import exceptions

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
from servers import Slapd  # noqa: E402

uid = uuid.uuid4().hex[:8]
path = "ldap-" + uid
address = os.environ["VAULT_ADDR"]
root = hvac.Client(url=address, token=os.environ["VAULT_TOKEN"])
ldap = root.auth.ldap
everybody = {"u%d" % number: "pw-u%d" % number for number in range(201)}


def entity_of(name):
    login = hvac.Client(url=address).auth.ldap.login(name, everybody[name], use_token=False, mount_point=path)
    return login["auth"]["entity_id"]


def entities_of(names):
    """Of logins that come all at once."""
    with concurrent.futures.ThreadPoolExecutor(len(names)) as threads:
        return set(threads.map(entity_of, names))


with Slapd({"ann": "secret", **everybody}, {"devs": ["ann"], "ops": ["u0"]}) as directory:
    root.sys.enable_auth_method("ldap", path=path)
    ldap.configure(url=directory.url, userdn=directory.PEOPLE, groupdn=directory.GROUPS, userattr="uid",
                   binddn=directory.ADMIN, bindpass=directory.PASSWORD, token_ttl="1h", connection_timeout=30,
                   mount_point=path)
    kept = ldap.read_configuration(mount_point=path)["data"]
    assert kept["url"] == directory.url and kept["token_ttl"] == 3600 and "bindpass" not in kept

    # What groups and users of the directory get
    ldap.create_or_update_group("devs", policies=["dev", "all"], mount_point=path)
    assert ldap.read_group("devs", mount_point=path)["data"]["policies"] == ["all", "dev"]
    assert ldap.list_groups(mount_point=path)["data"]["keys"] == ["devs"]
    ldap.create_or_update_user("ann", policies=["boss"], groups=["extra"], mount_point=path)
    assert ldap.read_user("ann", mount_point=path)["data"] == {"policies": ["boss"], "groups": "extra"}
    assert ldap.list_users(mount_point=path)["data"]["keys"] == ["ann"]

    # Somebody of an external group
    accessor = root.sys.list_auth_methods()["data"][path + "/"]["accessor"]
    identity = root.secrets.identity
    group = identity.create_or_update_group("devs-" + uid, group_type="external", policies=["outside"])["data"]["id"]
    identity.create_or_update_group_alias("devs", canonical_id=group, mount_accessor=accessor)
    ann = hvac.Client(url=address)
    login = ann.auth.ldap.login("ann", "secret", mount_point=path)["auth"]
    assert set(login["policies"]) == {"all", "boss", "default", "dev", "outside"}, login["policies"]
    assert login["identity_policies"] == ["outside"] and login["metadata"] == {"username": "ann"}
    assert identity.read_group(group)["data"]["member_entity_ids"] == [login["entity_id"]]
    assert ann.auth.token.renew_self()["auth"]["lease_duration"] == 3600
    for password in ("wrong", ""):
        try:
            hvac.Client(url=address).auth.ldap.login("ann", password, mount_point=path)
            raise SystemExit("not refused: " + repr(password))
        except exceptions.InvalidRequest:
            pass

    # Many at once
    assert len(entities_of(["u0"] * 200)) == 1
    assert len(entities_of(["u%d" % number for number in range(1, 201)])) == 200

    # Leaving
    ldap.delete_user("ann", mount_point=path)
    ldap.delete_group("devs", mount_point=path)
    identity.delete_group(group)
    root.sys.disable_auth_method(path)
print("hvac-ldap done")
