// SPDX-License-Identifier: Apache-2.0
// An OpenID provider, with oidc-provider: somebody who comes with the cookie who=NAME has signed in, and agrees. Reads
// {redirectUris} as a line, writes its address as one. PUT /people/NAME sets what is said of somebody.
import http from 'http';
import readline from 'readline';
import Provider from 'oidc-provider';

const people = {};
const settings = await new Promise((resolve) => {
    readline.createInterface({input: process.stdin}).once('line', (line) => resolve(JSON.parse(line)));
});
const server = http.createServer();
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const issuer = `http://127.0.0.1:${server.address().port}`;

const provider = new Provider(issuer, {
    clients: ['basic', 'post'].map((how) => ({
        client_id: `kith-${how}`,
        client_secret: 'a secret: of %2F',
        redirect_uris: settings.redirectUris,
        grant_types: ['authorization_code'],
        response_types: ['code'],
        token_endpoint_auth_method: `client_secret_${how}`,
    })),
    claims: {openid: ['sub'], groups: ['groups'], mail: ['mail', 'org']},
    scopes: ['openid', 'groups', 'mail'],
    pkce: {required: () => true},
    conformIdTokenClaims: true, // what a scope gives is told at userinfo
    features: {devInteractions: {enabled: false}},
    interactions: {url: (context, interaction) => `/interaction/${interaction.uid}`},
    cookies: {keys: ['of this test alone']},
    findAccount: (context, id) => ({accountId: id, claims: () => ({sub: id, ...people[id]})}),
    ttl: {AccessToken: 600, AuthorizationCode: 60, Grant: 600, IdToken: 600, Interaction: 600, Session: 600},
});

async function agree(request, response) {
    const {prompt, params, session} = await provider.interactionDetails(request, response);
    if (prompt.name === 'login') {
        const name = /(?:^|; )who=(\w+)/.exec(request.headers.cookie ?? '')?.[1];
        const result = name ? {login: {accountId: name}}
            : {error: 'access_denied', error_description: 'nobody has signed in'};
        return provider.interactionFinished(request, response, result, {mergeWithLastSubmission: false});
    }
    const grant = new provider.Grant({accountId: session.accountId, clientId: params.client_id});
    grant.addOIDCScope(params.scope);
    return provider.interactionFinished(request, response, {consent: {grantId: await grant.save()}},
        {mergeWithLastSubmission: true});
}

const answer = provider.callback();
server.on('request', async (request, response) => {
    if (request.url.startsWith('/interaction/')) {
        await agree(request, response);
    } else if (request.method === 'PUT' && request.url.startsWith('/people/')) {
        let body = '';
        for await (const part of request) body += part;
        people[request.url.split('/')[2]] = JSON.parse(body);
        response.writeHead(204).end();
    } else {
        answer(request, response);
    }
});
process.stdin.on('end', () => process.exit(0)); // whoever started it has gone
console.log(issuer);
