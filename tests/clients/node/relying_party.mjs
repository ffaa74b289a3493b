// SPDX-License-Identifier: Apache-2.0
// An application that people sign in to, with openid-client; VAULT_ADDR and VAULT_TOKEN say where and as whom the rest
// is set up. What a person's browser does between the two is one request here.
import assert from 'assert';
import * as oidc from 'openid-client';
import {address, requestFor, send, uid} from './support.mjs';

const callback = 'http://127.0.0.1:9/callback';

async function application(name, settings) {
    await send('POST', `identity/oidc/client/${name}-${uid}`,
        {redirect_uris: callback, assignments: 'allow_all', ...settings});
    return (await send('GET', `identity/oidc/client/${name}-${uid}`)).data;
}

await send('POST', `sys/auth/up-${uid}`, {type: 'userpass'});
await send('PUT', `sys/policies/acl/rp-${uid}`,
    {policy: 'path "identity/oidc/provider/*" { capabilities = ["read", "update"] }'});
await send('POST', `auth/up-${uid}/users/joe`, {password: 'pw', token_policies: [`rp-${uid}`]});
const login = (await send('POST', `auth/up-${uid}/login/joe`, {password: 'pw'}, '')).auth;
await send('POST', `identity/oidc/scope/profile-${uid}`, {template: '{"nick": {{identity.entity.name}} }'});
await send('POST', `identity/oidc/provider/rp-${uid}`,
    {allowed_client_ids: '*', scopes_supported: `profile-${uid}`});
const issuer = new URL(`${address}/v1/identity/oidc/provider/rp-${uid}`);

/// What the browser of whoever has signed in brings back.
async function signIn(url) {
    const path = url.pathname.replace('/ui/vault/', '/v1/');
    const answer = await fetch(address + path + url.search, {headers: {'X-Vault-Token': login.client_token}});
    const {code, state} = await answer.json();
    assert.strictEqual(answer.status, 200);
    return new URL(`${callback}?${new URLSearchParams({code, state})}`);
}

async function wholeFlow(client, authentication) {
    const config = await oidc.discovery(issuer, client.client_id, client.metadata,
        authentication, {execute: [oidc.allowInsecureRequests]});
    const {url, checks} = await requestFor(config, callback, {max_age: '3600'});
    const back = await signIn(url);
    const tokens = await oidc.authorizationCodeGrant(config, back, checks);
    const claims = tokens.claims();
    assert.strictEqual(claims.sub, login.entity_id);
    assert.strictEqual(claims.aud, client.client_id);
    assert(claims.nick && claims.at_hash && claims.c_hash && claims.auth_time);
    const information = await oidc.fetchUserInfo(config, tokens.access_token, claims.sub);
    assert.strictEqual(information.nick, claims.nick);
    // The code was good once.
    await assert.rejects(oidc.authorizationCodeGrant(config, back, checks), (error) => error.error === 'invalid_grant');
    await assert.rejects(oidc.fetchUserInfo(config, 'x', claims.sub));
}

for (const algorithm of ['RS256', 'ES384', 'EdDSA']) {
    const key = `${algorithm.toLowerCase()}-rp-${uid}`;
    await send('POST', `identity/oidc/key/${key}`, {algorithm, allowed_client_ids: '*'});
    const settings = {key, client_credentials: true};
    const web = await application(`web-${key}`, settings);
    const meta = {id_token_signed_response_alg: algorithm};
    // openid-client itself writes the secret in another way (RFC 6749, appendix B), which OpenBao doesn't read.
    const basic = (server, client, body, headers) =>
        headers.set('authorization', `Basic ${btoa(`${web.client_id}:${web.client_secret}`)}`);
    for (const how of [basic, oidc.ClientSecretPost(web.client_secret)])
        await wholeFlow({...web, metadata: {...meta, client_secret: web.client_secret}}, how);
    const phone = await application(`phone-${key}`, {key, client_type: 'public'});
    await wholeFlow({...phone, metadata: meta}, oidc.None());
    const config = await oidc.discovery(issuer, web.client_id, web.client_secret,
        basic, {execute: [oidc.allowInsecureRequests]});
    const own = await oidc.clientCredentialsGrant(config, {scope: 'openid'});
    assert.strictEqual(own.token_type, 'bearer');
}
