# SPDX-License-Identifier: Apache-2.0
"""What two servers call differently, by one name: ids, tokens, accessors, times, drawn names.

What is learnt has a name like <entity3>; what isn't, <?uuid>.
"""
import bisect
import calendar
import json
import re
import time

OPAQUE = re.compile(
    r"(?P<number>^(?:[A-Za-z0-9_-]{43}|[A-Za-z0-9_-]{342})$)"  # of public keys, in base64url: 256 and 2048 bits
    r"|(?P<drawn>\b(?:entity|group)_[0-9a-f]{8}\.(?:root|[A-Za-z0-9]{6}\b))"
    r"|(?P<uuid>\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b(?:\.[A-Za-z0-9]{6}\b)?)"
    r"|(?P<service>\bs\.[A-Za-z0-9]{24}\b(?:\.[A-Za-z0-9]{6}\b)?)"
    r"|(?P<batch>\bb\.[A-Za-z0-9_-]{60,}(?:\.[A-Za-z0-9]{6}\b)?)"
    r"|(?P<mount>\b(?:auth_)?[a-z]+_[0-9a-f]{8}\b)"
    r"|(?P<lease>\b(?:h[0-9a-f]{64}|[0-9a-f]{40}|h[0-9a-f]{40})\b)"
    r"|(?P<password>\b(?=[A-Za-z0-9]*[A-Z])(?=[A-Za-z0-9]*[a-z])[A-Za-z0-9]{26}\b)"
    r"|(?P<secret>\bhvo_secret_[A-Za-z0-9]{64}\b)"
    r"|(?P<client>\b(?=[A-Za-z0-9]*[A-Z])(?=[A-Za-z0-9]*[a-z])[A-Za-z0-9]{32}\b)"
    r"|(?P<jwt>\beyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]{40,})"
    r"|(?P<hmac>\bhmac-sha256:[0-9a-f]{64}\b)"
    r"|(?P<time>\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d))"
    r"|(?P<accessor>\b(?=[A-Za-z0-9]*[A-Z])(?=[A-Za-z0-9]*[a-z])[A-Za-z0-9]{24}\b(?:\.[A-Za-z0-9]{6}\b)?)")
NEVER = "0001-01-01T00:00:00Z"
LEARNT = {"uuid", "service", "batch", "mount", "accessor", "lease", "drawn", "secret", "client"}
# Seconds that pass while it is asked.
PASSING = {"ttl", "creation_time", "last_renewal_time", "lease_duration", "uptime", "secret_id_ttl", "expire_in"}


def nanoseconds(text):
    seconds, _, fraction = text.rstrip("Z").partition(".")
    return calendar.timegm(time.strptime(seconds, "%Y-%m-%dT%H:%M:%S")) * 10**9 + int(fraction.ljust(9, "0") or 0)


class Names:
    """Of one server."""

    def __init__(self, host):
        self.host = host
        self.common_names = {}
        self.own_names = {}
        self.namespace = None  # the id of the one that the walk is in
        self.answered = []  # when each answer was there, in nanoseconds

    def bind(self, own, common):
        self.common_names[own] = common
        self.own_names.setdefault(common, own)

    def changed_since(self, value):
        """Whether another request wrote it than made it: the real server looks at its clock twice in some of them."""
        made = nanoseconds(value["creation_time"])
        end = bisect.bisect_right(self.answered, made)
        return end < len(self.answered) and nanoseconds(value["last_update_time"]) > self.answered[end]

    def own(self, value):
        """A request in this server's words."""
        if isinstance(value, str):
            return re.sub(r"<\w+>", lambda found: self.own_names.get(found.group(), found.group()), value)
        if isinstance(value, list):
            return [self.own(item) for item in value]
        if isinstance(value, dict):
            return {self.own(key): self.own(item) for key, item in value.items()}
        return value

    def common_text(self, text):
        def name(found):
            if found.lastgroup == "time":
                return "<never>" if found.group() == NEVER else "<time>"
            return self.common_names.get(found.group(), "<?%s>" % found.lastgroup)
        text = OPAQUE.sub(name, text.replace(self.host, "<host>"))
        if self.namespace:
            text = text.replace(self.namespace, "<namespace>")
        text = re.sub(r'(invalid entity ID|invalid member group ID) ".*?"', r"\1", text)  # the first of several
        if "clashes: " in text or "errors occurred" in text:
            text = "\n".join(sorted(text.split("\n")))
        return text

    def common(self, value, key=""):
        """An answer in common words, its sets in order."""
        if isinstance(value, str):
            return self.common_text(value)
        if isinstance(value, list):
            items = [self.common(item, key) for item in value]
            if key in ("member_entity_ids", "identity_policies"):  # sets; a merge may list the survivor twice, and a
                items = list(dict.fromkeys(items))  # look-up of a token a policy of the entity and of a group
            return sorted(items, key=sorting)
        if isinstance(value, dict):
            if not value and key in ("metadata", "custom_metadata"):
                return None  # an empty one turns null at some later write of its owner or of what lies beside it
            items = [(self.common_text(name), self.common(item, name)) for name, item in value.items()]
            items.sort(key=lambda pair: (pair[0], sorting(pair[1])))
            answer = {}
            for name, item in items:
                while name in answer:
                    name += "'"  # several that aren't known
                answer[name] = item
            if "last_update_time" in value and "creation_time" in value:
                answer["changed since"] = self.changed_since(value)
            return answer
        return value


def sorting(item):
    return json.dumps(without_passing(item), sort_keys=True)


def without_passing(value):
    if isinstance(value, dict):
        return {key: without_passing(item) for key, item in value.items() if key not in PASSING}
    if isinstance(value, list):
        return [without_passing(item) for item in value]
    return value


def same(left, right, key=""):
    """Whether two answers in common words say the same."""
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(same(left[name], right[name], name) for name in left)
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(same(one, other, key) for one, other in zip(left, right))
    if key in PASSING and type(left) is int and type(right) is int:
        return abs(left - right) <= 8 and ((left == 0) == (right == 0) or max(left, right) == 1)
    return type(left) is type(right) and left == right


def pairs(left, right, path=()):
    """Texts that stand in the same place of both answers, with their place."""
    if isinstance(left, dict) and isinstance(right, dict):
        for key in sorted(left.keys() & right.keys()):
            yield from pairs(left[key], right[key], path + (key,))
        if len(left) == len(right) == 1 and left.keys() != right.keys():  # one thing by its id
            (one,), (other,) = left, right
            yield path + ("keys",), one, other
    elif isinstance(left, list) and isinstance(right, list) and len(left) == len(right) == 1:
        yield from pairs(left[0], right[0], path)
    elif isinstance(left, str) and isinstance(right, str):
        yield path, left, right


def differing(left, right, path=""):
    """Where they differ, and how, as lines."""
    if isinstance(left, dict) and isinstance(right, dict):
        for name in sorted(left.keys() | right.keys()):
            if name not in right or name not in left or not same(left[name], right[name], name):
                yield from differing(left.get(name, "<none>"), right.get(name, "<none>"), path + "." + name)
    elif isinstance(left, list) and isinstance(right, list) and len(left) == len(right):
        for number, (one, other) in enumerate(zip(left, right)):
            if not same(one, other, path.rpartition(".")[2]):
                yield from differing(one, other, "%s[%d]" % (path, number))
    else:
        yield "%s: OpenBao %s, ours %s" % (path or "answer", json.dumps(left)[:800], json.dumps(right)[:800])
