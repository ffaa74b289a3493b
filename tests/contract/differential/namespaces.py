# SPDX-License-Identifier: Apache-2.0
"""A walk in a namespace: the namespace itself, and what is wanted to differ there (DIFFERENCES.md)."""
import copy
import re

from .naming import same
from .sides import NAMESPACE
from .walk import Area, Ask


class Namespaces(Area):
    """Asks nothing itself."""
    weight = 0.0

    def __init__(self, walk):
        super().__init__(walk)
        self.limited = set()  # tokens that can be used up

    def setup(self):
        walk = self.walk
        walk.in_namespace = True
        for side in (walk.real, walk.ours):
            side.names.namespace = side.send(Ask("POST", "sys/namespaces/" + NAMESPACE))[1]["data"]["id"]
            side.names.bind(side.names.namespace, "<namespace>")
            side.send(Ask("DELETE", "sys/mounts/secret"))

    def settle(self, ask):
        """Whatever is used up elsewhere than where it is from stays in the real server until it expires."""
        used = [ask.token, ask.headers.get("Authorization", "").removeprefix("Bearer ")]
        if ask.path == "sys/wrapping/unwrap" and isinstance(ask.data, dict):
            used.append(ask.data.get("token"))
        used = [token for token in used if isinstance(token, str) and token in self.limited]
        for token in used:
            inside = re.search(r"\.[A-Za-z0-9]{6}$", self.walk.real.names.own(token))
            ask.place = (ask.place or "header") if inside else ""
        if len(set(used)) > 1:
            ask.token = "<root>"

    def saw(self, ask, answers):
        real, (status, body, _) = self.walk.real, answers[0]
        made = [body.get(part) or {} for part in ("auth", "wrap_info")] if isinstance(body, dict) else [{}, {}]
        if made[0].get("num_uses"):
            self.limited.add(real.names.common_names.get(made[0]["client_token"]))
        self.limited.add(real.names.common_names.get(made[1].get("token")))
        if self.is_made_root(ask, answers):
            real.send(Ask("POST", "auth/token/revoke-accessor", {"accessor": made[0]["accessor"]}, place="header"))
        if ask.path == "auth/token/revoke-orphan" and status == 204 and ask.place:  # of a token of the root it does nothing
            real.send(Ask("POST", ask.path, ask.data))

    @staticmethod
    def is_made_root(ask, answers):
        """Whether there, but not here, a token with the policy root was made by a role that names none."""
        refused = "root tokens may not be created from a parent namespace" in str(answers[1][1])
        return ask.path.startswith("auth/token/create") and answers[0][0] == 200 and refused

    def forgives(self, ask, answers, shown):
        statuses = (answers[0][0], answers[1][0])
        if ask.method == "OPTIONS" or self.is_made_root(ask, answers):
            return statuses[1] == 400
        if re.match("sys/(generate-root-token|key-status|rotate)", ask.path):  # of keys, which a namespace has none of
            return statuses[1] in (400, 403, 404, 405) and bool(ask.place)
        if re.match("sys/(leader|seal-status)$", ask.path) and "X-Vault-Wrap-TTL" in ask.headers and ask.place == "prefix":
            return statuses == (200, 200)
        if ask.path == "auth/token/renew-accessor" and statuses == (500, 400):
            return True
        if ask.path == "sys/internal/counters/entities":  # there it is those of all namespaces
            return statuses == (200, 200)
        shown = copy.deepcopy(shown)
        for one in shown:
            one[0] = self.plain(one[0])
        return statuses[0] == statuses[1] and same(*shown)

    def plain(self, value):
        """Without the namespace's path in the error of a policy, and without other names for the kinds of mounts."""
        if isinstance(value, str):
            value = value.replace(': path "%s/' % NAMESPACE, ': path "')
            return value[3:] if value in ("ns_identity", "ns_cubbyhole", "ns_token", "ns_system") else value
        if isinstance(value, list):
            return [self.plain(item) for item in value]
        if isinstance(value, dict):
            return {name: self.plain(item) for name, item in value.items()}
        return value
