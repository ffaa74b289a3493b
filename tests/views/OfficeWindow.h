// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Office.h"
#include "WindowDriver.h"
#include "items/EntityTableModel.h"

#include <QAbstractItemView>
#include <QDir>

namespace kith::test {

/// A window on an Office. A base of the test's class.
class OfficeWindow : protected WindowDriver
{
protected:
    void openOffice()
    {
        m_office = std::make_unique<Office>();
        openWindow(m_office->connection());
    }
    void closeOffice()
    {
        m_window.reset();
        m_office.reset();
        QDir(m_state.path() + text("/kith")).removeRecursively(); // what one test leaves is not where the next begins
    }
    void trigger(const char *action) { find<QAction>(action)->trigger(); }
    std::vector<EntityId> shown(const char *table)
    {
        auto *model = qobject_cast<items::RowsModel *>(find<QAbstractItemView>(table)->model());
        std::vector<EntityId> ids;
        for (int row = 0; row < model->rowCount(); ++row)
            ids.push_back(model->entityAt(row));
        return ids;
    }

    std::unique_ptr<Office> m_office;
};

} // namespace kith::test
