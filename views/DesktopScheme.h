// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Look.h"

#include <QDBusVariant>
#include <QObject>

namespace kith::views {

/// Whether the desktop prefers dark: the portal's setting, read at once and followed. Qt 6.4 doesn't know it. Without a
/// session bus or a portal nothing is ever told. Source: org.freedesktop.appearance of the XDG desktop portal.
class DesktopScheme : public QObject
{
    Q_OBJECT
public:
    explicit DesktopScheme(QObject *parent = nullptr);

Q_SIGNALS:
    void changed(kith::views::ColorScheme scheme);

private Q_SLOTS:
    void settingChanged(const QString &space, const QString &key, const QDBusVariant &value);

private:
    void tell(const QVariant &value);
};

} // namespace kith::views
