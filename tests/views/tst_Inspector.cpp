// SPDX-License-Identifier: Apache-2.0
#include "ExternalGroups.h"
#include "WindowCore.h"
#include "support/Support.h"
#include "views/CardView.h"
#include "views/Editor.h"
#include "views/Inspector.h"

#include <QClipboard>
#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTableWidget>
#include <QTest>
#include <QTextBlock>
#include <QToolButton>

using namespace kith;
using connection::ObjectKind;
using connection::ObjectRef;
using test::await;

namespace {

QString chainText(const std::vector<connection::GroupRef> &chain)
{
    QStringList names;
    for (const auto &group : chain)
        names.push_back(group.name);
    return names.join(QStringLiteral(" → "));
}

/// Where the first link with this text stands, in the viewport.
QPoint linkPoint(views::CardView &view, const QString &text)
{
    for (QTextBlock block = view.document()->begin(); block.isValid(); block = block.next())
        for (auto it = block.begin(); !it.atEnd(); ++it) {
            const QTextFragment fragment = it.fragment();
            if (!fragment.charFormat().isAnchor() || fragment.text().replace(QChar::Nbsp, QLatin1Char(' ')) != text)
                continue;
            QTextCursor cursor(view.document());
            cursor.setPosition(fragment.position() + 1);
            return view.cursorRect(cursor).center();
        }
    return {};
}

} // namespace

class tst_Inspector : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void saysWhatItIsFor();
    void showsEveryPolicyWithEverySource();
    void groupsShowOwnAndInherited();
    void followsLinksByMouse();
    void followsLinksByKeyboard();
    void unfoldsWays();
    void unfoldsWaysOfAGroup();
    void groupsBySource();
    void filters();
    void copiesAsText();
    void showsSeveral();
    void tellsWhatIsGone();
    void followsChanges();
    void saysWhichLoginBroughtAMembership();
    void saysWhatLoginsChangedLast();
    void renames();
    void refusesTakenNames();
    void checksMetadataBesideTheField();
    void storesMetadata();
    void addsAndRemovesOwnPolicies();
    void refusesSomebodyElsesLogin();
    void changesAnAlias();
    void fillsHundredsLazily();
    void showsStrangeNames();

private:
    void show(const QString &uuid);
    QString cardText();
    template <class T>
    T *child(const char *name)
    {
        return m_inspector->findChild<T *>(QLatin1String(name));
    }

    std::unique_ptr<test::WindowCore> m_core;
    std::unique_ptr<views::Editor> m_editor;
    std::unique_ptr<views::Inspector> m_inspector;
    QString m_chiara;
    QString m_kubernetes;
    QString m_sig;
    QString m_release;
    QString m_github;
};

void tst_Inspector::init()
{
    m_core = std::make_unique<test::WindowCore>();
    for (const char *policy : {"k.read", "release.write", "sig.admin", "on-call"})
        m_core->addPolicy(QLatin1String(policy));
    m_github = m_core->addMount(QStringLiteral("github"), QStringLiteral("github"));
    m_chiara = m_core->addEntity(QStringLiteral("Chiara Lombardi"), {"on-call", "sig.admin"});
    m_core->addEntity(QStringLiteral("Bence Szabó"));
    m_kubernetes = m_core->addGroup(QStringLiteral("kubernetes"), {QStringLiteral("k.read")}, {}, {});
    m_sig = m_core->addGroup(QStringLiteral("sig-release"),
                             {QStringLiteral("release.write"), QStringLiteral("legacy-build")}, {m_kubernetes}, {});
    m_release =
        m_core->addGroup(QStringLiteral("release-engineering"), {QStringLiteral("sig.admin")}, {m_sig}, {m_chiara});
    m_core->addGroup(QStringLiteral("release-team"), {}, {m_sig}, {m_chiara});
    m_editor = std::make_unique<views::Editor>(m_core->connection());
    m_inspector = std::make_unique<views::Inspector>(m_core->connection(), *m_editor);
    m_inspector->resize(400, 700);
    m_inspector->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_inspector.get()));
}

void tst_Inspector::cleanup()
{
    m_inspector.reset();
    m_editor.reset();
    m_core.reset();
}

void tst_Inspector::show(const QString &uuid)
{
    const ObjectRef object = m_core->ref(uuid);
    QVERIFY(object);
    m_inspector->showObjects({object});
    QTRY_VERIFY(m_inspector->isReady());
}

