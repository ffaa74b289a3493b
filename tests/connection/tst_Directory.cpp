// SPDX-License-Identifier: Apache-2.0
#include "connection/Directory.h"

#include "support/ConnectionFixture.h"

using namespace kith;
using namespace kith::connection;
using namespace kith::test;
namespace json = boost::json;
using core::Operation;

/// What every Directory answers, on one small organisation with one of everything: on the local core, on kithd, and on
/// OpenBao plain, with TLS, and in a namespace. The answers are text, and the same text everywhere.
class TestDirectory : public QObject, protected ConnectionFixture
{
    Q_OBJECT
private Q_SLOTS:
    void cleanup() { close(); }
    void listsEntities_data() { addCores(); }
    void listsEntities();
    void filtersEntities_data() { addCores(); }
    void filtersEntities();
    void sumsUp_data() { addCores(); }
    void sumsUp();
    void tellsAnEntity_data() { addCores(); }
    void tellsAnEntity();
    void showsTheHierarchy_data() { addCores(); }
    void showsTheHierarchy();
    void listsMembers_data() { addCores(); }
    void listsMembers();
    void explains_data() { addCores(); }
    void explains();
    void thinksThrough_data() { addCores(); }
    void thinksThrough();
    void finds_data() { addCores(); }
    void finds();

private:
    void build();
    QString names(const std::vector<GroupRef> &groups) const;
    QString entities(const EntityQuery &query);
    QString tree(GroupId parent, const GroupFilter &filter, int depth = 0);
    QString members(GroupId group, bool withSubgroups = true, const QString &filter = {},
                    MemberSort sort = MemberSort::Name, Qt::SortOrder order = Qt::AscendingOrder);
    QString preview(Change change);
    std::vector<EntityId> people(std::initializer_list<std::string> uuids);
    EntityId entity(const std::string &uuid) { return object(uuid).entity(); }
    GroupId group(const std::string &uuid) { return object(uuid).group(); }

    std::string m_accessor;
    std::string m_ada, m_bo, m_cy, m_everyone, m_ops, m_night, m_outside;
};

#define BUILD()                                                                                                        \
    QFETCH(int, kind);                                                                                                 \
    OPEN(kind);                                                                                                        \
    build()

void TestDirectory::build()
{
    m_accessor = userpass("people");
    for (const auto &[name, rule] : {std::pair("p-base", R"(path \"a/*\" { capabilities = [\"read\"] })"),
                                     std::pair("p-ops", R"(path \"a/b\" { capabilities = [\"deny\"] })"),
                                     std::pair("p-own", R"(path \"c\" { capabilities = [\"read\"] })")})
        QVERIFY(elsewhere(Operation::Update, std::string("sys/policies/acl/") + name,
                          std::string("{\"policy\":\"") + rule + "\"}")
                    .ok());
    if (m_remote)
        readAnew();
    m_ada = create("entity", named("Ada", {{"policies", json::array{"p-own"}}, {"metadata", {{"site", "Zürich"}}}}));
    m_bo = create("entity", named("bo"));
    m_cy = create("entity", named("Cy", {{"disabled", true}}));
    m_everyone = create(
        "group", named("everyone", {{"policies", json::array{"p-base"}}, {"member_entity_ids", json::array{m_cy}}}));
    m_ops = create("group", named("ops", {{"policies", json::array{"p-ops", "p-none"}},
                                          {"parent_group_ids", json::array{m_everyone}},
                                          {"member_entity_ids", json::array{m_bo}}}));
    m_night = create("group", named("Night shift", {{"metadata", {{"phone", "112"}}},
                                                    {"parent_group_ids", json::array{m_ops, m_everyone}},
                                                    {"member_entity_ids", json::array{m_ada}}}));
    m_outside = create("group", named("outside", {{"type", "external"}, {"policies", json::array{"p-base"}}}));
    const auto alias = [&](const char *kind, const std::string &owner, const char *name) {
        json::object data{{"id", freshId()}, {"canonical_id", owner}, {"mount_accessor", m_accessor}, {"name", name}};
        if (owner == m_ada)
            data["custom_metadata"] = {{"badge", "7"}};
        create(kind, data);
    };
    alias("entity_alias", m_ada, "ada@example");
    alias("group_alias", m_outside, "cn=outside");
}

