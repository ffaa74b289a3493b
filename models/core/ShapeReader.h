// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "identity/Metadata.h"
#include "store/Clock.h"
#include "store/Result.h"

#include <boost/json.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kith::core {

/// Reads the members of a JSON object in exact types and remembers the first that has the wrong one, by its place:
/// "entity.aliases[2].name must be a text". What is missing or null is the type's empty value, where it isn't required.
class ShapeReader
{
public:
    /// `object` must outlive the reader; `place` is put before the names of its members.
    ShapeReader(const boost::json::object &object, std::string place) : m_object(object), m_place(std::move(place)) {}

    std::string requiredId(std::string_view name);   ///< A UUID, perhaps with a namespace's suffix.
    std::string requiredText(std::string_view name); ///< Not empty.
    std::string text(std::string_view name);
    bool flag(std::string_view name);
    std::int64_t count(std::string_view name); ///< Not negative.
    Nanoseconds time(std::string_view name);   ///< RFC 3339; 0 if there is none.
    std::optional<std::vector<std::string>> texts(std::string_view name);
    identity::StoredMetadata metadata(std::string_view name);
    /// Null and {} are no object.
    const boost::json::object *object(std::string_view name);
    std::vector<const boost::json::object *> objects(std::string_view name);

    std::string placeOf(std::string_view name) const { return m_place + "." + std::string(name); }
    /// The error of `other` becomes this reader's, if it has none yet.
    void takeOver(const ShapeReader &other);
    const std::optional<Error> &wrong() const { return m_wrong; }

private:
    const boost::json::value *find(std::string_view name) const; ///< Null for what is missing or JSON's null.
    void fail(std::string_view name, std::string_view must);

    const boost::json::object &m_object;
    std::string m_place;
    std::optional<Error> m_wrong;
};

} // namespace kith::core