QString tst_Inspector::cardText()
{
    auto *cards = child<views::CardView>("policyCards");
    cards->fillAll();
    return cards->toPlainText().replace(QChar::Nbsp, QLatin1Char(' '));
}

void tst_Inspector::saysWhatItIsFor()
{
    QVERIFY(child<QLabel>("inspectorMessage")->isVisible());
    QVERIFY(child<QLabel>("inspectorMessage")->text().contains(QLatin1String("every policy")));
}

void tst_Inspector::showsEveryPolicyWithEverySource()
{
    show(m_chiara);
    QCOMPARE(child<QLabel>("inspectorTitle")->text(), QStringLiteral("Chiara Lombardi"));
    const auto explained = await(m_core->connection().directory().explain(m_core->ref(m_chiara)));
    QVERIFY2(explained, test::why(explained));
    QCOMPARE(explained->policies.size(), std::size_t(5));
    const QString text = cardText();
    int sources = 0;
    for (const auto &policy : explained->policies) {
        QVERIFY2(text.contains(policy.name), qPrintable(policy.name));
        for (const auto &source : policy.sources) {
            ++sources;
            const QString line = source.onEntity ? QStringLiteral("on the entity itself")
                                                 : QStringLiteral("by ") + chainText(source.chain);
            QVERIFY2(text.contains(line), qPrintable(line + QStringLiteral(" in ") + text));
        }
    }
    QCOMPARE(sources, 6);
    QVERIFY(text.contains(QLatin1String("not defined: grants nothing")));
    QCOMPARE(child<QTabWidget>("inspectorTabs")->tabText(0), QStringLiteral("Effective policies 5"));
}

void tst_Inspector::groupsShowOwnAndInherited()
{
    show(m_release);
    const QString text = cardText();
    QVERIFY2(text.contains(QLatin1String("on the group itself")), qPrintable(text));
    QVERIFY2(text.contains(QStringLiteral("by sig-release → kubernetes")), qPrintable(text));
}

void tst_Inspector::followsLinksByMouse()
{
    show(m_chiara);
    auto *cards = child<views::CardView>("policyCards");
    QSignalSpy opened(m_inspector.get(), &views::Inspector::openObject);
    const QPoint point = linkPoint(*cards, QStringLiteral("sig-release"));
    QVERIFY(!point.isNull());
    QTest::mouseClick(cards->viewport(), Qt::LeftButton, {}, point);
    QCOMPARE(opened.size(), 1);
    QCOMPARE(opened.at(0).at(0).value<ObjectRef>(), m_core->ref(m_sig));
}

void tst_Inspector::followsLinksByKeyboard()
{
    show(m_chiara);
    auto *cards = child<views::CardView>("policyCards");
    QSignalSpy opened(m_inspector.get(), &views::Inspector::openObject);
    cards->setFocus();
    QTest::keyClick(cards, Qt::Key_Tab);
    QTest::keyClick(cards, Qt::Key_Return);
    QCOMPARE(opened.size(), 1);
    QCOMPARE(opened.at(0).at(0).value<ObjectRef>().kind, ObjectKind::Group);
}

void tst_Inspector::unfoldsWays()
{
    show(m_chiara);
    auto *cards = child<views::CardView>("policyCards");
    const QString ways = QStringLiteral("2 way(s)"); // The plurals are in a translation.
    QVERIFY2(cardText().contains(ways), qPrintable(cardText()));
    QTest::mouseClick(cards->viewport(), Qt::LeftButton, {}, linkPoint(*cards, ways));
    QTRY_VERIFY(cardText().contains(QStringLiteral("– release-team → sig-release")));
    QVERIFY(cardText().contains(QStringLiteral("– release-engineering → sig-release")));
    QTest::mouseClick(cards->viewport(), Qt::LeftButton, {}, linkPoint(*cards, ways));
    QTRY_VERIFY(!cardText().contains(QStringLiteral("– release-team → sig-release")));
}

void tst_Inspector::unfoldsWaysOfAGroup()
{
    const QString leads = m_core->addGroup(QStringLiteral("leads"), {}, {m_sig}, {});
    show(m_core->addGroup(QStringLiteral("mentors"), {}, {m_release, leads}, {}));
    auto *cards = child<views::CardView>("policyCards");
    const QString ways = QStringLiteral("2 way(s)");
    QVERIFY2(cardText().contains(ways), qPrintable(cardText()));
    QTest::mouseClick(cards->viewport(), Qt::LeftButton, {}, linkPoint(*cards, ways));
    QTRY_VERIFY2(cardText().contains(QStringLiteral("– leads → sig-release")), qPrintable(cardText()));
    QVERIFY(cardText().contains(QStringLiteral("– release-engineering → sig-release")));
}

