// SPDX-License-Identifier: Apache-2.0
#include "Language.h"

#include <QCoreApplication>
#include <QDir>

namespace kith::views {

static const QString Folder = QStringLiteral(":/i18n/");

QStringList Language::all()
{
    QStringList names;
    for (const QString &file : QDir(Folder).entryList({QStringLiteral("kith_*.qm")}, QDir::Files, QDir::Name))
        names.push_back(file.mid(5).chopped(3));
    return names;
}

Language::Language(const QLocale &locale)
{
    if (!m_kith.load(locale, QStringLiteral("kith"), QStringLiteral("_"), Folder) &&
        !m_kith.load(Folder + QStringLiteral("kith_en.qm")))
        return;
    m_name = m_kith.language();
    if (m_qt.load(Folder + QStringLiteral("qtbase_%1.qm").arg(m_name)))
        QCoreApplication::installTranslator(&m_qt);
    QCoreApplication::installTranslator(&m_kith);
}

} // namespace kith::views
