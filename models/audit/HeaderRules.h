// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/Store.h"

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace kith::audit {

/// Which headers of requests are recorded, by their names in lower case: hashed, or as they are. Thread-safe.
class HeaderRules
{
public:
    enum class Shown { Hashed, Clear };
    using Rules = std::map<std::string, Shown, std::less<>>;

    /// The store must outlive it.
    explicit HeaderRules(store::Store &store) : m_store(store) {}

    Result<std::shared_ptr<const Rules>> all();
    /// What is recorded of the header from now on; nothing: nothing.
    Result<void> set(std::string_view name, std::optional<Shown> shown);
    /// Reads them from the core again, when it was replaced by a backup.
    void forget();

private:
    store::Store &m_store;
    std::mutex m_mutex;
    std::shared_ptr<const Rules> m_rules; ///< Null: not read yet.
};

} // namespace kith::audit
