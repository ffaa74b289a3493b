// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "views/TableExport.h"

#include <QPromise>
#include <QTemporaryDir>

#include <memory>

namespace kith::test {

/// A file that is written when its only row is let.
class HeldExport
{
public:
    explicit HeldExport(QWidget &window)
    {
        m_row->start();
        views::ShownTable table{
            QStringLiteral("people"), {QStringLiteral("Name")}, 1, [row = m_row](int, int) { return row->future(); }};
        (new views::TableExport(std::move(table), &window))->write(file(), views::TableExport::Form::Csv);
    }
    QString file() const { return m_folder.filePath(QStringLiteral("people.csv")); }
    void let()
    {
        m_row->addResult(std::vector<views::ShownTable::Line>{{QStringLiteral("Ada")}});
        m_row->finish();
    }

private:
    QTemporaryDir m_folder;
    std::shared_ptr<QPromise<views::ShownTable::Lines>> m_row = std::make_shared<QPromise<views::ShownTable::Lines>>();
};

} // namespace kith::test
