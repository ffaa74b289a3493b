// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Conditions.h"
#include "KnownPolicies.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLineEdit;
class QPushButton;

namespace kith::views {

class GroupPicker;

/// What the table of entities is to show: one condition. open() it; it deletes itself.
class ConditionDialog : public QDialog
{
    Q_OBJECT
public:
    enum class About { Group, Policy, Mount, Metadata };
    /// The connection must outlive it.
    ConditionDialog(connection::Connection &connection, About about, QWidget *parent = nullptr);

Q_SIGNALS:
    void chosen(const kith::views::NamedCondition &condition);

private:
    void buildGroup(QFormLayout &form);
    void buildPolicy(QFormLayout &form);
    void buildMount(QFormLayout &form);
    void buildMetadata(QFormLayout &form);
    void update();
    NamedCondition condition() const;
    void accept() override;

    connection::Connection &m_connection;
    About m_about;
    KnownPolicies m_known;
    GroupPicker *m_group = nullptr;
    QCheckBox *m_also = nullptr; ///< Subgroups; policies by groups.
    QComboBox *m_mount = nullptr;
    QLineEdit *m_first = nullptr;  ///< A policy or a key.
    QLineEdit *m_second = nullptr; ///< A value.
    QPushButton *m_go = nullptr;
};

} // namespace kith::views
