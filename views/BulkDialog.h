// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "KnownPolicies.h"
#include "PeopleEdit.h"
#include "PreviewAsker.h"
#include "PreviewText.h"

#include <QDialog>
#include <QTimer>

class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QStringListModel;

namespace kith::views {

class Editor;
class FieldNote;

/// One change of many people at once: policies or a metadata key given or taken, out of a group, disabled or enabled.
/// Says for how many of them something would change before anything is done. open() it; it deletes itself.
class BulkDialog : public QDialog
{
    Q_OBJECT
public:
    /// Connection and editor must outlive it.
    BulkDialog(std::vector<EntityId> people, connection::Connection &connection, Editor &editor,
               QWidget *parent = nullptr);
    ~BulkDialog() override;

private:
    enum class What { AddPolicies, RemovePolicies, SetMetadata, RemoveMetadata, LeaveGroup, Disable, Enable };
    void build();
    QLineEdit *addField(QFormLayout &form, const QString &label, const char *name, QStringListModel *choice);
    void load();
    void fillChoices();
    void fieldsChanged();
    void showPreview();
    void say(const std::vector<PreviewLine> &lines);
    void go();
    What what() const;
    QStringList typedPolicies() const;
    QString problem() const;
    PeopleChange change() const;
    GroupId group() const;

    std::vector<EntityId> m_people;
    connection::Connection &m_connection;
    Editor &m_editor;
    KnownPolicies m_known;
    PreviewAsker m_asker;
    std::optional<connection::PeopleSummary> m_summary;
    QFuture<Result<connection::PeopleSummary>> m_asked;
    int m_generation = 0;
    QTimer m_reload;
    QFormLayout *m_form = nullptr;
    QComboBox *m_what;
    QLineEdit *m_policies = nullptr;
    QLineEdit *m_key = nullptr;
    QLineEdit *m_value = nullptr;
    QComboBox *m_groups;
    FieldNote *m_note;
    QLabel *m_preview;
    QPushButton *m_go = nullptr;
    QStringListModel *m_ownPolicies; ///< Those that any of them carries.
    QStringListModel *m_keys;        ///< Those that any of them has.
};

} // namespace kith::views