QString TestDirectory::names(const std::vector<GroupRef> &groups) const
{
    QStringList list;
    for (const GroupRef &group : groups)
        list += group.external ? group.name + u'*' : group.name;
    return list.join(QStringLiteral(" > "));
}

std::vector<EntityId> TestDirectory::people(std::initializer_list<std::string> uuids)
{
    std::vector<EntityId> ids;
    for (const std::string &uuid : uuids)
        ids.push_back(entity(uuid));
    return ids;
}

QString TestDirectory::entities(const EntityQuery &query)
{
    const auto rows = await(directory().entityRows(query));
    if (!rows)
        return QString::fromUtf8(why(rows));
    std::vector<EntityId> ids;
    for (int row = 0; row < rows->size(); ++row)
        ids.push_back(rows->at(row));
    QStringList list;
    const auto values = await(directory().entities(ids));
    for (const EntityRow &row : values ? *values : std::vector<EntityRow>())
        list += QStringLiteral("%1:%2,%3,%4%5")
                    .arg(row.name)
                    .arg(row.aliases.size())
                    .arg(row.directGroups)
                    .arg(row.ownPolicies)
                    .arg(row.disabled ? QStringLiteral("-") : QString());
    return list.join(u' ');
}

void TestDirectory::listsEntities()
{
    BUILD();
    const auto counts = await(directory().counts());
    QCOMPARE(counts->entities, 3);
    QCOMPARE(counts->groups, 4);
    QCOMPARE(counts->aliases, 1);
    // Name: aliases, groups, own policies, whether disabled.
    QCOMPARE(entities({}), QStringLiteral("Ada:1,1,1 bo:0,1,0 Cy:0,1,0-"));
    QCOMPARE(entities({{}, EntitySort::Name, Qt::DescendingOrder}), QStringLiteral("Cy:0,1,0- bo:0,1,0 Ada:1,1,1"));
    QVERIFY(entities({{}, EntitySort::Aliases, Qt::DescendingOrder}).startsWith(QStringLiteral("Ada")));
    QVERIFY(entities({{}, EntitySort::Policies, Qt::DescendingOrder}).startsWith(QStringLiteral("Ada")));
    QVERIFY(entities({{}, EntitySort::Disabled, Qt::DescendingOrder}).startsWith(QStringLiteral("Cy")));
    QVERIFY(entities({{}, EntitySort::Changed}).startsWith(QStringLiteral("Ada")));
    QCOMPARE(entities({QStringLiteral("zÜRich")}), QStringLiteral("Ada:1,1,1"));
    QCOMPARE(entities({QStringLiteral("@EXAMPLE")}), QStringLiteral("Ada:1,1,1"));
    QCOMPARE(entities({QStringLiteral("nobody")}), QString());
}

