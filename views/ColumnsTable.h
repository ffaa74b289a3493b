// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QSet>
#include <QTableView>

#include <vector>

namespace kith::views {

/// A table of rows of one height, of which whole ones are selected, sorted by its header. Its columns share the width
/// until somebody sets one by hand.
class ColumnsTable : public QTableView
{
    Q_OBJECT
public:
    /// The model is the caller's and must outlive the table.
    explicit ColumnsTable(QAbstractItemModel &model, QWidget *parent = nullptr);

    enum class Face { Proportional, Fixed };
    struct Column {
        int share = 0;                  ///< Of the width that is left; 0: as wide as its title and text need.
        QString longest;                ///< Text that it has to have room for.
        int goes = 0;                   ///< Where the table is too narrow: in which order it is hidden; 0: never.
        Face face = Face::Proportional; ///< Of the texts in it.
    };

    /// How the columns share the width until somebody sets one by hand.
    void setColumns(std::vector<Column> columns);
    QByteArray saveColumns() const; ///< Which are shown, in which order, how wide.
    void restoreColumns(const QByteArray &state);
    /// Takes a column away, or shows it again. The first stays: it says what a row is about.
    void setColumnShown(int column, bool shown);
    bool isColumnShown(int column) const { return !m_off.contains(column); } ///< It may lack room all the same.
    /// A menu of the columns, to show and hide them; at the header.
    void askForColumns();
    std::vector<int> columnsInOrder() const; ///< Those that are shown, from left to right.

    int selectedCount() const;
    int firstOnScreen() const;
    int lastOnScreen() const; ///< Less than the first: nothing is seen.
    /// Selects it alone and scrolls to it. False: there is no such row.
    bool chooseRow(int row);

Q_SIGNALS:
    void selectionWasChanged(); ///< By hand or by the model.
    void enterPressed(int row); ///< Enter was pressed on it.

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void selectionChanged(const QItemSelection &selected, const QItemSelection &deselected) override;
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void setRowHeight();
    void shareWidth();
    int neededWidth(int column) const;
    int roomNeeded() const;
    void hideWhatHasNoRoom();
    void endSharing();
    void asFirst(); ///< All columns, in their order, sharing the width.

    std::vector<Column> m_columns; ///< Empty: the widths are as somebody set them.
    std::vector<Column> m_first;   ///< As setColumns() had them.
    QSet<int> m_off;               ///< Somebody doesn't want to see these.
    bool m_sharing = false;
};

} // namespace kith::views
