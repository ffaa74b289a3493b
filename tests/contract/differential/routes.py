# SPDX-License-Identifier: Apache-2.0
"""Which endpoint of kithd a request goes to, by the list `routes` beside this folder."""
import collections
import os
import re

LIST = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "routes")
GENERIC = r"\w(?:[\w.-]*\w)?"


def pattern(text):
    """As a regular expression: `:id` is a generic name, `:name+` anything, `:name*` perhaps nothing, a slash at the end
    may be missing."""
    parts = []
    for piece in re.split(r"(:\w+[+*]?)", text.rstrip("/")):
        parts.append("." + piece[-1] if piece.endswith(("+", "*")) else GENERIC if piece.startswith(":") else re.escape(piece))
    return re.compile("".join(parts) + ("/?" if text.endswith("/") else ""), re.S)


class Routes:
    """Counts the requests of a walk by endpoint."""

    def __init__(self, mounts):
        """`mounts`: which kind of table each path leads to."""
        self.mounts = mounts
        self.tables = collections.defaultdict(list)
        self.reasons = {}
        self.counts = collections.Counter()
        with open(LIST, encoding="utf-8") as lines:
            for line in lines:
                if line.strip() and not line.startswith("#"):
                    self.take(line.rstrip("\n"))

    def take(self, line):
        line, _, reason = line.partition(" # ")
        kind, operations, *path = line.split(" ")
        path = path[0] if path else ""
        names = operations.split(",")
        self.tables[kind].append((pattern(path), path, names))
        for name in names:
            if reason:
                self.reasons[(kind, name, path)] = reason
            else:
                self.counts[(kind, name, path)] = 0

    def count(self, operation, path):
        """One request; nothing if no endpoint is for it."""
        if operation in ("list", "scan"):
            path = path.rstrip("/") + "/"
        for mount, kind in self.mounts.items():
            if path.startswith(mount) or path + "/" == mount:
                self.count_in(kind, operation, path[len(mount):] if path != mount else "")
                return
        self.count_in("-", operation, path)

    def count_in(self, kind, operation, path):
        for expression, text, operations in self.tables[kind]:
            if expression.fullmatch(path):
                found = (kind, operation, text)
                if operation in operations and found in self.counts:
                    self.counts[found] += 1
                return

    def least(self, draw):
        """One of those that were asked least."""
        fewest = min(self.counts.values())
        return draw.choice(sorted(key for key, number in self.counts.items() if number == fewest))

    def report(self, least):
        """The counts, and those that are too small."""
        for (kind, operation, path), number in sorted(self.counts.items()):
            print("%7d  %-10s %-6s %s" % (number, kind, operation, path))
        return [key for key, number in sorted(self.counts.items()) if number < least]
