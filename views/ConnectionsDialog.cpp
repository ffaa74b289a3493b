// SPDX-License-Identifier: Apache-2.0
#include "ConnectionsDialog.h"

#include "Chip.h"
#include "ColourPatch.h"
#include "Direction.h"
#include "ElidedLabel.h"
#include "ErrorText.h"
#include "IsolatingDelegate.h"
#include "Look.h"
#include "PlainToolTip.h"
#include "ProfileDialog.h"

#include <QComboBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QProcessEnvironment>
#include <QPushButton>
#include <QSaveFile>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace kith::views {

using connection::Profile;
using connection::Profiles;

namespace {

constexpr int IdRole = Qt::UserRole;
constexpr int FolderRole = Qt::UserRole + 1;

QPushButton *addButton(QVBoxLayout &column, const QString &text, const char *name)
{
    auto *button = new QPushButton(text, column.parentWidget());
    button->setObjectName(QString::fromLatin1(name));
    button->setAutoDefault(false);
    column.addWidget(button);
    return button;
}

/// What a profile is beside its name, in words.
QString traits(const Profile &profile)
{
    QStringList words;
    if (profile.production)
        words += ConnectionsDialog::tr("production");
    if (profile.readOnly)
        words += ConnectionsDialog::tr("read only");
    return words.join(QStringLiteral(" · "));
}

} // namespace

ConnectionsDialog::ConnectionsDialog(Profiles &profiles, connection::Secrets &secrets, QWidget *parent)
    : QDialog(parent)
    , m_profiles(profiles)
    , m_secrets(secrets)
    , m_tree(new QTreeWidget(this))
    , m_note(new FieldNote(this))
{
    setObjectName(QStringLiteral("connectionsDialog"));
    setWindowTitle(tr("Connections"));
    setAttribute(Qt::WA_DeleteOnClose);
    build();
    const int width = fontMetrics().averageCharWidth() * 100;
    resize(width, std::max(fontMetrics().height() * 24, layout()->totalHeightForWidth(width)));
    connect(&m_profiles, &Profiles::changed, this, &ConnectionsDialog::fill);
    if (const auto loaded = m_profiles.load(); !loaded)
        m_note->say(tr("The list of connections can’t be read, and is left as it is: %1 (%2)")
                        .arg(isolated(QString::fromStdString(loaded.error().wire)),
                             isolated(QString::fromStdString(loaded.error().where))));
    fill();
    m_tree->setFocus();
}

void ConnectionsDialog::build()
{
    m_tree->setObjectName(QStringLiteral("connectionsTree"));
    m_tree->setAccessibleName(tr("Connections"));
    m_tree->setHeaderLabels({tr("Name"), tr("Address"), tr("Traits")});
    m_tree->header()->setSectionResizeMode(0, QHeaderView::Interactive);
    m_tree->header()->resizeSection(0, fontMetrics().averageCharWidth() * 32);
    m_tree->header()->setStretchLastSection(false);
    m_tree->header()->setSectionResizeMode(1, QHeaderView::Stretch);
    m_tree->header()->setSectionResizeMode(2, QHeaderView::ResizeToContents);
    m_tree->setUniformRowHeights(true);
    m_tree->setItemDelegate(new IsolatingDelegate(m_tree));
    m_note->setObjectName(QStringLiteral("connectionsNote"));

    auto *side = new QWidget(this);
    auto *column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 0, 0);
    m_open = addButton(*column, tr("&Open"), "openConnectionButton");
    m_open->setDefault(true);
    auto *local = addButton(*column, tr("Open the &local core"), "openLocalButton");
    column->addSpacing(8);
    auto *make = addButton(*column, tr("&New …"), "newConnectionButton");
    m_edit = addButton(*column, tr("&Edit …"), "editConnectionButton");
    m_remove = addButton(*column, tr("&Remove"), "removeConnectionButton");
    column->addSpacing(8);
    auto *import = addButton(*column, tr("&Import …"), "importConnectionsButton");
    m_export = addButton(*column, tr("E&xport …"), "exportConnectionsButton");
    column->addStretch();
    auto *close = addButton(*column, tr("Close"), "closeConnectionsButton");

    auto *middle = new QHBoxLayout;
    middle->addWidget(m_tree, 1);
    middle->addWidget(side);
    auto *rows = new QVBoxLayout(this);
    rows->setSpacing(12);
    if (QWidget *offer = buildOffer())
        rows->addWidget(offer);
    rows->addLayout(middle, 1);
    rows->addWidget(m_note);
    rows->addLayout(buildLock());

    connect(m_open, &QPushButton::clicked, this, &ConnectionsDialog::openCurrent);
    connect(local, &QPushButton::clicked, this, [this] {
        Q_EMIT localWanted();
        accept();
    });
    connect(make, &QPushButton::clicked, this, [this] {
        Profile profile;
        if (const auto *item = m_tree->currentItem())
            profile.folder = item->data(0, FolderRole).toString();
        edit(profile);
    });
    connect(m_edit, &QPushButton::clicked, this, [this] {
        if (const Profile *profile = m_profiles.find(current()))
            edit(*profile);
    });
    connect(m_remove, &QPushButton::clicked, this, &ConnectionsDialog::remove);
    connect(import, &QPushButton::clicked, this, &ConnectionsDialog::importFile);
    connect(m_export, &QPushButton::clicked, this, &ConnectionsDialog::exportFile);
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_tree, &QTreeWidget::currentItemChanged, this, &ConnectionsDialog::showCurrent);
    connect(m_tree, &QTreeWidget::itemActivated, this, &ConnectionsDialog::openCurrent);
}

