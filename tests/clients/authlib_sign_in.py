# SPDX-License-Identifier: Apache-2.0
"""An application that people sign in to, with Authlib, and the browser in which they do: what the sign-in page is to
look like and to withstand there. VAULT_ADDR and VAULT_TOKEN say where and as whom the rest is set up, BROWSER which
program the browser is."""
import http.server
import json
import os
import pathlib
import queue
import sys
import threading
import urllib.parse
import urllib.request
import uuid

from authlib.integrations.requests_client import OAuth2Session
from authlib.jose import JsonWebKey, jwt
from playwright.sync_api import sync_playwright

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
from servers import Slapd  # noqa: E402

os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"
uid = uuid.uuid4().hex[:8]
ADDRESS, ROOT = os.environ["VAULT_ADDR"], os.environ["VAULT_TOKEN"]


def send(method, path, body=None, token=ROOT):
    request = urllib.request.Request(ADDRESS + "/v1/" + path, method=method, headers={"X-Vault-Token": token},
                                     data=None if body is None else json.dumps(body).encode())
    with urllib.request.urlopen(request) as answer:
        text = answer.read()
    return json.loads(text) if text else None


class Site:
    """A site of somebody else: it keeps what it is asked, and shows the pages that it is given."""

    def __init__(self):
        self.visits = queue.Queue()
        self.pages = {}
        site = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(200)
                self.send_header("Content-Type", "text/html")
                self.end_headers()
                self.wfile.write(site.pages.get(self.path, "<title>Back</title>").encode())
                if self.path.startswith("/callback"):
                    site.visits.put(site.address + self.path)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = "http://127.0.0.1:%d" % self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


site = Site()
CALLBACK = site.address + "/callback"


def set_up(ns):
    """A method, somebody, and an application in a namespace."""
    send("POST", ns + "sys/auth/up-" + uid, {"type": "userpass", "config": {"listing_visibility": "unauth"},
                                             "description": "Staff"})
    send("POST", ns + "auth/up-%s/users/ann" % uid, {"password": "pä ss&wörd"})
    send("POST", ns + "identity/oidc/scope/profile", {"template": '{"nick": {{identity.entity.name}} }',
                                                      "description": "Your name"})
    send("POST", ns + "identity/oidc/provider/authlib", {"allowed_client_ids": "*", "scopes_supported": "profile"})
    send("POST", ns + "identity/oidc/client/wiki", {"redirect_uris": CALLBACK, "assignments": "allow_all"})
    return send("GET", ns + "identity/oidc/client/wiki")["data"]


class Application:
    def __init__(self, ns=""):
        client = set_up(ns)
        where = ADDRESS + "/v1/" + ns + "identity/oidc/provider/authlib/.well-known/openid-configuration"
        self.discovered = json.loads(urllib.request.urlopen(where).read())
        self.id = client["client_id"]
        self.session = OAuth2Session(self.id, client["client_secret"], scope="openid profile", redirect_uri=CALLBACK,
                                     code_challenge_method="S256", token_endpoint_auth_method="client_secret_post")

    def begin(self, **more):
        self.verifier, self.nonce = uuid.uuid4().hex * 2, uuid.uuid4().hex
        url, self.state = self.session.create_authorization_url(
            self.discovered["authorization_endpoint"], code_verifier=self.verifier, nonce=self.nonce, **more)
        return url

    def end(self):
        back = site.visits.get(timeout=20)
        token = self.session.fetch_token(self.discovered["token_endpoint"], authorization_response=back,
                                         state=self.state, code_verifier=self.verifier)
        keys = JsonWebKey.import_key_set(json.loads(urllib.request.urlopen(self.discovered["jwks_uri"]).read()))
        claims = jwt.decode(token["id_token"], keys, claims_options={
            "iss": {"essential": True, "value": self.discovered["issuer"]},
            "aud": {"essential": True, "value": self.id}, "nonce": {"essential": True, "value": self.nonce}})
        claims.validate()
        information = self.session.get(self.discovered["userinfo_endpoint"]).json()
        assert information["sub"] == claims["sub"] and information["nick"] == claims["nick"], information
        return claims


def submit(page, name="ann", password="pä ss&wörd"):
    page.fill("#name", name)
    page.fill("#password", password)
    page.press("#password", "Enter")


def german_without_scripts(browser, application):
    context = browser.new_context(locale="de-DE", java_script_enabled=False, color_scheme="dark")
    page = context.new_page()
    page.goto(application.begin())
    assert page.get_by_role("heading", name="Anmelden").is_visible()
    assert page.locator("html").get_attribute("lang") == "de"
    submit(page, password="wrong")
    assert "stimmt nicht" in page.get_by_role("alert").inner_text()
    assert page.get_by_label("Name").input_value() == "ann" and page.get_by_label("Passwort").input_value() == ""
    submit(page)
    page.get_by_role("button", name="Erlauben").click()
    application.end()
    [cookie] = context.cookies()
    assert cookie["httpOnly"] and cookie["sameSite"] == "Lax", cookie
    context.close()


def by_keyboard(browser, application):
    """From the first key on: the focus is where one types, and goes through what can be done, in order."""
    context = browser.new_context(locale="en-US")
    page = context.new_page()
    page.goto(application.begin())

    def focused():
        return page.evaluate("document.activeElement.id || document.activeElement.innerText")
    order = [focused()]
    for _ in range(3):
        page.keyboard.press("Tab")
        order.append(focused())
    assert order == ["name", "password", "Sign in in another way", "Sign in"], order
    page.focus("#name")
    page.keyboard.type("ann")
    page.keyboard.press("Tab")
    page.keyboard.type("pä ss&wörd")
    page.keyboard.press("Enter")
    page.wait_for_selector("button[value=allow]")
    assert focused() == "Allow"
    page.keyboard.press("Enter")
    application.end()
    context.close()


