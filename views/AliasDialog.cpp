// SPDX-License-Identifier: Apache-2.0
#include "AliasDialog.h"

#include "Chip.h"
#include "DialogFoot.h"
#include "Editor.h"
#include "ErrorText.h"
#include "MetadataEditor.h"
#include "NameChoice.h"
#include "connection/Async.h"

#include <QComboBox>
#include <QFormLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace kith::views {

namespace {

/// A cell that says what it is for while it is empty.
class KeyItem : public QTableWidgetItem
{
public:
    using QTableWidgetItem::QTableWidgetItem;

    QVariant data(int role) const override
    {
        return role == Qt::AccessibleTextRole && text().isEmpty() ? AliasDialog::tr("new key")
                                                                  : QTableWidgetItem::data(role);
    }
};

} // namespace

class AliasDialog::Private
{
public:
    Private(AliasDialog &dialog, connection::ObjectRef of, const connection::AliasDetail &a, QStringList t,
            connection::Connection &c, Editor &e)
        : q(dialog), owner(of), alias(a), taken(std::move(t)), connection(c), editor(e)
    {}

    void build();
    void buildMetadata();
    void addPair(const QString &key, const QString &value);
    void readMounts();
    bool isEntity() const { return owner.kind == connection::ObjectKind::Entity; }
    QString cell(int row, int column) const;
    /// What is wrong with the pairs, or nothing and they are in `pairs`.
    QString takePairs(connection::Metadata &pairs) const;
    void save();

    AliasDialog &q;
    const connection::ObjectRef owner;
    const connection::AliasDetail alias;
    const QStringList taken;
    connection::Connection &connection;
    Editor &editor;
    QLineEdit *name = nullptr;
    QComboBox *mount = nullptr;
    QTableWidget *metadata = nullptr; ///< The last row is empty, for a new pair.
    FieldNote *note = nullptr;
    QPushButton *saveButton = nullptr;
};

void AliasDialog::Private::build()
{
    q.setObjectName(QStringLiteral("aliasDialog"));
    q.setWindowTitle(AliasDialog::tr("Change alias"));
    q.setAttribute(Qt::WA_DeleteOnClose);
    q.setMinimumWidth(q.fontMetrics().averageCharWidth() * 60);
    auto *form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setRowWrapPolicy(QFormLayout::WrapLongRows);
    name = new QLineEdit(alias.name.name, &q);
    name->setObjectName(QStringLiteral("aliasNameField"));
    form->addRow(isEntity() ? AliasDialog::tr("&Logs in as:") : AliasDialog::tr("&Group there:"), name);
    mount = new QComboBox(&q);
    mount->setObjectName(QStringLiteral("aliasMountField"));
    mount->addItem(alias.name.mount.isEmpty() ? AliasDialog::tr("its mount is gone") : alias.name.mount,
                   alias.accessor);
    form->addRow(AliasDialog::tr("&Mount:"), mount);
    if (isEntity()) {
        buildMetadata();
        form->addRow(AliasDialog::tr("Meta&data:"), metadata);
    }
    note = new FieldNote(&q);
    note->setObjectName(QStringLiteral("aliasDialogNote"));
    QObject::connect(name, &QLineEdit::textEdited, &q, [this] { note->say({}); });
    auto *rows = new QVBoxLayout(&q);
    rows->setSpacing(12);
    rows->addLayout(form);
    saveButton = addFoot(q, *rows, *note, AliasDialog::tr("&Save"), "saveAlias", [this] { save(); });
    readMounts();
    name->setFocus();
}

void AliasDialog::Private::buildMetadata()
{
    metadata = new QTableWidget(0, 2, &q);
    metadata->setObjectName(QStringLiteral("aliasMetadata"));
    metadata->setAccessibleName(AliasDialog::tr("Metadata of the alias"));
    metadata->setHorizontalHeaderLabels({AliasDialog::tr("Key"), AliasDialog::tr("Value")});
    metadata->horizontalHeader()->setStretchLastSection(true);
    metadata->verticalHeader()->hide();
    metadata->setTabKeyNavigation(false);
    metadata->setToolTip(AliasDialog::tr("Clear a key to take its pair away."));
    for (const auto &[key, value] : alias.customMetadata)
        addPair(key, value);
    addPair({}, {});
    metadata->setMinimumHeight(metadata->rowHeight(0) * 5);
    QObject::connect(metadata, &QTableWidget::itemChanged, &q, [this] {
        note->say({});
        const int last = metadata->rowCount() - 1;
        if (!cell(last, 0).isEmpty() || !cell(last, 1).isEmpty())
            addPair({}, {});
    });
}

void AliasDialog::Private::addPair(const QString &key, const QString &value)
{
    const QSignalBlocker quiet(metadata);
    const int row = metadata->rowCount();
    metadata->insertRow(row);
    metadata->setItem(row, 0, new KeyItem(key));
    metadata->setItem(row, 1, new QTableWidgetItem(value));
}

void AliasDialog::Private::readMounts()
{
    connection::whenReady(connection.directory().mounts(), &q, [this](const auto &mounts) {
        for (const connection::MountRow &row : mounts ? *mounts : std::vector<connection::MountRow>())
            if (row.accessor != alias.accessor && !taken.contains(row.accessor))
                addNameChoice(*mount, row.path, row.accessor);
    });
}

QString AliasDialog::Private::cell(int row, int column) const
{
    const QTableWidgetItem *item = metadata->item(row, column);
    return item ? item->text() : QString();
}

QString AliasDialog::Private::takePairs(connection::Metadata &pairs) const
{
    for (int row = 0; metadata && row < metadata->rowCount(); ++row) {
        const QString key = cell(row, 0).trimmed();
        const QString value = cell(row, 1);
        if (key.isEmpty() && (value.isEmpty() || row + 1 < metadata->rowCount()))
            continue; // taken away
        QString problem = metadataKeyProblem(key);
        if (problem.isEmpty())
            problem = metadataValueProblem(value);
        if (std::any_of(pairs.begin(), pairs.end(), [&](const auto &pair) { return pair.first == key; }))
            problem = AliasDialog::tr("There are two values for “%1”.").arg(key);
        if (!problem.isEmpty())
            return problem;
        pairs.push_back({key, value});
    }
    std::sort(pairs.begin(), pairs.end());
    return {};
}

void AliasDialog::Private::save()
{
    AliasDraft after{name->text().trimmed(), mount->currentData().toString(), {}};
    const QString problem =
        after.name.isEmpty() ? AliasDialog::tr("A log-in name is needed.") : takePairs(after.customMetadata);
    note->say(problem);
    if (!problem.isEmpty())
        return;
    saveButton->setEnabled(false);
    connection::whenReady(editor.changeAlias(owner, alias, after, Editor::Report::Caller), &q,
                          [this](const Result<void> &result) {
                              saveButton->setEnabled(true);
                              const QString wrong = Editor::noteOf(result);
                              if (wrong.isEmpty())
                                  q.accept();
                              else
                                  note->say(wrong);
                          });
}

AliasDialog::AliasDialog(connection::ObjectRef owner, const connection::AliasDetail &alias, QStringList taken,
                         connection::Connection &connection, Editor &editor, QWidget *parent)
    : QDialog(parent), m_d(std::make_unique<Private>(*this, owner, alias, std::move(taken), connection, editor))
{
    m_d->build();
}

AliasDialog::~AliasDialog() = default;

} // namespace kith::views
