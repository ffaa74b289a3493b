// SPDX-License-Identifier: Apache-2.0
#include "core/Routes.h"

#include <QFile>
#include <QSet>
#include <QTest>

using namespace kith::core;

namespace {

/// "userpass update login/:username"; what isn't in a mount is of kind "-".
QString line(const std::string &kind, Operation operation, std::string_view pattern)
{
    return QStringLiteral("%1 %2 %3")
        .arg(QString::fromStdString(kind),
             QString::fromUtf8(operationName(operation).data(), qsizetype(operationName(operation).size())),
             QString::fromUtf8(pattern.data(), qsizetype(pattern.size())));
}

} // namespace

class TestRoutes : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    /// The comparison with OpenBao counts by this list, so that no endpoint is forgotten there.
    void areAllInTheListOfTheComparison()
    {
        QFile file(QStringLiteral(KITH_SOURCE_DIR "/tests/contract/routes"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QSet<QString> listed;
        for (const QByteArray &each : file.readAll().split('\n')) {
            if (each.isEmpty() || each.startsWith('#'))
                continue;
            const QList<QByteArray> words =
                each.left(each.contains(" # ") ? each.indexOf(" # ") : each.size()).split(' ');
            QVERIFY2(words.size() == 3, each.constData());
            for (const QByteArray &operation : words[1].split(','))
                listed.insert(QString::fromUtf8(words[0] + ' ' + operation + ' ' + words[2]));
        }
        QSet<QString> known;
        const auto take = [&](const std::string &kind, const std::vector<Route> &routes) {
            for (const Route &route : routes) {
                if (route.pattern.starts_with("kith/"))
                    continue;
                bool any = false;
                for (const Endpoint &endpoint : route.endpoints) {
                    const QString text = line(kind, endpoint.operation, route.pattern);
                    // Those few that refuse every other operation themselves have handlers for all of them.
                    if (route.gate == Gate::Always || route.gate == Gate::Public) {
                        any = any || listed.contains(text);
                        known.insert(text);
                        continue;
                    }
                    any = true;
                    known.insert(text);
                    QVERIFY2(listed.contains(text), qPrintable(text));
                }
                QVERIFY2(any, std::string(route.pattern).c_str());
            }
        };
        take("-", allRoutes());
        for (const auto &[kind, routes] : routesByKind())
            // kv by its name of old, jwt by another name, and what OpenBao's package lacks
            if (kind != "generic" && kind != "oidc" && kind != "ldap" && kind != "github")
                take(kind, routes);
        for (const QString &each : std::as_const(listed))
            QVERIFY2(known.contains(each), qPrintable(each));
    }
};

QTEST_GUILESS_MAIN(TestRoutes)
#include "tst_Routes.moc"
