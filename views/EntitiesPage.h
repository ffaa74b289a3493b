// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ObjectsPage.h"
#include "items/EntityTableModel.h"

#include <QTimer>

class QLabel;

namespace kith::views {

class EmptyState;
class FilterField;
class PeopleTable;

/// Who is there: all people in a table, sorted by its header, filtered as one types.
class EntitiesPage : public ObjectsPage
{
    Q_OBJECT
public:
    /// The connection must outlive the page.
    explicit EntitiesPage(connection::Connection &connection, QWidget *parent = nullptr);
    ~EntitiesPage() override;

    void show(const Place &place) override;
    std::vector<connection::ObjectRef> selectedRefs() const override;
    items::CarriedObjects selected() const override;
    QString selectionText() const override;
    void focusFilter() override;
    void focusContent() override;
    bool isReady() const override;
    void setActions(const QList<QAction *> &actions) override;
    void save(QSettings &settings) const override;
    void restore(const QSettings &settings) override;

private:
    void build();
    void applyFilter();
    void showWanted();
    void updateState();
    void chose();

    items::EntityTableModel m_model;
    PeopleTable *m_table;
    FilterField *m_filter;
    QLabel *m_count;
    EmptyState *m_empty;
    QTimer m_typing;
    EntityId m_wanted;        ///< To be chosen as soon as the table holds it.
    bool m_following = false; ///< The selection changes by show(), not by hand.
};

} // namespace kith::views