/// Under conditions, alone and together, with a text, and after something was written.
void TestDirectory::filtersEntities()
{
    BUILD();
    using Kind = EntityCondition::Kind;
    const auto under = [this](std::vector<EntityCondition> conditions, EntityQuery query = {}) {
        query.conditions = std::move(conditions);
        const auto rows = await(directory().entityRows(query));
        QStringList list;
        for (int row = 0; rows && row < rows->size(); ++row)
            list += await(directory().entities({rows->at(row)}))->front().name;
        return rows ? list.join(u' ') : QString::fromUtf8(why(rows));
    };
    const auto text = [](const char *utf8) { return QString::fromUtf8(utf8); };
    QCOMPARE(under({{Kind::InGroup, group(m_ops)}}), text("bo"));
    QCOMPARE(under({{Kind::BelowGroup, group(m_ops)}}), text("Ada bo"));
    QCOMPARE(under({{Kind::BelowGroup, group(m_everyone)}}), text("Ada bo Cy"));
    QCOMPARE(under({{Kind::InGroup, GroupId{999'999}}}), QString());
    QCOMPARE(under({{Kind::OwnPolicy, {}, text("P-Own")}}), text("Ada"));
    QCOMPARE(under({{Kind::OwnPolicy, {}, text("p-ops")}}), QString());
    QCOMPARE(under({{Kind::HasPolicy, {}, text("p-ops")}}), text("Ada bo"));
    QCOMPARE(under({{Kind::HasPolicy, {}, text("p-none")}}), text("Ada bo")); // also when it isn't defined
    QCOMPARE(under({{Kind::Mount, {}, QString::fromStdString(m_accessor)}}), text("Ada"));
    QCOMPARE(under({{Kind::Mount, {}, text("none")}}), QString());
    QCOMPARE(under({{Kind::Disabled}}), text("Cy"));
    QCOMPARE(under({{Kind::Enabled}}), text("Ada bo"));
    QCOMPARE(under({{Kind::Metadata, {}, text("site")}}), text("Ada"));
    QCOMPARE(under({{Kind::Metadata, {}, text("sit")}}), QString());
    QCOMPARE(under({{Kind::MetadataValue, {}, text("site"), text("zÜRICH")}}), text("Ada"));
    QCOMPARE(under({{Kind::MetadataValue, {}, text("site"), text("Zür")}}), QString());
    QCOMPARE(under({{Kind::BelowGroup, group(m_everyone)}, {Kind::Enabled}}), text("Ada bo"));
    QCOMPARE(under({{Kind::BelowGroup, group(m_everyone)}, {Kind::Enabled}}, {text("o")}), text("bo"));
    EntityQuery backwards;
    backwards.order = Qt::DescendingOrder;
    QCOMPARE(under({{Kind::BelowGroup, group(m_ops)}}, backwards), text("bo Ada"));
    QVERIFY(apply({updatePart(membersPath(m_ops), {{"add_entity_ids", {m_cy}}})}).ok());
    QCOMPARE(under({{Kind::BelowGroup, group(m_ops)}}), text("Ada bo Cy"));
}

void TestDirectory::sumsUp()
{
    BUILD();
    const auto summary = await(directory().summary(people({m_bo, m_ada, m_cy, m_ada})));
    QVERIFY2(summary, why(summary));
    QCOMPARE(summary->people, 3);
    QCOMPARE(summary->disabled, 1);
    const auto policies = [](const std::vector<PeopleSummary::Policy> &list) {
        QStringList texts;
        for (const auto &policy : list)
            texts += QStringLiteral("%1%2 %3")
                         .arg(policy.name, policy.defined ? QString() : QStringLiteral("?"))
                         .arg(policy.people);
        return texts.join(QStringLiteral(", "));
    };
    QCOMPARE(policies(summary->own), QStringLiteral("p-own 1"));
    QCOMPARE(policies(summary->effective), QStringLiteral("p-base 3, p-none? 2, p-ops 2, p-own 1"));
    QStringList groups;
    for (const auto &group : summary->groups)
        groups += QStringLiteral("%1 %2").arg(group.group.name).arg(group.people);
    QCOMPARE(groups.join(QStringLiteral(", ")), QStringLiteral("Night shift 1, everyone 1, ops 1"));
    QCOMPARE(summary->groupCount, 3);
    QCOMPARE(summary->sharedGroupCount, 0);
    QCOMPARE(summary->metadata.size(), 1U);
    QCOMPARE(summary->metadata.front().key, QStringLiteral("site"));
    QCOMPARE(summary->metadata.front().people, 1);
    QCOMPARE(summary->metadata.front().values.front().text, QString::fromUtf8("Zürich"));
    QVERIFY(summary->metadata.front().complete);

    const auto states = await(directory().entityStates(people({m_cy, m_ada})));
    QVERIFY2(states, why(states));
    QCOMPARE(states->size(), 2U);
    QVERIFY(states->at(0).disabled);
    QCOMPARE(states->at(0).name, QStringLiteral("Cy"));
    QCOMPARE(states->at(1).uuid, QString::fromStdString(m_ada));
    QCOMPARE(states->at(1).policies, QStringList(QStringLiteral("p-own")));
    QCOMPARE(states->at(1).metadata.front().second, QString::fromUtf8("Zürich"));
    QCOMPARE(states->at(1).version, await(directory().entity(entity(m_ada)))->version);
}

void TestDirectory::tellsAnEntity()
{
    BUILD();
    const auto ada = await(directory().entity(entity(m_ada)));
    QVERIFY2(ada, why(ada).constData());
    QCOMPARE(ada->row.uuid.toStdString(), m_ada);
    QCOMPARE(ada->metadata, Metadata({{QStringLiteral("site"), QStringLiteral("Zürich")}}));
    QCOMPARE(ada->policies, QStringList(QStringLiteral("p-own")));
    QVERIFY(ada->created.isValid());
    QCOMPARE(ada->aliases.front().accessor.toStdString(), m_accessor);
    QCOMPARE(ada->aliases.front().name,
             (AliasName{QStringLiteral("ada@example"), QStringLiteral("people"), QStringLiteral("userpass")}));
    QCOMPARE(ada->aliases.front().customMetadata, Metadata({{QStringLiteral("badge"), QStringLiteral("7")}}));
    QStringList groups;
    for (const Membership &membership : ada->groups)
        groups += names(membership.chain);
    QCOMPARE(groups, QStringList({QStringLiteral("Night shift"), QStringLiteral("Night shift > everyone"),
                                  QStringLiteral("Night shift > ops")}));
    const auto uuids = await(directory().uuids({object(m_bo), object(m_ops), {ObjectKind::Entity, 999}}));
    QCOMPARE(*uuids, std::vector<QString>({QString::fromStdString(m_bo), QString::fromStdString(m_ops), {}}));
    const auto known = await(directory().byUuids({QString::fromStdString(m_ops), QString::fromStdString(freshId())}));
    QVERIFY(known->front() == object(m_ops) && !known->back());
    QVERIFY(!await(directory().entity(EntityId{999})));
    const auto mounts = await(directory().mounts());
    const auto ours = std::find_if(mounts->begin(), mounts->end(),
                                   [&](const MountRow &mount) { return mount.accessor.toStdString() == m_accessor; });
    QVERIFY(ours != mounts->end());
    QCOMPARE(ours->aliases, 1);
}

QString TestDirectory::tree(GroupId parent, const GroupFilter &filter, int depth)
{
    QString text;
    const auto children = await(directory().groupChildren(parent, filter));
    for (const GroupChild &child : children ? *children : std::vector<GroupChild>()) {
        const auto rows = await(directory().groups({child.id}));
        const GroupRow &row = rows->front();
        text += QString(depth * 2, u' ') + row.name +
                QStringLiteral(" %1/%2/%3/%4")
                    .arg(row.directMembers)
                    .arg(row.subgroups)
                    .arg(row.parents)
                    .arg(row.ownPolicies) +
                (row.external ? u' ' + row.mount : QString()) + u'\n';
        if (child.hasChildren)
            text += tree(child.id, filter, depth + 1);
    }
    return text;
}

void TestDirectory::showsTheHierarchy()
{
    BUILD();
    // Members, subgroups, parents, own policies.
    QCOMPARE(tree({}, {}), QStringLiteral("everyone 1/2/0/1\n"
                                          "  Night shift 1/0/2/0\n"
                                          "  ops 1/1/1/2\n"
                                          "    Night shift 1/0/2/0\n"
                                          "outside 0/0/0/1 people\n"));
    const auto filter = await(directory().filterGroups(QStringLiteral("OPS")));
    QCOMPARE(tree({}, *filter), QStringLiteral("everyone 1/2/0/1\n  ops 1/1/1/2\n"));
    const auto byMetadata = await(directory().filterGroups(QStringLiteral("112")));
    QVERIFY(byMetadata->isMatch(group(m_night)) && byMetadata->isAbove(group(m_ops)));
    const auto night = await(directory().group(group(m_night)));
    QVERIFY2(night, why(night).constData());
    QCOMPARE(names(night->parents), QStringLiteral("everyone > ops"));
    QCOMPARE(night->metadata, Metadata({{QStringLiteral("phone"), QStringLiteral("112")}}));
    QCOMPARE(await(directory().group(group(m_everyone)))->reached, 3);
    const auto outside = await(directory().group(group(m_outside)));
    QCOMPARE(outside->alias->name.name, QStringLiteral("cn=outside"));
    QCOMPARE(int(await(directory().pathTo(group(m_ops)))->size()), 2);
    const auto below = await(directory().withDescendants({group(m_ops)}));
    QCOMPARE(**below, (std::unordered_set<qint64>{group(m_ops).value, group(m_night).value}));
}

QString TestDirectory::members(GroupId group, bool withSubgroups, const QString &filter, MemberSort sort,
                               Qt::SortOrder order)
{
    const auto rows = await(directory().memberRows({group, withSubgroups, filter, sort, order}));
    std::vector<EntityId> ids;
    for (int row = 0; rows && row < rows->size(); ++row)
        ids.push_back(rows->at(row));
    QStringList list;
    const auto values = await(directory().members(group, ids));
    for (const MemberRow &row : values ? *values : std::vector<MemberRow>())
        list += QStringLiteral("%1 (%2) %3").arg(row.entity.name, names(row.wayIn)).arg(row.effectivePolicies);
    return list.join(QStringLiteral(", "));
}

void TestDirectory::listsMembers()
{
    BUILD();
    QCOMPARE(members(group(m_everyone), false), QStringLiteral("Cy (everyone) 1"));
    QCOMPARE(members(group(m_everyone)), QStringLiteral("Ada (Night shift > everyone) 4, "
                                                        "bo (ops > everyone) 3, Cy (everyone) 1"));
    QCOMPARE(members(group(m_everyone), true, QStringLiteral("b")), QStringLiteral("bo (ops > everyone) 3"));
    QVERIFY(members(group(m_everyone), true, {}, MemberSort::Policies, Qt::DescendingOrder)
                .startsWith(QStringLiteral("Ada")));
    QVERIFY(members(group(m_everyone), true, {}, MemberSort::WayIn).startsWith(QStringLiteral("Cy")));
    QCOMPARE(members(group(m_outside)), QString());
}

void TestDirectory::explains()
{
    BUILD();
    const auto explanation = await(directory().explain(object(m_ada)));
    QVERIFY2(explanation, why(explanation).constData());
    QStringList ways;
    for (const PolicyWays &policy : explanation->policies)
        for (const PolicySource &source : policy.sources)
            ways += policy.name + (policy.defined ? QString() : QStringLiteral("?")) + QStringLiteral(": ") +
                    (source.onEntity ? QStringLiteral("itself") : names(source.chain)) + QStringLiteral(" x") +
                    source.chains;
    QCOMPARE(ways, QStringList({QStringLiteral("p-base: Night shift > everyone x2"),
                                QStringLiteral("p-none?: Night shift > ops x1"),
                                QStringLiteral("p-ops: Night shift > ops x1"), QStringLiteral("p-own: itself x1")}));
    QStringList chains;
    const auto all = await(directory().chains(object(m_ada), group(m_everyone), 10));
    for (const auto &chain : *all)
        chains += names(chain);
    QCOMPARE(chains,
             QStringList({QStringLiteral("Night shift > everyone"), QStringLiteral("Night shift > ops > everyone")}));
    const auto holders = await(directory().whoHas(QStringLiteral("P-BASE"), 10));
    QVERIFY(holders->defined);
    QCOMPARE(holders->entityCount, 3);
    QCOMPARE(holders->entities.front().name, QStringLiteral("Cy"));
    QVERIFY(holders->entities.front().disabled);
    QCOMPARE(holders->groupCount, 4);
    QVERIFY(!await(directory().whoHas(QStringLiteral("p-none"), 10))->defined);
    const auto policies = await(directory().policies());
    const auto ops = std::find_if(policies->begin(), policies->end(),
                                  [](const PolicyRow &row) { return row.name == QLatin1String("p-ops"); });
    QVERIFY(ops != policies->end() && ops->text.contains(QLatin1String("deny")));
    QCOMPARE(ops->groups, 1);
}

QString TestDirectory::preview(Change change)
{
    const auto shown = await(directory().preview(std::move(change)));
    if (!shown)
        return QString::fromUtf8(why(shown));
    if (shown->refusal != Refusal::None)
        return QStringLiteral("refusal %1").arg(int(shown->refusal));
    QString text = QStringLiteral("%1 into %2:").arg(shown->people).arg(shown->targetName);
    for (const PolicyChange &policy : shown->gained)
        text += QStringLiteral(" +%1").arg(policy.policy);
    for (const PolicyChange &policy : shown->lost)
        text += QStringLiteral(" -%1").arg(policy.policy);
    for (const LostAccess &lost : shown->lostAccess)
        text += QStringLiteral(" %1 by %2").arg(lost.path, lost.byPolicy);
    return text;
}

void TestDirectory::thinksThrough()
{
    BUILD();
    QCOMPARE(preview({people({m_bo}), {}, group(m_night), group(m_ops)}), QStringLiteral("1 into Night shift:"));
    QCOMPARE(preview({people({m_cy}), {}, group(m_ops), {}}),
             QStringLiteral("1 into ops: +p-none +p-ops a/b by p-ops"));
    QCOMPARE(preview({people({m_bo}), {}, {}, group(m_ops)}), QStringLiteral("1 into : -p-base -p-none -p-ops"));
    const auto refusal = [](Refusal why) { return QStringLiteral("refusal %1").arg(int(why)); };
    QCOMPARE(preview({{}, {group(m_everyone)}, group(m_night), {}}), refusal(Refusal::Ancestor));
    QCOMPARE(preview({people({m_bo}), {}, group(m_outside), {}}), refusal(Refusal::ExternalTarget));
    QCOMPARE(preview({people({m_bo}), {}, group(m_ops), {}}), refusal(Refusal::AlreadyThere));
}

void TestDirectory::finds()
{
    BUILD();
    const auto hits = [&](const char *text) {
        QStringList list;
        const auto found = await(directory().find(QString::fromUtf8(text), 10));
        for (const Hit &hit : found ? *found : std::vector<Hit>())
            list += hit.name + (hit.detail.isEmpty() ? QString() : u'=' + hit.detail);
        return list.join(QStringLiteral(", "));
    };
    QCOMPARE(hits("night"), QStringLiteral("Night shift"));
    QVERIFY2(hits("ada@").contains(QLatin1String("ada@example")), qPrintable(hits("ada@")));
    QVERIFY2(hits("zürich").startsWith(QLatin1String("Ada=")), qPrintable(hits("zürich")));
    QCOMPARE(hits("p-own"), QStringLiteral("p-own"));
    QCOMPARE(hits(m_bo.c_str()), QStringLiteral("bo"));
    QCOMPARE(hits("nothing like it"), QString());
}

QTEST_GUILESS_MAIN(TestDirectory)
#include "tst_Directory.moc"
