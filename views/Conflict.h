// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection/Values.h"

#include <functional>
#include <map>

namespace kith::views {

/// Values of an object by their keys: "name", a metadata key, a policy.
using Fields = std::map<QString, QString>;

/// One value that isn't the same in the three versions. None: it isn't there.
struct ConflictField {
    QString key;
    QString label; ///< For people.
    std::optional<QString> was;
    std::optional<QString> theirs;
    std::optional<QString> mine;

    bool bothChanged() const { return was != theirs && was != mine && theirs != mine; }
};

enum class Version { Theirs, Mine };
using Versions = std::vector<Version>; ///< One a field.

/// What a change has met: somebody else wrote meanwhile, and nothing was done. The person decides.
struct Conflict {
    QString text; ///< A sentence: who changed what.
    connection::ObjectRef object;
    std::vector<ConflictField> fields;            ///< Empty: only yes or no can be said.
    std::function<void(const Versions &)> settle; ///< Writes what was chosen.
    std::function<void()> anyway;                 ///< Writes mine over all.
    std::function<void()> leave;                  ///< Theirs stays; a step that was to be taken back is forgotten.
};

/// Where the three differ, by key.
std::vector<ConflictField> differences(const Fields &was, const Fields &theirs, const Fields &mine);
/// Theirs, with mine where that was chosen.
Fields merged(Fields theirs, const std::vector<ConflictField> &fields, const Versions &versions);
/// What is kept when nobody decides otherwise: mine where I changed something, theirs where only they did.
Version likely(const ConflictField &field);

} // namespace kith::views
