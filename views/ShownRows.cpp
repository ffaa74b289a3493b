// SPDX-License-Identifier: Apache-2.0
#include "ShownRows.h"

namespace kith::views {

ShownTable shownTable(const QString &name, const ColumnsTable &table)
{
    ShownTable shown;
    shown.name = name;
    for (const int column : table.columnsInOrder())
        shown.columns += table.model()->headerData(column, Qt::Horizontal).toString();
    return shown;
}

ShownTable shownValues(const QString &name, const ColumnsTable &table)
{
    ShownTable shown = shownTable(name, table);
    shown.rows = table.model()->rowCount();
    std::vector<ShownTable::Line> lines; // as they are now
    for (int row = 0; row < shown.rows; ++row) {
        ShownTable::Line line;
        for (const int column : table.columnsInOrder())
            line.push_back(table.model()->index(row, column).data());
        lines.push_back(std::move(line));
    }
    shown.read = [lines = std::move(lines)](int first, int end) {
        return QtFuture::makeReadyFuture(
            ShownTable::Lines(std::vector<ShownTable::Line>(lines.begin() + first, lines.begin() + end)));
    };
    return shown;
}

} // namespace kith::views
