// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "HitModel.h"

#include <QDialog>

#include <array>
#include <optional>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QRadioButton;
class QVBoxLayout;

namespace kith::views {

class CardView;
class Editor;
class FieldNote;
class HitList;

/// Merges two people who are one: who stays, what moves to them, what is lost, and which alias is kept where both have
/// one on the same mount. The other one is picked by name when only one is given. open() it; it deletes itself.
class MergeDialog : public QDialog
{
    Q_OBJECT
public:
    /// One or two people. Both references must outlive the dialog.
    MergeDialog(const std::vector<EntityId> &people, connection::Connection &connection, Editor &editor,
                QWidget *parent = nullptr);
    ~MergeDialog() override;

private:
    struct Clash {
        QString first; ///< UUIDs.
        QString second;
        QComboBox *choice;
    };
    bool isOneWay() const; ///< The server can't take a merge back.
    void build();
    QWidget *buildPicker();
    void pick(connection::ObjectRef object);
    void read(std::size_t side, EntityId id);
    void follow(const ChangeSet &changes);
    void showPeople();
    void showClashes();
    void showPreview();
    void merge();
    void refused(const Error &error);
    std::size_t stays() const; ///< 0 or 1.

    connection::Connection &m_connection;
    Editor &m_editor;
    HitModel m_hits;
    HitFinder m_finder;
    std::array<std::optional<connection::EntityDetail>, 2> m_people;
    std::vector<Clash> m_clashes;
    bool m_merging = false;
    QWidget *m_picker = nullptr;
    QLineEdit *m_field = nullptr;
    HitList *m_list = nullptr;
    QLabel *m_question;
    std::array<QRadioButton *, 2> m_choices;
    QWidget *m_clashBox;
    QVBoxLayout *m_clashRows;
    CardView *m_preview;
    FieldNote *m_note;
    QPushButton *m_go = nullptr;
};

} // namespace kith::views