QLayout *ConnectionsDialog::buildLock()
{
    m_lock = new QComboBox(this);
    m_lock->setObjectName(QStringLiteral("lockAfter"));
    for (const int minutes : {1, 2, 5, 10, 15, 30, 60})
        m_lock->addItem(tr("after %Ln minute(s) without key or mouse", nullptr, minutes), minutes);
    m_lock->addItem(tr("with the screen only"), 0);
    auto *label = new QLabel(tr("Loc&k windows on servers:"), this);
    label->setBuddy(m_lock);
    auto *what =
        new QLabel(tr("The token is forgotten then; what can be taken back stays so after signing in again."), this);
    what->setFont(quietFont(font()));
    what->setForegroundRole(QPalette::PlaceholderText);
    what->setWordWrap(true);
    connect(m_lock, &QComboBox::activated, this,
            [this] { Q_EMIT lockAfterChosen(std::chrono::minutes(m_lock->currentData().toInt())); });
    auto *row = new QHBoxLayout;
    row->addWidget(label);
    row->addWidget(m_lock);
    row->addWidget(what, 1);
    return row;
}

void ConnectionsDialog::setLockAfter(std::chrono::minutes time)
{
    const int minutes = static_cast<int>(time.count());
    if (m_lock->findData(minutes) < 0)
        m_lock->addItem(tr("after %Ln minute(s) without key or mouse", nullptr, minutes), minutes);
    m_lock->setCurrentIndex(m_lock->findData(minutes));
}

/// The server that VAULT_ADDR or BAO_ADDR names; null: they name none.
QWidget *ConnectionsDialog::buildOffer()
{
    const auto found = Profiles::fromEnvironment(QProcessEnvironment::systemEnvironment());
    if (!found)
        return nullptr;
    auto *offer = new QWidget(this);
    auto *row = new QHBoxLayout(offer);
    row->setContentsMargins(0, 0, 0, 0);
    auto *text = new ElidedLabel(offer);
    text->setObjectName(QStringLiteral("offerText"));
    text->setWhole(tr("The command line here is set to %1.").arg(shownName(found->address, 2000)),
                   ElidedLabel::Kind::Sentence);
    auto *add = new QPushButton(tr("&Add it …"), offer);
    add->setObjectName(QStringLiteral("offerButton"));
    add->setAutoDefault(false);
    connect(add, &QPushButton::clicked, this, [this, profile = *found] { edit(profile); });
    row->addWidget(text, 1);
    row->addWidget(add);
    return offer;
}