CONTRASTS = """() => {
    const parse = (text) => text.match(/[\\d.]+/g).map(Number);
    const light = ([r, g, b]) => [r, g, b].map((v) => v / 255).map((v) => v <= 0.03928 ? v / 12.92
        : ((v + 0.055) / 1.055) ** 2.4).reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
    const ground = (element) => {
        for (; element; element = element.parentElement) {
            const colour = parse(getComputedStyle(element).backgroundColor);
            if (colour.length < 4 || colour[3] > 0)
                return colour;
        }
        return [255, 255, 255];
    };
    return [...document.querySelectorAll('h1, p, label, button, input, summary, li, a')]
        .filter((e) => e.innerText || e.tagName === 'INPUT')
        .map((e) => {
            const [a, b] = [light(parse(getComputedStyle(e).color)), light(ground(e))];
            return [e.tagName, (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)];
        });
}"""


def looks(browser, application):
    """Every input has a name, every text stands out from its ground, and nothing goes beyond a narrow window."""
    grounds = set()
    for scheme in ("light", "dark"):
        context = browser.new_context(locale="de-DE", color_scheme=scheme, viewport={"width": 320, "height": 640})
        page = context.new_page()
        said = []
        page.on("console", lambda message: said.append(message.text))
        page.goto(application.begin())
        submit(page, password="wrong")
        page.wait_for_selector("[role=alert]")
        for step in ("sign-in", "consent"):
            unnamed = page.evaluate("[...document.querySelectorAll('input:not([type=hidden]), select')]"
                                    ".filter((e) => !e.labels.length).length")
            assert unnamed == 0
            assert page.evaluate("document.documentElement.scrollWidth") <= 320
            low = [each for each in page.evaluate(CONTRASTS) if each[1] < 4.5]
            assert not low, (scheme, step, low)
            if step == "sign-in":
                submit(page)
                page.wait_for_selector("button[value=allow]")
        grounds.add(page.evaluate("getComputedStyle(document.body).backgroundColor"))
        assert not [text for text in said if "Content Security Policy" in text], said
        context.close()
    assert len(grounds) == 2, grounds


def other_sites(browser, application):
    """They can neither frame the page nor send its forms, whether somebody has signed in or not."""
    url = application.begin()
    site.pages["/frame"] = "<iframe src='%s'></iframe>" % url.replace("&", "&amp;")
    fields = {"step": "consent", "decision": "allow", "proof": "x", "name": "ann", "password": "pä ss&wörd"}
    inputs = "".join("<input name='%s' value='%s'>" % (name, value.replace("&", "&amp;"))
                     for name, value in fields.items())
    site.pages["/forge"] = ("<form method=post action='%s'>%s</form><script>document.forms[0].submit()</script>"
                            % (url.replace("&", "&amp;"), inputs))
    other = site.address.replace("127.0.0.1", "localhost")
    context = browser.new_context(locale="en-US")
    page = context.new_page()
    for signed_in in (False, True):
        if signed_in:
            page.goto(url)
            submit(page)
            page.wait_for_selector("button[value=allow]")
        page.goto(other + "/frame")
        page.wait_for_timeout(500)
        assert not any(frame.query_selector("form") for frame in page.frames[1:])
        with page.expect_response(lambda answer: answer.request.method == "POST") as answer:
            page.goto(other + "/forge")
        assert answer.value.status == 403, answer.value.status
        page.wait_for_load_state()
        assert page.get_by_role("alert").is_visible() and site.visits.empty()
    context.close()


def in_a_namespace(browser):
    send("POST", "sys/namespaces/team-" + uid, {})
    application = Application("team-%s/" % uid)
    context = browser.new_context(locale="en-US")
    page = context.new_page()
    page.goto(application.begin())
    submit(page)
    page.get_by_role("button", name="Allow").click()
    assert application.end()["sub"].count(".") == 1
    context.close()


def by_a_directory(browser, application):
    """Somebody whom only an LDAP server knows, at a method that isn't listed."""
    if not Slapd.installed():
        return
    with Slapd({"dora": "in the directory"}) as directory:
        send("POST", "sys/auth/ldap-" + uid, {"type": "ldap"})
        send("POST", "auth/ldap-%s/config" % uid, {"url": directory.url, "userdn": directory.PEOPLE, "userattr": "uid",
                                                   "groupdn": directory.GROUPS, "binddn": directory.ADMIN,
                                                   "bindpass": directory.PASSWORD})
        context = browser.new_context(locale="en-US")
        page = context.new_page()
        page.goto(application.begin())
        for password in ("wrong", "in the directory"):
            if not page.get_by_label("Path of the sign-in method").is_visible():
                page.get_by_text("Sign in in another way").click()
            page.get_by_label("Path of the sign-in method").fill("ldap-" + uid)
            submit(page, "dora", password)
            page.wait_for_selector("[role=alert]" if password == "wrong" else "button[value=allow]")
        page.get_by_role("button", name="Allow").click()
        application.end()
        context.close()


application = Application()
with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path=os.environ["BROWSER"], args=["--no-sandbox"])
    for check in (german_without_scripts, by_keyboard, looks, other_sites, by_a_directory):
        check(browser, application)
    in_a_namespace(browser)
    browser.close()
