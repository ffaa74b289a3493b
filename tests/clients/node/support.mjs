// SPDX-License-Identifier: Apache-2.0
// What the clients share: how the rest is set up, at VAULT_ADDR and as VAULT_TOKEN, and what an application asks for.
import assert from 'assert';
import crypto from 'crypto';
import * as oidc from 'openid-client';

export const uid = crypto.randomBytes(4).toString('hex');
export const address = process.env.VAULT_ADDR;

export async function send(method, path, body, token = process.env.VAULT_TOKEN) {
    const answer = await fetch(`${address}/v1/${path}`, {
        method,
        headers: {'X-Vault-Token': token},
        body: body && JSON.stringify(body),
    });
    assert(answer.ok, `${method} ${path}: ${answer.status} ${answer.ok ? '' : await answer.text()}`);
    return answer.status === 204 ? null : answer.json();
}

/// The address of a request for a code, and what has to be checked of what comes back.
export async function requestFor(config, callback, more) {
    const verifier = oidc.randomPKCECodeVerifier();
    const checks = {pkceCodeVerifier: verifier, expectedState: oidc.randomState(), expectedNonce: oidc.randomNonce()};
    if (more.max_age)
        checks.maxAge = Number(more.max_age);
    const url = oidc.buildAuthorizationUrl(config, {
        redirect_uri: callback,
        scope: `openid profile-${uid}`,
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state: checks.expectedState,
        nonce: checks.expectedNonce,
        ...more,
    });
    return {url, checks};
}
