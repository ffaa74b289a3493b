// SPDX-License-Identifier: Apache-2.0
#include "identity/Entities.h"
#include "identity/EntityAliases.h"
#include "identity/GroupMembers.h"
#include "identity/Groups.h"
#include "identity/Merge.h"
#include "identity/Mounts.h"
#include "store/Store.h"
#include "support/Support.h"

#include <QTemporaryDir>
#include <QTest>

using namespace kith;
using namespace kith::identity;

namespace {

template <class Id>
std::vector<Id> sorted(std::vector<Id> ids)
{
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    return ids;
}

/// A core file, and what the last write noted as changed.
class File
{
public:
    File()
    {
        store::OpenOptions options;
        options.file = m_folder.filePath(QStringLiteral("core.kith")).toStdString();
        auto opened = store::Store::open(std::move(options));
        if (!opened)
            qFatal("%s", test::why(opened).constData());
        m_store = std::move(*opened);
    }

    template <class Function>
    auto write(Function &&function)
    {
        return m_store->write([&](store::WriteSession &session) {
            auto result = function(session);
            changes = session.changes;
            return result;
        });
    }

    SavedEntity entity(const std::string &name)
    {
        const auto made = write([&](store::WriteSession &session) {
            return saveEntity(session, RootNamespace, {}, {name, std::nullopt, std::nullopt, std::nullopt});
        });
        return made.value();
    }
    GroupId group(const std::vector<EntityId> &members)
    {
        const auto made = write([&](store::WriteSession &session) -> Result<GroupId> {
            auto group = createGroup(session, RootNamespace, {});
            if (!group)
                return group.error();
            for (const EntityId member : members)
                addMember(session, group->id, member);
            return group->id;
        });
        return made.value();
    }
    AliasId alias(const SavedEntity &owner, const std::string &name)
    {
        const auto made = write([&](store::WriteSession &session) -> Result<AliasId> {
            const auto accessor = session.text("SELECT accessor FROM mount WHERE type = 'token'").value();
            const auto saved = saveEntityAlias(session, RootNamespace, {}, {owner.uuid, accessor, name, std::nullopt});
            if (!saved)
                return saved.error();
            return aliasByUuid(session, RootNamespace, (*saved)->uuid).value();
        });
        return made.value();
    }
    std::int64_t version(EntityId entity)
    {
        return m_store
            ->read([&](store::Session &session) -> Result<std::int64_t> {
                return session.integer("SELECT version FROM entity WHERE id = ?", entity).value_or(0);
            })
            .value();
    }
    std::int64_t count(std::string_view sql)
    {
        return m_store
            ->read([&](store::Session &session) -> Result<std::int64_t> { return session.integer(sql).value_or(0); })
            .value();
    }

    ChangeSet changes;

private:
    QTemporaryDir m_folder;
    std::unique_ptr<store::Store> m_store;
};

} // namespace

