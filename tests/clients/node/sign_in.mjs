// SPDX-License-Identifier: Apache-2.0
// An application that people sign in to, with openid-client, and the browser in which they do; VAULT_ADDR and
// VAULT_TOKEN say where and as whom the rest is set up, BROWSER which program the browser is.
import assert from 'assert';
import http from 'http';
import * as oidc from 'openid-client';
import {chromium} from 'playwright-core';
import {address, requestFor, send, uid} from './support.mjs';

/// The application: it keeps where the browser came back to.
let cameBack = null;
const application = http.createServer((request, answer) => {
    answer.setHeader('Content-Type', 'text/html');
    answer.end('<title>Back</title>');
    if (request.url.startsWith('/callback'))
        cameBack(new URL(request.url, `http://${request.headers.host}`));
}).listen(0, '127.0.0.1');
await new Promise((resolve) => application.once('listening', resolve));
const callback = `http://127.0.0.1:${application.address().port}/callback`;

await send('POST', `sys/auth/up-${uid}`, {type: 'userpass'});
await send('POST', `auth/up-${uid}/users/joe`, {password: 'pw'});
await send('POST', `identity/oidc/scope/profile-${uid}`, {template: '{"nick": {{identity.entity.name}} }'});
await send('POST', `identity/oidc/provider/rp-${uid}`,
    {allowed_client_ids: '*', scopes_supported: `profile-${uid}`});
await send('POST', `identity/oidc/key/k-${uid}`, {algorithm: 'ES256', allowed_client_ids: '*'});
const clients = {};
for (const type of ['confidential', 'public']) {
    await send('POST', `identity/oidc/client/${type}-${uid}`,
        {redirect_uris: callback, assignments: 'allow_all', key: `k-${uid}`, client_type: type});
    clients[type] = (await send('GET', `identity/oidc/client/${type}-${uid}`)).data;
}

async function configuration(type) {
    const client = clients[type];
    const how = type === 'public' ? oidc.None() : oidc.ClientSecretPost(client.client_secret);
    return oidc.discovery(new URL(`${address}/v1/identity/oidc/provider/rp-${uid}`), client.client_id,
        {id_token_signed_response_alg: 'ES256'}, how, {execute: [oidc.allowInsecureRequests]});
}

/// Begins at the application, lets `person` use the page, and ends with what the application makes of it.
async function visit(browserPage, type, more, person) {
    const config = await configuration(type);
    const {url, checks} = await requestFor(config, callback, more);
    const returned = new Promise((resolve) => { cameBack = resolve; });
    await browserPage.goto(url.href);
    await person(browserPage);
    const back = await returned;
    await browserPage.waitForURL(back.href);
    const tokens = await oidc.authorizationCodeGrant(config, back, checks);
    const claims = tokens.claims();
    const information = await oidc.fetchUserInfo(config, tokens.access_token, claims.sub);
    assert(information.nick && information.nick === claims.nick);
    return claims;
}

async function signsIn(page) {
    await page.getByLabel('Name').fill('joe');
    await page.getByLabel('Password').fill('pw');
    await page.getByLabel('Path of the sign-in method').fill(`up-${uid}`);
    await page.getByRole('button', {name: 'Sign in', exact: true}).click();
}
const agrees = (page) => page.getByRole('button', {name: 'Allow'}).click();
const nothing = async () => {};
const errorOf = (promise) => promise.then(() => assert.fail('there is no error'), (error) => error.error);

const browser = await chromium.launch({executablePath: process.env.BROWSER, args: ['--no-sandbox']});
try {
    for (const javaScriptEnabled of [true, false]) {
        const context = await browser.newContext({javaScriptEnabled, locale: 'en-US'});
        const page = await context.newPage();
        assert.strictEqual(await errorOf(visit(page, 'public', {prompt: 'none'}, nothing)), 'login_required');
        const first = await visit(page, 'confidential', {}, async () => { await signsIn(page); await agrees(page); });
        // The other application asks for consent alone; the first for nothing more.
        const second = await visit(page, 'public', {max_age: '600'}, agrees);
        assert.strictEqual(first.sub, second.sub);
        await visit(page, 'confidential', {prompt: 'none'}, nothing);
        await visit(page, 'confidential', {prompt: 'login'}, signsIn);
        const denied = visit(page, 'public', {prompt: 'consent'},
            () => page.getByRole('button', {name: 'Deny'}).click());
        assert.strictEqual(await errorOf(denied), 'access_denied');
        await context.close();
    }
} finally {
    await browser.close();
    application.close();
}
