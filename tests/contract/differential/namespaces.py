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

    def setup(self):
        walk = self.walk
        walk.in_namespace = True
        for side in (walk.real, walk.ours):
            side.names.namespace = side.send(Ask("POST", "sys/namespaces/" + NAMESPACE))[1]["data"]["id"]
            side.names.bind(side.names.namespace, "<namespace>")
            side.send(Ask("DELETE", "sys/mounts/secret"))

    def forgives(self, ask, answers, shown):
        statuses = (answers[0][0], answers[1][0])
        if re.match("sys/(generate-root-token|key-status|rotate)", ask.path):  # of keys, which a namespace has none of
            return statuses[1] in (400, 403, 404, 405) and bool(ask.place)
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