void tst_Inspector::groupsBySource()
{
    show(m_chiara);
    QPushButton *bySource = nullptr;
    for (QPushButton *button : child<QWidget>("policyGrouping")->findChildren<QPushButton *>())
        if (button->text() == QLatin1String("By source"))
            bySource = button;
    QVERIFY(bySource);
    QTest::mouseClick(bySource, Qt::LeftButton);
    QTRY_COMPARE(child<views::CardView>("policyCards")->cards().size(), std::size_t(4));
    QVERIFY(cardText().contains(QLatin1String("on the entity itself\non-call")));
}

void tst_Inspector::filters()
{
    show(m_chiara);
    auto *filter = child<QLineEdit>("policyFilter");
    QTest::keyClicks(filter, QStringLiteral("legacy"));
    QTRY_COMPARE(child<views::CardView>("policyCards")->cards().size(), std::size_t(1));
    QTest::keyClicks(filter, QStringLiteral("-no-such"));
    QTRY_VERIFY(cardText().contains(QStringLiteral("matches “legacy-no-such”")));
    filter->clear();
    QTRY_COMPARE(child<views::CardView>("policyCards")->cards().size(), std::size_t(5));
}

void tst_Inspector::copiesAsText()
{
    show(m_chiara);
    QTest::mouseClick(child<QToolButton>("copyPolicies"), Qt::LeftButton);
    const QString text = QGuiApplication::clipboard()->text();
    QVERIFY2(text.contains(QLatin1String("Chiara Lombardi")), qPrintable(text));
    QVERIFY2(text.contains(QStringLiteral("release-engineering → sig-release")), qPrintable(text));
}

void tst_Inspector::showsSeveral()
{
    const auto rows = await(m_core->connection().directory().entityRows({}));
    QVERIFY(rows);
    m_inspector->showObjects({ObjectRef::of(rows->at(0)), ObjectRef::of(rows->at(1))});
    QTRY_VERIFY(child<QLabel>("severalNames")->text().contains(QStringLiteral("Bence Szabó")));
    QVERIFY(!m_inspector->object());
}

void tst_Inspector::tellsWhatIsGone()
{
    show(m_chiara);
    m_core->ask(core::Operation::Delete, "identity/entity/id/" + m_chiara.toStdString());
    QTRY_COMPARE(child<QLabel>("inspectorMessageTitle")->text(), QStringLiteral("Chiara Lombardi is gone"));
    QVERIFY(child<QLabel>("inspectorMessageTitle")->isVisible());
}

void tst_Inspector::followsChanges()
{
    show(m_chiara);
    m_core->ask(core::Operation::Update, "identity/group/id/" + m_kubernetes.toStdString(),
                {{"policies", boost::json::array{"k.read", "k.new"}}});
    QTRY_VERIFY(cardText().contains(QLatin1String("k.new")));
    QTRY_COMPARE(child<QTabWidget>("inspectorTabs")->tabText(0), QStringLiteral("Effective policies 6"));
}

void tst_Inspector::saysWhichLoginBroughtAMembership()
{
    test::ExternalGroup directory(*m_core, "corp", "staff");
    directory.bring(*m_core, m_chiara.toStdString(), "chia", "staff");
    const QString said = QStringLiteral("alias chia on corp/, refreshed ");
    show(m_chiara);
    const auto groups = child<views::CardView>("groupCards");
    QTRY_VERIFY2(groups->toPlainText().contains(said), qPrintable(groups->toPlainText()));
    QCOMPARE(groups->toPlainText().count(QStringLiteral("refreshed")), 1); // the others are nobody's but the operator's
    show(QString::fromStdString(directory.uuid));
    const auto members = child<views::CardView>("memberCards");
    QTRY_VERIFY2(members->toPlainText().contains(said), qPrintable(members->toPlainText()));
    show(m_release);
    QTRY_VERIFY(members->toPlainText().contains(QStringLiteral("Chiara")));
    QVERIFY(!members->toPlainText().contains(QStringLiteral("alias")));
}

