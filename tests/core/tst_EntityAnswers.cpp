// SPDX-License-Identifier: Apache-2.0
#include "core/EntityAnswers.h"
#include "support/TestCore.h"

#include <QTest>

#include <thread>

using namespace kith;
using namespace kith::core;
using kith::test::line;
using kith::test::TestCore;
using Json = boost::json::object;
using Texts = boost::json::array;

namespace {

/// An entity "ann" with an alias, in a group below another, and the ways to ask for it.
class Ann
{
public:
    Ann()
    {
        m_accessor = core.mount("up");
        id = core.create("identity/entity", Json{{"name", "ann"}, {"metadata", Json{{"team", "a"}}}});
        alias = core.create("identity/entity-alias",
                            Json{{"name", "annie"}, {"canonical_id", id}, {"mount_accessor", m_accessor}});
        group = core.create("identity/group", Json{{"name", "g"}, {"member_entity_ids", Texts{id}}});
        above = core.create("identity/group", Json{{"name", "above"}, {"member_group_ids", Texts{group}}});
    }

    /// What whoever passes answers on is told, and what is read each time, of every question.
    std::vector<std::pair<QByteArray, QByteArray>> ask()
    {
        const Json factors{{"alias_name", "annie"}, {"alias_mount_accessor", m_accessor}};
        return {ask(Operation::Read, "identity/entity/id/" + id, {}),
                ask(Operation::Read, "identity/entity/name/ann", {}),
                ask(Operation::Update, "identity/lookup/entity", Json{{"id", id}}),
                ask(Operation::Update, "identity/lookup/entity", Json{{"name", "ann"}}),
                ask(Operation::Update, "identity/lookup/entity", Json{{"alias_id", alias}}),
                ask(Operation::Update, "identity/lookup/entity", factors)};
    }

    std::pair<QByteArray, QByteArray> ask(Operation operation, const std::string &path, Json data)
    {
        Request request;
        request.operation = operation;
        request.path = path;
        request.token = "root";
        request.data = std::move(data);
        const QByteArray read = line(core.core().handle(request));
        request.form = DataForm::Text;
        Response told = core.core().handle(request);
        if (!told.text.empty())
            told = Response::of(boost::json::parse(told.text));
        return {line(told), read};
    }

    TestCore core;
    std::string id;
    std::string alias;
    std::string group;
    std::string above;

private:
    std::string m_accessor;
};

} // namespace

