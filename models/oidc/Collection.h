// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/Entries.h"
#include "store/Json.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kith::oidc {

/// The objects of one kind by name, each a sealed entry of the mount. T has a Folder ("oidc/role/"), a `name`,
/// toJson(), and the static functions fromJson(name, object) and builtIn(name); BuiltIns names those that are there
/// before anybody saved them. A view of a session.
template <class T>
class Collection
{
public:
    explicit Collection(const store::Entries &entries) : m_entries(entries) {}

    Result<std::optional<T>> find(std::string_view name) const
    {
        const auto text = m_entries.find(place(name));
        if (!text)
            return text.error();
        if (!*text)
            return T::builtIn(name);
        const auto value = store::fromJson(**text);
        if (!value)
            return value.error();
        return std::optional(T::fromJson(std::string(name), value->as_object()));
    }
    bool contains(std::string_view name) const
    {
        return m_entries.contains(place(name)) || T::builtIn(name).has_value();
    }
    /// Sorted, with the built-in ones.
    std::vector<std::string> names() const
    {
        std::vector<std::string> names = m_entries.list(T::Folder);
        for (const std::string_view name : T::BuiltIns)
            if (const auto at = std::lower_bound(names.begin(), names.end(), name); at == names.end() || *at != name)
                names.emplace(at, name);
        return names;
    }
    Result<std::vector<T>> all() const
    {
        std::vector<T> objects;
        for (const std::string &name : names()) {
            auto object = find(name);
            if (!object)
                return object.error();
            if (*object)
                objects.push_back(std::move(**object));
        }
        return objects;
    }

    // Writing: the session must be one that writes.
    void save(const T &object) const
    {
        std::string text = store::toJson(object.toJson());
        m_entries.put(place(object.name), text);
        store::wipe(text);
    }
    void remove(std::string_view name) const { m_entries.remove(place(name)); }

private:
    static std::string place(std::string_view name) { return std::string(T::Folder).append(name); }

    store::Entries m_entries;
};

} // namespace kith::oidc
