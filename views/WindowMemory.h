// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "IniFile.h"
#include "Navigator.h"

namespace kith::views {

/// What the window remembers from one start to the next: in the user's state folder ($XDG_STATE_HOME, else
/// ~/.local/state), since it is neither configuration nor data.
class WindowMemory
{
public:
    /// `core`: where the core is; each has its own place.
    explicit WindowMemory(const QString &core);

    QSettings &settings() { return m_settings; }

    // Of this core.
    QVariant value(const char *name) const { return m_settings.value(key(name)); }
    void setValue(const char *name, const QVariant &value) { m_settings.setValue(key(name), value); }

    struct Spot {
        Page page = Page::Entities;
        QString group; ///< UUIDs; row ids may be another object's the next time.
        QString object;
        QString name = {}; ///< Of a policy.
    };
    void setSpot(const Spot &spot);
    std::optional<Spot> spot() const;

private:
    QString key(const char *name) const;

    IniFile m_settings;
    QString m_core;
};

} // namespace kith::views
