// SPDX-License-Identifier: Apache-2.0
// Identity tokens of every algorithm, verified with jose; VAULT_ADDR and VAULT_TOKEN say where and as whom.
import assert from 'assert';
import * as jose from 'jose';
import {address, send, uid} from './support.mjs';

await send('POST', `sys/auth/up-${uid}`, {type: 'userpass'});
await send('PUT', `sys/policies/acl/oidc-${uid}`, {policy: 'path "identity/oidc/token/*" { capabilities = ["read"] }'});
await send('POST', `auth/up-${uid}/users/joe`, {password: 'pw', token_policies: [`oidc-${uid}`]});
const login = (await send('POST', `auth/up-${uid}/login/joe`, {password: 'pw'}, '')).auth;
const discovered = await (await fetch(`${address}/v1/identity/oidc/.well-known/openid-configuration`)).json();
for (const algorithm of discovered.id_token_signing_alg_values_supported) {
    const name = `${algorithm.toLowerCase()}-${uid}`;
    await send('POST', `identity/oidc/key/${name}`, {algorithm, allowed_client_ids: '*'});
    await send('POST', `identity/oidc/role/${name}`, {key: name});
    const {token, client_id: audience} = (await send('GET', `identity/oidc/token/${name}`, null, login.client_token)).data;
    const keys = jose.createRemoteJWKSet(new URL(discovered.jwks_uri));
    const wanted = {issuer: discovered.issuer, audience, algorithms: [algorithm]};
    const {payload, protectedHeader} = await jose.jwtVerify(token, keys, wanted);
    assert.strictEqual(payload.sub, login.entity_id);
    assert.strictEqual(protectedHeader.alg, algorithm);
    await assert.rejects(jose.jwtVerify(token, keys, {...wanted, audience: 'other'}), jose.errors.JWTClaimValidationFailed);
    const forged = token.slice(0, -8) + (token.endsWith('AAAAAAAA') ? 'BBBBBBBB' : 'AAAAAAAA');
    await assert.rejects(jose.jwtVerify(forged, keys, wanted), jose.errors.JWSSignatureVerificationFailed);
}
