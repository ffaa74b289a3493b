// SPDX-License-Identifier: Apache-2.0
#include "audit/Devices.h"
#include "audit/HeaderRules.h"
#include "support/Support.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace kith;
using namespace kith::audit;
using kith::test::why;

class TestDevices : public QObject
{
    Q_OBJECT
    QTemporaryDir m_folder;
    test::ManualClock m_clock;
    const store::SecretKey m_rootKey = store::SecretKey::random();

    std::string path(const char *name) const { return m_folder.filePath(QString::fromLatin1(name)).toStdString(); }
    std::unique_ptr<store::Store> openStore(const char *name)
    {
        store::OpenOptions options;
        options.file = path(name);
        options.clock = &m_clock;
        auto opened = store::Store::open(std::move(options));
        return opened ? std::move(*opened) : nullptr;
    }
    static DeviceSettings device(const std::string &name, const std::string &file)
    {
        DeviceSettings settings;
        settings.path = name;
        settings.options = {{"file_path", file}};
        return settings;
    }
    static AuditOptions allowed()
    {
        AuditOptions options;
        options.byApi = AuditOptions::ByApi::Allowed;
        return options;
    }
    QByteArray content(const char *name) const
    {
        QFile opened(m_folder.filePath(QString::fromLatin1(name)));
        return opened.open(QIODevice::ReadOnly) ? opened.readAll() : QByteArray();
    }
    static QByteArray refusal(const Result<void> &result)
    {
        return result ? QByteArray("(taken)") : QByteArray::fromStdString(result.error().wire);
    }

private Q_SLOTS:
    void keepsDevicesAndTheirSalts()
    {
        std::string hash;
        {
            const auto store = openStore("a.db");
            store::Keyring keyring(*store);
            QVERIFY(keyring.create(m_rootKey));
            Devices devices(*store, keyring, allowed());
            QVERIFY(!devices.any().value());
            QVERIFY(devices.write(testRecord(0))); // nobody wants it
            const auto enabled = devices.enable(device("a/", path("a.log")));
            QVERIFY2(enabled, why(enabled));
            QVERIFY(devices.enable(device("b/", "discard")));
            QVERIFY(devices.any().value());
            QVERIFY(content("a.log").contains("\"sys/audit/test\""));
            hash = (*devices.find("a/"))->hash("x");
            QVERIFY((*devices.find("b/"))->hash("x") != hash);
            QVERIFY(devices.disable("b/"));
            QVERIFY(devices.disable("b/"));
            QVERIFY(!*devices.find("b/"));
        }
        const auto store = openStore("a.db");
        store::Keyring keyring(*store);
        Devices devices(*store, keyring, {});
        QVERIFY(!devices.any().value()); // sealed
        QVERIFY(keyring.unseal(m_rootKey));
        QVERIFY(devices.any().value());
        QCOMPARE((*devices.find("a/"))->hash("x"), hash);
        QVERIFY(keyring.beginTerm());
        QCOMPARE((*devices.find("a/"))->hash("x"), hash);
        keyring.lock();
        QVERIFY(!devices.any().value());
    }
    void takesThoseOfTheConfiguration()
    {
        AuditOptions options;
        options.devices = {device("conf/", path("conf.log"))};
        const auto store = openStore("b.db");
        store::Keyring keyring(*store);
        QVERIFY(keyring.create(m_rootKey));
        std::string hash;
        {
            Devices devices(*store, keyring, options);
            QVERIFY(devices.any().value());
            hash = (*devices.find("conf/"))->hash("x");
            QCOMPARE(refusal(devices.disable("conf/")),
                     QByteArray("cannot disable configuration-managed audit device"));
            QCOMPARE(refusal(devices.enable(device("x/", "discard"))),
                     QByteArray("cannot enable audit device via API; use declarative, config-based audit device "
                                "management instead"));
        }
        Devices again(*store, keyring, options);
        QCOMPARE((*again.find("conf/"))->hash("x"), hash);
        Devices without(*store, keyring, {});
        QVERIFY(!without.any().value());
    }
    void refusesWhatCantBe()
    {
        const auto store = openStore("c.db");
        store::Keyring keyring(*store);
        QVERIFY(keyring.create(m_rootKey));
        Devices devices(*store, keyring, allowed());
        QVERIFY(devices.enable(device("a/", "discard")));
        QCOMPARE(refusal(devices.enable(device("a/", "discard"))), QByteArray("path already in use"));
        QCOMPARE(refusal(devices.enable(device("a/b/", "discard"))), QByteArray("path already in use"));
        DeviceSettings wrong = device("c/", "discard");
        wrong.type = "none";
        QCOMPARE(refusal(devices.enable(wrong)), QByteArray("unknown backend type: \"none\""));
        wrong = device("c/", "discard");
        wrong.options.clear();
        QCOMPARE(refusal(devices.enable(wrong)), QByteArray("file_path is required"));
        wrong = device("c/", "discard");
        wrong.options["prefix"] = "x";
        QCOMPARE(refusal(devices.enable(wrong)), QByteArray("audit log prefixing is not allowed"));
        for (const auto &[name, value] :
             {std::pair("mode", "9"), std::pair("log_raw", "zz"), std::pair("format", "xml")}) {
            wrong = device("c/", "discard");
            wrong.options[name] = value;
            QVERIFY(!devices.enable(wrong));
        }
        QVERIFY(
            refusal(devices.enable(device("c/", path("no/folder")))).startsWith("audit backend failed test message"));
        QCOMPARE(devices.list()->size(), std::size_t(1));
    }
    void failsWhenNobodyTakesTheRecord()
    {
        const auto store = openStore("d.db");
        store::Keyring keyring(*store);
        QVERIFY(keyring.create(m_rootKey));
        AuditOptions options = allowed();
        options.devices = {device("full/", "/dev/full")};
        Devices devices(*store, keyring, options);
        const auto refused = devices.write(testRecord(0));
        QVERIFY(!refused);
        QCOMPARE(refused.error().status, 500);
        QCOMPARE(refused.error().wire, std::string("internal error"));
        QVERIFY(devices.enable(device("good/", path("good.log"))));
        QVERIFY(devices.write(testRecord(0))); // one of two is enough
    }
    void knowsWhichHeadersToRecord()
    {
        const auto store = openStore("e.db");
        {
            HeaderRules rules(*store);
            QVERIFY((*rules.all())->empty());
            QVERIFY(rules.set("X-One", HeaderRules::Shown::Clear));
            QVERIFY(rules.set("X-TWO", HeaderRules::Shown::Hashed));
            QVERIFY(rules.set("x-three", HeaderRules::Shown::Hashed));
            QVERIFY(rules.set("X-Three", std::nullopt));
        }
        HeaderRules rules(*store);
        const HeaderRules::Rules expected{{"x-one", HeaderRules::Shown::Clear}, {"x-two", HeaderRules::Shown::Hashed}};
        QVERIFY(**rules.all() == expected);
    }
};

QTEST_GUILESS_MAIN(TestDevices)
#include "tst_Devices.moc"
