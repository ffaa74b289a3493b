// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/Call.h"
#include "store/Entries.h"

#include <boost/json.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

namespace kith::core {

/// The sealed JSON values that the mount of a request keeps; what kv 1 and kv 2 stand on. Lives as long as its handler.
class Secrets
{
public:
    /// Status 503: the core is sealed.
    static Result<Secrets> of(const Call &call, store::Session &session);
    Secrets(std::shared_ptr<const store::Seal> seal, store::Session &session, MountId mount)
        : m_seal(std::move(seal)), m_entries(session, *m_seal, mount)
    {}

    /// Null JSON: there is no such entry.
    Result<boost::json::value> find(std::string_view path) const;
    void put(std::string_view path, const boost::json::value &value) const;
    const store::Entries &entries() const { return m_entries; }

private:
    std::shared_ptr<const store::Seal> m_seal;
    store::Entries m_entries;
};

/// The seal of the core that answers. Status 503: it is sealed.
Result<std::shared_ptr<const store::Seal>> sealOf(const Call &call);

/// Runs `function(const store::Entries &)` -> Result<T> on what the mount of the request keeps. Status 503: the core is
/// sealed.
template <class Function>
auto withEntries(const Call &call, store::Session &session, Function &&function)
    -> std::invoke_result_t<Function, const store::Entries &>
{
    const auto seal = sealOf(call);
    if (!seal)
        return seal.error();
    return function(store::Entries(session, **seal, call.mount().id));
}

/// Names or paths as the keys of a list; none is 404.
Response listOfNames(const std::vector<std::string> &names);

/// RFC 7396: what `patch` makes of `target`.
void mergePatch(boost::json::value &target, const boost::json::value &patch);

} // namespace kith::core
