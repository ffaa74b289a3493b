// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "policy/Policy.h"
#include "store/Ids.h"
#include "store/Session.h"

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace kith::policy {

/// A policy as it is kept (spec/engine.md §9.2).
struct StoredPolicy {
    PolicyId id;
    std::string name;
    std::string text;
    std::int64_t version = 0;
    bool casRequired = false;
    bool allowSlashes = false;
    bool allowWildcards = false;
    std::optional<Nanoseconds> expires;
    std::optional<Nanoseconds> modified; ///< None: `root`, which is never written.
};

/// What a write does with what it doesn't mention.
enum class WriteMode {
    Replace, ///< Takes the default (POST).
    Merge,   ///< Keeps the value; the policy must exist (PATCH).
};

struct PolicyWrite {
    std::string name;
    WriteMode mode = WriteMode::Replace;
    std::optional<std::string> text;
    std::optional<std::int64_t> cas; ///< -1, 0: must not exist; else the version that it must have.
    std::optional<bool> casRequired;
    std::optional<bool> allowSlashes;
    std::optional<bool> allowWildcards;
    std::optional<Nanoseconds> expires;
};

/// The policy of that name (any case), unless it has expired at `now`. `root` is there with an empty text.
std::optional<StoredPolicy> findStoredPolicy(store::Session &session, std::string_view name, Nanoseconds now,
                                             NamespaceId ns = RootNamespace);

/// Whether a policy of that name is defined now; `root` always is.
bool isPolicyDefined(store::Session &session, PolicyId id, Nanoseconds now, NamespaceId ns = RootNamespace);

/// Names of the defined policies, sorted; without `response-wrapping`, `root` last in the root namespace.
std::vector<std::string> listPolicies(store::Session &session, Nanoseconds now, NamespaceId ns = RootNamespace);

/// Creates or changes a policy, noting it in `changes`. Parses the text first. Fails with InvalidRequest.
Result<void> writePolicy(store::WriteSession &session, const PolicyWrite &write, NamespaceId ns = RootNamespace);

/// Succeeds also when there is none. Fails for `default`, `root`, `response-wrapping`.
Result<void> deletePolicy(store::WriteSession &session, std::string_view name, NamespaceId ns = RootNamespace);

/// Puts `default` and `response-wrapping` into a namespace that lacks them: when it is made, and into the root when a
/// core is opened for writing.
void ensureBuiltInPolicies(store::WriteSession &session, NamespaceId ns = RootNamespace);

/// Parsed policies, each parsed once a version. Thread-safe. Gives what the session's snapshot holds.
class PolicyCache
{
public:
    /// Null: not defined at `now` (or its text can't be parsed, which only a foreign hand can have brought about).
    /// `root` is a policy without rules and with that name.
    std::shared_ptr<const Policy> get(store::Session &session, PolicyId id, Nanoseconds now,
                                      NamespaceId ns = RootNamespace);

private:
    struct Entry {
        std::int64_t version = 0;
        Nanoseconds updated = 0;
        std::shared_ptr<const Policy> policy;
    };
    struct Key {
        PolicyId policy;
        NamespaceId ns;
        friend bool operator==(const Key &, const Key &) = default;
    };
    struct KeyHash {
        std::size_t operator()(const Key &key) const noexcept
        {
            return std::hash<std::int64_t>()(key.policy.value * 31 + key.ns.value);
        }
    };
    std::mutex m_mutex;
    std::unordered_map<Key, Entry, KeyHash> m_entries;
};

} // namespace kith::policy
