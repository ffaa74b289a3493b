// SPDX-License-Identifier: Apache-2.0
#include "BulkDialog.h"

#include "BulkText.h"
#include "Chip.h"
#include "DialogFoot.h"
#include "Edit.h"
#include "Editor.h"
#include "ErrorText.h"
#include "MetadataEditor.h"
#include "connection/Async.h"

#include <QComboBox>
#include <QCompleter>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QScrollArea>
#include <QStringListModel>
#include <QVBoxLayout>

#include <algorithm>
#include <chrono>

namespace kith::views {

BulkDialog::BulkDialog(std::vector<EntityId> people, connection::Connection &connection, Editor &editor,
                       QWidget *parent)
    : QDialog(parent)
    , m_people(std::move(people))
    , m_connection(connection)
    , m_editor(editor)
    , m_known(connection)
    , m_asker(connection.directory())
    , m_what(new QComboBox(this))
    , m_groups(new QComboBox(this))
    , m_note(new FieldNote(this))
    , m_preview(new QLabel(this))
    , m_ownPolicies(new QStringListModel(this))
    , m_keys(new QStringListModel(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(QStringLiteral("bulkDialog"));
    setWindowTitle(tr("Change %1", "12 people").arg(subjectText(m_people.size(), 0, {})));
    build();
    m_known.wanted();
    m_reload.setSingleShot(true);
    m_reload.setInterval(std::chrono::milliseconds(100));
    connect(&m_reload, &QTimer::timeout, this, &BulkDialog::load);
    connect(&m_connection, &connection::Connection::changed, &m_reload, qOverload<>(&QTimer::start));
    connect(&m_known, &KnownPolicies::changed, this, &BulkDialog::showPreview);
    connect(&m_editor.permissions(), &Permissions::changed, this, &BulkDialog::showPreview);
    connect(m_what, &QComboBox::currentIndexChanged, this, &BulkDialog::fieldsChanged);
    connect(m_groups, &QComboBox::currentIndexChanged, this, &BulkDialog::showPreview);
    connect(&m_asker, &PreviewAsker::failed, this, [this](const QString &text) { say({{Tone::Bad, text}}); });
    connect(&m_asker, &PreviewAsker::answered, this, [this](const connection::Preview &preview) {
        if (preview.refusal != connection::Refusal::None)
            return say({{Tone::Bad, refusalText(preview.refusal, m_groups->currentText())}});
        m_go->setEnabled(true);
        say(previewLines(preview));
    });
    load();
    fieldsChanged();
}

BulkDialog::~BulkDialog()
{
    m_asked.cancel();
}

QLineEdit *BulkDialog::addField(QFormLayout &form, const QString &label, const char *name, QStringListModel *choice)
{
    auto *field = new QLineEdit(this);
    field->setObjectName(QString::fromLatin1(name));
    field->setMinimumWidth(fontMetrics().averageCharWidth() * 44);
    form.addRow(label, field);
    if (choice)
        completeIn(*field, choice);
    connect(field, &QLineEdit::textChanged, this, &BulkDialog::showPreview);
    return field;
}

void BulkDialog::build()
{
    m_what->setObjectName(QStringLiteral("bulkWhat"));
    for (const auto &[what, text] :
         {std::pair(What::AddPolicies, tr("Give policies")), std::pair(What::RemovePolicies, tr("Take policies away")),
          std::pair(What::SetMetadata, tr("Set metadata")), std::pair(What::RemoveMetadata, tr("Clear metadata")),
          std::pair(What::LeaveGroup, tr("Remove from a group")), std::pair(What::Disable, tr("Disable")),
          std::pair(What::Enable, tr("Enable"))})
        m_what->addItem(text, static_cast<int>(what));
    m_groups->setObjectName(QStringLiteral("bulkGroup"));
    m_groups->setMaxVisibleItems(20);
    m_groups->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_groups->setMinimumContentsLength(30);
    m_note->setObjectName(QStringLiteral("bulkNote"));
    m_preview->setObjectName(QStringLiteral("bulkPreview"));
    m_preview->setTextFormat(Qt::RichText);
    m_preview->setWordWrap(true);
    m_preview->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    auto *area = new QScrollArea(this); // of many policies there is much to say
    area->setAccessibleName(tr("What would change"));
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setWidgetResizable(true);
    area->setWidget(m_preview);
    area->setMinimumSize(fontMetrics().averageCharWidth() * 68, fontMetrics().height() * 8);
    auto *column = new QVBoxLayout(this);
    column->setSpacing(8);
    m_form = new QFormLayout;
    m_form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    m_form->addRow(tr("&What:"), m_what);
    m_policies = addField(*m_form, tr("&Policies:"), "bulkPolicies", m_known.names());
    m_policies->setPlaceholderText(tr("Names, with commas between them"));
    m_key = addField(*m_form, tr("&Key:"), "bulkKey", m_keys);
    m_value = addField(*m_form, tr("&Value:"), "bulkValue", nullptr);
    m_form->addRow(tr("&Group:"), m_groups);
    column->addLayout(m_form);
    column->addWidget(m_note);
    column->addWidget(area, 1);
    m_go = addFoot(*this, *column, tr("Change"), "bulkGo", [this] { go(); });
}

void BulkDialog::load()
{
    m_asked.cancel();
    const int asked = ++m_generation;
    m_asked = m_connection.directory().summary(m_people);
    connection::whenReady(m_asked, this, [this, asked](Result<connection::PeopleSummary> summary) {
        if (asked != m_generation)
            return;
        if (!summary)
            return say({{Tone::Bad, errorText(summary.error())}});
        m_summary = std::move(*summary);
        fillChoices();
        showPreview();
    });
}

/// What any of them has, with how many have it.
void BulkDialog::fillChoices()
{
    QStringList policies;
    for (const auto &policy : m_summary->own)
        policies += policy.name;
    m_ownPolicies->setStringList(policies);
    QStringList keys;
    for (const auto &key : m_summary->metadata)
        keys += key.key;
    m_keys->setStringList(keys);
    const QSignalBlocker quiet(m_groups);
    const GroupId chosen = group();
    m_groups->clear();
    for (const auto &[ref, people] : m_summary->groups) {
        if (ref.external)
            continue; // only logins take people out of it
        m_groups->addItem(
            tr("%1 – %L2 of them", "group; how many are in it").arg(visibleName(ref.name, 60)).arg(people),
            static_cast<qlonglong>(ref.id.value));
        if (ref.id == chosen)
            m_groups->setCurrentIndex(m_groups->count() - 1);
    }
}

BulkDialog::What BulkDialog::what() const
{
    return static_cast<What>(m_what->currentData().toInt());
}

GroupId BulkDialog::group() const
{
    return GroupId{m_groups->currentData().toLongLong()};
}

void BulkDialog::fieldsChanged()
{
    const What now = what();
    const auto show = [this](QWidget *field, bool shown) {
        field->setVisible(shown);
        m_form->labelForField(field)->setVisible(shown);
    };
    const bool policies = now == What::AddPolicies || now == What::RemovePolicies;
    show(m_policies, policies);
    show(m_key, now == What::SetMetadata || now == What::RemoveMetadata);
    show(m_value, now == What::SetMetadata);
    show(m_groups, now == What::LeaveGroup);
    m_policies->completer()->setModel(now == What::AddPolicies ? m_known.names() : m_ownPolicies);
    showPreview();
}

QStringList BulkDialog::typedPolicies() const
{
    static const QRegularExpression Between(QStringLiteral("[,;\\s]+"));
    QStringList names = m_policies->text().toLower().split(Between, Qt::SkipEmptyParts);
    names.removeDuplicates();
    return names;
}

PeopleChange BulkDialog::change() const
{
    PeopleChange change;
    switch (what()) {
    case What::AddPolicies:
        change.addPolicies = typedPolicies();
        break;
    case What::RemovePolicies:
        change.removePolicies = typedPolicies();
        break;
    case What::SetMetadata:
        if (!m_key->text().trimmed().isEmpty())
            change.setMetadata = {{m_key->text().trimmed(), m_value->text()}};
        break;
    case What::RemoveMetadata:
        if (!m_key->text().trimmed().isEmpty())
            change.removeMetadata = {m_key->text().trimmed()};
        break;
    case What::Disable:
    case What::Enable:
        change.disabled = what() == What::Disable;
        break;
    case What::LeaveGroup:
        break;
    }
    return change;
}

/// What is wrong with what was filled in; empty: nothing, or nothing is filled in yet.
QString BulkDialog::problem() const
{
    const What now = what();
    const QString key = m_key->text().trimmed();
    if (now == What::AddPolicies && typedPolicies().contains(QLatin1String("root")))
        return tr("“root” is for root tokens only and can't be given to anyone.");
    if (now == What::SetMetadata && !key.isEmpty()) {
        const QString wrong = metadataKeyProblem(key);
        return wrong.isEmpty() ? metadataValueProblem(m_value->text()) : wrong;
    }
    return {};
}

void BulkDialog::showPreview()
{
    m_asker.stop();
    m_go->setEnabled(false);
    const QString wrong = problem();
    m_note->say(wrong);
    if (!m_summary)
        return say({{Tone::Quiet, tr("Reading …")}});
    if (!wrong.isEmpty())
        return say({});
    if (what() == What::LeaveGroup) {
        if (!group())
            return say({{Tone::Quiet, tr("None of them is in a group that one can be taken out of.")}});
        const QString refusal = m_editor.permissions().refusal(Act::Change, connection::ObjectRef::of(group()));
        if (!refusal.isEmpty())
            return say({{Tone::Bad, refusal}});
        return m_asker.ask({m_people, {}, {}, group()});
    }
    const QString refusal = m_editor.permissions().refusal(Act::Change, connection::ObjectRef::of(m_people.front()));
    if (!refusal.isEmpty())
        return say({{Tone::Bad, refusal}});
    const BulkPreview preview = bulkPreview(*m_summary, change(), m_known);
    m_go->setEnabled(preview.changes);
    say(preview.lines);
}

void BulkDialog::say(const std::vector<PreviewLine> &lines)
{
    m_preview->setText(previewHtml(lines, palette()));
}

void BulkDialog::go()
{
    if (!m_go->isEnabled())
        return;
    if (what() == What::LeaveGroup)
        m_editor.removeMembers(group(), m_people, {});
    else
        m_editor.changePeople(m_people, change());
    accept();
}

} // namespace kith::views
