// SPDX-License-Identifier: Apache-2.0
#include "AliasList.h"

#include "AliasDialog.h"
#include "Chip.h"
#include "Editor.h"
#include "ElidedLabel.h"
#include "ErrorText.h"
#include "NameCheck.h"
#include "NameChoice.h"
#include "NameRow.h"
#include "RoundedFrame.h"
#include "Tint.h"
#include "connection/Async.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace kith::views {

namespace {

QString inLine(const connection::Metadata &metadata)
{
    QStringList parts;
    for (const auto &[key, value] : metadata)
        parts.push_back(shownName(key, 60) + QStringLiteral(" = ") + shownName(value));
    return parts.join(QStringLiteral(" · "));
}

} // namespace

AliasList::AliasList(connection::Connection &connection, Editor &editor, QWidget *parent)
    : QWidget(parent)
    , m_connection(connection)
    , m_editor(editor)
    , m_rows(new QVBoxLayout)
    , m_form(new QWidget(this))
    , m_name(new QLineEdit(m_form))
    , m_mount(new QComboBox(m_form))
    , m_add(new QPushButton(tr("Add"), m_form))
    , m_note(new FieldNote(this))
{
    m_rows->setSpacing(6);
    m_name->setObjectName(QStringLiteral("aliasName"));
    m_name->setAccessibleName(tr("Log-in name"));
    m_name->setPlaceholderText(tr("new log-in name"));
    m_mount->setObjectName(QStringLiteral("aliasMount"));
    m_mount->setAccessibleName(tr("Mount"));
    m_mount->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_mount->setMinimumContentsLength(8);
    m_add->setObjectName(QStringLiteral("addAlias"));
    m_add->setAutoDefault(false);
    m_note->setObjectName(QStringLiteral("aliasNote"));
    auto *fields = new QHBoxLayout(m_form);
    fields->setContentsMargins(0, 0, 0, 0);
    fields->setSpacing(4);
    fields->addWidget(m_name, 3);
    fields->addWidget(m_mount, 2);
    fields->addWidget(m_add);
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, 8, 0, 8);
    all->setSpacing(6);
    all->addLayout(m_rows);
    all->addWidget(m_form);
    all->addWidget(m_note);
    all->addStretch();
    connect(m_name, &QLineEdit::textEdited, this, [this] { m_note->say({}); });
    connect(m_name, &QLineEdit::returnPressed, this, &AliasList::add);
    connect(m_add, &QPushButton::clicked, this, &AliasList::add);
    connect(&connection, &connection::Connection::changed, this, [this](const ChangeSet &changes) {
        if (m_mountsRead && (changes.mounts || changes.everything))
            readMounts();
    });
}

void AliasList::setOwner(connection::ObjectRef owner, const QString &uuid,
                         const std::vector<connection::AliasDetail> &aliases)
{
    if (!m_mountsRead)
        readMounts();
    if (!(owner == m_owner)) {
        m_name->clear();
        m_note->say({});
    }
    m_owner = owner;
    m_uuid = uuid;
    m_aliases = aliases;
    const bool room = owner.kind == connection::ObjectKind::Entity || aliases.empty();
    const QString refusal = m_editor.permissions().aliasRefusal(Act::Create, owner.kind);
    m_form->setVisible(room);
    m_form->setEnabled(refusal.isEmpty());
    m_form->setToolTip(refusal);
    rebuild();
    fillMounts();
}

void AliasList::rebuild()
{
    while (QLayoutItem *item = m_rows->takeAt(0)) {
        if (item->widget()) {
            item->widget()->hide();
            item->widget()->deleteLater();
        }
        delete item;
    }
    for (const connection::AliasDetail &alias : m_aliases)
        m_rows->addWidget(row(alias));
}

