// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace kith {

/// A row id in the core file. A type for each table, so that they can't be confused. Zero is no object.
/// Inside one core only: what leaves it (API, documents, mime data) is the UUID.
template <class Tag>
struct RowId {
    std::int64_t value = 0;

    friend auto operator<=>(RowId, RowId) = default;
    explicit operator bool() const { return value != 0; }
};

using EntityId = RowId<struct EntityTag>;
using AliasId = RowId<struct AliasTag>; ///< An alias of an entity.
using GroupId = RowId<struct GroupTag>;
using GroupAliasId = RowId<struct GroupAliasTag>; ///< The alias of an external group.
using PolicyId = RowId<struct PolicyTag>;         ///< A policy *name*, defined or not (table policy_name).
using MountId = RowId<struct MountTag>;
using NamespaceId = RowId<struct NamespaceTag>;
using TokenId = RowId<struct TokenTag>;

inline constexpr NamespaceId RootNamespace{1};

} // namespace kith

template <class Tag>
struct std::hash<kith::RowId<Tag>> {
    std::size_t operator()(kith::RowId<Tag> id) const noexcept { return std::hash<std::int64_t>()(id.value); }
};
