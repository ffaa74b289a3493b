// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLocale>
#include <QTranslator>

namespace kith::views {

/// The language of all texts, Kith's and Qt's, as long as this lives. Needs the application object, before its windows.
class Language
{
public:
    /// The first of the languages that the locale wants and Kith speaks; else English.
    explicit Language(const QLocale &locale);

    QString name() const { return m_name; } ///< "de"

    static QStringList all(); ///< The names of those that Kith speaks, sorted.

private:
    QString m_name;
    QTranslator m_qt; ///< Is asked after Kith's own. Both leave the application when they end.
    QTranslator m_kith;
};

} // namespace kith::views
