// SPDX-License-Identifier: Apache-2.0
#include "NewObjectDialog.h"

#include "Chip.h"
#include "DialogFoot.h"
#include "Editor.h"
#include "ErrorText.h"
#include "NameCheck.h"
#include "NameChoice.h"
#include "connection/Async.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QVBoxLayout>

namespace kith::views {

class NewObjectDialog::Private
{
public:
    Private(NewObjectDialog &dialog, connection::ObjectKind k, connection::GroupRef g, connection::Connection &c,
            Editor &e)
        : q(dialog), kind(k), group(std::move(g)), connection(c), editor(e)
    {}

    void build();
    QWidget *buildAlias();
    QWidget *buildType();
    void readMounts();
    void typeChanged();
    void clearNotes();
    void setBusy(bool busy);
    void start();
    void checkAlias();
    void create();
    bool isEntity() const { return kind == connection::ObjectKind::Entity; }
    QString typedName() const { return name->text().trimmed(); }
    std::optional<AliasDraft> typedAlias() const;
    bool inGroup() const { return place != nullptr && place->isChecked(); }

    NewObjectDialog &q;
    const connection::ObjectKind kind;
    const connection::GroupRef group;
    connection::Connection &connection;
    Editor &editor;
    QLineEdit *name = nullptr;
    FieldNote *nameNote = nullptr;
    QRadioButton *external = nullptr;
    QWidget *aliasFields = nullptr;
    QLineEdit *alias = nullptr;
    QComboBox *mount = nullptr;
    FieldNote *aliasNote = nullptr;
    QCheckBox *place = nullptr;
    FieldNote *note = nullptr;
    QPushButton *createButton = nullptr;
};

void NewObjectDialog::Private::build()
{
    q.setObjectName(QStringLiteral("newObjectDialog"));
    q.setWindowTitle(isEntity() ? NewObjectDialog::tr("New entity") : NewObjectDialog::tr("New group"));
    q.setAttribute(Qt::WA_DeleteOnClose);
    q.setMinimumWidth(q.fontMetrics().averageCharWidth() * 60);
    auto *form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setRowWrapPolicy(QFormLayout::WrapLongRows);

    auto *nameBox = new QWidget(&q);
    auto *nameRows = new QVBoxLayout(nameBox);
    nameRows->setContentsMargins(0, 0, 0, 0);
    nameRows->setSpacing(2);
    name = new QLineEdit(nameBox);
    name->setObjectName(QStringLiteral("nameField"));
    nameNote = new FieldNote(nameBox);
    nameNote->setObjectName(QStringLiteral("nameNote"));
    nameRows->addWidget(name);
    nameRows->addWidget(nameNote);
    nameBox->setFocusProxy(name);
    form->addRow(NewObjectDialog::tr("&Name:"), nameBox);
    if (!isEntity())
        form->addRow(NewObjectDialog::tr("Members:"), buildType());
    form->addRow(isEntity() ? NewObjectDialog::tr("&Logs in as:") : NewObjectDialog::tr("&Group there:"), buildAlias());
    if (group.id && !(isEntity() && group.external)) {
        place = new QCheckBox(NewObjectDialog::tr("Put it into %1").arg(shownName(group.name, 60)), &q);
        place->setObjectName(QStringLiteral("placeBox"));
        const QString refusal = editor.permissions().refusal(Act::Change, connection::ObjectRef::of(group.id));
        place->setChecked(refusal.isEmpty());
        place->setEnabled(refusal.isEmpty());
        place->setToolTip(refusal);
        form->addRow(QString(), place);
    }

    nameFields(*form);

    note = new FieldNote(&q);
    note->setObjectName(QStringLiteral("formNote"));
    QObject::connect(name, &QLineEdit::textEdited, &q, [this] { clearNotes(); });
    QObject::connect(alias, &QLineEdit::textEdited, &q, [this] { clearNotes(); });
    auto *rows = new QVBoxLayout(&q);
    rows->setSpacing(12);
    rows->addLayout(form);
    createButton = addFoot(q, *rows, *note, NewObjectDialog::tr("Create"), "createButton", [this] { start(); });
    typeChanged();
    readMounts();
    name->setFocus();
}

QWidget *NewObjectDialog::Private::buildType()
{
    auto *box = new QWidget(&q);
    auto *rows = new QVBoxLayout(box);
    rows->setContentsMargins(0, 0, 0, 0);
    auto *internal = new QRadioButton(NewObjectDialog::tr("are chosen &here (internal)"), box);
    external = new QRadioButton(NewObjectDialog::tr("come from a &mount's directory (external)"), box);
    external->setObjectName(QStringLiteral("externalButton"));
    internal->setChecked(true);
    rows->addWidget(internal);
    rows->addWidget(external);
    QObject::connect(external, &QRadioButton::toggled, &q, [this] { typeChanged(); });
    return box;
}

QWidget *NewObjectDialog::Private::buildAlias()
{
    aliasFields = new QWidget(&q);
    alias = new QLineEdit(aliasFields);
    alias->setObjectName(QStringLiteral("aliasField"));
    alias->setPlaceholderText(NewObjectDialog::tr("optional"));
    mount = new QComboBox(aliasFields);
    mount->setObjectName(QStringLiteral("mountField"));
    mount->setAccessibleName(NewObjectDialog::tr("Mount"));
    mount->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon); // it is filled when it is shown
    mount->setMinimumContentsLength(8);
    aliasNote = new FieldNote(aliasFields);
    aliasNote->setObjectName(QStringLiteral("aliasFieldNote"));
    auto *fields = new QHBoxLayout;
    fields->setSpacing(6);
    fields->addWidget(alias, 3);
    fields->addWidget(mount, 2);
    auto *rows = new QVBoxLayout(aliasFields);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(2);
    rows->addLayout(fields);
    rows->addWidget(aliasNote);
    aliasFields->setFocusProxy(alias);
    const QString refusal = editor.permissions().aliasRefusal(Act::Create, kind);
    for (QWidget *field : std::initializer_list<QWidget *>{alias, mount}) {
        field->setEnabled(refusal.isEmpty());
        field->setToolTip(refusal);
    }
    return aliasFields;
}

