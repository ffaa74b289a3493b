// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Setting.h"
#include "Texts.h"

#include <QTest>
#include <QWidget>

namespace kith::test {

/// What tests of the looks see in one run: what is cut off, nameless, hard to read or blurred is noted. With
/// KITH_PICTURES, a folder, each is drawn into it.
class Gallery
{
public:
    /// For a test's function: a row for each variant.
    static void addVariants()
    {
        QTest::addColumn<int>("variant");
        for (std::size_t i = 0; i < Variants.size(); ++i)
            QTest::newRow(Variants[i].name) << static_cast<int>(i);
    }
    static bool isWanted() { return qEnvironmentVariableIsSet("KITH_LONG") || isDrawn(); }

    void look(QWidget &shown, const QString &name)
    {
        if (isDrawn())
            QVERIFY(shown.grab().save(QStringLiteral("%1/%2-%3-%4.png")
                                          .arg(qEnvironmentVariable("KITH_PICTURES"),
                                               QString::fromLatin1(QTest::currentTestFunction()), name,
                                               QString::fromLatin1(QTest::currentDataTag()))));
        for (const QString &fault : cutOff(shown) + unreadable(shown) + blurred(shown) + unnamed(shown))
            if (!m_found.contains(fault))
                m_found << fault << QStringLiteral("    on ") + name;
    }
    const QStringList &found() const { return m_found; }

private:
    static bool isDrawn() { return qEnvironmentVariableIsSet("KITH_PICTURES"); }

    QStringList m_found;
};

} // namespace kith::test
