// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "items/MimeData.h"

#include <QTableView>

namespace kith::items {
class RowsModel;
}

namespace kith::views {

/// A table of people: rows of one height, whole rows selected, sorted by its header, dragged from. Who is selected
/// stays so in another order and under another filter, as far as they are in it.
class PeopleTable : public QTableView
{
    Q_OBJECT
public:
    /// The model is the caller's and must outlive the table.
    explicit PeopleTable(items::RowsModel &model, QWidget *parent = nullptr);

    struct Column {
        int share = 0;   ///< Of the width that is left; 0: as wide as its title and text need.
        QString longest; ///< Text that it has to have room for.
        int goes = 0;    ///< Where the table is too narrow: in which order it is hidden; 0: never.
    };

    /// How the columns share the width until somebody sets one by hand.
    void setColumns(std::vector<Column> columns);
    QByteArray saveColumns() const; ///< Empty as long as they share.
    void restoreColumns(const QByteArray &state);

    int selectedCount() const;
    std::vector<connection::ObjectRef> selectedRefs() const; ///< In the table's order.
    std::vector<connection::ObjectRef> onScreen() const;
    items::CarriedObjects selected() const;
    /// Selects it alone and scrolls to it. False: it isn't in the table.
    bool choose(EntityId id);

Q_SIGNALS:
    void selectionWasChanged();                      ///< By hand or by the model.
    void opened(kith::connection::ObjectRef object); ///< Enter, or a double click.

protected:
    void startDrag(Qt::DropActions supported) override;
    void keyPressEvent(QKeyEvent *event) override;
    void selectionChanged(const QItemSelection &selected, const QItemSelection &deselected) override;
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void rememberSelection();
    void selectAgain();
    void setRowHeight();
    void shareWidth();
    int neededWidth(int column) const;
    int roomNeeded() const;
    void hideWhatHasNoRoom();
    void endSharing();

    items::RowsModel &m_people;
    std::vector<Column> m_columns; ///< Empty: the widths are as somebody set them.
    bool m_sharing = false;
    std::vector<EntityId> m_remembered; ///< Who was selected when other rows came.
    EntityId m_current;
};

} // namespace kith::views