void tst_Inspector::saysWhatLoginsChangedLast()
{
    test::ExternalGroup directory(*m_core, "corp", "staff");
    directory.bring(*m_core, m_chiara.toStdString(), "chia", "staff");
    show(m_chiara);
    const auto groups = child<views::CardView>("groupCards");
    const auto members = child<views::CardView>("memberCards");
    const auto says = [](const views::CardView *cards, const char *text) {
        return cards->toPlainText().contains(QLatin1String(text));
    };
    QTRY_VERIFY2(says(groups, "by a login of chia on corp/: joined staff"), qPrintable(groups->toPlainText()));
    show(QString::fromStdString(directory.uuid));
    QTRY_VERIFY2(says(members, "by a login of chia on corp/: Chiara Lombardi joined"),
                 qPrintable(members->toPlainText()));
    directory.refresh(*m_core, m_chiara.toStdString(), {}, identity::RefreshedBy::Renewal);
    QTRY_VERIFY2(says(members, "by a renewal of chia on corp/: Chiara Lombardi left"),
                 qPrintable(members->toPlainText()));
    QTRY_VERIFY(says(members, "Nobody is in this group directly."));
    show(m_chiara);
    QTRY_VERIFY2(says(groups, "by a renewal of chia on corp/: left staff"), qPrintable(groups->toPlainText()));
    QGuiApplication::setLayoutDirection(Qt::RightToLeft);
    directory.refresh(*m_core, m_chiara.toStdString(), {"staff"}, identity::RefreshedBy::Login);
    const auto path = [groups] { // the mount keeps its slash
        return groups->toPlainText().contains(QChar(0x2068) + QStringLiteral("corp/") + QChar(0x2069));
    };
    const bool whole = QTest::qWaitFor(path);
    QGuiApplication::setLayoutDirection(Qt::LeftToRight);
    QVERIFY2(whole, qPrintable(groups->toPlainText()));
    show(m_release); // which no login changes
    QTRY_VERIFY(says(members, "Chiara"));
    QVERIFY(!says(members, "Last changed"));
}

void tst_Inspector::renames()
{
    show(m_chiara);
    m_inspector->startRename();
    auto *field = child<QLineEdit>("renameField");
    QVERIFY(field->isVisible());
    field->setText(QStringLiteral("Chiara Bianchi"));
    QTest::keyClick(field, Qt::Key_Return);
    QTRY_COMPARE(child<QLabel>("inspectorTitle")->text(), QStringLiteral("Chiara Bianchi"));
    QTRY_VERIFY(!field->isVisible());
    QTRY_VERIFY(m_editor->canUndo());
}

void tst_Inspector::refusesTakenNames()
{
    show(m_chiara);
    m_inspector->startRename();
    auto *field = child<QLineEdit>("renameField");
    field->setText(QStringLiteral("BENCE szabó"));
    QTest::keyClick(field, Qt::Key_Return);
    QTRY_VERIFY(child<QLabel>("renameNote")->isVisible());
    QVERIFY(field->isVisible());
    field->clear();
    QTest::keyClick(field, Qt::Key_Return);
    QTRY_COMPARE(child<QLabel>("renameNote")->text(), QStringLiteral("A name is needed."));
    QTest::keyClick(field, Qt::Key_Escape);
    QVERIFY(!field->isVisible());
    QCOMPARE(child<QLabel>("inspectorTitle")->text(), QStringLiteral("Chiara Lombardi"));
}

void tst_Inspector::checksMetadataBesideTheField()
{
    show(m_chiara);
    child<QTabWidget>("inspectorTabs")->setCurrentIndex(4);
    auto *key = child<QLineEdit>("metadataKey");
    auto *value = child<QLineEdit>("metadataValue");
    auto *note = child<QLabel>("metadataNote");
    const std::initializer_list<std::pair<QString, QString>> bad = {
        {QStringLiteral("wörk"), QStringLiteral("x")},         {QStringLiteral("vault-x"), QStringLiteral("x")},
        {QString(129, QLatin1Char('k')), QStringLiteral("x")}, {QStringLiteral("long"), QString(513, QLatin1Char('v'))},
        {QStringLiteral("wide"), QString(257, QChar(0xfc))},
    };
    for (const auto &[k, v] : bad) {
        key->setText(k);
        value->setText(v);
        QTest::keyClick(value, Qt::Key_Return);
        QVERIFY2(note->isVisible(), qPrintable(k));
        QTest::keyClick(value, Qt::Key_Backspace); // Typing takes the note away.
        QVERIFY(!note->isVisible());
    }
    const auto detail = await(m_core->connection().directory().entity(m_core->ref(m_chiara).entity()));
    QVERIFY(detail && detail->metadata.empty());
}

