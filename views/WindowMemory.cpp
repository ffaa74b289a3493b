// SPDX-License-Identifier: Apache-2.0
#include "WindowMemory.h"

#include <QCryptographicHash>
#include <QDir>

namespace kith::views {

static QString stateFile()
{
    QString folder = qEnvironmentVariable("XDG_STATE_HOME");
    if (!QDir::isAbsolutePath(folder)) // as the specification says
        folder = QDir::homePath() + QStringLiteral("/.local/state");
    return folder + QStringLiteral("/kith/window.ini");
}

WindowMemory::WindowMemory(const QString &core)
    : m_settings(stateFile())
    , m_core(QString::fromLatin1(QCryptographicHash::hash(core.toUtf8(), QCryptographicHash::Sha1).toHex().left(16)))
{}

QString WindowMemory::key(const char *name) const
{
    return QStringLiteral("places/%1/%2").arg(m_core, QString::fromLatin1(name));
}

void WindowMemory::setSpot(const Spot &spot)
{
    m_settings.setValue(key("page"), pageName(spot.page == Page::Welcome ? Page::Entities : spot.page));
    m_settings.setValue(key("group"), spot.group);
    m_settings.setValue(key("object"), spot.object);
    m_settings.setValue(key("name"), spot.name);
}

std::optional<WindowMemory::Spot> WindowMemory::spot() const
{
    const QString page = m_settings.value(key("page")).toString();
    if (page.isEmpty())
        return std::nullopt;
    return Spot{pageOf(page).value_or(Page::Entities), m_settings.value(key("group")).toString(),
                m_settings.value(key("object")).toString(), m_settings.value(key("name")).toString()};
}

} // namespace kith::views
