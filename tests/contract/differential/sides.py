# SPDX-License-Identifier: Apache-2.0
"""One of the two servers, as those who ask it see it."""
import http.client
import json
import time
import urllib.parse

from .naming import Names


NAMESPACE = "team"


class Side:
    def __init__(self, name, address, root="root"):
        self.name = name
        self.host = address.split("://")[1]
        self.names = Names(self.host)
        self.names.bind(root, "<root>")
        self.connection = None

    def send(self, request):
        """Status, answer (JSON, or the text that isn't), headers that matter."""
        for attempt in (1, 2):
            try:
                return self.attempt(request)
            except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
                self.connection = None
                if attempt == 2:
                    if self.name == "OpenBao":
                        return 0, None, {}
                    raise

    def attempt(self, request):
        if not self.connection:
            self.connection = http.client.HTTPConnection(self.host, timeout=60)
        headers = {key: self.names.own(value) for key, value in request.headers.items()}
        if request.token:
            headers.setdefault("X-Vault-Token", self.names.own(request.token))
        body = request.raw
        if body is None and request.data is not None:
            body = json.dumps(self.names.own(request.data)).encode()
        path = self.names.own(request.path)
        if request.place == "header":
            headers["X-Vault-Namespace"] = NAMESPACE
        elif request.place == "prefix":
            path = NAMESPACE + "/" + path
        if not request.quoted:
            path = urllib.parse.quote(path)
        target = "/v1/" + path + ("?" + self.names.own(request.query) if request.query else "")
        self.connection.request(request.method, target, body, headers)
        answer = self.connection.getresponse()
        text = answer.read()
        self.names.answered.append(time.time_ns())
        if answer.will_close:
            self.connection.close()
            self.connection = None
        seen = {key: answer.getheader(key) for key in ("Content-Type", "Allow", "Location", "Retry-After",
                                                       "Cache-Control") if answer.getheader(key)}
        try:
            return answer.status, json.loads(text) if text.strip() else None, seen
        except ValueError:
            return answer.status, text.decode(errors="replace"), seen
