// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QHash>
#include <QString>

#include <optional>

namespace kith::views {

/// What somebody typed in policies and hasn't saved.
struct PolicyDrafts {
    using Seen = std::optional<QString>; ///< A text at the source; none: there was no such policy.
    struct Changed {
        QString text;
        Seen seen; ///< What it was begun from.
    };
    struct New {
        QString name;
        QString text;
    };
    QHash<QString, Changed> changed; ///< By the policy's name.
    std::optional<New> fresh;        ///< Of one that isn't there yet.

    bool empty() const { return changed.isEmpty() && !fresh; }
};

} // namespace kith::views