void NewObjectDialog::Private::typeChanged()
{
    if (!isEntity())
        aliasFields->setEnabled(external->isChecked());
    clearNotes();
}

void NewObjectDialog::Private::readMounts()
{
    connection::whenReady(connection.directory().mounts(), &q, [this](const auto &mounts) {
        if (mounts)
            for (const connection::MountRow &row : *mounts)
                addNameChoice(*mount, row.path, row.accessor);
        if (mount->count() == 0) {
            alias->setEnabled(false);
            mount->setEnabled(false);
            alias->setPlaceholderText(NewObjectDialog::tr("no mounts yet"));
        }
    });
}

void NewObjectDialog::Private::clearNotes()
{
    nameNote->say({});
    aliasNote->say({});
    if (note != nullptr)
        note->say({});
}

void NewObjectDialog::Private::setBusy(bool busy)
{
    createButton->setEnabled(!busy);
    name->setReadOnly(busy);
    alias->setReadOnly(busy);
}

std::optional<AliasDraft> NewObjectDialog::Private::typedAlias() const
{
    const QString typed = alias->text().trimmed();
    const bool wanted = isEntity() || external->isChecked();
    if (typed.isEmpty() || !wanted || mount->currentIndex() < 0)
        return std::nullopt;
    return AliasDraft{typed, mount->currentData().toString(), {}};
}

void NewObjectDialog::Private::start()
{
    clearNotes();
    if (typedName().isEmpty()) {
        nameNote->say(NewObjectDialog::tr("A name is needed."));
        name->setFocus();
        return;
    }
    setBusy(true);
    whoHasName(connection, kind, typedName(), &q, [this](const Result<QString> &owner) {
        setBusy(false);
        if (!owner) {
            note->say(errorText(owner.error()));
        } else if (!owner->isEmpty()) {
            nameNote->say(isEntity() ? NewObjectDialog::tr("Somebody is called “%1” already. Names differ by more than "
                                                           "the case of their letters.")
                                           .arg(shownName(typedName(), 80))
                                     : NewObjectDialog::tr("There is a group “%1” already. Names differ by more than "
                                                           "the case of their letters.")
                                           .arg(shownName(typedName(), 80)));
            name->setFocus();
            name->selectAll();
        } else {
            checkAlias();
        }
    });
}

void NewObjectDialog::Private::checkAlias()
{
    const auto typed = typedAlias();
    if (!isEntity() || !typed) {
        create();
        return;
    }
    setBusy(true);
    whoHasAlias(connection, typed->name, typed->accessor, &q, [this](const Result<AliasOwner> &owner) {
        setBusy(false);
        if (!owner) {
            aliasNote->say(errorText(owner.error()));
        } else if (!owner->uuid.isEmpty()) {
            aliasNote->say(NewObjectDialog::tr("That is how %1 logs in there.").arg(shownName(owner->name, 80)));
            alias->setFocus();
        } else {
            create();
        }
    });
}

void NewObjectDialog::Private::create()
{
    Editor::Outcome outcome;
    if (isEntity()) {
        EntityDraft draft;
        draft.name = typedName();
        if (const auto typed = typedAlias())
            draft.aliases.push_back(*typed);
        if (inGroup())
            draft.groups.push_back(group.id);
        outcome = editor.createEntity(draft, Editor::Report::Caller);
    } else {
        GroupDraft draft;
        draft.name = typedName();
        draft.kind = external->isChecked() ? GroupKind::External : GroupKind::Internal;
        draft.alias = typedAlias();
        if (inGroup())
            draft.parents.push_back(group.id);
        outcome = editor.createGroup(draft, Editor::Report::Caller);
    }
    setBusy(true);
    connection::whenReady(outcome, &q, [this](const Result<void> &result) {
        setBusy(false);
        if (result)
            q.accept();
        else
            note->say(errorText(result.error()));
    });
}

NewObjectDialog::NewObjectDialog(connection::ObjectKind kind, connection::GroupRef group,
                                 connection::Connection &connection, Editor &editor, QWidget *parent)
    : QDialog(parent), m_d(std::make_unique<Private>(*this, kind, std::move(group), connection, editor))
{
    m_d->build();
}

NewObjectDialog::~NewObjectDialog() = default;

} // namespace kith::views
