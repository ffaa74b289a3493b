// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "policy/Policy.h"
#include "store/Session.h"

#include <memory>
#include <mutex>
#include <unordered_map>

namespace kith::identity {

/// Parsed policies by id and version of their text, so that each is parsed once. Thread-safe.
class PolicyCache
{
public:
    /// The policy as the session's transaction sees it. Null: not defined, or its text can't be parsed.
    std::shared_ptr<const policy::Policy> policy(store::Session &session, PolicyId id);

private:
    struct Entry {
        std::int64_t version = 0;
        std::int64_t updated = 0; // a policy that was deleted and made anew begins at version 1 again
        std::shared_ptr<const policy::Policy> policy;
    };
    std::mutex m_mutex;
    std::unordered_map<PolicyId, Entry> m_entries;
};

} // namespace kith::identity
