// SPDX-License-Identifier: Apache-2.0
#include "WindowCommands.h"

#include "BulkDialog.h"
#include "Edit.h"
#include "Editor.h"
#include "Look.h"
#include "MergeDialog.h"
#include "NewObjectDialog.h"
#include "ObjectDrag.h"
#include "ObjectsPage.h"
#include "WindowActions.h"
#include "connection/Async.h"

#include <QApplication>
#include <QClipboard>
#include <QShortcut>

#include <algorithm>
#include <functional>

namespace kith::views {

using connection::Change;
using connection::ObjectKind;
using connection::ObjectRef;
using items::CarriedObjects;

static constexpr std::size_t MostNamesCopied = 50'000;

WindowCommands::WindowCommands(QWidget *window, connection::Connection &connection, Editor &editor,
                               WindowActions &actions)
    : QObject(window), m_window(window), m_connection(connection), m_editor(editor), m_actions(actions)
{
    connectActions();
    connect(&m_editor, &Editor::historyChanged, this, &WindowCommands::update);
    connect(&m_editor.permissions(), &Permissions::changed, this, &WindowCommands::update);
    connect(qApp->clipboard(), &QClipboard::dataChanged, this, &WindowCommands::update);
}

void WindowCommands::connectActions()
{
    const auto on = [this](QAction *action, auto run) { connect(action, &QAction::triggered, this, run); };
    on(m_actions.undo, [this] { m_editor.undo(); });
    on(m_actions.redo, [this] { m_editor.redo(); });
    on(m_actions.newEntity, [this] { create(ObjectKind::Entity); });
    on(m_actions.newGroup, [this] { create(ObjectKind::Group); });
    on(m_actions.addToGroup, [this] { pickGroup(AddToGroupDialog::Gesture::Add); });
    on(m_actions.moveToGroup, [this] { pickGroup(AddToGroupDialog::Gesture::Move); });
    on(m_actions.takeOut, [this] { takeOut(); });
    on(m_actions.remove, [this] { remove(); });
    on(m_actions.merge, [this] { merge(); });
    on(m_actions.changeSeveral, [this] { changeSeveral(); });
    on(m_actions.enable, [this] { m_editor.setEnabled(selectedPeople(), Editor::Enabled::Yes); });
    on(m_actions.disable, [this] { m_editor.setEnabled(selectedPeople(), Editor::Enabled::No); });
    on(m_actions.copy, [this] { toClipboard(Clip::Copy); });
    on(m_actions.cut, [this] { toClipboard(Clip::Cut); });
    on(m_actions.paste, [this] { paste(); });
    on(m_actions.copyId, [this] { copyIds(); });
    on(m_actions.rename, [this] { Q_EMIT renameWanted(); });
}

void WindowCommands::setPage(ObjectsPage *page)
{
    if (m_page)
        disconnect(m_page, &ObjectsPage::selectionChanged, this, nullptr);
    m_page = page;
    if (m_page)
        connect(m_page, &ObjectsPage::selectionChanged, this, &WindowCommands::update);
    update();
}

void WindowCommands::enable(QAction *action, bool possible, const QString &refusal)
{
    action->setEnabled(possible && refusal.isEmpty());
    WindowActions::setRefusal(action, refusal);
    explainKeys(action, possible);
}

/// The shortcut of an action that is not enabled does nothing, so another takes its keys as long as it is refused.
void WindowCommands::explainKeys(QAction *action, bool possible)
{
    const QString refusal = WindowActions::refusalOf(action);
    QShortcut *&shortcut = m_explained[action];
    if (!shortcut) {
        if (refusal.isEmpty() || action->shortcuts().isEmpty())
            return;
        shortcut = new QShortcut(m_window);
        connect(shortcut, &QShortcut::activated, this,
                [this, action] { Q_EMIT said(WindowActions::refusalOf(action)); });
    }
    shortcut->setKeys(action->shortcuts());
    shortcut->setEnabled(possible && !refusal.isEmpty());
}

void WindowCommands::update()
{
    const Permissions &may = m_editor.permissions();
    const Selection selected = m_page ? m_page->selection() : Selection();
    const bool people = selected.people > 0;
    enable(m_actions.newEntity, true, may.refusal(Act::Create, ObjectKind::Entity));
    enable(m_actions.newGroup, true, may.refusal(Act::Create, ObjectKind::Group));
    enable(m_actions.newPolicy, true, may.policyRefusal(Act::Create));
    const QString ofEntities = may.refusal(Act::Create, ObjectKind::Entity);
    enable(m_actions.importDocument, true,
           ofEntities.isEmpty() ? may.refusal(Act::Create, ObjectKind::Group) : ofEntities);
    // Del takes out of where it stands; where that is nowhere it deletes.
    if (selected.source.id)
        m_actions.remove->setShortcut(Qt::SHIFT | Qt::Key_Delete);
    else
        m_actions.remove->setShortcuts({Qt::Key_Delete, Qt::SHIFT | Qt::Key_Delete});
    enable(m_actions.remove, !selected.empty(), refusal(Act::Delete, selected));
    enable(m_actions.rename, selected.size() == 1, refusal(Act::Change, selected));
    for (QAction *action : {m_actions.enable, m_actions.disable})
        enable(action, people, people ? refusal(Act::Change, selected) : may.refusal());
    const bool onlyPeople = people && selected.groups == 0;
    enable(m_actions.changeSeveral, onlyPeople && selected.size() > 1, may.refusal());
    enable(m_actions.merge, onlyPeople && selected.size() <= 2, may.mergeRefusal());
    m_actions.copy->setEnabled(!selected.empty());
    m_actions.copyId->setEnabled(!selected.empty());
    updateMembers(selected);
    updateHistory();
}

QString WindowCommands::refusal(Act act, const Selection &selected) const
{
    const Permissions &may = m_editor.permissions();
    if (selected.listed.size() == selected.size())
        return may.refusal(act, selected.listed);
    return may.refusal(act, selected.people > 0, selected.groups > 0);
}

void WindowCommands::updateMembers(const Selection &selected)
{
    const Permissions &may = m_editor.permissions();
    enable(m_actions.addToGroup, !selected.empty(), may.membershipRefusal());
    const ObjectRef target = ObjectRef::of(m_page ? m_page->currentGroup().id : GroupId());
    const QMimeData *clipboard = qApp->clipboard()->mimeData();
    enable(m_actions.paste, target && clipboard && clipboard->hasFormat(items::objectsMimeType()),
           target ? may.refusal(Act::Change, target) : may.refusal());
    const ObjectRef source = ObjectRef::of(selected.source.id);
    for (QAction *action : {m_actions.takeOut, m_actions.moveToGroup, m_actions.cut})
        enable(action, static_cast<bool>(source), source ? may.refusal(Act::Change, source) : may.refusal());
    m_actions.takeOut->setText(
        source ? tr("Remo&ve from %1")
                     .arg(shownName(selected.source.name, 40).replace(QLatin1Char('&'), QLatin1String("&&")))
               : tr("Remo&ve from group"));
}

void WindowCommands::updateHistory()
{
    const QString refusal = m_editor.permissions().refusal();
    // Where nothing may be written the keys say why, also when there is nothing to take back.
    enable(m_actions.undo, m_editor.canUndo() || !refusal.isEmpty(), refusal);
    enable(m_actions.redo, m_editor.canRedo() || !refusal.isEmpty(), refusal);
    const QString undo = m_editor.undoText();
    const QString redo = m_editor.redoText();
    m_actions.undo->setText(undo.isEmpty() ? tr("&Undo") : tr("&Undo: %1").arg(undo));
    m_actions.redo->setText(redo.isEmpty() ? tr("&Redo") : tr("&Redo: %1").arg(redo));
}

std::vector<EntityId> WindowCommands::selectedPeople() const
{
    return m_page ? m_page->selectedPeople().mapped(std::identity()) : std::vector<EntityId>();
}

void WindowCommands::apply(Change change)
{
    if (!change.target)
        m_editor.removeMembers(change.from, std::move(change.addPeople), std::move(change.addGroups));
    else if (change.from)
        m_editor.moveMembers(change.from, change.target, std::move(change.addPeople), std::move(change.addGroups));
    else
        m_editor.addMembers(change.target, std::move(change.addPeople), std::move(change.addGroups));
}

void WindowCommands::pickGroup(AddToGroupDialog::Gesture gesture)
{
    if (!m_page)
        return;
    CarriedObjects objects = m_page->selected();
    if (objects.empty())
        return;
    auto *dialog = new AddToGroupDialog(m_connection, m_editor.permissions(), std::move(objects), gesture, m_window);
    connect(dialog, &AddToGroupDialog::chosen, this, &WindowCommands::apply);
    dialog->open();
}

void WindowCommands::takeOut()
{
    if (!m_page)
        return;
    CarriedObjects objects = m_page->selected();
    if (objects.source.id)
        m_editor.removeMembers(objects.source.id, std::move(objects.people), std::move(objects.groups));
}

void WindowCommands::remove()
{
    if (m_page)
        m_editor.remove(m_page->selectedRefs());
}

void WindowCommands::toClipboard(Clip clip)
{
    if (!m_page)
        return;
    auto objects = std::make_shared<CarriedObjects>(m_page->selected());
    if (clip == Clip::Copy)
        objects->source = {}; // what is copied is added where it is pasted
    auto refs = std::make_shared<std::vector<ObjectRef>>();
    aside(
        this, [objects, refs] { *refs = objects->refs(); },
        [this, objects, refs, clip, last = ++m_clip] {
            connection::whenReady(
                m_connection.directory().uuids(std::move(*refs)), this, [this, objects, clip, last](auto uuids) {
                    if (last != m_clip || !uuids || uuids->size() != objects->size())
                        return;
                    objects->uuids = std::move(*uuids);
                    if (objects->names.empty() && objects->groups.empty() && objects->size() <= MostNamesCopied)
                        return readNames(std::move(*objects), clip);
                    put(std::move(*objects), clip);
                });
        });
}

/// Other programs get them. They aren't all in the table's window.
void WindowCommands::readNames(CarriedObjects objects, Clip clip)
{
    auto asked =
        m_connection.directory().entities(objects.people).then([](Result<std::vector<connection::EntityRow>> rows) {
            QStringList names;
            if (rows)
                for (connection::EntityRow &row : *rows)
                    names.push_back(std::move(row.name));
            return Result<QStringList>(std::move(names));
        });
    connection::whenReady(asked, this,
                          [this, objects = std::move(objects), clip, last = m_clip](Result<QStringList> names) mutable {
                              if (last != m_clip)
                                  return;
                              if (names && names->size() == static_cast<qsizetype>(objects.size()))
                                  objects.names = std::move(*names);
                              put(std::move(objects), clip);
                          });
}

void WindowCommands::put(CarriedObjects objects, Clip clip)
{
    const QString what = subjectText(objects);
    qApp->clipboard()->setMimeData(items::pack(std::move(objects)).release());
    Q_EMIT said(clip == Clip::Copy ? tr("Copied %1; paste adds to the chosen group").arg(what)
                                   : tr("Cut %1; paste moves to the chosen group").arg(what));
}

void WindowCommands::paste()
{
    const QMimeData *data = qApp->clipboard()->mimeData();
    const auto objects = data ? items::unpack(*data) : nullptr;
    const GroupId target = m_page ? m_page->currentGroup().id : GroupId();
    if (!objects || !target)
        return;
    const bool sameCore = objects->core == m_connection.location();
    const GroupId from = sameCore ? objects->source.id : GroupId();
    connection::whenReady(m_connection.directory().byUuids(objects->uuids), this, [this, target, from](auto refs) {
        Change change{{}, {}, target, from == target ? GroupId() : from};
        if (refs) {
            change.addPeople.reserve(refs->size());
            for (const ObjectRef &object : *refs) {
                if (object.entity())
                    change.addPeople.push_back(object.entity());
                else if (object.group())
                    change.addGroups.push_back(object.group());
            }
        }
        if (change.addPeople.empty() && change.addGroups.empty())
            Q_EMIT said(tr("What was copied doesn’t exist here."));
        else
            apply(std::move(change));
    });
}

void WindowCommands::copyIds()
{
    if (!m_page)
        return;
    struct Lines {
        QString text;
        int count = 0;
    };
    // Of a million the text takes longer than the window may stand still.
    auto lines = m_connection.directory().uuids(m_page->selectedRefs()).then([](Result<std::vector<QString>> uuids) {
        if (!uuids)
            return Result<Lines>(uuids.error());
        return Result<Lines>(
            Lines{QStringList(uuids->begin(), uuids->end()).join(QLatin1Char('\n')), static_cast<int>(uuids->size())});
    });
    connection::whenReady(lines, this, [this, asked = ++m_clip](Result<Lines> known) {
        if (asked != m_clip || !known || known->count == 0)
            return;
        qApp->clipboard()->setText(known->text);
        Q_EMIT said(known->count == 1 ? tr("The id is on the clipboard")
                                      : tr("%Ln ids are on the clipboard", "never one", known->count));
    });
}

void WindowCommands::merge()
{
    const std::vector<EntityId> people = selectedPeople();
    if (!people.empty() && people.size() <= 2)
        (new MergeDialog(people, m_connection, m_editor, m_window))->open();
}

void WindowCommands::changeSeveral()
{
    std::vector<EntityId> people = selectedPeople();
    if (people.size() > 1)
        (new BulkDialog(std::move(people), m_connection, m_editor, m_window))->open();
}

void WindowCommands::create(ObjectKind kind)
{
    connection::GroupRef group = m_page ? m_page->currentGroup() : connection::GroupRef();
    if (group.external)
        group = {}; // nobody is put into it by hand
    auto *dialog = new NewObjectDialog(kind, group, m_connection, m_editor, m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

} // namespace kith::views