void tst_Inspector::storesMetadata()
{
    show(m_chiara);
    child<QTabWidget>("inspectorTabs")->setCurrentIndex(4);
    auto *key = child<QLineEdit>("metadataKey");
    auto *value = child<QLineEdit>("metadataValue");
    QTest::keyClicks(key, QStringLiteral("site"));
    QTest::keyClick(key, Qt::Key_Return);
    value->setText(QStringLiteral("京都"));
    QTest::keyClick(value, Qt::Key_Return);
    const EntityId id = m_core->ref(m_chiara).entity();
    const auto stored = [&] {
        const auto detail = await(m_core->connection().directory().entity(id));
        return detail ? detail->metadata : connection::Metadata();
    };
    const connection::Metadata expected = {{QStringLiteral("site"), QStringLiteral("京都")}};
    QTRY_COMPARE(stored(), expected);
    QTRY_COMPARE(m_inspector->findChildren<QLineEdit *>(QStringLiteral("metadataKey")).size(), 2);
}

void tst_Inspector::addsAndRemovesOwnPolicies()
{
    show(m_chiara);
    auto *field = child<QLineEdit>("addPolicy");
    auto *note = child<QLabel>("addPolicyNote");
    QTest::keyClicks(field, QStringLiteral("root"));
    QTest::keyClick(field, Qt::Key_Return);
    QVERIFY(note->isVisible());
    field->clear();
    QTest::keyClicks(field, QStringLiteral("k.read"));
    QTest::keyClick(field, Qt::Key_Return);
    QTRY_COMPARE(m_inspector->findChildren<QFrame *>(QStringLiteral("ownPolicy")).size(), 3);
    QTRY_VERIFY(cardText().contains(QLatin1String("k.read")));
    field->clear();
    QTest::keyClicks(field, QStringLiteral("no-such"));
    QTest::keyClick(field, Qt::Key_Return);
    QVERIFY(note->isVisible()); // It grants nothing; a second Enter adds it.
    QTest::keyClick(field, Qt::Key_Return);
    QTRY_COMPARE(m_inspector->findChildren<QFrame *>(QStringLiteral("ownPolicy")).size(), 4);
    QTest::mouseClick(child<QToolButton>("removePolicy"), Qt::LeftButton);
    QTRY_COMPARE(m_inspector->findChildren<QFrame *>(QStringLiteral("ownPolicy")).size(), 3);
}

void tst_Inspector::refusesSomebodyElsesLogin()
{
    const QString bence = m_core->post("identity/entity", {{"name", "Bence Szabó"}});
    const auto read = m_core->ask(core::Operation::Read, "identity/entity/name/Bence Szabó");
    QVERIFY(read.ok());
    m_core->post(
        "identity/entity-alias",
        {{"name", "bszabo"}, {"mount_accessor", m_github.toStdString()}, {"canonical_id", read.data->at("id")}});
    show(m_chiara);
    child<QTabWidget>("inspectorTabs")->setCurrentIndex(3);
    QLineEdit *name = nullptr;
    for (QLineEdit *field : m_inspector->findChildren<QLineEdit *>(QStringLiteral("aliasName")))
        if (field->isVisible())
            name = field;
    QVERIFY(name);
    QTRY_VERIFY(name->isEnabled());
    name->setText(QStringLiteral("BSzabo"));
    QTest::keyClick(name, Qt::Key_Return);
    auto *note = name->parentWidget()->parentWidget()->findChild<QLabel *>(QStringLiteral("aliasNote"));
    QTRY_VERIFY(note->isVisible());
    QVERIFY2(note->text().contains(QStringLiteral("Bence Szabó")), qPrintable(note->text()));
    name->setText(QStringLiteral("clombardi"));
    QTest::keyClick(name, Qt::Key_Return);
    QTRY_COMPARE(child<QTabWidget>("inspectorTabs")->tabText(3), QStringLiteral("Aliases 1"));
}

