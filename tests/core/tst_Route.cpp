// SPDX-License-Identifier: Apache-2.0
#include "core/Route.h"

#include <QTest>

using namespace kith::core;

class TestRoute : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void matchesPaths_data()
    {
        QTest::addColumn<QByteArray>("pattern");
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char *pattern, const char *path, const char *expected) {
            QTest::addRow("%s %s", pattern, path) << QByteArray(pattern) << QByteArray(path) << QByteArray(expected);
        };
        row("a/b", "a/b", "yes");
        row("a/b", "a/b/", "no");
        row("a/b", "a/c", "no");
        row("a/b/", "a/b/", "yes");
        row("a/b/", "a/b", "yes");
        row("a/b/", "a/b/c", "no");
        row("a/:id", "a/x-1.y_Z", "yes id=x-1.y_Z");
        row("a/:id", "a/", "no");
        row("a/:id", "a/-x", "no");
        row("a/:id", "a/x.", "no");
        row("a/:id", "a/x y", "no");
        row("a/:id", "a/x/y", "no");
        row("a/:id/", "a/x/", "yes id=x");
        row("a/:id/rotate", "a/x/rotate", "yes id=x");
        row("a/:name+", "a/x/y z/", "yes name=x/y z/");
        row("a/:name+", "a/", "no");
        row("a/:name*", "a/", "yes name=");
        row("a/:name*", "a/x/", "yes name=x/");
        row("a/:name*", "a", "no");
        row("a/:path+/tune", "a/x/tune/tune", "yes path=x/tune");
        row("a/:path+/tune", "a/tune", "no");
    }
    void matchesPaths()
    {
        QFETCH(QByteArray, pattern);
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, expected);
        const auto captures = match(pattern.toStdString(), path.toStdString());
        QByteArray found = captures ? "yes" : "no";
        if (captures)
            for (const auto &[name, value] : *captures)
                found += " " + QByteArray::fromStdString(name + "=" + value);
        QCOMPARE(found, expected);
    }
};

QTEST_GUILESS_MAIN(TestRoute)
#include "tst_Route.moc"
