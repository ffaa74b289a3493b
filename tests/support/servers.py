# SPDX-License-Identifier: Apache-2.0
"""Servers for tests: kithd and OpenBao as processes of their own. Python 3 standard library only."""
import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

ROOT = "root"


def send(address, method, path, data=None, token=None):
    """The status and the answer's JSON (None if it has none)."""
    body = None if data is None else json.dumps(data).encode()
    headers = {"X-Vault-Token": token} if token else {}
    request = urllib.request.Request(address + "/v1/" + path, body, headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            status, text = answer.status, answer.read()
    except urllib.error.HTTPError as error:
        status, text = error.code, error.read()
    return status, json.loads(text) if text else None


class Kithd:
    """kithd --dev, or with a data folder that survives stop() and start()."""

    def __init__(self, program, data=None, environment=None):
        self.program = program
        self.data = data
        self.environment = environment
        self.token = ROOT
        self.keys = []
        self.process = None
        self.address = None

    def start(self):
        mode = ["--data", self.data] if self.data else ["--dev", "--dev-root-token-id", ROOT]
        self.process = subprocess.Popen([self.program, *mode, "--listen", "127.0.0.1:0"], stdout=subprocess.PIPE,
                                        text=True, env=self.environment)
        for line in self.process.stdout:
            if line.startswith("kithd listens on "):
                self.address = line.split()[-1]
                break
        else:
            raise SystemExit("kithd ended with status %d" % self.process.wait())
        if self.data:
            self.unseal()
        return self

    def unseal(self):
        if not self.keys:
            status, answer = send(self.address, "PUT", "sys/init", {"secret_shares": 1, "secret_threshold": 1})
            if status != 200:
                raise SystemExit("sys/init: %d %s" % (status, answer))
            self.keys = answer["keys_base64"]
            self.token = answer["root_token"]
        for key in self.keys:
            status, answer = send(self.address, "PUT", "sys/unseal", {"key": key})
        if status != 200 or answer["sealed"]:
            raise SystemExit("sys/unseal: %d %s" % (status, answer))

    def stop(self, how=signal.SIGTERM):
        """The exit status; negative when the signal ended it."""
        self.process.send_signal(how)
        self.process.stdout.close()
        return self.process.wait(timeout=60)

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.stop()


class Bao:
    """OpenBao in dev mode; needs its program, `bao`."""

    def __init__(self, program=None):
        self.program = program or self.installed()
        self.token = ROOT
        self.address = None
        self.process = None

    @staticmethod
    def installed():
        return shutil.which("bao")

    def __enter__(self):
        # Its cluster takes the next port too.
        while True:
            with socket.socket() as first, socket.socket() as second:
                first.bind(("127.0.0.1", 0))
                port = first.getsockname()[1]
                try:
                    second.bind(("127.0.0.1", port + 1))
                    break
                except OSError:
                    continue
        self.address = "http://127.0.0.1:%d" % port
        self.home = tempfile.TemporaryDirectory()
        self.process = subprocess.Popen(
            [self.program, "server", "-dev", "-dev-root-token-id=" + ROOT, "-dev-no-store-token",
             "-dev-listen-address=127.0.0.1:%d" % port], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env={**os.environ, "HOME": self.home.name})
        for _ in range(400):
            try:
                send(self.address, "GET", "sys/health")
                return self
            except OSError:
                time.sleep(0.05)
        raise SystemExit("OpenBao does not answer")

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        self.home.cleanup()


class Slapd:
    """OpenLDAP's server below dc=kith,dc=test, with these people (name: password) and groups (name: members)."""

    SUFFIX = "dc=kith,dc=test"
    PEOPLE = "ou=people," + SUFFIX
    GROUPS = "ou=groups," + SUFFIX
    ADMIN = "cn=admin," + SUFFIX
    PASSWORD = "adminpass"

    def __init__(self, people, groups=None):
        self.people = people
        self.groups = groups or {}

    @staticmethod
    def installed():
        return shutil.which("slapd", path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin")

    def entries(self):
        text = "dn: %s\nobjectClass: dcObject\nobjectClass: organization\no: Kith\ndc: kith\n\n" % self.SUFFIX
        for unit in ("people", "groups"):
            text += "dn: ou=%s,%s\nobjectClass: organizationalUnit\nou: %s\n\n" % (unit, self.SUFFIX, unit)
        for name, password in self.people.items():
            text += ("dn: uid=%s,%s\nobjectClass: inetOrgPerson\nuid: %s\ncn: %s\nsn: %s\nuserPassword: %s\n\n"
                     % (name, self.PEOPLE, name, name, name, password))
        for name, members in self.groups.items():
            text += "dn: cn=%s,%s\nobjectClass: groupOfNames\ncn: %s\n" % (name, self.GROUPS, name)
            text += "".join("member: uid=%s,%s\n" % (member, self.PEOPLE) for member in members) + "\n"
        return text

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory()
        home = self.folder.name
        os.mkdir(home + "/data")
        with open(home + "/slapd.conf", "w") as file:
            for schema in ("core", "cosine", "inetorgperson"):
                file.write("include /etc/ldap/schema/%s.schema\n" % schema)
            file.write("modulepath /usr/lib/ldap\nmoduleload back_mdb\npidfile %s/pid\ndatabase mdb\nsuffix %s\n"
                       "rootdn %s\nrootpw %s\nmaxsize 67108864\ndirectory %s/data\ndbnosync\n"
                       "access to attrs=userPassword by anonymous auth by * none\naccess to * by * read\n"
                       % (home, self.SUFFIX, self.ADMIN, self.PASSWORD, home))
        with open(home + "/first.ldif", "w") as file:
            file.write(self.entries())
        program = self.installed()
        subprocess.run([program, "-T", "add", "-q", "-f", home + "/slapd.conf", "-l", home + "/first.ldif"], check=True)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.url = "ldap://127.0.0.1:%d" % port
        self.process = subprocess.Popen([program, "-f", home + "/slapd.conf", "-h", self.url, "-d", "0"],
                                        stderr=subprocess.DEVNULL)
        for _ in range(400):
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                return self
            except OSError:
                time.sleep(0.05)
        raise SystemExit("slapd does not answer")

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
        self.folder.cleanup()
