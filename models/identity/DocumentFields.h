// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "identity/Metadata.h"
#include "identity/Problem.h"

#include <boost/json.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kith::identity {

/// The fields of one JSON object of a document: typed access that notes what is of another type, and what nobody asked
/// for. Borrows the object and the problems.
class DocumentFields
{
public:
    /// `place` is the object's ("groups[12]"). `kind` and the object's "name" tell people which one it is.
    DocumentFields(const boost::json::object &object, std::string place, std::string kind, Problems &problems);

    std::optional<std::string> text(std::string_view key);
    std::optional<bool> flag(std::string_view key);
    const boost::json::array *list(std::string_view key);
    const boost::json::object *object(std::string_view key);
    /// A list of strings with their places in the list; elements of other types are noted and left out.
    std::optional<std::vector<std::pair<std::size_t, std::string>>> texts(std::string_view key);
    StoredMetadata metadata(std::string_view key); ///< An object of strings; its limits are checked elsewhere.

    void ignore(std::string_view key) { m_known.push_back(key); } ///< A key that may be there and means nothing.
    void warnUnknown();                                           ///< To be called last.

    void error(std::string code, std::string_view key, std::string text);
    void warning(std::string code, std::string_view key, std::string text);

    void setLabel(std::string label) { m_label = std::move(label); } ///< For what stands inside another object.
    const std::string &label() const { return m_label; }             ///< `group "platform"`.
    const std::string &place() const { return m_place; }
    std::string placeOf(std::string_view key) const;

private:
    const boost::json::value *find(std::string_view key);
    const boost::json::value *typed(std::string_view key, boost::json::kind kind, const char *expected);
    void wrongType(std::string_view key, const char *expected, const boost::json::value &found);

    const boost::json::object &m_object;
    std::string m_place;
    std::string m_label;
    Problems &m_problems;
    std::vector<std::string_view> m_known;
};

} // namespace kith::identity