class TestEntityAnswers : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void followsWhatChanges_data()
    {
        QTest::addColumn<std::function<Response(Ann &)>>("change");
        const auto row = [](const char *name, std::function<Response(Ann &)> change) {
            QTest::newRow(name) << std::move(change);
        };
        row("metadata",
            [](Ann &ann) { return ann.core.post("identity/entity/id/" + ann.id, R"({"metadata":{"team":"b"}})"); });
        row("name", [](Ann &ann) { return ann.core.post("identity/entity/id/" + ann.id, R"({"name":"bea"})"); });
        row("policies",
            [](Ann &ann) { return ann.core.post("identity/entity/id/" + ann.id, R"({"policies":["p"]})"); });
        row("another alias", [](Ann &ann) {
            return ann.core.post(
                "identity/entity-alias",
                Json{{"name", "x"}, {"canonical_id", ann.id}, {"mount_accessor", ann.core.mount("b")}});
        });
        row("alias renamed", [](Ann &ann) {
            return ann.core.post("identity/entity-alias/id/" + ann.alias, Json{{"name", "anna"}});
        });
        row("alias moved", [](Ann &ann) {
            const std::string other = ann.core.create("identity/entity", R"({"name":"other"})");
            return ann.core.post("identity/entity-alias/id/" + ann.alias,
                                 Json{{"name", "annie"}, {"canonical_id", other}});
        });
        row("alias deleted", [](Ann &ann) { return ann.core.remove("identity/entity-alias/id/" + ann.alias); });
        row("out of the group",
            [](Ann &ann) { return ann.core.post("identity/group/id/" + ann.group, R"({"member_entity_ids":[]})"); });
        row("by difference", [](Ann &ann) {
            return ann.core.post("kith/members/" + ann.group, Json{{"remove_entity_ids", Texts{ann.id}}});
        });
        row("the group out of the other",
            [](Ann &ann) { return ann.core.post("identity/group/id/" + ann.above, R"({"member_group_ids":[]})"); });
        row("group deleted", [](Ann &ann) { return ann.core.remove("identity/group/id/" + ann.above); });
        row("mount moved",
            [](Ann &ann) { return ann.core.post("sys/remount", R"({"from":"auth/up","to":"auth/there"})"); });
        row("mount gone", [](Ann &ann) { return ann.core.remove("sys/auth/up"); });
        row("merged", [](Ann &ann) {
            const std::string other = ann.core.create("identity/entity", R"({"name":"other"})");
            return ann.core.post("identity/entity/merge",
                                 Json{{"from_entity_ids", Texts{ann.id}}, {"to_entity_id", other}});
        });
        row("deleted", [](Ann &ann) { return ann.core.remove("identity/entity/id/" + ann.id); });
        row("several at once", [](Ann &ann) {
            return ann.core.post("kith/apply",
                                 Json{{"requests", Texts{Json{{"operation", "update"},
                                                              {"path", "identity/entity/id/" + ann.id},
                                                              {"data", Json{{"metadata", Json{{"k", "v"}}}}}}}}});
        });
    }
    void followsWhatChanges()
    {
        QFETCH(std::function<Response(Ann &)>, change);
        Ann ann;
        const auto before = ann.ask();
        for (const auto &[told, read] : before)
            QCOMPARE(told, read);
        QCOMPARE(ann.ask(), before);
        const Response changed = change(ann);
        QVERIFY2(changed.ok(), line(changed));
        const auto after = ann.ask();
        QVERIFY(after != before);
        for (const auto &[told, read] : after)
            QCOMPARE(told, read);
    }
    /// In kith/apply it is read what was just written, and nothing of a write that fails is told later.
    void tellsNothingUndone()
    {
        Ann ann;
        const auto before = ann.ask();
        const std::string path = "identity/entity/id/" + ann.id;
        const Json change{{"operation", "update"}, {"path", path}, {"data", Json{{"metadata", Json{{"k", "v"}}}}}};
        const Json read{{"operation", "read"}, {"path", path}};
        const Json wrong{{"operation", "update"}, {"path", "identity/group/id/none"}, {"data", Json{{"name", ""}}}};
        const Response seen = ann.core.post("kith/apply", Json{{"requests", Texts{change, read}}});
        QVERIFY2(line(seen).contains(R"("metadata":{"k":"v"})"), line(seen));
        const auto changed = ann.ask();
        QVERIFY(changed != before);
        const Json back{{"operation", "update"}, {"path", path}, {"data", Json{{"metadata", Json{{"k", "w"}}}}}};
        const Response failed = ann.core.post("kith/apply", Json{{"requests", Texts{back, read, wrong}}});
        QCOMPARE(failed.status, 400);
        QCOMPARE(ann.ask(), changed);
    }
    /// Whoever has the answer to a write reads what it wrote, while others ask all the time.
    void tellsWhatWasAnswered()
    {
        Ann ann;
        std::atomic<bool> end = false;
        std::thread other([&] {
            while (!end)
                ann.ask();
        });
        const std::string path = "identity/entity/id/" + ann.id;
        bool same = true;
        for (int i = 0; i < 200 && same; ++i) {
            const std::string n = std::to_string(i);
            ann.core.post(path, Json{{"metadata", Json{{"n", n}}}});
            same = ann.ask(Operation::Read, path, {}).first.contains(QByteArray::fromStdString("\"n\":\"" + n + "\""));
        }
        end = true;
        other.join();
        QVERIFY(same);
    }
};

QTEST_GUILESS_MAIN(TestEntityAnswers)
#include "tst_EntityAnswers.moc"
