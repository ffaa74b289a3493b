// SPDX-License-Identifier: Apache-2.0
// What a program does with node-vault; VAULT_ADDR and VAULT_TOKEN say where and as whom.
'use strict';
const assert = require('assert');
const crypto = require('crypto');
const vault = require('node-vault');

const uid = crypto.randomBytes(4).toString('hex');
const root = vault({endpoint: process.env.VAULT_ADDR, token: process.env.VAULT_TOKEN});
const as = (token) => vault({endpoint: process.env.VAULT_ADDR, token});

async function refused(promise) {
    await assert.rejects(promise, (error) => error.response.statusCode >= 400 && error.response.statusCode < 500);
}

async function main() {
    // The server
    assert.strictEqual((await root.initialized()).initialized, true);
    assert.strictEqual((await root.status()).sealed, false);
    assert.strictEqual((await root.health()).initialized, true);

    // Mounts
    await root.enableAuth({mount_point: `up-${uid}`, type: 'userpass'});
    await root.enableAuth({mount_point: `ar-${uid}`, type: 'approle'});
    const accessor = (await root.auths()).data[`up-${uid}/`].accessor;

    // Policies
    await root.addPolicy({name: `reader-${uid}`, rules: 'path "identity/entity/id/*" { capabilities = ["read"] }'});
    assert((await root.policies()).policies.includes(`reader-${uid}`));
    assert((await root.getPolicy({name: `reader-${uid}`})).rules.includes('identity/entity'));

    // Identity
    const entity = (await root.write('identity/entity', {name: `alice-${uid}`, metadata: {team: 'red'}})).data.id;
    await root.write('identity/entity-alias', {name: 'alice', canonical_id: entity, mount_accessor: accessor});
    const group = (await root.write('identity/group', {
        name: `readers-${uid}`, policies: [`reader-${uid}`], member_entity_ids: [entity]})).data.id;
    assert.deepStrictEqual((await root.read(`identity/entity/id/${entity}`)).data.direct_group_ids, [group]);
    assert((await root.list('identity/group/name')).data.keys.includes(`readers-${uid}`));

    // Userpass
    await root.write(`auth/up-${uid}/users/alice`, {password: 'secret'});
    await refused(as().userpassLogin({mount_point: `up-${uid}`, username: 'alice', password: 'wrong'}));
    const login = await as().userpassLogin({mount_point: `up-${uid}`, username: 'alice', password: 'secret'});
    assert.strictEqual(login.auth.entity_id, entity);
    const alice = as(login.auth.client_token);
    assert.strictEqual((await alice.read(`identity/entity/id/${entity}`)).data.name, `alice-${uid}`);
    await refused(alice.list('identity/entity/id'));

    // Tokens
    assert.strictEqual((await alice.tokenLookupSelf()).data.entity_id, entity);
    assert.strictEqual((await alice.tokenRenewSelf({increment: 60})).auth.lease_duration, 60);
    const child = (await as(process.env.VAULT_TOKEN).tokenCreate({policies: ['default'], ttl: '10m'})).auth;
    await root.tokenRevokeAccessor({accessor: child.accessor});
    await refused(as(child.client_token).tokenLookupSelf());

    // Approle
    await root.addApproleRole({mount_point: `ar-${uid}`, role_name: 'job', token_policies: 'default'});
    const role = (await root.getApproleRoleId({mount_point: `ar-${uid}`, role_name: 'job'})).data.role_id;
    const secret = (await root.getApproleRoleSecret({mount_point: `ar-${uid}`, role_name: 'job'})).data.secret_id;
    const machine = await as().approleLogin({mount_point: `ar-${uid}`, role_id: role, secret_id: secret});
    assert.deepStrictEqual(machine.auth.policies, ['default']);

    // Wrapping
    const wrapped = (await root.write('sys/wrapping/wrap', {a: 'b'}, {headers: {'X-Vault-Wrap-TTL': '60s'}})).wrap_info;
    assert.deepStrictEqual((await root.unwrap({token: wrapped.token})).data, {a: 'b'});
    await refused(root.unwrap({token: wrapped.token}));

    // Leaving
    await alice.tokenRevokeSelf();
    await root.delete(`identity/group/id/${group}`);
    await root.delete(`identity/entity/id/${entity}`);
    await root.removePolicy({name: `reader-${uid}`});
    await root.disableAuth({mount_point: `up-${uid}`});
    await root.disableAuth({mount_point: `ar-${uid}`});
    console.log('node-vault done');
}

main().catch((error) => {
    console.error(error);
    process.exit(1);
});
