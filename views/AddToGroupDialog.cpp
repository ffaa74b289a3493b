// SPDX-License-Identifier: Apache-2.0
#include "AddToGroupDialog.h"

#include "DialogFoot.h"
#include "GroupPicker.h"
#include "ObjectDrag.h"
#include "Permissions.h"

#include <QBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace kith::views {

using connection::Change;
using connection::Refusal;

AddToGroupDialog::AddToGroupDialog(connection::Connection &connection, const Permissions &permissions,
                                   items::CarriedObjects objects, Gesture gesture, QWidget *parent)
    : QDialog(parent)
    , m_permissions(permissions)
    , m_objects(std::move(objects))
    , m_gesture(gesture)
    , m_asker(connection.directory())
    , m_picker(new GroupPicker(connection, this))
    , m_preview(new QLabel(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(QStringLiteral("addToGroupDialog"));
    const QString what = subjectText(m_objects);
    setWindowTitle(gesture == Gesture::Add ? tr("Add %1 to a group").arg(what)
                                           : tr("Move %1 from %2").arg(what, shownName(m_objects.source.name, 60)));
    build();
    connect(m_picker, &GroupPicker::searching, this, [this] {
        m_asker.stop();
        m_go->setEnabled(false); // Enter must not take a group that is found no more
    });
    connect(m_picker, &GroupPicker::changed, this, &AddToGroupDialog::targetChanged);
    connect(&m_asker, &PreviewAsker::answered, this, [this](const connection::Preview &preview) {
        if (preview.refusal != Refusal::None)
            return say({{Tone::Bad, refusalText(preview.refusal, preview.targetName)}});
        m_go->setEnabled(true);
        say(previewLines(preview));
    });
    connect(&m_permissions, &Permissions::changed, this, &AddToGroupDialog::targetChanged);
    connect(&m_asker, &PreviewAsker::failed, this, [this](const QString &text) { say({{Tone::Bad, text}}); });
    connect(this, &QDialog::accepted, this, [this] { Q_EMIT chosen(change()); });
    targetChanged();
}

void AddToGroupDialog::build()
{
    m_preview->setObjectName(QStringLiteral("changePreview"));
    m_preview->setTextFormat(Qt::RichText);
    m_preview->setWordWrap(true);
    m_preview->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_preview->setMinimumSize(fontMetrics().averageCharWidth() * 64, fontMetrics().height() * 5);
    auto *column = new QVBoxLayout(this);
    column->setSpacing(8);
    column->addWidget(m_picker);
    column->addWidget(m_preview, 1);
    m_go =
        addFoot(*this, *column, m_gesture == Gesture::Add ? tr("Add") : tr("Move"), "changeGo", [this] { accept(); });
}

Change AddToGroupDialog::change() const
{
    return {m_objects.people, m_objects.groups, m_picker->group(),
            m_gesture == Gesture::Move ? m_objects.source.id : GroupId()};
}

void AddToGroupDialog::targetChanged()
{
    m_go->setEnabled(false);
    m_asker.stop();
    if (const GroupId target = change().target) {
        const QString refusal = m_permissions.refusal(Act::Change, connection::ObjectRef::of(target));
        return refusal.isEmpty() ? m_asker.ask(change()) : say({{Tone::Bad, refusal}});
    }
    if (m_picker->isEmpty())
        say({{Tone::Quiet, tr("Type a part of the group’s name; the arrow keys choose among what is found.")}});
    else
        say({{Tone::Quiet, tr("No group is called so.")}});
}

void AddToGroupDialog::say(const std::vector<PreviewLine> &lines)
{
    m_preview->setText(previewHtml(lines, palette()));
}

} // namespace kith::views