QWidget *AliasList::row(const connection::AliasDetail &alias)
{
    auto *frame = new RoundedFrame(this);
    frame->setObjectName(QStringLiteral("alias"));
    auto *name = new ElidedLabel(frame);
    QFont strong = font();
    strong.setWeight(QFont::DemiBold);
    name->setFont(strong);
    name->setWhole(alias.name.name);
    auto *mount = new Chip(alias.name.mount.isEmpty() ? Tone::Warning : Tone::External, frame);
    mount->setText(alias.name.mount.isEmpty() ? tr("its mount is gone") : alias.name.mount);
    mount->setToolTip(alias.name.mount.isEmpty()
                          ? tr("Nobody can log in by it any more. Accessor: %1").arg(alias.accessor)
                          : tr("%1, accessor %2").arg(alias.name.type, alias.accessor));
    auto *top = new NameRow(name, mount);
    top->addStretch();
    // Somebody may be called the same at several mounts.
    const QString spoken = QStringLiteral("%1 (%2)").arg(shownName(alias.name.name), mount->text());
    auto *edit = new QToolButton(frame);
    edit->setObjectName(QStringLiteral("editAlias"));
    edit->setText(QStringLiteral("✎"));
    edit->setAutoRaise(true);
    edit->setAccessibleName(tr("Change alias %1").arg(spoken));
    offer(*edit, Act::Change);
    connect(edit, &QToolButton::clicked, this, [this, alias] { change(alias); });
    top->addWidget(edit);
    auto *remove = new QToolButton(frame);
    remove->setObjectName(QStringLiteral("removeAlias"));
    remove->setText(QStringLiteral("✕"));
    remove->setAutoRaise(true);
    remove->setAccessibleName(tr("Remove alias %1").arg(spoken));
    offer(*remove, Act::Delete);
    connect(remove, &QToolButton::clicked, this, [this, alias] { m_editor.removeAlias(m_owner, alias); });
    top->addWidget(remove);
    auto *rows = new QVBoxLayout(frame);
    rows->setContentsMargins(8, 4, 4, 4);
    rows->setSpacing(2);
    rows->addLayout(top);
    for (const connection::Metadata &pairs : {alias.metadata, alias.customMetadata}) {
        if (pairs.empty())
            continue;
        auto *line = new ElidedLabel(frame);
        setTone(*line, QPalette::WindowText, Tone::Quiet);
        line->setFont(quietFont(font()));
        line->setWhole(inLine(pairs), ElidedLabel::Kind::Sentence);
        rows->addWidget(line);
    }
    return frame;
}

void AliasList::offer(QWidget &button, Act act)
{
    const QString refusal = m_editor.permissions().aliasRefusal(act, m_owner.kind);
    button.setEnabled(refusal.isEmpty());
    button.setToolTip(refusal.isEmpty() ? button.accessibleName() : refusal);
}

void AliasList::change(const connection::AliasDetail &alias)
{
    QStringList taken;
    for (const connection::AliasDetail &other : m_aliases)
        if (other.uuid != alias.uuid)
            taken.push_back(other.accessor);
    (new AliasDialog(m_owner, alias, taken, m_connection, m_editor, window()))->open();
}

void AliasList::readMounts()
{
    m_mountsRead = true;
    connection::whenReady(m_connection.directory().mounts(), this, [this](const auto &mounts) {
        if (!mounts)
            return;
        m_mounts = *mounts;
        fillMounts();
    });
}

void AliasList::fillMounts()
{
    const QString chosen = m_mount->currentData().toString();
    m_mount->clear();
    for (const connection::MountRow &mount : m_mounts) {
        const bool used = std::any_of(m_aliases.begin(), m_aliases.end(), [&](const connection::AliasDetail &alias) {
            return alias.accessor == mount.accessor;
        });
        if (!used)
            addNameChoice(*m_mount, mount.path, mount.accessor);
    }
    m_mount->setCurrentIndex(std::max(0, m_mount->findData(chosen)));
    const bool any = m_mount->count() > 0;
    m_name->setEnabled(any);
    m_mount->setEnabled(any);
    m_add->setEnabled(any);
    m_name->setToolTip(any ? m_form->toolTip() : tr("There is one alias a mount, and every mount has one here."));
    m_mount->setToolTip(m_form->toolTip());
    m_add->setToolTip(m_form->toolTip());
}

void AliasList::add()
{
    const QString name = m_name->text().trimmed();
    const QString accessor = m_mount->currentData().toString();
    if (name.isEmpty()) {
        m_note->say(tr("A log-in name is needed."));
        return;
    }
    if (m_owner.kind == connection::ObjectKind::Group) {
        sendAdd(name, accessor);
        return;
    }
    const auto owner = m_owner;
    whoHasAlias(m_connection, name, accessor, this, [this, owner, name, accessor](const Result<AliasOwner> &found) {
        if (!(owner == m_owner))
            return;
        if (!found)
            m_note->say(errorText(found.error()));
        else if (!found->uuid.isEmpty() && found->uuid != m_uuid)
            m_note->say(tr("“%1” is how %2 logs in there. Take it away from them first.")
                            .arg(shownName(name, 80), shownName(found->name, 80)));
        else
            sendAdd(name, accessor);
    });
}

void AliasList::sendAdd(const QString &name, const QString &accessor)
{
    const auto owner = m_owner;
    connection::whenReady(m_editor.addAlias(m_owner, {name, accessor, {}}, Editor::Report::Caller), this,
                          [this, owner](const Result<void> &result) {
                              if (!(owner == m_owner))
                                  return;
                              if (result)
                                  m_name->clear();
                              m_note->say(Editor::noteOf(result));
                          });
}

} // namespace kith::views
