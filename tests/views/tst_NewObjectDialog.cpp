// SPDX-License-Identifier: Apache-2.0
#include "WindowCore.h"
#include "support/Support.h"
#include "views/Editor.h"
#include "views/NewObjectDialog.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace kith;
using connection::ObjectKind;

class tst_NewObjectDialog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void refusesNoName();
    void refusesNamesInAnotherCase();
    void refusesSomebodysLogin();
    void createsInTheGroup();
    void createsAGroup();

private:
    QPointer<views::NewObjectDialog> open(ObjectKind kind, const connection::GroupRef &group);

    std::unique_ptr<test::WindowCore> m_core;
    std::unique_ptr<views::Editor> m_editor;
    QString m_group;
};

void tst_NewObjectDialog::init()
{
    m_editor.reset();
    m_core = std::make_unique<test::WindowCore>();
    const QString accessor = m_core->addMount(QStringLiteral("github"), QStringLiteral("github"));
    const QString zoe = m_core->addEntity(QStringLiteral("Zoë Müller"));
    m_core->post("identity/entity-alias",
                 {{"name", "zoe"}, {"mount_accessor", accessor.toStdString()}, {"canonical_id", zoe.toStdString()}});
    m_group = m_core->addGroup(QStringLiteral("platform"), {}, {}, {});
    m_editor = std::make_unique<views::Editor>(m_core->connection());
}

QPointer<views::NewObjectDialog> tst_NewObjectDialog::open(ObjectKind kind, const connection::GroupRef &group)
{
    auto *dialog = new views::NewObjectDialog(kind, group, m_core->connection(), *m_editor);
    dialog->open();
    return dialog;
}

void tst_NewObjectDialog::refusesNoName()
{
    auto dialog = open(ObjectKind::Entity, {});
    QTest::mouseClick(dialog->findChild<QPushButton *>(QStringLiteral("createButton")), Qt::LeftButton);
    QVERIFY(dialog->findChild<QLabel *>(QStringLiteral("nameNote"))->isVisible());
    dialog->reject();
}

void tst_NewObjectDialog::refusesNamesInAnotherCase()
{
    auto dialog = open(ObjectKind::Entity, {});
    QSignalSpy created(m_editor.get(), &views::Editor::made);
    dialog->findChild<QLineEdit *>(QStringLiteral("nameField"))->setText(QStringLiteral("ZOË müller"));
    QTest::mouseClick(dialog->findChild<QPushButton *>(QStringLiteral("createButton")), Qt::LeftButton);
    QTRY_VERIFY(dialog->findChild<QLabel *>(QStringLiteral("nameNote"))->isVisible());
    QVERIFY(created.isEmpty());
    const auto read = m_core->ask(core::Operation::Read, "identity/entity/name/zoë müller");
    QCOMPARE(std::string(read.data->at("name").as_string()), std::string("Zoë Müller"));
    dialog->reject();
}

void tst_NewObjectDialog::refusesSomebodysLogin()
{
    auto dialog = open(ObjectKind::Entity, {});
    auto *mount = dialog->findChild<QComboBox *>(QStringLiteral("mountField"));
    QTRY_VERIFY(mount->count() > 0);
    mount->setCurrentText(QStringLiteral("github"));
    dialog->findChild<QLineEdit *>(QStringLiteral("nameField"))->setText(QStringLiteral("Somebody"));
    dialog->findChild<QLineEdit *>(QStringLiteral("aliasField"))->setText(QStringLiteral("ZOE"));
    QTest::mouseClick(dialog->findChild<QPushButton *>(QStringLiteral("createButton")), Qt::LeftButton);
    auto *note = dialog->findChild<QLabel *>(QStringLiteral("aliasFieldNote"));
    QTRY_VERIFY(note->isVisible());
    QVERIFY2(note->text().contains(QStringLiteral("Zoë Müller")), qPrintable(note->text()));
    dialog->reject();
}

void tst_NewObjectDialog::createsInTheGroup()
{
    const auto group = m_core->ref(m_group);
    auto dialog = open(ObjectKind::Entity, {group.group(), QStringLiteral("platform"), false});
    QSignalSpy created(m_editor.get(), &views::Editor::made);
    dialog->findChild<QLineEdit *>(QStringLiteral("nameField"))->setText(QStringLiteral("Goran Petrović"));
    QTest::keyClick(dialog->findChild<QLineEdit *>(QStringLiteral("nameField")), Qt::Key_Return);
    QTRY_COMPARE(created.size(), 1);
    QTRY_VERIFY(dialog.isNull() || !dialog->isVisible());
    const auto read = m_core->ask(core::Operation::Read, "identity/group/id/" + m_group.toStdString());
    QCOMPARE(read.data->at("member_entity_ids").as_array().size(), std::size_t(1));
}

void tst_NewObjectDialog::createsAGroup()
{
    const auto group = m_core->ref(m_group);
    auto dialog = open(ObjectKind::Group, {group.group(), QStringLiteral("platform"), false});
    QSignalSpy created(m_editor.get(), &views::Editor::made);
    dialog->findChild<QLineEdit *>(QStringLiteral("nameField"))->setText(QStringLiteral("sre"));
    QTest::mouseClick(dialog->findChild<QPushButton *>(QStringLiteral("createButton")), Qt::LeftButton);
    QTRY_COMPARE(created.size(), 1);
    const auto read = m_core->ask(core::Operation::Read, "identity/group/name/sre");
    QVERIFY(read.ok());
    QCOMPARE(read.data->at("parent_group_ids").as_array().size(), std::size_t(1));
}

QTEST_MAIN(tst_NewObjectDialog)
#include "tst_NewObjectDialog.moc"
