// SPDX-License-Identifier: Apache-2.0
#include "Conflict.h"

#include <set>

namespace kith::views {

static std::optional<QString> valueIn(const Fields &fields, const QString &key)
{
    const auto found = fields.find(key);
    return found == fields.end() ? std::nullopt : std::optional(found->second);
}

std::vector<ConflictField> differences(const Fields &was, const Fields &theirs, const Fields &mine)
{
    std::set<QString> keys;
    for (const Fields *fields : {&was, &theirs, &mine})
        for (const auto &[key, value] : *fields)
            keys.insert(key);
    std::vector<ConflictField> result;
    for (const QString &key : keys) {
        ConflictField field{key, key, valueIn(was, key), valueIn(theirs, key), valueIn(mine, key)};
        if (field.was != field.theirs || field.was != field.mine)
            result.push_back(std::move(field));
    }
    return result;
}

Fields merged(Fields theirs, const std::vector<ConflictField> &fields, const Versions &versions)
{
    for (std::size_t i = 0; i < fields.size() && i < versions.size(); ++i) {
        if (versions[i] == Version::Theirs)
            continue;
        if (fields[i].mine)
            theirs[fields[i].key] = *fields[i].mine;
        else
            theirs.erase(fields[i].key);
    }
    return theirs;
}

Version likely(const ConflictField &field)
{
    return field.mine == field.was ? Version::Theirs : Version::Mine;
}

} // namespace kith::views
