// SPDX-License-Identifier: Apache-2.0
#include "ObjectHeader.h"

#include "Chip.h"
#include "Editor.h"
#include "ElidedLabel.h"
#include "ErrorText.h"
#include "NameCheck.h"
#include "NameRow.h"
#include "Tint.h"
#include "connection/Async.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QToolButton>
#include <QVBoxLayout>

namespace kith::views {

namespace {

QString joined(const QStringList &parts)
{
    return parts.join(QStringLiteral(" · "));
}

} // namespace

ObjectHeader::ObjectHeader(connection::Connection &connection, Editor &editor, QWidget *parent)
    : QWidget(parent)
    , m_connection(connection)
    , m_editor(editor)
    , m_title(new ElidedLabel(this))
    , m_field(new QLineEdit(this))
    , m_note(new FieldNote(this))
    , m_chip(new Chip(Tone::Warning, this))
    , m_line(new ElidedLabel(this))
    , m_copy(new QToolButton(this))
    , m_menu(new QToolButton(this))
    , m_enable(new QAction(this))
{
    build();
    connect(m_field, &QLineEdit::returnPressed, this, &ObjectHeader::finishRename);
    connect(m_field, &QLineEdit::textEdited, this, [this] { m_note->say({}); });
    connect(m_copy, &QToolButton::clicked, this, [this] {
        QApplication::clipboard()->setText(m_uuid);
        Q_EMIT said(tr("The id of %1 is on the clipboard.").arg(shownName(m_name, 80)));
    });
}

void ObjectHeader::build()
{
    m_title->setObjectName(QStringLiteral("inspectorTitle"));
    m_title->setFont(titleFont(font()));
    m_title->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_field->setObjectName(QStringLiteral("renameField"));
    m_field->setAccessibleName(tr("New name"));
    m_field->installEventFilter(this);
    m_field->hide();
    m_note->setObjectName(QStringLiteral("renameNote"));
    m_chip->setObjectName(QStringLiteral("inspectorState"));
    m_chip->hide();
    m_line->setObjectName(QStringLiteral("inspectorLine"));
    setTone(*m_line, QPalette::WindowText, Tone::Quiet);
    m_copy->setObjectName(QStringLiteral("copyId"));
    m_copy->setText(tr("copy id"));
    m_copy->setAutoRaise(true);
    setTone(*m_copy, QPalette::ButtonText, Tone::Accent);

    buildMenu();
    auto *top = new NameRow(m_title, m_chip);
    top->setSpacing(8);
    top->insertWidget(1, m_field, 1);
    top->addStretch();
    top->addWidget(m_menu);
    auto *bottom = new QHBoxLayout;
    bottom->setSpacing(6);
    bottom->addWidget(m_line);
    bottom->addWidget(m_copy);
    bottom->addStretch();
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(2);
    rows->addLayout(top);
    rows->addWidget(m_note);
    rows->addLayout(bottom);
}

void ObjectHeader::buildMenu()
{
    auto *menu = new QMenu(m_menu);
    QAction *rename = menu->addAction(tr("&Rename …"), this, &ObjectHeader::startRename);
    menu->addAction(m_enable);
    connect(m_enable, &QAction::triggered, this, [this] {
        m_editor.setEnabled({m_object.entity()}, m_disabled ? Editor::Enabled::Yes : Editor::Enabled::No);
    });
    menu->addAction(tr("Copy &name"), this, [this] {
        QApplication::clipboard()->setText(m_name);
        Q_EMIT said(tr("The name is on the clipboard."));
    });
    menu->addAction(tr("Copy &id"), m_copy, &QToolButton::click);
    m_end = menu->addSeparator();
    QAction *remove = menu->addAction(tr("&Delete"), this, [this] { m_editor.remove({m_object}); });
    menu->setToolTipsVisible(true);
    connect(menu, &QMenu::aboutToShow, this, [this, rename, remove] {
        const Permissions &may = m_editor.permissions();
        for (QAction *action : {rename, m_enable, remove}) {
            const QString refusal = may.refusal(action == remove ? Act::Delete : Act::Change, m_object);
            action->setEnabled(refusal.isEmpty());
            action->setToolTip(refusal);
        }
    });
    m_menu->setObjectName(QStringLiteral("objectMenu"));
    m_menu->setText(QStringLiteral("⋯"));
    m_menu->setAutoRaise(true);
    m_menu->setPopupMode(QToolButton::InstantPopup);
    m_menu->setMenu(menu);
    m_menu->setAccessibleName(tr("Actions"));
    m_menu->setToolTip(tr("Rename, disable, delete"));
}

void ObjectHeader::addTools(const QList<QAction *> &tools)
{
    m_menu->menu()->insertActions(m_end, tools);
}

void ObjectHeader::showEntity(const connection::EntityDetail &entity)
{
    m_disabled = entity.row.disabled;
    m_chip->setText(tr("disabled"));
    m_chip->setTone(Tone::Warning);
    m_chip->setVisible(m_disabled);
    m_enable->setText(m_disabled ? tr("&Enable") : tr("&Disable"));
    m_enable->setVisible(true);
    QStringList parts = {tr("entity"), tr("%Ln alias(es)", nullptr, static_cast<int>(entity.aliases.size()))};
    if (const QString when = ago(entity.row.changed, QDateTime::currentDateTimeUtc()); !when.isEmpty())
        parts.push_back(tr("changed %1", "when").arg(when));
    show(connection::ObjectRef::of(entity.row.id), entity.row.name, entity.row.uuid, joined(parts));
}

void ObjectHeader::showGroup(const connection::GroupDetail &group)
{
    m_disabled = false;
    m_enable->setVisible(false);
    m_chip->setVisible(group.row.external);
    m_chip->setTone(Tone::External);
    m_chip->setText(group.row.mount.isEmpty() ? tr("external") : tr("external · %1").arg(group.row.mount));
    QStringList parts = {tr("group"), tr("reaches %Ln person(s)", nullptr, static_cast<int>(group.reached))};
    if (const QString when = ago(group.changed, QDateTime::currentDateTimeUtc()); !when.isEmpty())
        parts.push_back(tr("changed %1", "when").arg(when));
    show(connection::ObjectRef::of(group.row.id), group.row.name, group.row.uuid, joined(parts));
}

void ObjectHeader::show(connection::ObjectRef object, const QString &name, const QString &uuid, const QString &line)
{
    if (!(object == m_object))
        endRename();
    m_object = object;
    m_name = name;
    m_uuid = uuid;
    m_title->setWhole(name);
    m_line->setWhole(line);
    m_copy->setToolTip(uuid);
    m_copy->setAccessibleName(tr("Copy the id of %1").arg(shownName(name, 80)));
}

bool ObjectHeader::isRenaming() const
{
    return m_field->isVisibleTo(this);
}

void ObjectHeader::startRename()
{
    if (!m_object)
        return;
    if (const QString refusal = m_editor.permissions().refusal(Act::Change, m_object); !refusal.isEmpty())
        return Q_EMIT said(refusal);
    m_cameFrom = QApplication::focusWidget();
    m_title->hide();
    m_field->setText(m_name);
    m_field->show();
    m_field->selectAll();
    m_field->setFocus(Qt::ShortcutFocusReason);
}

void ObjectHeader::endRename()
{
    m_checking = false;
    m_note->say({});
    if (m_field->hasFocus() && m_cameFrom && m_cameFrom != m_field) // often a table, whose keys go on then
        m_cameFrom->setFocus(Qt::OtherFocusReason);
    m_field->hide();
    m_title->show();
}

void ObjectHeader::finishRename()
{
    const QString name = m_field->text().trimmed();
    if (m_checking)
        return;
    if (name.isEmpty()) {
        m_note->say(tr("A name is needed."));
        return;
    }
    if (name == m_name) {
        endRename();
        return;
    }
    m_checking = true;
    const auto object = m_object;
    whoHasName(m_connection, m_object.kind, name, this, [this, object, name](const Result<QString> &owner) {
        if (!(object == m_object) || !m_checking)
            return;
        m_checking = false;
        if (!owner)
            m_note->say(errorText(owner.error()));
        else if (!owner->isEmpty() && *owner != m_uuid)
            m_note->say(object.kind == connection::ObjectKind::Entity
                            ? tr("Somebody else is called “%1” already.").arg(shownName(name, 80))
                            : tr("Another group is called “%1” already.").arg(shownName(name, 80)));
        else
            sendRename(name);
    });
}

void ObjectHeader::sendRename(const QString &name)
{
    const auto object = m_object;
    connection::whenReady(m_editor.rename(m_object, m_name, name, Editor::Report::Caller), this,
                          [this, object](const Result<void> &result) {
                              if (!(object == m_object))
                                  return;
                              const QString note = Editor::noteOf(result);
                              if (note.isEmpty())
                                  endRename();
                              else
                                  m_note->say(note);
                          });
}

bool ObjectHeader::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_field && event->type() == QEvent::ShortcutOverride &&
        static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
        event->accept(); // Esc ends the renaming, not the page.
        return true;
    }
    if (watched == m_field && event->type() == QEvent::KeyPress &&
        static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
        endRename();
        return true;
    }
    if (watched == m_field && event->type() == QEvent::FocusOut && m_field->text().trimmed() == m_name)
        endRename();
    return QWidget::eventFilter(watched, event);
}

} // namespace kith::views
