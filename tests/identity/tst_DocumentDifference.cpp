// SPDX-License-Identifier: Apache-2.0
#include "identity/DocumentDifference.h"

#include <QTest>

using namespace kith;
using identity::ObjectDifference;
using Where = identity::ObjectDifference::Where;

/// Two documents beside each other: what only one has, and every field that both have otherwise.
class tst_DocumentDifference : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void sameIsNothing();
    void tellsWhatOnlyOneHas();
    void tellsFields_data();
    void tellsFields();
    void takesNamesInAnotherCaseForTheSame();
    void livesWithStrangeDocuments();

private:
    static std::vector<ObjectDifference> compare(const char *first, const char *second)
    {
        return identity::difference(boost::json::parse(first).as_object(), boost::json::parse(second).as_object());
    }
    /// "metadata.site: Bern > Rome", "policies: +a -b"
    static std::string words(const identity::FieldChange &change);
};

std::string tst_DocumentDifference::words(const identity::FieldChange &change)
{
    std::string text = change.field + ":";
    if (!change.list)
        return text + " " + change.before + " > " + change.after;
    for (const std::string &name : change.added)
        text += " +" + name;
    for (const std::string &name : change.removed)
        text += " -" + name;
    return text;
}

void tst_DocumentDifference::sameIsNothing()
{
    const char *document = "{\"entities\": [{\"name\": \"ada\", \"policies\": [\"a\"], \"aliases\": "
                           "[{\"mount\": \"github\", \"name\": \"ada\"}]}], \"groups\": [{\"name\": \"g\"}]}";
    QVERIFY(compare(document, document).empty());
    QVERIFY(compare("{}", "{\"groups\": []}").empty());
}

void tst_DocumentDifference::tellsWhatOnlyOneHas()
{
    const auto found =
        compare("{\"entities\": [{\"name\": \"ada\"}, {\"name\": \"bo\"}], \"mounts\": [{\"path\": \"ldap\"}]}",
                "{\"entities\": [{\"name\": \"bo\"}], \"groups\": [{\"name\": \"g\"}]}");
    QCOMPARE(found.size(), 3U);
    QCOMPARE(found[0].kind, std::string_view("mount"));
    QCOMPARE(found[0].name, std::string("ldap"));
    QCOMPARE(found[0].where, Where::First);
    QCOMPARE(found[1].name, std::string("ada"));
    QCOMPARE(found[1].where, Where::First);
    QCOMPARE(found[2].kind, std::string_view("group"));
    QCOMPARE(found[2].where, Where::Second);
}

void tst_DocumentDifference::tellsFields_data()
{
    QTest::addColumn<QByteArray>("first");
    QTest::addColumn<QByteArray>("second");
    QTest::addColumn<QByteArray>("change");
    const auto row = [](const char *name, const char *first, const char *second, const char *change) {
        QTest::newRow(name) << QByteArray(first) << QByteArray(second) << QByteArray(change);
    };
    row("text", "\"text\": \"a\"", "\"text\": \"b\"", "text: a > b");
    row("came", "\"text\": null", "\"text\": \"b\"", "text:  > b");
    row("flag", "\"disabled\": true", "\"disabled\": false", "disabled: true > false");
    row("metadata", "\"metadata\": {\"site\": \"Bern\", \"x\": \"1\"}",
        "\"metadata\": {\"site\": \"Rome\", \"x\": \"1\"}", "metadata.site: Bern > Rome");
    row("no metadata", "\"metadata\": {\"site\": \"Bern\"}", "\"z\": null", "metadata.site: Bern > ");
    row("list", "\"policies\": [\"a\", \"b\"]", "\"policies\": [\"b\", \"c\"]", "policies: +c -a");
    row("no list", "\"z\": null", "\"policies\": [\"c\"]", "policies: +c");
    row("alias", "\"aliases\": [{\"mount\": \"m\", \"name\": \"x\"}]",
        "\"aliases\": [{\"mount\": \"m\", \"name\": \"y\"}]", "aliases.m.name: x > y");
    row("alias gone", "\"aliases\": [{\"mount\": \"m\", \"name\": \"x\"}, {\"mount\": \"n\", \"name\": \"z\"}]",
        "\"aliases\": [{\"mount\": \"m\", \"name\": \"x\"}]", "aliases.n.name: z > ");
    row("orphaned alias", "\"z\": null", "\"aliases\": [{\"accessor\": \"auth_x_1\", \"name\": \"x\"}]",
        "aliases.auth_x_1.name:  > x");
    row("group alias", "\"alias\": {\"mount\": \"m\", \"name\": \"x\"}",
        "\"alias\": {\"mount\": \"n\", \"name\": \"x\"}", "alias.mount: m > n");
}

void tst_DocumentDifference::tellsFields()
{
    QFETCH(QByteArray, first);
    QFETCH(QByteArray, second);
    QFETCH(QByteArray, change);
    const auto document = [](const QByteArray &fields) { return "{\"groups\": [{\"name\": \"g\", " + fields + "}]}"; };
    const auto found = compare(document(first).constData(), document(second).constData());
    QCOMPARE(found.size(), 1U);
    QCOMPARE(found[0].where, Where::Both);
    QCOMPARE(found[0].changes.size(), 1U);
    QCOMPARE(words(found[0].changes[0]), change.toStdString());
}

void tst_DocumentDifference::takesNamesInAnotherCaseForTheSame()
{
    const auto found = compare("{\"entities\": [{\"name\": \"Ada\"}]}", "{\"entities\": [{\"name\": \"ADA\"}]}");
    QCOMPARE(found.size(), 1U);
    QCOMPARE(found[0].name, std::string("ADA"));
    QCOMPARE(words(found[0].changes.at(0)), std::string("name: Ada > ADA"));
}

void tst_DocumentDifference::livesWithStrangeDocuments()
{
    QVERIFY(compare("{\"entities\": 3}", "{\"entities\": [4, null]}").empty());
    const auto found = compare("{\"groups\": [{\"name\": 3, \"policies\": {\"a\": [1]}}]}",
                               "{\"groups\": [{\"name\": 3, \"policies\": [[1], \"x\"]}]}");
    QCOMPARE(found.size(), 1U);
    QCOMPARE(words(found[0].changes.at(0)), std::string("policies: +[1] +x"));
}

QTEST_GUILESS_MAIN(tst_DocumentDifference)
#include "tst_DocumentDifference.moc"
