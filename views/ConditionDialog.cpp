// SPDX-License-Identifier: Apache-2.0
#include "ConditionDialog.h"

#include "DialogFoot.h"
#include "GroupPicker.h"
#include "NameChoice.h"
#include "connection/Async.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace kith::views {

using Kind = connection::EntityCondition::Kind;

ConditionDialog::ConditionDialog(connection::Connection &connection, About about, QWidget *parent)
    : QDialog(parent), m_connection(connection), m_about(about), m_known(connection)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(QStringLiteral("conditionDialog"));
    setWindowTitle(tr("Show only entities …"));
    auto *column = new QVBoxLayout(this);
    auto *form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    column->addLayout(form);
    switch (about) {
    case About::Group:
        buildGroup(*form);
        break;
    case About::Policy:
        buildPolicy(*form);
        break;
    case About::Mount:
        buildMount(*form);
        break;
    case About::Metadata:
        buildMetadata(*form);
        break;
    }
    column->addStretch();
    m_go = addFoot(*this, *column, tr("Show"), "conditionGo", [this] { accept(); });
    setMinimumWidth(fontMetrics().averageCharWidth() * 64);
    update();
}

void ConditionDialog::buildGroup(QFormLayout &form)
{
    m_group = new GroupPicker(m_connection, this);
    m_also = new QCheckBox(tr("Also in its &subgroups"), this);
    m_also->setObjectName(QStringLiteral("conditionAlso"));
    m_also->setChecked(true);
    form.addRow(tr("&In the group:"), m_group);
    form.addRow(QString(), m_also);
    connect(m_group, &GroupPicker::changed, this, &ConditionDialog::update);
}

void ConditionDialog::buildPolicy(QFormLayout &form)
{
    m_known.wanted();
    m_first = new QLineEdit(this);
    m_first->setObjectName(QStringLiteral("conditionPolicy"));
    completeIn(*m_first, m_known.names());
    m_also = new QCheckBox(tr("Also by their &groups"), this);
    m_also->setObjectName(QStringLiteral("conditionAlso"));
    m_also->setChecked(true);
    form.addRow(tr("&With the policy:"), m_first);
    form.addRow(QString(), m_also);
    connect(m_first, &QLineEdit::textChanged, this, &ConditionDialog::update);
}

void ConditionDialog::buildMount(QFormLayout &form)
{
    m_mount = new QComboBox(this);
    m_mount->setObjectName(QStringLiteral("conditionMount"));
    m_mount->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed); // it is filled when it is shown already
    form.addRow(tr("Who &logs in at:"), m_mount);
    connect(m_mount, &QComboBox::currentIndexChanged, this, &ConditionDialog::update);
    connection::whenReady(m_connection.directory().mounts(), this, [this](const auto &mounts) {
        for (const connection::MountRow &mount : mounts ? *mounts : std::vector<connection::MountRow>())
            addNameChoice(*m_mount, mount.path, mount.accessor);
    });
}

void ConditionDialog::buildMetadata(QFormLayout &form)
{
    m_first = new QLineEdit(this);
    m_first->setObjectName(QStringLiteral("conditionKey"));
    m_second = new QLineEdit(this);
    m_second->setObjectName(QStringLiteral("conditionValue"));
    m_second->setPlaceholderText(tr("Any value"));
    form.addRow(tr("With the metadata &key:"), m_first);
    form.addRow(tr("&Value:"), m_second);
    connect(m_first, &QLineEdit::textChanged, this, &ConditionDialog::update);
}

NamedCondition ConditionDialog::condition() const
{
    const QString first = m_first ? m_first->text().trimmed() : QString();
    switch (m_about) {
    case About::Group:
        return {{m_also->isChecked() ? Kind::BelowGroup : Kind::InGroup, m_group->group()}, m_group->name()};
    case About::Policy:
        return {{m_also->isChecked() ? Kind::HasPolicy : Kind::OwnPolicy, {}, first.toLower()}};
    case About::Mount:
        return {{Kind::Mount, {}, m_mount->currentData().toString()}, nameOfChoice(*m_mount, m_mount->currentIndex())};
    case About::Metadata:
        break;
    }
    const QString value = m_second->text().trimmed();
    return {{value.isEmpty() ? Kind::Metadata : Kind::MetadataValue, {}, first, value}};
}

void ConditionDialog::update()
{
    const connection::EntityCondition wanted = condition().condition;
    m_go->setEnabled(wanted.group || !wanted.text.isEmpty());
}

/// A group is kept by its UUID.
void ConditionDialog::accept()
{
    NamedCondition wanted = condition();
    if (!wanted.condition.group) {
        Q_EMIT chosen(wanted);
        return QDialog::accept();
    }
    m_go->setEnabled(false);
    connection::whenReady(m_connection.directory().uuids({connection::ObjectRef::of(wanted.condition.group)}), this,
                          [this, wanted](const auto &uuids) mutable {
                              if (uuids && !uuids->empty())
                                  wanted.uuid = uuids->front();
                              Q_EMIT chosen(wanted);
                              QDialog::accept();
                          });
}

} // namespace kith::views