/// What the rest of the program hears of a change, and the versions that preconditions compare.
class TestEntityChanges : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void tellOfAnEntity()
    {
        File file;
        const SavedEntity ann = file.entity("ann");
        QVERIFY(ann.created);
        QCOMPARE(file.changes.entities, std::vector<EntityId>{ann.id});
        QCOMPARE(file.version(ann.id), 1);
        const SavedEntity again = file.entity("ANN");
        QVERIFY(!again.created);
        QCOMPARE(again.id, ann.id);
        QCOMPARE(again.name, std::string("ANN"));
        QCOMPARE(file.changes.entities, std::vector<EntityId>{ann.id});
        QCOMPARE(file.version(ann.id), 2);
    }
    void tellOfTheOwnersOfAnAlias()
    {
        File file;
        const SavedEntity ann = file.entity("ann");
        const SavedEntity bob = file.entity("bob");
        const AliasId alias = file.alias(ann, "a");
        QCOMPARE(sorted(file.changes.entities), std::vector<EntityId>{ann.id});
        QCOMPARE(file.version(ann.id), 2);

        const auto move = [&](store::WriteSession &session) {
            return saveEntityAlias(session, RootNamespace,
                                   session.text("SELECT uuid FROM entity_alias WHERE id = ?", alias).value(),
                                   {bob.uuid, {}, {}, std::nullopt});
        };
        QVERIFY(file.write(move));
        QCOMPARE(sorted(file.changes.entities), (std::vector<EntityId>{ann.id, bob.id}));
        QCOMPARE(file.version(ann.id), 3);
        QCOMPARE(file.version(bob.id), 2);
        QVERIFY(file.write(move)); // it is there already
        QVERIFY(file.changes.empty());
        QCOMPARE(file.version(bob.id), 2);

        QVERIFY(file.write([&](store::WriteSession &session) -> Result<void> {
            deleteEntityAlias(session, alias);
            return {};
        }));
        QCOMPARE(file.changes.entities, std::vector<EntityId>{bob.id});
        QCOMPARE(file.version(bob.id), 3);
    }
    void forgetByWhichAliasSomebodyJoined()
    {
        File file;
        const SavedEntity ann = file.entity("ann");
        const AliasId alias = file.alias(ann, "a");
        const GroupId group = file.group({ann.id});
        QVERIFY(file.write([&](store::WriteSession &session) -> Result<void> {
            session.run("UPDATE member_entity SET alias = ?, joined = 1 WHERE grp = ?", alias, group);
            deleteEntityAlias(session, alias);
            return {};
        }));
        QCOMPARE(file.count("SELECT count(*) FROM member_entity WHERE alias IS NULL AND joined = 1"), 1);
    }
    void tellOfMembershipsThatEnd()
    {
        File file;
        const SavedEntity ann = file.entity("ann");
        const SavedEntity bob = file.entity("bob");
        file.alias(ann, "a");
        const GroupId one = file.group({ann.id, bob.id});
        const GroupId two = file.group({ann.id});
        QVERIFY(file.write([&](store::WriteSession &session) {
            return deleteEntities(session, RootNamespace, {ann.uuid, "nope", ann.uuid});
        }));
        QCOMPARE(file.changes.entities, std::vector<EntityId>{ann.id});
        QCOMPARE(sorted(file.changes.members),
                 (std::vector<std::pair<GroupId, EntityId>>{{one, ann.id}, {two, ann.id}}));
        QCOMPARE(file.count("SELECT count(*) FROM entity_alias"), 0);
        QCOMPARE(file.count("SELECT count(*) FROM member_entity"), 1);
    }
    void tellOfAMerge()
    {
        File file;
        const SavedEntity ann = file.entity("ann");
        const SavedEntity bob = file.entity("bob");
        const GroupId group = file.group({bob.id});
        file.alias(bob, "b");
        QVERIFY(file.write([&](store::WriteSession &session) {
            std::vector<MergeClash> clashes;
            return mergeEntities(session, RootNamespace, {ann.uuid, {bob.uuid}, {}}, clashes);
        }));
        QCOMPARE(sorted(file.changes.entities), (std::vector<EntityId>{ann.id, bob.id}));
        QCOMPARE(sorted(file.changes.members),
                 (std::vector<std::pair<GroupId, EntityId>>{{group, ann.id}, {group, bob.id}}));
        QCOMPARE(file.version(ann.id), 2);
        QCOMPARE(file.version(bob.id), 0);
    }
    void areUndoneByARefusal()
    {
        File file;
        const SavedEntity ann = file.entity("ann");
        const auto refused = file.write([&](store::WriteSession &session) {
            return deleteEntities(session, RootNamespace, {ann.uuid, ""});
        });
        QVERIFY(!refused);
        QCOMPARE(refused.error().wire, std::string("1 error occurred:\n\t* missing entity id\n\n"));
        QCOMPARE(file.version(ann.id), 1);
    }
};

QTEST_GUILESS_MAIN(TestEntityChanges)
#include "tst_EntityChanges.moc"
