// SPDX-License-Identifier: Apache-2.0
#include "Setting.h"

#include "views/Look.h"

#include <QApplication>
#include <QLocale>

namespace kith::test {

Setting::Setting(const Variant &variant) : m_platform(QApplication::palette()), m_font(QApplication::font())
{
    const QLatin1String language(variant.language);
    if (language == QLatin1String(Longer)) {
        m_longer.emplace();
    } else if (language == QLatin1String(Mirrored)) {
        m_mirrored.emplace();
        QGuiApplication::setLayoutDirection(Qt::RightToLeft);
    } else {
        QLocale::setDefault(QLocale(language));
        m_spoken.emplace(QLocale(language));
    }
    views::applyColorScheme(*qApp, variant.dark ? views::ColorScheme::Dark : views::ColorScheme::Light, m_platform);
    QFont font = m_font;
    if (variant.points > 0)
        font.setPointSize(variant.points);
    QApplication::setFont(font);
}

Setting::~Setting()
{
    QApplication::setFont(m_font);
    QLocale::setDefault(QLocale::c());
    QGuiApplication::setLayoutDirection(Qt::LeftToRight);
    QApplication::setPalette(m_platform);
}

} // namespace kith::test