QTreeWidgetItem *ConnectionsDialog::folderItem(const QString &folder)
{
    QTreeWidgetItem *parent = m_tree->invisibleRootItem();
    QString path;
    for (const QString &part : folder.split(QLatin1Char('/'), Qt::SkipEmptyParts)) {
        path += (path.isEmpty() ? QString() : QStringLiteral("/")) + part;
        QTreeWidgetItem *found = nullptr;
        for (int i = 0; i < parent->childCount() && !found; ++i)
            if (parent->child(i)->data(0, IdRole).toString().isEmpty() &&
                parent->child(i)->data(0, FolderRole).toString().compare(path, Qt::CaseInsensitive) == 0)
                found = parent->child(i);
        if (!found) {
            found = new QTreeWidgetItem(parent, {part});
            found->setData(0, FolderRole, path);
            found->setExpanded(true);
        }
        parent = found;
    }
    return parent;
}

void ConnectionsDialog::fill()
{
    const QString before = current();
    m_tree->clear();
    for (const Profile &profile : m_profiles.all()) {
        auto *item = new QTreeWidgetItem(folderItem(profile.folder), {profile.name, profile.address, traits(profile)});
        item->setData(0, IdRole, profile.id);
        item->setData(0, FolderRole, profile.folder);
        item->setToolTip(1, plainToolTip(profile.address));
        item->setIcon(0, colourPatch(QColor(profile.colour)));
        if (profile.id == before || !m_tree->currentItem())
            m_tree->setCurrentItem(item);
    }
    m_export->setEnabled(!m_profiles.all().empty());
    showCurrent();
}

QString ConnectionsDialog::current() const
{
    const QTreeWidgetItem *item = m_tree->currentItem();
    return item ? item->data(0, IdRole).toString() : QString();
}

void ConnectionsDialog::showCurrent()
{
    for (QPushButton *button : {m_open, m_edit, m_remove})
        button->setEnabled(!current().isEmpty());
}

void ConnectionsDialog::openCurrent()
{
    const QString id = current();
    if (id.isEmpty())
        return;
    Q_EMIT openWanted(id);
    accept();
}

void ConnectionsDialog::edit(const Profile &profile)
{
    auto *dialog = new ProfileDialog(m_profiles, profile, this);
    connect(dialog, &ProfileDialog::saved, this, [this](const QString &name) {
        for (QTreeWidgetItem *item : m_tree->findItems(name, Qt::MatchExactly | Qt::MatchRecursive))
            if (!item->data(0, IdRole).toString().isEmpty())
                m_tree->setCurrentItem(item);
    });
    dialog->open();
}

/// Not asked before: the note offers nothing less than making it again, and there is no secret in it but the token,
/// which ends with it.
void ConnectionsDialog::remove()
{
    const Profile *found = m_profiles.find(current());
    if (!found)
        return;
    const Profile profile = *found;
    const auto removed = m_profiles.remove(profile.id);
    if (!removed)
        return m_note->say(errorText(removed.error()));
    m_secrets.remove(connection::Secrets::tokenOf(profile.id));
    m_note->say(tr("Removed %1, and its token from the keychain.").arg(shownName(profile.name)), Tone::Quiet);
}

void ConnectionsDialog::importFile()
{
    auto *dialog = new QFileDialog(this, tr("Import connections"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Connections (*.json)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &name) {
        QFile file(name);
        if (!file.open(QIODevice::ReadOnly))
            return m_note->say(tr("%1 can’t be read: %2").arg(isolated(name), isolated(file.errorString())));
        const auto count = m_profiles.importFrom(file.readAll());
        if (count)
            m_note->say(tr("Imported %n connections.", nullptr, *count), Tone::Good);
        else
            m_note->say(tr("%1 is no list of connections.").arg(isolated(name)));
    });
    dialog->open();
}

void ConnectionsDialog::exportFile()
{
    auto *dialog = new QFileDialog(this, tr("Export connections"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("json"));
    dialog->selectFile(QStringLiteral("connections.json"));
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &name) {
        QSaveFile file(name);
        if (file.open(QIODevice::WriteOnly) && file.write(m_profiles.exported()) >= 0 && file.commit())
            m_note->say(tr("Exported to %1, without secrets.").arg(isolated(name)), Tone::Good);
        else
            m_note->say(tr("%1 can’t be written: %2").arg(isolated(name), isolated(file.errorString())));
    });
    dialog->open();
}

} // namespace kith::views
