// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/Call.h"

#include <optional>
#include <string>
#include <string_view>

namespace kith::core {

/// The parameters of those few endpoints that take exact types, and name what doesn't fit as the real server does:
/// `failed to decode JSON input: json: cannot unmarshal number into Go struct field UnsealRequest.key of type string`.
/// What is missing or null is the type's empty value. Their routes declare them as Any.
class GoBody
{
public:
    GoBody(const Call &call, std::string_view structName) : m_call(call), m_struct(structName) {}

    std::string text(std::string_view name);
    int number(std::string_view name);
    bool flag(std::string_view name);
    std::size_t listSize(std::string_view name);

    /// Ok, or a 400 for the first that had the wrong type.
    Result<void> check() const { return m_wrong ? Result<void>(*m_wrong) : Result<void>(); }

private:
    const boost::json::value *sent(std::string_view name) const;
    void fail(std::string_view name, const boost::json::value &value, std::string_view type);

    const Call &m_call;
    std::string_view m_struct;
    std::optional<Error> m_wrong;
};

} // namespace kith::core
