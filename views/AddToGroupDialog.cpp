// SPDX-License-Identifier: Apache-2.0
#include "AddToGroupDialog.h"

#include "DialogFoot.h"
#include "HitList.h"
#include "ObjectDrag.h"
#include "Permissions.h"
#include "items/Roles.h"

#include <QBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

#include <chrono>

namespace kith::views {

using connection::Change;
using connection::Refusal;

static constexpr int ShownRows = 8;

AddToGroupDialog::AddToGroupDialog(connection::Connection &connection, const Permissions &permissions,
                                   items::CarriedObjects objects, Gesture gesture, QWidget *parent)
    : QDialog(parent)
    , m_permissions(permissions)
    , m_objects(std::move(objects))
    , m_gesture(gesture)
    , m_model(connection)
    , m_finder(connection, m_model, HitFinder::Kinds::Groups)
    , m_asker(connection.directory())
    , m_field(new QLineEdit(this))
    , m_list(new HitList(m_model, this))
    , m_preview(new QLabel(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(QStringLiteral("addToGroupDialog"));
    const QString what = subjectText(m_objects);
    setWindowTitle(gesture == Gesture::Add ? tr("Add %1 to a group").arg(what)
                                           : tr("Move %1 from %2").arg(what, shownName(m_objects.source.name, 60)));
    build();
    m_typing.setSingleShot(true);
    m_typing.setInterval(std::chrono::milliseconds(60));
    connect(m_field, &QLineEdit::textChanged, &m_typing, qOverload<>(&QTimer::start));
    connect(&m_typing, &QTimer::timeout, this, [this] { m_finder.find(m_field->text()); });
    connect(&m_finder, &HitFinder::found, this, &AddToGroupDialog::targetChanged);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, &AddToGroupDialog::targetChanged);
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
    m_field->setObjectName(QStringLiteral("groupPicker"));
    m_field->setAccessibleName(tr("Group"));
    m_field->setPlaceholderText(tr("Part of the group’s name …"));
    m_field->installEventFilter(this);
    m_list->setObjectName(QStringLiteral("groupPickerHits"));
    m_list->setAccessibleName(tr("Groups found"));
    m_list->setDragEnabled(false);
    m_list->setFrameShape(QFrame::StyledPanel);
    m_list->setFixedHeight(m_list->heightFor(ShownRows) + 2);
    m_preview->setObjectName(QStringLiteral("changePreview"));
    m_preview->setTextFormat(Qt::RichText);
    m_preview->setWordWrap(true);
    m_preview->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_preview->setMinimumSize(fontMetrics().averageCharWidth() * 64, fontMetrics().height() * 5);
    auto *column = new QVBoxLayout(this);
    column->setSpacing(8);
    column->addWidget(m_field);
    column->addWidget(m_list);
    column->addWidget(m_preview, 1);
    m_go =
        addFoot(*this, *column, m_gesture == Gesture::Add ? tr("Add") : tr("Move"), "changeGo", [this] { accept(); });
}

bool AddToGroupDialog::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress) {
        auto *key = static_cast<QKeyEvent *>(event);
        const bool arrow = key->key() == Qt::Key_Up || key->key() == Qt::Key_Down;
        if (arrow && m_list->takeKey(key))
            return true;
    }
    return QDialog::eventFilter(watched, event);
}

Change AddToGroupDialog::change() const
{
    return {m_objects.people, m_objects.groups, m_model.objectAt(m_list->currentIndex()).group(),
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
    if (m_field->text().trimmed().isEmpty())
        say({{Tone::Quiet, tr("Type a part of the group’s name; the arrow keys choose among what is found.")}});
    else
        say({{Tone::Quiet, tr("No group is called so.")}});
}

void AddToGroupDialog::say(const std::vector<PreviewLine> &lines)
{
    QStringList html;
    for (const PreviewLine &line : lines)
        html += QStringLiteral("<span style=\"color:%1\">%2</span>")
                    .arg(toneColor(palette(), line.tone).name(), line.text.toHtmlEscaped());
    m_preview->setText(html.join(QStringLiteral("<br>")));
}

} // namespace kith::views