void tst_Inspector::changesAnAlias()
{
    const QString ldap = m_core->addMount(QStringLiteral("ldap"), QStringLiteral("ldap"));
    m_core->post("identity/entity-alias", {{"name", "clombardi"},
                                           {"mount_accessor", m_github.toStdString()},
                                           {"canonical_id", m_chiara.toStdString()},
                                           {"custom_metadata", boost::json::object{{"seat", "4"}}}});
    show(m_chiara);
    child<QTabWidget>("inspectorTabs")->setCurrentIndex(3);
    QTest::mouseClick(child<QToolButton>("editAlias"), Qt::LeftButton);
    QPointer<QDialog> dialog = child<QDialog>("aliasDialog");
    auto *name = dialog->findChild<QLineEdit *>(QStringLiteral("aliasNameField"));
    auto *mount = dialog->findChild<QComboBox *>(QStringLiteral("aliasMountField"));
    auto *pairs = dialog->findChild<QTableWidget *>(QStringLiteral("aliasMetadata"));
    auto *note = dialog->findChild<QLabel *>(QStringLiteral("aliasDialogNote"));
    auto *save = dialog->findChild<QPushButton *>(QStringLiteral("saveAlias"));
    QCOMPARE(name->text(), QStringLiteral("clombardi"));
    QTRY_COMPARE(mount->count(), 2);
    QCOMPARE(pairs->rowCount(), 2); // one pair, and room for another
    name->clear();
    QTest::mouseClick(save, Qt::LeftButton);
    QVERIFY2(note->text().contains(QStringLiteral("needed")), qPrintable(note->text()));
    name->setText(QStringLiteral("chiara"));
    pairs->item(1, 0)->setText(QStringLiteral("no blanks"));
    QTest::mouseClick(save, Qt::LeftButton);
    QVERIFY2(note->text().contains(QStringLiteral("Keys have only")), qPrintable(note->text()));
    pairs->item(1, 0)->setText(QStringLiteral("floor"));
    pairs->item(1, 1)->setText(QStringLiteral("2"));
    pairs->item(0, 0)->setText({}); // taken away
    mount->setCurrentIndex(mount->findData(ldap));
    QTest::mouseClick(save, Qt::LeftButton);
    QTRY_VERIFY(!dialog || !dialog->isVisible());
    const auto read = m_core->ask(core::Operation::Read, "identity/entity/id/" + m_chiara.toStdString());
    const boost::json::value &alias = read.data->at("aliases").at(0);
    QCOMPARE(std::string(alias.at("name").as_string()), std::string("chiara"));
    QCOMPARE(std::string(alias.at("mount_accessor").as_string()), ldap.toStdString());
    QCOMPARE(boost::json::serialize(alias.at("custom_metadata")), std::string(R"({"floor":"2"})"));
    QVERIFY(m_editor->canUndo());
}

void tst_Inspector::fillsHundredsLazily()
{
    QStringList many;
    for (int i = 0; i < 600; ++i)
        many.push_back(QStringLiteral("p%1").arg(i, 4, 10, QLatin1Char('0')));
    m_core->addGroup(QStringLiteral("many"), many, {}, {m_chiara});
    show(m_chiara);
    auto *cards = child<views::CardView>("policyCards");
    QCOMPARE(cards->cards().size(), std::size_t(605));
    QCOMPARE(cards->verticalScrollBar()->value(), 0);
    const int atFirst = cards->document()->blockCount();
    QVERIFY2(atFirst < 400, qPrintable(QString::number(atFirst)));
    cards->verticalScrollBar()->setValue(cards->verticalScrollBar()->maximum());
    QTRY_VERIFY(cards->document()->blockCount() > atFirst);
    QVERIFY(cardText().contains(QLatin1String("p0599")));
}

void tst_Inspector::showsStrangeNames()
{
    const QString strange = QStringLiteral("line\nbreak \u202eright-to-left\u202c 😀/\"quotes\"");
    m_core->addGroup(strange, {QStringLiteral("odd")}, {}, {m_chiara});
    m_core->addGroup(QString(10000, QLatin1Char('x')), {QStringLiteral("long")}, {}, {m_chiara});
    show(m_chiara);
    const QString text = cardText();
    QVERIFY2(text.contains(QStringLiteral("line␊break")), qPrintable(text));
    QVERIFY(!text.contains(QChar(0x202e)));
    auto *cards = child<views::CardView>("policyCards");
    QVERIFY(cards->document()->size().width() <= cards->viewport()->width());
}

QTEST_MAIN(tst_Inspector)
#include "tst_Inspector.moc"
